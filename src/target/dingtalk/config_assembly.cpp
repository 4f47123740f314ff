// From the steps and settings of a builder to the configuration: what keeps each answer, ids of steps, and their order.
#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "base/digest.h"
#include "base/sorted.h"
#include "target/dingtalk/config_builder.h"

namespace farol::dingtalk {

using base::Phrase;

namespace {

constexpr std::string_view sensitive = "qyapi_manage_addresslist";

// The key of an id that is missing, `role.hr`, by what the tenant calls the role.
std::string key_in_tenant(const ConfigBuilder& builder, const std::string& key) {
  for (const std::string_view kind : {"role.", "members."}) {
    if (!key.starts_with(kind)) continue;
    const auto role = builder.model.find_role(key.substr(kind.size()));
    if (role) return std::string(kind) + builder.name_in_tenant(*role);
  }
  return key;
}

Value in_tenant(const ConfigBuilder& builder, const Value& value) {
  const auto all = [&](const Value::List& values) {
    Value::List made;
    for (const Value& each : values) made.push_back(in_tenant(builder, each));
    return made;
  };
  if (const auto* unbound = std::get_if<Unbound>(&value.data)) return {Unbound{key_in_tenant(builder, unbound->key)}};
  if (const auto* values = std::get_if<Value::List>(&value.data)) return list(all(*values));
  if (const auto* joined = std::get_if<Value::Joined>(&value.data)) return {Value::Joined{all(joined->parts)}};
  if (const auto* members = std::get_if<Value::Object>(&value.data)) {
    Value::Object made;
    for (const Member& member : *members) made.push_back({member.key, in_tenant(builder, member.value)});
    return object(std::move(made));
  }
  return value;
}

// One line for each of those who have something, in an order that does not depend on names.
std::string in_tenant(const ConfigBuilder& builder, const std::vector<Wanted>& all) {
  std::vector<std::string> lines;
  for (const Wanted& wanted : all) {
    std::vector<std::string> who = wanted.people;
    for (const RoleId role : wanted.roles) who.push_back(builder.name_in_tenant(role));
    std::sort(who.begin(), who.end());
    std::string& line = lines.emplace_back(std::to_string(static_cast<int>(wanted.whom)));
    for (const std::string& each : who) line.append("\t").append(each);
    line.append("\t").append(wanted.value.front()).append("\t").append(wanted.scope.front());
  }
  std::sort(lines.begin(), lines.end());
  std::string text;
  for (const std::string& line : lines) text.append(line).append("\n");
  return text;
}

// What a step sets, and on what. What the policy calls a role is no part of it, but for a role that has neither an id
// nor a title.
std::string content_of(const ConfigBuilder& builder, const Step& step) {
  std::string content{to_string(step.kind)};
  const auto add = [&](std::string_view part) { content.append("\n").append(part); };
  add(step.target);
  if (step.request) {
    add(info(step.request->call).method);
    add(info(step.request->call).path);
    for (const Value::Object* part : {&step.request->path, &step.request->query, &step.request->body})
      add(to_json(in_tenant(builder, object(*part))));
    add(key_in_tenant(builder, step.for_each));
    return content;
  }
  add(step.menu);
  add(step.setting);
  add(step.wanted.empty() ? step.value.front() : in_tenant(builder, step.wanted));
  return content;
}

std::string id_of(const ConfigBuilder& builder, const Step& step) {
  constexpr std::size_t digits_of_id = 12;
  return "s-" + base::sha256_hex(content_of(builder, step)).substr(0, digits_of_id);
}

// How an id of the kind is written: a number, a text, or a list in a text.
std::string id_sample(const std::string& key) {
  const IdKind* kind = find_id_kind(key);
  if (kind == nullptr) return "\"…\"";
  if (kind->is_list) return "\"…,…\"";
  return kind->form == IdForm::number ? "…" : "\"…\"";
}

// Who may do what only with a safeguard, one line for each answer.
Texts lines_of_control(const model::Model& model, const std::vector<decide::Answer>& answers, model::ControlId control,
                       std::vector<Wanted>& wanted) {
  std::vector<std::pair<std::string, Texts>> made;
  for (const decide::Answer& answer : answers) {
    if (std::find(answer.controls.begin(), answer.controls.end(), control) == answer.controls.end()) continue;
    for (const RoleId role : answer.roles) {
      Texts line = texts(Phrase::pair, {label(model[answer.feature]), words(model, role, answer)});
      made.emplace_back(line.front(), std::move(line));
      wanted.push_back(wanted_by({role}, {}, words(model, answer), label(model[answer.feature])));
    }
  }
  std::stable_sort(made.begin(), made.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<Texts> all;
  for (auto& [key, line] : made) all.push_back(std::move(line));
  return lines(all);
}

// What the steps need bound, with the call that finds it.
NeededId needed_id(const model::Model& model, const Bindings& bindings, const std::string& key) {
  const std::size_t dot = key.find('.');
  const std::string kind = key.substr(0, dot);
  const std::string name = key.substr(dot + 1);
  NeededId needed;
  needed.key = key;
  needed.is_list = is_list(key);
  needed.ids = bindings.ids(key);
  needed.bind = "bind " + kind + " " + name + " to " + id_sample(key);
  const model::Declared* declared = nullptr;
  if (const auto role = model.find_role(name); role && (kind == "role" || kind == "members")) declared = &model[*role];
  if (const auto object = model.find_object(name); object && kind != "role" && kind != "members")
    declared = &model[*object];
  for (const model::Entity& entity : model.entities) {
    if ((kind == "store" || kind == "creator") && entity.kind == "store" && entity.name == name) declared = &entity;
  }
  const Texts title = declared == nullptr ? same(name) : label(*declared);
  if (const IdKind* known = find_id_kind(key)) {
    needed.title = kind == "tenant" ? texts(known->title) : texts(known->title, {title});
    needed.lookup = known->lookup;
  }
  // A role that is a department there: its id is the department's.
  if (kind == "role" && declared != nullptr && declared->find("department") != nullptr) {
    needed.title = texts(Phrase::id_department, {same(word_of(*declared, "department"))});
    needed.lookup = find_id_kind("department")->lookup;
  }
  if (kind == "store" && declared != nullptr && word_of(*declared, "kind") == "meeting") {
    needed.title = texts(Phrase::id_meeting, {title});
    needed.lookup = "GET /v1.0/conference/roomCodes/{roomCode}/infos";
  }
  // The list of knowledge bases has no folders, and the search for files no knowledge bases.
  if (kind == "store" && declared != nullptr && word_of(*declared, "kind") == "space")
    needed.lookup = "GET /v2.0/wiki/workspaces";
  return needed;
}

}  // namespace

// Safeguards that permissions require: who needs them, and who turns them on.
void ConfigBuilder::keep_controls(AdminConfig& config) {
  std::map<model::ControlId, std::vector<const decide::Answer*>> needed;
  for (const decide::Answer& answer : answers_) {
    for (const model::ControlId control : answer.controls) needed[control].push_back(&answer);
  }
  for (const auto& [control, answers] : needed) {
    const model::Control& declared = model[control];
    std::set<RoleId> roles;
    for (const decide::Answer* answer : answers) roles.insert(answer->roles.begin(), answer->roles.end());
    const std::string_view keeper = word_of(declared, "kept_by");
    const Enforcement enforcement = enforcement_of(model, declared, model::KeptBy::nobody);
    const std::vector<RoleId> on(roles.begin(), roles.end());
    const Texts value = texts(
        Phrase::pair, {texts(Phrase::step_on), is_everybody(on) ? texts(Phrase::step_everybody) : labels(model, on)});
    KeptControl kept_control{control, model::KeptBy::nobody, {}};
    std::optional<StepIndex> index;
    if (keeper == "console" && has_edition(enforcement)) {
      kept_control.kept_by = model::KeptBy::console;
      index = add(declared.of_account ? Phase::account : Phase::console,
                  console_step("control " + declared.name, enforcement, label(declared), value));
      auto& wanted = steps_[*index].step.wanted;
      wanted = {wanted_by(on, {}, texts(Phrase::step_on))};
      if (is_everybody(on)) wanted = wanted_of(*this, on);
    } else if (keeper == "people") {
      kept_control.kept_by = model::KeptBy::people;
      std::vector<Wanted> wanted;
      const Texts cases = lines_of_control(model, answers_, control, wanted);
      Step step = people_step("control " + declared.name, texts(Phrase::step_people, {label(declared)}),
                              texts(Phrase::step_wherever, {cases}));
      step.wanted = std::move(wanted);
      index = add(Phase::people, std::move(step));
    }
    if (index) {
      Step& step = steps_[*index].step;
      step.controls.push_back(control);
      std::set<model::RuleId> why;
      for (const decide::Answer* answer : answers) why.insert(answer->rules.begin(), answer->rules.end());
      step.rules.insert(step.rules.end(), why.begin(), why.end());
      kept_control.steps.push_back(*index);
    }
    config.controls.push_back(std::move(kept_control));
  }
}

// The codes that the requests need come first: an administrator grants them by hand.
void ConfigBuilder::require_codes(AdminConfig& config) {
  auto& codes = config.requirements.permission_codes;
  for (const PlannedStep& planned : steps_) {
    for (const auto* request : {&planned.step.request, &planned.step.check, &planned.step.undo_request}) {
      if (*request && !info((*request)->call).permission_code.empty())
        codes.emplace_back(info((*request)->call).permission_code);
    }
  }
  base::sort_unique(codes);
  if (codes.empty()) return;
  std::vector<StepIndex> first;
  Enforcement console;
  console.menu = "开发者后台 > 应用 > 权限管理";
  console.menu_documented = true;
  console.setting = "接口权限";
  console.source = "https://open.dingtalk.com/document/development/add-api-permission";
  std::vector<Texts> names;
  for (const std::string& code : codes) names.push_back(same(code));
  const StepIndex granted =
      add(Phase::codes, console_step("permission codes", console, texts(Phrase::step_codes), lines(names)));
  StepIndex last = granted;
  if (std::find(codes.begin(), codes.end(), sensitive) != codes.end()) {
    config.requirements.sensitive_permission_codes.emplace_back(sensitive);
    console.menu = "工作台 > 应用管理 > 应用 > 设置 > 授权";
    console.setting = "敏感权限";
    console.source = "https://open.dingtalk.com/document/development/use-sensitive-permissions";
    Step step = console_step("sensitive permission codes", console, texts(Phrase::step_sensitive), same(sensitive));
    step.note = texts(Phrase::step_sensitive_note);
    last = add(Phase::sensitive_codes, std::move(step), {granted});
  }
  for (PlannedStep& planned : steps_) {
    if (planned.step.kind == StepKind::api) planned.after.push_back(last);
  }
}

void ConfigBuilder::order(AdminConfig& config) {
  for (PlannedStep& planned : steps_) {
    Step& step = planned.step;
    if (!planned.value_lines.empty()) step.value = lines(planned.value_lines);
    base::sort_unique(step.rules);
    base::sort_unique(step.features);
    step.id = id_of(*this, step);
    // Found again by a second run, which must not make a second rule.
    if (planned.has_description) dingtalk::set(step.request->body, "description", text("farol " + step.id));
  }
  std::vector<StepIndex> by_order(steps_.size());
  for (std::size_t i = 0; i < by_order.size(); ++i) by_order[i] = i;
  const auto place = [&](StepIndex index) {
    const PlannedStep& planned = steps_[index];
    return std::tie(planned.phase, planned.group, planned.batch);
  };
  std::sort(by_order.begin(), by_order.end(), [&](StepIndex a, StepIndex b) { return place(a) < place(b); });
  std::vector<std::size_t> position(steps_.size());
  for (std::size_t i = 0; i < by_order.size(); ++i) position[by_order[i]] = i;
  const auto ordered = [&](std::vector<StepIndex>& indices) {
    for (StepIndex& index : indices) index = position[index];
    base::sort_unique(indices);
  };
  for (decide::Answer& answer : answers_) ordered(answer.enforcement.steps);
  for (KeptControl& control : config.controls) ordered(control.steps);
  for (const StepIndex index : by_order) {
    PlannedStep& planned = steps_[index];
    ordered(planned.after);
    for (const std::size_t before : planned.after) planned.step.after.push_back(steps_[by_order[before]].step.id);
  }
  for (const StepIndex index : by_order) config.steps.push_back(std::move(steps_[index].step));
}

// What the steps need of the organisation, and what they cost.
void ConfigBuilder::require(AdminConfig& config) const {
  std::vector<std::string> keys;
  Requirements& requirements = config.requirements;
  for (const Step& step : config.steps) {
    if (!step.edition.empty()) requirements.editions.push_back(step.edition);
    if (!step.request) continue;
    for (const auto* request : {&step.request, &step.check, &step.undo_request}) {
      if (!*request) continue;
      for (std::string& key : unbound(**request)) {
        if (!is_of_reply(key)) keys.push_back(std::move(key));
      }
    }
    const std::size_t times = step.for_each.empty() ? 1 : bindings.ids(step.for_each).size();
    requirements.requests += times;
    if (info(step.request->call).counted) requirements.counted += times;
    if (step.check && info(step.check->call).counted) requirements.counted += times;
  }
  base::sort_unique(requirements.editions);
  // Those that are bound, too: what stands in the requests can be read back.
  for (const model::Binding& binding : model.bindings) keys.push_back(binding.kind + "." + binding.name);
  base::sort_unique(keys);
  for (const std::string& key : keys) config.ids.push_back(needed_id(model, bindings, key));
}

Lowered ConfigBuilder::assemble() {
  AdminConfig config;
  if (word_of(model.policy, "account") == "international") config.region = Region::international;
  // Answers are large, and a list that grows is there twice for a moment.
  answers_.reserve(decide::count_segments(decisions));
  for (const FeatureId feature : stated_) keep(feature);
  std::vector<decide::AddedUp> added_up = add_up();
  if (!options.plans) return {decide::Answers{std::move(answers_), std::move(added_up)}, {}};
  look_for(added_up);
  keep_controls(config);
  require_codes(config);
  order(config);
  require(config);
  config.administrators = std::move(administrators);
  return {decide::Answers{std::move(answers_), std::move(added_up)}, std::move(config)};
}

}  // namespace farol::dingtalk
