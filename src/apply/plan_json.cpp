#include "apply/plan_json.h"

#include <algorithm>
#include <stdexcept>

namespace farol::apply {

using Json = nlohmann::json;
using dingtalk::Request;
using dingtalk::Value;

namespace {

Json json_of(const Value::Object& object) { return Json::parse(to_json(dingtalk::object(object))); }

Value value_of(const Json& json) {
  if (json.is_boolean()) return dingtalk::boolean(json.get<bool>());
  if (json.is_number_integer()) return dingtalk::number(json.get<std::int64_t>());
  if (json.is_string()) return dingtalk::text(json.get<std::string>());
  if (json.is_array()) {
    Value::List list;
    for (const Json& each : json) list.push_back(value_of(each));
    return dingtalk::list(std::move(list));
  }
  if (!json.is_object()) throw std::runtime_error("a value that no request has");
  Value::Object object;
  for (const auto& [key, value] : json.items()) object.push_back({key, value_of(value)});
  return dingtalk::object(std::move(object));
}

Value::Object object_of(const Json& json) { return std::get<Value::Object>(value_of(json).data); }

Request request_of(const Json& json) {
  const auto name = json.at("call").get<std::string>();
  const auto& calls = dingtalk::all_calls();
  const auto found =
      std::find_if(calls.begin(), calls.end(), [&](const auto& call) { return call.identifier == name; });
  if (found == calls.end()) throw std::runtime_error("no call is named " + name);
  return {found->call, object_of(json.at("path")), object_of(json.at("query")), object_of(json.at("body"))};
}

Json json_of(const std::optional<Fact>& fact) { return fact ? Json(*fact) : Json(); }
std::optional<Fact> fact_of(const Json& json) {
  return json.is_null() ? std::nullopt : std::optional(json.get<Fact>());
}

Json json_of(const Action& action) {
  Json effects = Json::array();
  for (const Effect& effect : action.effects) effects.push_back(apply::json_of(effect));
  Json made{{"kind", to_string(action.kind)},
            {"title", action.title},
            {"call", info(action.request.call).identifier},
            {"path", json_of(action.request.path)},
            {"query", json_of(action.request.query)},
            {"body", json_of(action.request.body)},
            {"effects", std::move(effects)}};
  if (!action.target.empty()) made["target"] = action.target;
  if (!action.step.empty()) made["step"] = action.step;
  if (!action.produces.empty()) made["produces"] = action.produces;
  return made;
}

Action action_of(const Json& json) {
  Action action;
  action.request = request_of(json);
  const auto kind = json.at("kind").get<std::string>();
  for (const Action::Kind each : {Action::Kind::make, Action::Kind::change, Action::Kind::take_away}) {
    if (to_string(each) == kind) action.kind = each;
  }
  action.title = json.at("title").get<std::string>();
  action.target = json.value("target", std::string{});
  action.step = json.value("step", std::string{});
  action.produces = json.value("produces", std::string{});
  for (const Json& each : json.at("effects")) {
    Effect effect{each.at("thing").get<Thing>(), fact_of(each.at("before")), fact_of(each.at("after")),
                  each.value("shown", true), each.value("by", std::string{})};
    if (effect.thing.empty()) throw std::runtime_error("an effect is about nothing");
    action.effects.push_back(std::move(effect));
  }
  return action;
}

}  // namespace

Json json_of(const Effect& effect) {
  Json made{{"thing", effect.thing}, {"before", json_of(effect.before)}, {"after", json_of(effect.after)}};
  if (!effect.is_shown) made["shown"] = false;
  if (!effect.by.empty()) made["by"] = effect.by;
  return made;
}

Json json_of(const Plan& plan) {
  Json actions = Json::array();
  for (const Action& action : plan.actions) actions.push_back(json_of(action));
  return {
      {"format", plan_format}, {"version", plan_version},     {"policy", plan.policy},         {"corp", plan.corp},
      {"name", plan.name},     {"made", plan.made},           {"valid_until", plan.valid},     {"undoes", plan.undoes},
      {"found", plan.found},   {"stand_ins", plan.stand_ins}, {"actions", std::move(actions)}, {"left", plan.left}};
}

Plan plan_of(const Json& json) {
  if (json.value("format", std::string{}) != plan_format || json.value("version", 0) != plan_version)
    throw std::runtime_error("it is no plan of this farol");
  Plan plan;
  plan.policy = json.at("policy").get<std::string>();
  plan.corp = json.at("corp").get<std::string>();
  plan.name = json.at("name").get<std::string>();
  plan.made = json.at("made").get<std::string>();
  plan.valid = json.at("valid_until").get<std::int64_t>();
  plan.undoes = json.at("undoes").get<std::string>();
  plan.found = json.at("found").get<std::map<std::string, std::string>>();
  plan.stand_ins = json.at("stand_ins").get<std::map<std::string, std::string>>();
  plan.left = json.at("left").get<std::vector<std::string>>();
  for (const Json& action : json.at("actions")) plan.actions.push_back(action_of(action));
  return plan;
}

std::string to_json(const Plan& plan) { return json_of(plan).dump(2) + "\n"; }

std::variant<Plan, std::string> read_plan(std::string_view text) {
  try {
    return plan_of(Json::parse(text));
  } catch (const std::exception& problem) {
    return std::string(problem.what());
  }
}

Plan with_ids(const Plan& plan, const std::map<std::string, std::string>& ids) {
  std::string text = json_of(plan).dump();
  for (const auto& [from, to] : ids) {
    if (from.empty() || from == to) continue;
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size()))
      text.replace(at, from.size(), to);
  }
  return plan_of(Json::parse(text));
}

}  // namespace farol::apply
