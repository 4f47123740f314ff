#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/json_fields.h"
#include "decide/boxes.h"
#include "decide/permission_json.h"
#include "model/localized_json.h"
#include "people/report.h"

namespace farol::decide {

static constexpr auto json_fields(const Place*) {
  using base::computed;
  return base::json_object("place", base::JsonWriter::Layout::lines, base::field("feature", &Place::feature),
                           computed("objects",
                                    [](const Place& place) {
                                      auto objects = place.objects;
                                      std::sort(objects.begin(), objects.end());
                                      return objects;
                                    }),
                           computed("when", [](const Place& place, const JsonNames& names) {
                             return boxes_of(names.model, place.contexts, place.where);
                           }));
}

static std::string_view cause_of(const Disagreement& point) {
  switch (point.kind) {
    case Disagreement::Kind::roles_disagree: return "rules-disagree";
    case Disagreement::Kind::none_alone: return "none-alone";
    case Disagreement::Kind::taken: break;
  }
  return point.rules.empty() ? "not-reached" : "refused";
}

static constexpr auto json_fields(const Disagreement*) {
  return base::json_object("denied", base::JsonWriter::Layout::lines, base::computed("cause", cause_of),
                           base::field("allowed_alone", &Disagreement::allowed),
                           base::field("rules", &Disagreement::rules), base::field("places", &Disagreement::places));
}

}  // namespace farol::decide

namespace farol::people {

using base::computed;
using base::field;
using base::inlined;
using base::json_object;
using decide::PersonChange;
using Layout = base::JsonWriter::Layout;

namespace {

constexpr base::JsonRules omitted_if_empty{.empty = base::JsonEmpty::omitted};

struct JsonContext : decide::JsonNames {
  base::Date as_of;
};

struct Combination {
  Roles roles;
  Group who;
};

std::vector<Combination> combinations(const Census& census) {
  std::vector<Combination> all;
  for (const auto& [roles, who] : census.by_roles) all.push_back({roles, who});
  return all;
}

// The places that a person gains, loses, or has with other controls; empty if there are none.
template <PersonChange::Kind kind>
std::vector<decide::Place> places_of(const Moved& moved) {
  for (const PersonChange& change : moved.changes) {
    if (change.kind == kind) return change.places;
  }
  return {};
}

struct Since {
  std::uint64_t people = 0;
  std::vector<Moved> changes;
};

const model::Separation& separation_of(const Violating& each, const decide::JsonNames& names) {
  return names.model.separations[each.violation.separation];
}

}  // namespace

static constexpr auto json_fields(const NamedPerson*) {
  return json_object("person", Layout::line, field("id", &NamedPerson::id), field("name", &NamedPerson::name),
                     field("line", &NamedPerson::line));
}
static constexpr auto json_fields(const Group*) {
  return json_object("group", Layout::lines, field("people", &Group::count), field("named", &Group::named));
}

static constexpr auto json_fields(const Violating*) {
  return json_object(
      "violation", Layout::lines, base::constant("finding", "duties-not-separated"),
      computed("statement",
               [](const Violating& each, const JsonContext& context) {
                 const model::Separation& separation = separation_of(each, context);
                 return separation.label.empty() ? separation.text : separation.label;
               }),
      computed("because", [](const Violating& each, const JsonContext& it) { return separation_of(each, it).because; }),
      computed("at_most", [](const Violating& each, const JsonContext& it) { return separation_of(each, it).at_most; }),
      field("roles", &Violating::roles),
      computed("separated_roles", [](const Violating& each) { return each.violation.roles; }),
      computed("separated_features", [](const Violating& each) { return each.violation.features; }),
      inlined(&Violating::who));
}

static constexpr auto json_fields(const Disagreeing*) {
  return json_object("disagreement", Layout::lines, field("roles", &Disagreeing::roles), inlined(&Disagreeing::who),
                     field("denied", &Disagreeing::points));
}

static constexpr auto json_fields(const UnknownRole*) {
  return json_object("unknown_role", Layout::line, field("name", &UnknownRole::name),
                     field("lines", &UnknownRole::lines), field("first", &UnknownRole::first),
                     computed("nearest",
                              [](const UnknownRole& role, const JsonContext& context) {
                                return nearest_role(context.model, role.name);
                              },
                              {.empty = base::JsonEmpty::null}));
}

static constexpr auto json_fields(const Moved*) {
  return json_object("change", Layout::lines, field("before", &Moved::before), field("after", &Moved::after),
                     inlined(&Moved::who), computed("gains", places_of<PersonChange::Kind::gains>, omitted_if_empty),
                     computed("loses", places_of<PersonChange::Kind::loses>, omitted_if_empty),
                     computed("other_controls", places_of<PersonChange::Kind::controls>, omitted_if_empty));
}

namespace {

constexpr auto json_fields(const Combination*) {
  return json_object("combination", Layout::lines, field("roles", &Combination::roles), inlined(&Combination::who));
}
constexpr auto json_fields(const Since*) {
  return json_object("since", Layout::lines, field("people", &Since::people), field("changes", &Since::changes));
}

template <Compares what>
std::optional<Since> held_against(const Report& report) {
  return report.compares == what ? std::optional{Since{report.census.people_before, report.moved}} : std::nullopt;
}

}  // namespace

static constexpr auto json_fields(const Report*) {
  return json_object(
      "report", Layout::lines, computed("as_of", [](const Report&, const JsonContext& it) { return it.as_of; }),
      computed("policy", [](const Report&, const JsonContext& it) { return it.model.policy.name; }),
      computed("ok", [](const Report& report) { return report.is_well(); }),
      computed("people", [](const Report& report) { return report.census.people; }),
      computed("lines", [](const Report& report) { return report.census.lines; }),
      computed("people_on_several_lines", [](const Report& report) { return report.census.several_lines; }),
      computed("lines_outside_their_dates", [](const Report& report) { return report.census.undated; }),
      computed("combinations", [](const Report& report) { return combinations(report.census); }),
      field("violations", &Report::violating), field("disagreements", &Report::disagreeing),
      computed("unknown_roles", [](const Report& report) { return report.census.unknown; }),
      computed("lines_with_more_unknown_roles", [](const Report& report) { return report.census.more_unknown; }),
      computed("two_names", [](const Report& report) { return report.census.two_names; }),
      computed("left", [](const Report& report) { return report.census.left; }),
      computed("shared_accounts", [](const Report& report) { return report.census.shared; }),
      computed("since", held_against<Compares::earlier>, omitted_if_empty),
      computed("against", held_against<Compares::other_list>, omitted_if_empty));
}

std::string render_json(const Report& report, const model::Model& model, const decide::Decisions& decisions) {
  return base::to_json(report, JsonContext{{model}, decisions.as_of});
}

}  // namespace farol::people
