#include <algorithm>

#include "base/json_writer.h"
#include "decide/boxes.h"
#include "decide/permission_json.h"
#include "people/report.h"

namespace farol::people {
namespace {

using base::JsonWriter;
using decide::Disagreement;
using decide::PersonChange;
using Layout = JsonWriter::Layout;

class JsonRenderer {
 public:
  JsonRenderer(const Report& report, const model::Model& model) : report_(report), model_(model) {}

  std::string run(base::Date as_of) {
    const Census& census = report_.census;
    json_.begin_object();
    json_.key("as_of").string(base::to_string(as_of));
    json_.key("policy").string(model_.policy.name);
    json_.key("ok").boolean(report_.violating.empty());
    number("people", census.people);
    number("lines", census.lines);
    number("people_on_several_lines", census.several_lines);
    number("lines_outside_their_dates", census.undated);
    json_.key("combinations").begin_array();
    for (const auto& [roles, who] : census.by_roles) {
      json_.begin_object();
      names("roles", roles);
      people(who);
      json_.end_object();
    }
    json_.end_array();
    violations();
    disagreements();
    unknown();
    json_.key("two_names").begin_object();
    people(census.two_names);
    json_.end_object();
    if (report_.compares) moves();
    json_.end_object();
    return json_.take();
  }

 private:
  void number(std::string_view key, std::uint64_t value) { json_.key(key).number(static_cast<std::int64_t>(value)); }

  template <class Ids>
  void names(std::string_view key, const Ids& ids) {
    std::vector<std::string_view> texts;
    for (const auto id : ids) texts.push_back(model_[id].name);
    json_.key(key).strings(texts);
  }

  void people(const Group& group) {
    number("people", group.count);
    json_.key("named").begin_array();
    for (const NamedPerson& person : group.named) {
      json_.begin_object(Layout::line);
      json_.key("id").string(person.id);
      json_.key("name").string(person.name);
      number("line", person.line);
      json_.end_object();
    }
    json_.end_array();
  }

  void places(std::string_view key, const std::vector<decide::Place>& places) {
    json_.key(key).begin_array();
    for (const decide::Place& place : places) {
      auto objects = place.objects;
      std::sort(objects.begin(), objects.end());
      json_.begin_object();
      json_.key("feature").string(model_[place.feature].name);
      json_.key("objects");
      decide::write_objects(json_, model_, objects);
      json_.key("when");
      decide::write_when(json_, model_, decide::boxes_of(model_, place.contexts, place.where));
      json_.end_object();
    }
    json_.end_array();
  }

  void violations() {
    json_.key("violations").begin_array();
    for (const Violating& each : report_.violating) {
      const model::Separation& separation = model_.separations[each.violation.separation];
      json_.begin_object();
      json_.key("finding").string("duties-not-separated");
      json_.key("statement").string(separation.label.empty() ? separation.text : separation.label);
      json_.key("because");
      decide::write_text(json_, separation.because);
      number("at_most", separation.at_most);
      names("roles", each.roles);
      names("separated_roles", each.violation.roles);
      names("separated_features", each.violation.features);
      people(each.who);
      json_.end_object();
    }
    json_.end_array();
  }

  void disagreements() {
    json_.key("disagreements").begin_array();
    for (const Disagreeing& each : report_.disagreeing) {
      json_.begin_object();
      names("roles", each.roles);
      people(each.who);
      json_.key("denied").begin_array();
      for (const Disagreement& point : each.points) {
        json_.begin_object();
        json_.key("cause").string(point.kind == Disagreement::Kind::roles_disagree ? "rules-disagree"
                                  : point.kind == Disagreement::Kind::none_alone   ? "none-alone"
                                  : point.rules.empty()                            ? "not-reached"
                                                                                   : "refused");
        names("allowed_alone", point.allowed);
        std::vector<std::string_view> rules;
        for (const auto rule : point.rules) rules.push_back(model_[rule].reference());
        json_.key("rules").strings(rules);
        places("places", point.places);
        json_.end_object();
      }
      json_.end_array();
      json_.end_object();
    }
    json_.end_array();
  }

  void unknown() {
    json_.key("unknown_roles").begin_array();
    for (const UnknownRole& role : report_.census.unknown) {
      json_.begin_object(Layout::line);
      json_.key("name").string(role.name);
      number("lines", role.lines);
      number("first", role.first);
      const std::string nearest = nearest_role(model_, role.name);
      json_.key("nearest");
      if (nearest.empty()) {
        json_.null();
      } else {
        json_.string(nearest);
      }
      json_.end_object();
    }
    json_.end_array();
    number("lines_with_more_unknown_roles", report_.census.more_unknown);
  }

  void moves() {
    json_.key("since").begin_object();
    number("people", report_.census.people_before);
    json_.key("changes").begin_array();
    for (const Moved& each : report_.moved) {
      json_.begin_object();
      side("before", each.before);
      side("after", each.after);
      people(each.who);
      for (const PersonChange& change : each.changes) {
        places(change.kind == PersonChange::Kind::gains   ? "gains"
               : change.kind == PersonChange::Kind::loses ? "loses"
                                                          : "other_controls",
               change.places);
      }
      json_.end_object();
    }
    json_.end_array();
    json_.end_object();
  }

  void side(std::string_view key, const std::optional<Roles>& roles) {
    if (roles) return names(key, *roles);
    json_.key(key).null();
  }

  const Report& report_;
  const model::Model& model_;
  JsonWriter json_;
};

}  // namespace

std::string render_json(const Report& report, const model::Model& model, const decide::Decisions& decisions) {
  return JsonRenderer{report, model}.run(decisions.as_of);
}

}  // namespace farol::people
