#include "sema/statements.h"

#include <unordered_map>
#include <variant>

#include "base/text.h"
#include "diag/messages_sema.h"
#include "sema/names.h"
#include "sema/spellings.h"

namespace farol::sema {
namespace {

using syntax::Drop;
using syntax::Statement;

// Every statement with a label, where it stands, before anything is dropped.
class Labels {
 public:
  explicit Labels(const syntax::Program& program) {
    for (const syntax::Library& library : program.libraries) add(library.file);
    for (const syntax::File& file : program.files) add(file);
  }

  [[nodiscard]] const std::vector<const Statement*>& with(std::string_view label) const {
    static const std::vector<const Statement*> none;
    const auto found = by_label_.find(label);
    return found == by_label_.end() ? none : found->second;
  }
  // A statement that could not be read may have had the label.
  [[nodiscard]] bool is_unread(std::string_view label) const { return unread_.contains(label); }

  [[nodiscard]] std::optional<std::string_view> find_nearest(std::string_view label, source::SourceId outside) const {
    std::vector<std::string_view> candidates;
    for (const auto& [name, statements] : by_label_) {
      if (statements.front()->span.source != outside) candidates.push_back(name);
    }
    return base::find_nearest(label, candidates);
  }

 private:
  void add(const syntax::File& file) {
    for (const Statement& statement : file.statements) {
      if (statement.label) by_label_[statement.label->text].push_back(&statement);
    }
    for (const syntax::BrokenStatement& broken : file.broken) {
      for (const syntax::Name& name : broken.declares) unread_.insert(name.text);
      for (const syntax::Name& name : broken.mentions) unread_.insert(name.text);
    }
  }

  std::unordered_map<std::string_view, std::vector<const Statement*>> by_label_;
  std::unordered_set<std::string_view> unread_;
};

void report_unknown_label(const Labels& labels, const Drop& drop, diag::Sink& sink) {
  if (labels.is_unread(drop.label.text)) return;
  const Span span = drop.label.span;
  auto finding = diag::make(diag::Code::unknown_name, span, message::unknown_thing("label", drop.label.text));
  if (const auto nearest = labels.find_nearest(drop.label.text, span.source)) {
    finding.fixes.push_back(did_you_mean(span, *nearest));
  }
  sink.report(std::move(finding));
}

void report_own_statement(const Drop& drop, const Statement& own, diag::Sink& sink) {
  auto finding = diag::make(diag::Code::bad_attribute, drop.label.span, message::is_in_this_file(drop.label.text));
  finding.labels.push_back({own.label->span, message::this_statement()});
  finding.help = message::drop_help();
  sink.report(std::move(finding));
}

void report_final(const Drop& drop, const Statement& dropped, diag::Sink& sink) {
  auto finding = diag::make(diag::Code::final_statement, drop.label.span, message::is_final(drop.label.text));
  finding.labels.push_back({dropped.span, message::marked_final_here()});
  sink.report(std::move(finding));
}

template <class Each>
void for_each_drop(const syntax::Program& program, const Each& each) {
  for (const syntax::File& file : program.files) {
    for (const Statement& statement : file.statements) {
      if (const auto* drop = std::get_if<Drop>(&statement.node)) each(statement, *drop);
    }
  }
}

bool has_drop(const syntax::Program& program) {
  bool any = false;
  for_each_drop(program, [&](const Statement&, const Drop&) { any = true; });
  return any;
}

// The statements that one `drop` takes out.
void carry_out(const Statement& statement, const Drop& drop, const Labels& labels,
               std::unordered_set<const Statement*>& dropped, diag::Sink& sink) {
  if (!drop.because) {
    auto finding =
        diag::make(diag::Code::bad_attribute, statement.span, message::drop_gives_no_reason(drop.label.text));
    finding.help = message::say_why_with();
    sink.report(std::move(finding));
  }
  const Statement* own = nullptr;
  bool found = false;
  for (const Statement* labelled : labels.with(drop.label.text)) {
    if (labelled->span.source == statement.span.source) {
      own = labelled;
      continue;
    }
    found = true;
    if (labelled->final)
      report_final(drop, *labelled, sink);
    else
      dropped.insert(labelled);
  }
  if (found) return;
  if (own != nullptr)
    report_own_statement(drop, *own, sink);
  else
    report_unknown_label(labels, drop, sink);
}

void report_shared_labels(Statements& statements, diag::Sink& sink) {
  Spellings spellings;
  std::vector<const syntax::Name*> labels;
  for (const Statements::Any& each : statements.all()) {
    if (!each.statement->label) continue;
    const syntax::Name& label = *each.statement->label;
    if (const auto clash = spellings.add(label.text, static_cast<std::uint32_t>(labels.size()))) {
      const syntax::Name& first = *labels[clash->other];
      report_clash(sink, clash->clash, label.text, label.span, first.text, "label", first.span);
    }
    labels.push_back(&label);
    statements.labels.insert(label.text);
  }
}

}  // namespace

void Statements::add(const Statement& statement, bool library) {
  all_.push_back({&statement, library});
  std::visit(
      [&]<class Node>(const Node& node) {
        std::get<std::vector<Entry<Node>>>(by_kind_).push_back({&statement, &node, library});
      },
      statement.node);
}

Statements gather(const syntax::Program& program, diag::Sink& sink) {
  std::unordered_set<const Statement*> dropped;
  if (has_drop(program)) {
    const Labels labels(program);
    for_each_drop(program, [&](const Statement& statement, const Drop& drop) {
      carry_out(statement, drop, labels, dropped, sink);
    });
  }

  Statements statements;
  const auto add_file = [&](const syntax::File& file, bool library) {
    for (const Statement& statement : file.statements) {
      if (!dropped.contains(&statement)) statements.add(statement, library);
    }
    for (const syntax::BrokenStatement& broken : file.broken) statements.broken.push_back(&broken);
  };
  for (const syntax::Library& library : program.libraries) add_file(library.file, true);
  for (const syntax::File& file : program.files) add_file(file, false);
  report_shared_labels(statements, sink);
  return statements;
}

}  // namespace farol::sema
