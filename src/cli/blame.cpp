// `blame`: since which commit the answer for a role and a feature is what it is.
#include <algorithm>

#include "cli/history.h"
#include "cli/input.h"
#include "cli/lookup.h"
#include "cli/output.h"
#include "cli/question.h"
#include "decide/boxes.h"
#include "decide/places.h"
#include "diag/snippet.h"
#include "document/document.h"
#include "document/words.h"

namespace farol::cli {
namespace {

using base::Phrase;
using document::Item;

constexpr std::size_t longest_history = 10'000;

struct Asked {
  std::string role, feature, object;  // names; no object: all
};

// What a policy says of the point or points, in names only, so that two states of a policy can be held against each
// other. A role or feature that is not there says so.
std::string answer_of(const driver::DiffSide& side, const Asked& asked) {
  const model::Model& model = side.compilation.model;
  const auto feature = model.find_feature(asked.feature);
  const auto role = asked.role == "everyone" ? std::optional{model.nobody()} : model.find_role(asked.role);
  if (!feature || !role) return "not there";
  std::vector<std::string> lines;
  for (const model::ObjectId object : model.objects_of(model[*feature].acts_on)) {
    if (!asked.object.empty() && model[object].name != asked.object) continue;
    const decide::Cell& cell = side.compilation.decisions.cell(model, *role, *feature, object);
    for (const decide::Segment& segment : cell.segments) {
      std::string line = model[object].name + "|" + std::to_string(static_cast<int>(segment.effect)) + "|" +
                         decide::in_words(model, decide::boxes_of(model, cell.contexts, segment.where));
      if (segment.effect == decide::Effect::none && !model[*feature].governed) line += "|platform";
      for (const model::ControlId control : segment.controls) line += "+" + model[control].name;
      lines.push_back(std::move(line));
    }
  }
  std::sort(lines.begin(), lines.end());
  std::string text;
  for (const std::string& line : lines) text += line + "\n";
  return text;
}

class Blame {
 public:
  Blame(Context& context, Asked asked, std::string path, const driver::DiffSide& now)
      : context_(context),
        language_(context.settings.language),
        asked_(std::move(asked)),
        now_(now),
        history_(context, std::move(path)) {}

  ExitCode run() {
    const std::string answer = answer_of(now_, asked_);
    const auto head = history_.describe("HEAD");
    if (const auto* error = std::get_if<base::FileError>(&head)) return usage_error(context_, error->reason);
    git::CommitInfo commit = std::get<git::CommitInfo>(head);
    const driver::DiffSide* side = history_.at(commit);
    if (side == nullptr || answer_of(*side, asked_) != answer) {
      begin(std::string(base::text(Phrase::blame_uncommitted, language_)));
      if (side != nullptr) add_changes(*side, now_);
      return finish();
    }
    for (std::size_t steps = 0; steps < longest_history; ++steps) {
      const auto earlier = parent_with(commit, answer);
      if (!earlier) break;
      commit = *earlier;
    }
    return report(commit);
  }

 private:
  // A parent in which the answer is the same; as in a history of files, the first such one is followed.
  std::optional<git::CommitInfo> parent_with(const git::CommitInfo& commit, const std::string& answer) {
    for (const std::string& id : commit.parents) {
      const auto described = history_.describe(id);
      const auto* parent = std::get_if<git::CommitInfo>(&described);
      if (parent == nullptr) continue;
      if (parent->content == commit.content) return *parent;
      const driver::DiffSide* side = history_.at(*parent);
      if (side != nullptr && answer_of(*side, asked_) == answer) return *parent;
    }
    return std::nullopt;
  }

  ExitCode report(const git::CommitInfo& commit) {
    const std::string told = in_words(commit);
    const driver::DiffSide* before = nullptr;
    bool was_there = false;
    if (!commit.parents.empty()) {
      const auto described = history_.describe(commit.parents.front());
      if (const auto* parent = std::get_if<git::CommitInfo>(&described)) {
        was_there = !parent->content.empty();
        before = history_.at(*parent);
      }
    }
    const Phrase since = before != nullptr ? Phrase::blame_since
                         : was_there       ? Phrase::blame_unknown
                                           : Phrase::blame_first;
    begin(base::fill(since, language_, {told}));
    const driver::DiffSide* after = history_.at(commit);
    if (before != nullptr && after != nullptr) {
      add_changes(*before, *after);
    } else if (after != nullptr) {
      add_rules(*after);
    }
    if (const auto merge = merged_by(commit))
      document_.foot.emplace_back(base::fill(Phrase::blame_merged, language_, {in_words(*merge)}));
    return finish();
  }

  [[nodiscard]] std::string in_words(const git::CommitInfo& commit) const {
    const compare::Commit told = commit_of(commit);
    return base::fill(Phrase::log_commit, language_,
                      {told.id, base::to_string(told.date), told.author, diag::printable_text(commit.subject)});
  }

  // The commit of the branch that is checked out, along the first parents, that brought another commit in.
  std::optional<git::CommitInfo> merged_by(const git::CommitInfo& commit) {
    const driver::DiffSide* side = history_.at(commit);
    if (side == nullptr) return std::nullopt;
    const std::string answer = answer_of(*side, asked_);
    auto described = history_.describe("HEAD");
    std::optional<git::CommitInfo> oldest;
    for (std::size_t steps = 0; steps < longest_history; ++steps) {
      const auto* info = std::get_if<git::CommitInfo>(&described);
      const driver::DiffSide* there = info == nullptr ? nullptr : history_.at(*info);
      if (there == nullptr || answer_of(*there, asked_) != answer) break;
      if (info->id == commit.id) return std::nullopt;  // it stands on the branch itself
      oldest = *info;
      if (info->parents.empty()) break;
      const std::string next = info->parents.front();
      described = history_.describe(next);
    }
    return oldest;
  }

