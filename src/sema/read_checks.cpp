#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <tuple>
#include <vector>

#include "base/text.h"
#include "diag/messages_sema.h"
#include "sema/blocks.h"
#include "sema/check_expressions.h"
#include "sema/phases.h"
#include "sema/schema_types.h"

namespace farol::sema {
namespace {

using model::Check;

constexpr Words bases = {"law", "regulator", "standard", "guidance", "good-practice", "article-claim"};
constexpr Words check_confidences = {"A", "B", "C"};
constexpr Words check_severities = {"error", "warning", "note"};

constexpr AttributeSchema check_parts[] = {
    text("title"),   text("message"), text("remedy"),  word("basis", bases),  word("confidence", check_confidences),
    string("claim"), number("first"), number("since"), string("reviewed_by"), date("in_force"),
    date("until"),
};
// What somebody read of a source: the text itself, the page of an authority, numbers and titles of a standard, what
// others write of it, nothing.
constexpr Words readings = {"text", "authority", "titles", "secondary", "none"};
constexpr AttributeSchema citation_parts[] = {
    text("law"),   string("article"), string("url"),          date("checked"),
    date("dated"), string("note"),    word("read", readings),
};

// The pack that a file is, or nothing: the organisation's own.
class Packs {
 public:
  explicit Packs(const syntax::Program& program) {
    for (const syntax::Library& library : program.libraries) {
      if (library.pack) names_.emplace(library.file.source, library.name);
    }
  }
  [[nodiscard]] std::string_view of(const syntax::Statement& statement) const {
    const auto found = names_.find(statement.span.source);
    return found == names_.end() ? std::string_view{} : found->second;
  }

 private:
  std::map<source::SourceId, std::string_view> names_;
};

std::string text_of(const CheckedBlock& block, std::string_view key) {
  const model::Attribute* attribute = block.find(key);
  if (attribute == nullptr) return {};
  if (const auto* word = std::get_if<model::Word>(&attribute->values.front())) return word->text;
  return std::get<std::string>(attribute->values.front());
}

std::optional<base::Date> date_of(const CheckedBlock& block, std::string_view key) {
  const model::Attribute* attribute = block.find(key);
  return attribute == nullptr ? std::nullopt : std::optional(std::get<base::Date>(attribute->values.front()));
}

std::uint64_t number_of(const CheckedBlock& block, std::string_view key) {
  std::uint64_t number = 0;
  if (const model::Attribute* attribute = block.find(key)) {
    const std::string& text = std::get<model::Number>(attribute->values.front()).text;
    std::from_chars(text.data(), text.data() + text.size(), number);
  }
  return number;
}

class CheckStatement {
 public:
  CheckStatement(Resolution& resolution, const Entry<syntax::Check>& entry, std::string_view pack,
                 const WordLists& words)
      : resolution_(resolution), node_(*entry.node), reader_(resolution, words, !pack.empty()) {
    check_.id = node_.id.text;
    check_.pack = pack;
    check_.span = node_.id.span;
  }

  // Nothing: something about it was reported.
  std::optional<Check> read() {
    const std::size_t before = resolution_.sink.errors();
    read_head();
    for (const syntax::CheckRange& range : node_.ranges) check_.ranges.push_back(reader_.read(range));
    read_expected();
    read_parts();
    check_.variables = reader_.variables();
    check_.asks_decisions = reader_.asks_decisions();
    check_.settings = reader_.settings();
    if (reader_.failed() || resolution_.sink.errors() != before) return std::nullopt;
    return std::move(check_);
  }

 private:
  void complain(Span span, diag::Text said, diag::Text help) {
    auto finding = diag::make(diag::Code::bad_attribute, span, std::move(said));
    finding.help = std::move(help);
    resolution_.sink.report(std::move(finding));
  }

