#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json_fields.h"
#include "compare/review.h"
#include "decide/permission_json.h"

namespace farol::query {

static constexpr auto json_fields(const Amendment*) {
  return base::json_object("notified", base::JsonWriter::Layout::line, base::field("filing", &Amendment::title),
                           base::field("items", &Amendment::items));
}

}  // namespace farol::query

namespace farol::compare {
namespace {

using base::computed;
using base::field;
using base::json_object;
using base::JsonEmpty;
using Layout = base::JsonWriter::Layout;

constexpr base::JsonRules omitted_if_empty{.empty = JsonEmpty::omitted};

// What the tables need to know besides the values.
struct JsonContext : decide::JsonNames {
  const Review& review;
  base::Language language;
  std::string_view version;
};

std::string_view to_text(const Answer& answer) {
  switch (answer.effect) {
    case decide::Effect::allow: return "allow";
    case decide::Effect::deny: return "deny";
    case decide::Effect::conflict: return "conflict";
    case decide::Effect::none: break;
  }
  return answer.governed ? "none" : "ungoverned";
}

struct JsonSummary {
  std::size_t widening = 0, narrowing = 0, mixed = 0, weaker_safeguards = 0;
};
constexpr auto json_fields(const JsonSummary*) {
  return json_object("summary", Layout::line, field("widening", &JsonSummary::widening),
                     field("narrowing", &JsonSummary::narrowing), field("mixed", &JsonSummary::mixed),
                     field("weaker_safeguards", &JsonSummary::weaker_safeguards));
}

struct JsonPlace {
  std::string file;
  std::size_t line = 0;
};
// Returns nullopt if the statement has no place, or its side is a document.
std::optional<JsonPlace> place_of(source::Span span, bool later, const Review& review) {
  const source::SourceMap* sources = (later ? review.after : review.before).sources;
  if (sources == nullptr || span.is_none()) return std::nullopt;
  return JsonPlace{std::string(sources->name(span.source)), sources->position(span.source, span.begin).line};
}
std::optional<JsonPlace> place_of(const Cause& cause, const Review& review) {
  return place_of(cause.span, cause.later, review);
}
std::optional<JsonPlace> place_of(const Edit& edit, const Review& review) {
  const bool later = edit.kind != Edit::Kind::removed;
  return place_of(later ? edit.after_span : edit.before_span, later, review);
}

// The last two members of an object: where a statement stands.
template <class It>
constexpr auto file_field() {
  return computed(
      "file",
      [](const It& it, const JsonContext& context) {
        const auto place = place_of(it, context.review);
        return place ? std::optional{place->file} : std::nullopt;
      },
      omitted_if_empty);
}
template <class It>
constexpr auto line_field() {
  return computed(
      "line",
      [](const It& it, const JsonContext& context) {
        const auto place = place_of(it, context.review);
        return place ? std::optional{place->line} : std::nullopt;
      },
      omitted_if_empty);
}

std::string_view kind_of(const Edit& edit) {
  constexpr std::array words = {"policy",    "use",      "drop", "tiers", "declaration", "context",
                                "condition", "set",      "bind", "fact",  "rule",        "guardrail",
                                "require",   "separate", "test", "waive", "words",       "check"};
  return words[static_cast<std::size_t>(edit.what)];
}

}  // namespace

static std::array<std::string_view, 3> json_words(VocabularyChange::Kind) { return {"added", "removed", "moved"}; }
static std::array<std::string_view, 3> json_words(StepChange::Kind) { return {"added", "altered", "undone"}; }
static std::array<std::string_view, 5> json_words(FindingChange::Kind) {
  return {"new", "solved", "waived", "off", "unasked"};
}

static constexpr auto json_fields(const Source*) {
  constexpr auto of_commit = [](auto member) {
    return [member](const Source& source) {
      return source.commit ? std::optional{(*source.commit).*member} : std::nullopt;
    };
  };
  return json_object("source", Layout::line, field("name", &Source::name), field("as_of", &Source::as_of),
                     computed("commit", of_commit(&Commit::id), omitted_if_empty),
                     computed("committed", of_commit(&Commit::date), omitted_if_empty),
                     computed("author", of_commit(&Commit::author), omitted_if_empty));
}

static constexpr auto json_fields(const Edit::Reach*) {
  return json_object("reach", Layout::line, field("roles", &Edit::Reach::roles),
                     field("features", &Edit::Reach::features), field("objects", &Edit::Reach::objects),
                     field("points", &Edit::Reach::points),
                     field("already_allowed", &Edit::Reach::already, omitted_if_empty));
}

static constexpr auto json_fields(const Edit*) {
  return json_object(
      "edit", Layout::lines, field("change", &Edit::kind), computed("kind", kind_of), field("account", &Edit::account),
      field("safeguard", &Edit::guard), field("before", &Edit::before, omitted_if_empty),
      field("after", &Edit::after, omitted_if_empty),
      computed(
          "checks_gone",
          [](const Edit& it) { return it.checks_gone > 0 ? std::optional{it.checks_gone} : std::nullopt; },
          omitted_if_empty),
      computed(
          "reach", [](const Edit& it) { return it.changes.empty() ? std::nullopt : std::optional{it.reach}; },
          omitted_if_empty),
      field("changes", &Edit::changes), file_field<Edit>(), line_field<Edit>());
}

static constexpr auto json_fields(const Answer*) {
  return json_object("answer", Layout::line, computed("effect", to_text), field("controls", &Answer::controls),
                     field("expires", &Answer::expires, omitted_if_empty));
}

static constexpr auto json_fields(const Cause*) {
  return json_object(
      "cause", Layout::line, field("kind", &Cause::kind), field("statement", &Cause::statement),
      field("in", &Cause::other, omitted_if_empty),
      computed("side", [](const Cause& cause) -> std::string_view { return cause.later ? "after" : "before"; }),
      file_field<Cause>(), line_field<Cause>());
}

static constexpr auto json_fields(const Change*) {
  return json_object("change", Layout::lines, field("direction", &Change::direction),
                     computed("sentence",
                              [](const Change& change, const JsonContext& context) {
                                return sentence_of(context.review.difference, change, context.language);
                              }),
                     field("roles", &Change::roles), field("features", &Change::features),
                     field("objects", &Change::objects), field("when", &Change::when), field("from", &Change::from),
                     field("until", &Change::until), field("before", &Change::before), field("after", &Change::after),
                     field("causes", &Change::causes));
}

static constexpr auto json_fields(const Rename*) {
  return json_object("rename", Layout::line, field("kind", &Rename::kind), field("before", &Rename::before),
                     field("after", &Rename::after), field("declared", &Rename::declared),
                     field("bound", &Rename::bound));
}

static constexpr auto json_fields(const VocabularyChange*) {
  using It = VocabularyChange;
  // What a thing came from is its tier before if it moved, and else the thing that it is compared with.
  constexpr auto came_from = [](It::Kind moved_or_not) {
    return [moved = moved_or_not == It::Kind::moved](const It& thing) {
      return (thing.kind == It::Kind::moved) == moved ? thing.compared_with : std::string{};
    };
  };
  return json_object("thing", Layout::line, field("change", &It::kind), field("kind", &It::thing),
                     field("name", &It::name), computed("before", came_from(It::Kind::moved), omitted_if_empty),
                     computed("compared_with", came_from(It::Kind::added), omitted_if_empty),
                     field("after", &It::now, omitted_if_empty));
}

static constexpr auto json_fields(const GovernedChange*) {
  return json_object("governed", Layout::line, field("feature", &GovernedChange::feature),
                     field("governed", &GovernedChange::now));
}

static constexpr auto json_fields(const FindingChange*) {
  using It = FindingChange;
  return json_object("finding", Layout::line, field("change", &It::kind), field("code", &It::code),
                     field("name", &It::name), field("severity", &It::severity), field("message", &It::message),
                     field("place", &It::place), field("by", &It::by, omitted_if_empty),
                     field("until", &It::until, omitted_if_empty));
}

static constexpr auto json_fields(const StepChange*) {
  using It = StepChange;
  return json_object(
      "step", Layout::lines, field("change", &It::kind), field("id", &It::id), field("kind", &It::keeper),
      field("title", &It::title), field("value", &It::value),
      computed(
          "before",
          [](const It& step) { return step.kind == It::Kind::altered ? std::optional{step.before} : std::nullopt; },
          omitted_if_empty));
}

static constexpr auto json_fields(const Difference*) {
  return json_object("difference", Layout::lines, field("changes", &Difference::changes),
                     field("edits", &Difference::edits),
                     computed("renamed", [](const Difference& it) { return it.vocabulary.renames; }),
                     field("things", &Difference::things), field("governed", &Difference::governed));
}

static constexpr auto json_fields(const Review*) {
  using It = Review;
  return json_object(
      "review", Layout::lines, computed("farol", [](const It&, const JsonContext& context) { return context.version; }),
      field("before", &It::before), field("after", &It::after),
      computed("equal", [](const It& it) { return it.empty(); }),
      computed("summary",
               [](const It& it) {
                 return JsonSummary{it.count(Direction::widening), it.count(Direction::narrowing),
                                    it.count(Direction::mixed), it.difference.weaker_safeguards()};
               }),
      base::inlined(&It::difference), field("findings", &It::findings), field("notified", &It::notified),
      computed("steps", [](const It& it) { return it.steps_compared ? std::optional{it.steps} : std::nullopt; }),
      computed("not_compared", [](const It& it) { return it.difference.too_large; }),
      computed("statements_compared", [](const It& it) { return it.findings_compared; }),
      computed("compared_until", [](const It& it) { return it.difference.not_beyond; }));
}

std::string render_json(const Review& review, base::Language language, std::string_view version) {
  return base::to_json(review, JsonContext{{review.difference.vocabulary.model}, review, language, version});
}

}  // namespace farol::compare