  void begin(std::string since) {
    const model::Model& model = now_.compilation.model;
    const document::Words words{model, language_};
    const auto role = model.find_role(asked_.role);
    std::string title = role ? words.full_name_of(*role) : words.full_name_of(model.nobody());
    title = words(Phrase::pair, {title, words.title_and_name(model[*model.find_feature(asked_.feature)])});
    if (const auto object = model.find_object(asked_.object); object && !asked_.object.empty())
      title = words(Phrase::name_in_brackets, {title, words.name_of(*object)});
    document_.language = language_;
    document_.title = title;
    document_.lead.emplace_back(since);
  }

  void add_changes(const driver::DiffSide& before, const driver::DiffSide& after) {
    const compare::Review review = driver::review(before, after);
    const model::Model& model = review.difference.vocabulary.model;
    const auto names = [&](const auto& ids, const std::string& name) {
      return std::any_of(ids.begin(), ids.end(), [&](auto id) { return model[id].name == name; });
    };
    std::vector<Item> items;
    for (const compare::Change& change : review.difference.changes) {
      const bool of_role = std::any_of(change.roles.begin(), change.roles.end(), [&](model::RoleId id) {
        return id == model.nobody() ? asked_.role == "everyone" : model[id].name == asked_.role;
      });
      if (!of_role || !names(change.features, asked_.feature)) continue;
      if (!asked_.object.empty() && !names(change.objects, asked_.object)) continue;
      const document::Mark mark = change.direction == compare::Direction::widening    ? document::Mark::widening
                                  : change.direction == compare::Direction::narrowing ? document::Mark::narrowing
                                                                                      : document::Mark::mixed;
      Item item{{mark, compare::sentence_of(review.difference, change, language_)}};
      for (const compare::Cause& cause : change.causes) {
        Item why{{compare::sentence_of(review, cause, language_)}};
        add_reason(cause.later ? after : before, cause.span, why);
        item.items.push_back(std::move(why));
      }
      items.push_back(std::move(item));
    }
    if (!items.empty()) document_.add_section().add(document::List{std::move(items)});
  }

  // Of a rule: why it stands.
  void add_reason(const driver::DiffSide& side, source::Span span, Item& item) const {
    for (const model::Rule& rule : side.compilation.model.rules) {
      if (rule.spans.statement != span) continue;
      const std::string reason = rule.because.empty() ? "" : rule.because.in(base::tag(language_));
      item.items.push_back({reason.empty() ? std::string(base::text(Phrase::blame_no_reason, language_))
                                           : base::fill(Phrase::blame_reason, language_, {reason})});
    }
  }

  // The rules that decide, where there is nothing to compare with.
  void add_rules(const driver::DiffSide& side) {
    const model::Model& model = side.compilation.model;
    const auto feature = model.find_feature(asked_.feature);
    const auto role = asked_.role == "everyone" ? std::optional{model.nobody()} : model.find_role(asked_.role);
    if (!feature || !role) return;
    std::vector<model::RuleId> rules;
    for (const model::ObjectId object : model.objects_of(model[*feature].acts_on)) {
      if (!asked_.object.empty() && model[object].name != asked_.object) continue;
      for (const decide::Segment& segment : side.compilation.decisions.cell(model, *role, *feature, object).segments)
        rules.insert(rules.end(), segment.rules.begin(), segment.rules.end());
    }
    std::sort(rules.begin(), rules.end());
    rules.erase(std::unique(rules.begin(), rules.end()), rules.end());
    std::vector<Item> items;
    for (const model::RuleId id : rules) {
      Item item{{model[id].reference()}};
      add_reason(side, model[id].spans.statement, item);
      items.push_back(std::move(item));
    }
    if (!items.empty()) document_.add_section().add(document::List{std::move(items)});
  }

  ExitCode finish() { return write(context_, document::render_text(document_, {colors_output(context_), 0})); }

  Context& context_;
  base::Language language_;
  Asked asked_;
  const driver::DiffSide& now_;
  History history_;
  document::Document document_;
};

}  // namespace

ExitCode blame(Context& context) {
  const Question question = question_of(context);
  if (question.names.size() < 2 || question.names.size() > 3)
    return usage_error(context, "farol blame ROLE FEATURE [OBJECT], such as: farol blame hr drive.read payroll");
  if (question.paths.size() != 1) return usage_error(context, "one policy has one history: --in PATH");
  driver::Compilation compiled = compile_policy(context, question.paths);
  const driver::DiffSide now = driver::diff_side("now", std::move(compiled), context.settings.language);
  const driver::Compilation& compilation = now.compilation;
  if (const ExitCode code = report_errors(context, compilation); !compilation.may_write()) return code;
  const model::Model& model = compilation.model;
  Asked asked{question.names[0], question.names[1], question.names.size() > 2 ? question.names[2] : ""};
  const auto role = look_up_role(model, asked.role);
  if (const auto* error = std::get_if<UsageError>(&role)) return refuse(context, *error, asked.role);
  const auto feature = look_up_feature(model, asked.feature);
  if (const auto* error = std::get_if<UsageError>(&feature)) return refuse(context, *error, asked.feature);
  if (!asked.object.empty()) {
    const auto object = look_up_object(model, asked.object);
    if (const auto* error = std::get_if<UsageError>(&object)) return refuse(context, *error, asked.object);
  }
  // As it was given, since a revision is seen from the same folder.
  std::string given = ".";
  for (const std::string& word : context.request.arguments) {
    if (located(context, word) == question.paths.front()) given = word;
  }
  if (!context.request.all(OptionId::in).empty()) given = context.request.all(OptionId::in).front();
  return Blame{context, std::move(asked), given, now}.run();
}

}  // namespace farol::cli