  void read_head() {
    const auto found = std::find(std::begin(check_severities), std::end(check_severities), node_.severity.text);
    if (found == std::end(check_severities)) {
      auto finding =
          diag::make(diag::Code::bad_attribute, node_.severity.span, message::check_is_a(node_.severity.text));
      if (const auto nearest = base::find_nearest(node_.severity.text, check_severities))
        finding.fixes.push_back(did_you_mean_word(node_.severity.span, *nearest));
      resolution_.sink.report(std::move(finding));
    } else {
      check_.severity = static_cast<Check::Severity>(found - std::begin(check_severities));
    }
    const auto is_capital = [](char c) { return c >= 'A' && c <= 'Z'; };
    if (std::none_of(check_.id.begin(), check_.id.end(), is_capital))
      complain(node_.id.span, message::could_be_a_finding(check_.id), message::check_id_help());
  }

  void read_expected() {
    const syntax::Predicate& written = node_.expected;
    if (written.kind == syntax::Predicate::Kind::quantifier && written.negated) {
      // The message may speak of those that should not be there.
      check_.unexpected.push_back(reader_.read(written.range.front()));
      return;
    }
    check_.expected = reader_.read(written);
  }

  void read_parts() {
    syntax::Block block;
    block.span = node_.id.span;
    for (const syntax::CheckPart& part : node_.parts) {
      if (part.attribute.key.text == "cite") {
        read_citation(part);
      } else if (part.block) {
        complain(part.attribute.key.span, message::has_no_braces(part.attribute.key.text),
                 message::only_cite_is_a_block());
      } else {
        block.attributes.push_back(part.attribute);
      }
    }
    const CheckedBlock checked = check_block(resolution_, {"check", check_parts}, &block);
    check_.title = checked.localized("title");
    check_.title.text = node_.title.text;
    check_.message = checked.localized("message");
    if (check_.message.empty()) check_.message = check_.title;
    check_.remedy = checked.localized("remedy");
    check_.basis = text_of(checked, "basis");
    check_.confidence = text_of(checked, "confidence");
    check_.claim = text_of(checked, "claim");
    check_.first = number_of(checked, "first");
    check_.reviewed_by = text_of(checked, "reviewed_by");
    check_.in_force = date_of(checked, "in_force");
    check_.until = date_of(checked, "until");
    if (check_.in_force && check_.until && *check_.until < *check_.in_force)
      complain(node_.id.span, message::ends_before_it_begins(), {});
    for (const model::Attribute& attribute : checked.attributes) {
      if (attribute.key != "message" && attribute.key != "remedy") continue;
      reader_.check_text(std::get<std::string>(attribute.values.front()), attribute.span);
    }
    check_basis();
  }

  void read_citation(const syntax::CheckPart& part) {
    if (!part.block) {
      complain(part.attribute.key.span, message::citation_in_braces(), message::citation_help());
      return;
    }
    const CheckedBlock checked = check_block(resolution_, {"cite", citation_parts}, &*part.block);
    check_.citations.push_back({checked.localized("law"), text_of(checked, "article"), text_of(checked, "url"),
                                date_of(checked, "checked"), date_of(checked, "dated"), text_of(checked, "note"),
                                text_of(checked, "read")});
  }

  // What says that it is the law shows where it stands, and what only the article says does not lean on a law.
  void check_basis() {
    const auto& citations = check_.citations;
    if (check_.basis == "law" && std::none_of(citations.begin(), citations.end(), [](const model::Citation& each) {
          return !each.law.empty() && !each.article.empty() && each.checked;
        })) {
      complain(node_.id.span, message::says_law(check_.id), message::says_law_help());
    }
    if (check_.basis == "article-claim" && !citations.empty())
      complain(node_.id.span, message::rests_on_claim(check_.id), message::rests_on_claim_help());
  }

  Resolution& resolution_;
  const syntax::Check& node_;
  CheckReader reader_;
  Check check_;
};

void report_twice(Resolution& resolution, const syntax::Name& second, const syntax::Name& first) {
  auto finding = diag::make(diag::Code::duplicate_name, second.span, message::given_twice(second.text));
  finding.labels.push_back({first.span, message::the_first()});
  resolution.sink.report(std::move(finding));
}

std::string written(const syntax::WordList& list) {
  std::string text;
  for (const syntax::Value& value : list.values) {
    if (!text.empty()) text += ", ";
    if (const auto* word = std::get_if<syntax::Name>(&value)) text += word->text;
    if (const auto* number = std::get_if<syntax::Number>(&value)) text += number->text;
    if (const auto* day = std::get_if<syntax::DateLiteral>(&value)) text += base::to_string(day->date);
    if (const auto* length = std::get_if<syntax::DurationLiteral>(&value)) text += base::to_string(length->duration);
  }
  return text;
}

// `limit PACK.NAME = …` of a policy takes the place of what the pack says, and says why.
class Overrides {
 public:
  Overrides(Resolution& resolution, std::map<std::string_view, WordLists>& words)
      : resolution_(resolution), words_(words) {}

  void apply(const syntax::WordList& list) {
    const std::string_view whole = list.name.text;
    const std::size_t dot = whole.find('.');
    const std::string_view pack = whole.substr(0, dot), name = whole.substr(dot + 1);
    const auto lists = words_.find(pack);
    if (pack.empty() || lists == words_.end()) return unknown(list.name, pack, "pack", names_of(words_));
    const auto standard = lists->second.find(name);
    if (standard == lists->second.end()) return unknown(list.name, whole, "value", names_of(lists->second));
    if (standard->second->limit != list.limit)
      return complain(list.name,
                      message::setting_is_written(list.name.text, standard->second->limit ? "limit" : "words"));
    if (list.because.empty()) return complain(list.name, message::setting_says_why(list.name.text));
    if (!seen_.emplace(whole, &list.name).second) return report_twice(resolution_, list.name, *seen_[whole]);
    resolution_.model.parameters.push_back({std::string(pack), std::string(name), written(*standard->second),
                                            written(list), read_reasons(resolution_, list.because), list.name.span});
    standard->second = &list;
  }

 private:
  template <class Map>
  static std::vector<std::string_view> names_of(const Map& map) {
    std::vector<std::string_view> names;
    for (const auto& [name, value] : map) {
      if (!name.empty()) names.push_back(name);
    }
    return names;
  }

  void complain(const syntax::Name& name, diag::Text said) {
    resolution_.sink.report(diag::make(diag::Code::bad_attribute, name.span, std::move(said)));
  }

  void unknown(const syntax::Name& name, std::string_view word, const char* kind,
               const std::vector<std::string_view>& known) {
    auto finding = diag::make(diag::Code::unknown_name, name.span, message::unknown_thing(kind, std::string(word)));
    finding.help = message::there_is({known.begin(), known.end()});
    resolution_.sink.report(std::move(finding));
  }

  Resolution& resolution_;
  std::map<std::string_view, WordLists>& words_;
  std::map<std::string_view, const syntax::Name*> seen_;
};

}  // namespace

void read_checks(Resolution& resolution) {
  const Packs packs(resolution.program);
  std::map<std::string_view, WordLists> words;  // by pack
  std::vector<const syntax::WordList*> overriding;
  for (const auto& entry : resolution.statements.of<syntax::WordList>()) {
    const std::string_view pack = packs.of(*entry.statement);
    if (pack.empty() && entry.node->name.text.find('.') != std::string::npos) {
      overriding.push_back(entry.node);
      continue;
    }
    const auto [first, is_new] = words[pack].emplace(entry.node->name.text, entry.node);
    if (!is_new) report_twice(resolution, entry.node->name, first->second->name);
  }
  Overrides overrides(resolution, words);
  for (const syntax::WordList* list : overriding) overrides.apply(*list);
  auto& parameters = resolution.model.parameters;
  std::sort(parameters.begin(), parameters.end(), [](const model::Parameter& a, const model::Parameter& b) {
    return std::tie(a.pack, a.name) < std::tie(b.pack, b.name);
  });
  std::map<std::string_view, const syntax::Name*> ids;
  for (const auto& entry : resolution.statements.of<syntax::Check>()) {
    const auto [first, is_new] = ids.emplace(entry.node->id.text, &entry.node->id);
    if (!is_new) {
      report_twice(resolution, entry.node->id, *first->second);
      continue;
    }
    const std::string_view pack = packs.of(*entry.statement);
    if (auto check = CheckStatement(resolution, entry, pack, words[pack]).read())
      resolution.model.checks.push_back(std::move(*check));
  }
  std::sort(resolution.model.checks.begin(), resolution.model.checks.end(),
            [](const Check& a, const Check& b) { return a.id < b.id; });
}

}  // namespace farol::sema
