// Lowering of what no request sets: settings of the console, and what people see to.
#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "decide/answers.h"
#include "target/dingtalk/config_builder.h"

namespace farol::dingtalk {

using base::Phrase;

namespace {

// The value of a setting of the console, which may be one for the whole organisation.
Texts value_for(const ConfigBuilder& builder, const Enforcement& enforcement, const std::vector<RoleId>& on) {
  if (!enforcement.organisation_only) return whom(builder, on);
  return builder.is_everybody(on) ? texts(Phrase::step_on_for_all) : texts(Phrase::step_off_for_all);
}

// Returns the roles that are allowed a feature on some of the objects.
std::vector<RoleId> allowed_on_some(ConfigBuilder& builder, FeatureId feature, const std::vector<ObjectId>& objects) {
  std::vector<RoleId> roles;
  for (const ObjectId object : objects) {
    const auto& allowed = builder.allowed(feature, object);
    roles.insert(roles.end(), allowed.begin(), allowed.end());
  }
  std::sort(roles.begin(), roles.end());
  roles.erase(std::unique(roles.begin(), roles.end()), roles.end());
  return roles;
}

bool is_about_something(const ConfigBuilder& builder, FeatureId feature) {
  return builder.model[feature].acts_on != model::ActsOn::nothing;
}

Setting unsupported(Reason reason) {
  Setting setting;
  setting.missing = reason;
  return setting;
}

// Over what a role administers, in the words of the console: 管理范围. Sets it beside the value of the role, too.
Texts scope_of(const ConfigBuilder& builder, RoleId role, bool is_whole, Texts& scope) {
  const Texts name = label(builder.model, role);
  if (is_whole) {
    scope = texts(Phrase::scope_whole);
    return texts(Phrase::step_scope_whole, {name});
  }
  std::vector<Texts> departments;
  for (const std::string_view each :
       role == builder.model.nobody() ? std::vector<std::string_view>{} : words_of(builder.model[role], "manages")) {
    if (const auto object = builder.model.find_object(each)) departments.push_back(label(builder.model, *object));
  }
  scope = departments.empty() ? texts(Phrase::scope_own) : list(departments);
  return departments.empty() ? texts(Phrase::step_scope_own, {name})
                             : texts(Phrase::step_scope_given, {name, list(departments)});
}

// All that the policy says of a feature on some objects: one line for each role and answer, and the same as data.
struct RoleLine {
  RoleId role;
  Texts words, value;
};
std::vector<RoleLine> lines_of(ConfigBuilder& builder, FeatureId feature, const std::vector<ObjectId>& objects) {
  std::vector<RoleLine> made;
  for (const auto& [table, roles] : builder.decisions.roles_by_table(builder.model, feature)) {
    for (decide::Answer& answer : decide::answers_in(builder.model, builder.decisions.tables[table.index()], feature)) {
      std::erase_if(answer.objects, [&](ObjectId object) {
        return std::find(objects.begin(), objects.end(), object) == objects.end();
      });
      if (answer.objects.empty()) continue;
      for (const RoleId role : roles)
        made.push_back({role, words(builder.model, role, answer), words(builder.model, answer)});
    }
  }
  std::stable_sort(made.begin(), made.end(), [](const RoleLine& a, const RoleLine& b) { return a.role < b.role; });
  return made;
}

// Everybody may do it always, and no safeguard is asked for.
bool is_open_to_all(ConfigBuilder& builder, FeatureId feature, const std::vector<ObjectId>& objects) {
  for (const auto& [table, roles] : builder.decisions.roles_by_table(builder.model, feature)) {
    for (const decide::Answer& answer :
         decide::answers_in(builder.model, builder.decisions.tables[table.index()], feature)) {
      const bool is_about = std::any_of(answer.objects.begin(), answer.objects.end(), [&](ObjectId object) {
        return std::find(objects.begin(), objects.end(), object) != objects.end();
      });
      if (is_about && (answer.effect != decide::Effect::allow || !answer.is_always() || !answer.controls.empty()))
        return false;
    }
  }
  return std::all_of(objects.begin(), objects.end(),
                     [&](ObjectId object) { return builder.is_everybody(builder.allowed(feature, object)); });
}

bool carries_reach(const ConfigBuilder& builder, const Enforcement& enforcement) {
  return std::any_of(enforcement.carries.begin(), enforcement.carries.end(),
                     [&](model::ContextId context) { return builder.model[context].name == "reach"; });
}

// The value of a setting that can tell contexts apart, where the policy does: what holds for each role. Scopes that the
// setting does not have make a role inexact.
Texts carried_value(ConfigBuilder& builder, FeatureId feature, const std::vector<ObjectId>& objects, Setting& setting,
                    std::vector<Wanted>& wanted) {
  const Enforcement& enforcement = builder.enforcement(feature);
  if (carries_reach(builder, enforcement) && !enforcement.organisation_only) {
    const auto reach_in_all = [&](RoleId role) {
      std::set<std::string> reach;
      for (const ObjectId object : objects) reach.merge(reach_of(builder, role, feature, object));
      return reach;
    };
    // The smallest scope is a department: whoever may do so for themselves alone is not appointed.
    std::erase_if(setting.on, [&](RoleId role) { return reach_in_all(role) == std::set<std::string>{"self"}; });
    setting.if_off = Reason::condition;
    std::vector<Texts> made{value_for(builder, enforcement, setting.on)};
    wanted = wanted_of(builder, {});
    if (!setting.on.empty()) wanted.front().whom = Wanted::Whom::others;
    for (const RoleId role : setting.on) {
      const std::set<std::string> reach = reach_in_all(role);
      const bool is_whole = reach.contains("company");
      if (is_whole && reach.size() < 3) setting.inexact.push_back(role);
      Wanted one = wanted_by({role}, {}, texts(Phrase::step_on));
      made.push_back(scope_of(builder, role, is_whole, one.scope));
      wanted.insert(wanted.end() - 1, std::move(one));
    }
    return lines(made);
  }
  const Texts value = value_for(builder, enforcement, setting.on);
  wanted = wanted_of(builder, setting.on);
  if (setting.on.empty()) return value;
  const auto is_conditional = [&](RoleId role) {
    return std::any_of(objects.begin(), objects.end(), [&](ObjectId object) {
      return !builder.decisions.cell(builder.model, role, feature, object).contexts.empty();
    });
  };
  if (enforcement.carries.empty() || !std::any_of(setting.on.begin(), setting.on.end(), is_conditional)) return value;
  std::vector<Texts> made{value};
  wanted.clear();
  for (RoleLine& line : lines_of(builder, feature, objects)) {
    made.push_back(std::move(line.words));
    wanted.push_back(wanted_by({line.role}, {}, std::move(line.value)));
  }
  return lines(made);
}

}  // namespace

Setting by_hand(ConfigBuilder& builder, FeatureId feature, const std::vector<ObjectId>& objects) {
  const Enforcement& enforcement = builder.enforcement(feature);
  if (!builder.has_edition(enforcement)) return unsupported(Reason::edition);
  const model::Feature& declared = builder.model[feature];
  Setting setting;
  setting.keeper = model::KeptBy::console;
  setting.on = allowed_on_some(builder, feature, objects);
  const bool narrowed = enforcement.organisation_only && !setting.on.empty() && !builder.is_everybody(setting.on);
  if (narrowed) setting.on.clear();
  std::string target = "console " + declared.name;
  Texts title = label(declared);
  if (objects.size() < builder.model.objects_of(declared.acts_on).size()) {
    for (const ObjectId object : objects)
      target += " " + (builder.model[object].other ? "other" : builder.model[object].name);
    title = texts(Phrase::pair, {title, labels(builder.model, objects)});
  }
  std::vector<Wanted> wanted;
  const Texts value = carried_value(builder, feature, objects, setting, wanted);
  Step step = console_step(target, enforcement, title, value);
  step.wanted = std::move(wanted);
  std::vector<Texts> notes;
  if (narrowed) notes.push_back(texts(Phrase::step_closed_to_all));
  if (!step.menu_documented) notes.push_back(texts(Phrase::step_look_for));
  step.note = lines(notes);
  setting.steps.push_back(builder.add(Phase::console, std::move(step)));
  return setting;
}

namespace {

std::vector<RoleId> others_than(const ConfigBuilder& builder, const std::vector<RoleId>& roles) {
  std::vector<RoleId> others = decide::all_roles(builder.model);
  std::erase_if(others, [&](RoleId role) { return std::binary_search(roles.begin(), roles.end(), role); });
  return others;
}

// Off for whoever is not among some, of whom nothing is said.
Wanted off_for(const ConfigBuilder& builder, const std::vector<RoleId>& others, const Texts& scope = {}) {
  return wanted_by(others_than(builder, others), {}, texts(Phrase::step_off), scope);
}

}  // namespace

void leave_to_owners(ConfigBuilder& builder, FeatureId feature, const std::vector<ObjectId>& objects,
                     base::Phrase note) {
  if (objects.empty()) return;
  const model::Feature& declared = builder.model[feature];
  const bool about = is_about_something(builder, feature);
  Step step = people_step("owners " + declared.name, texts(Phrase::step_owners, {label(declared)}), {});
  if (about) step.note = texts(note);
  const StepIndex index = builder.add(Phase::people, std::move(step));
  for (const ObjectId object : objects) {
    Setting setting;
    setting.keeper = model::KeptBy::people;
    const auto& half = builder.half_said(feature);
    const bool is_half = std::find(half.begin(), half.end(), object) != half.end();
    setting.on = is_half ? builder.not_refused(feature, object) : builder.allowed(feature, object);
    setting.steps.push_back(index);
    Texts line = whom(builder, setting.on);
    if (is_half) line = texts(Phrase::step_off_for_some, {labels(builder.model, others_than(builder, setting.on))});
    auto wanted = wanted_of(builder, setting.on, about ? label(builder.model, object) : Texts{});
    if (is_half) wanted = {off_for(builder, setting.on, about ? label(builder.model, object) : Texts{})};
    if (about) line = texts(Phrase::pair, {label(builder.model, object), line});
    builder[index].value_lines.push_back(std::move(line));
    auto& all = builder[index].step.wanted;
    all.insert(all.end(), wanted.begin(), wanted.end());
    builder.set(feature, object, setting);
  }
}

namespace {

// A setting that is limited to roles can be off for some, and be left as it is for all others.
void turn_off_for_some(ConfigBuilder& builder, FeatureId feature, const std::vector<ObjectId>& objects,
                       const std::vector<RoleId>& others) {
  const model::Feature& declared = builder.model[feature];
  std::string target = "console " + declared.name;
  Texts title = label(declared);
  if (objects.size() < builder.model.objects_of(declared.acts_on).size()) {
    for (const ObjectId object : objects)
      target += " " + (builder.model[object].other ? "other" : builder.model[object].name);
    title = texts(Phrase::pair, {title, labels(builder.model, objects)});
  }
  Step step = console_step(target, builder.enforcement(feature), title,
                           texts(Phrase::step_off_for_some, {labels(builder.model, others_than(builder, others))}));
  step.wanted = {off_for(builder, others)};
  Setting setting;
  setting.keeper = model::KeptBy::console;
  setting.on = others;
  setting.steps.push_back(builder.add(Phase::console, std::move(step)));
  builder.set(feature, objects, setting);
}

bool can_be_off_for_some(const ConfigBuilder& builder, FeatureId feature) {
  const Enforcement& enforcement = builder.enforcement(feature);
  return enforcement.kept_by == model::KeptBy::console && enforcement.request.empty() &&
         !enforcement.organisation_only && builder.has_edition(enforcement);
}

// A setting that is one for all objects, where not all of them are refused to the same people.
void set_aside_common(ConfigBuilder& builder, FeatureId feature, std::vector<ObjectId> said) {
  const auto& all = builder.model.objects_of(builder.model[feature].acts_on);
  const std::vector<RoleId> others = builder.not_refused(feature, all.front());
  const bool alike = std::all_of(all.begin(), all.end(),
                                 [&](ObjectId object) { return builder.not_refused(feature, object) == others; });
  if (alike && can_be_off_for_some(builder, feature) && others.size() <= builder.model.roles.size()) {
    turn_off_for_some(builder, feature, all, others);
    return;
  }
  builder.set(feature, said, unsupported(Reason::unsaid));
}

void set_aside_half_said(ConfigBuilder& builder, FeatureId feature) {
  const Enforcement& enforcement = builder.enforcement(feature);
  const std::vector<ObjectId> half = builder.half_said(feature);
  const std::vector<ObjectId> whole = builder.objects_of(feature);
  const auto& all = builder.model.objects_of(builder.model[feature].acts_on);
  // Those in charge are told just what is refused; what nobody keeps needs no setting.
  if (enforcement.kept_by == model::KeptBy::people || enforcement.kept_by == model::KeptBy::nobody) return;
  // Members of a folder are named with what they get: who is refused is given no more, and nobody else is locked out.
  if (enforcement.request == "folder_role" || enforcement.request == "space_role") {
    builder.take_in_half_said(feature);
    return;
  }
  const bool is_console = enforcement.kept_by == model::KeptBy::console && enforcement.request.empty();
  const bool is_common = is_console ? !enforcement.per_object : enforcement.request == "contact_restriction";
  if (is_common) {
    if (whole.size() == all.size()) return;
    std::vector<ObjectId> said = whole;
    said.insert(said.end(), half.begin(), half.end());
    set_aside_common(builder, feature, said);
    for (const ObjectId object : whole) builder.leave_out(feature, object);
    return;
  }
  for (const ObjectId object : half) {
    const std::vector<RoleId> others = builder.not_refused(feature, object);
    if (can_be_off_for_some(builder, feature) && others.size() <= builder.model.roles.size()) {
      turn_off_for_some(builder, feature, {object}, others);
    } else {
      builder.set(feature, object, unsupported(Reason::unsaid));
    }
  }
}

}  // namespace

void set_aside_half_said(ConfigBuilder& builder) {
  for (const FeatureId feature : builder.stated()) {
    if (!builder.model[feature].governed) set_aside_half_said(builder, feature);
  }
}

void lower_administrators(ConfigBuilder& builder, const std::vector<FeatureId>& features) {
  for (const FeatureId feature : features) {
    const auto& objects = builder.objects_of(feature);
    const Setting setting = by_hand(builder, feature, objects);
    builder.set(feature, objects, setting);
    for (const RoleId role : setting.on) {
      if (role == builder.model.nobody()) continue;
      Administrator& added = builder.administrators.emplace_back(Administrator{role, false, {}});
      for (const ObjectId object : objects)
        added.is_whole = added.is_whole || reach_of(builder, role, feature, object).contains("company");
      if (added.is_whole) continue;
      for (const std::string_view department : words_of(builder.model[role], "manages"))
        added.departments.push_back("department." + std::string(department));
    }
  }
}

void lower_settings_by_hand(ConfigBuilder& builder) {
  for (const FeatureId feature : builder.stated()) {
    std::vector<ObjectId> objects = builder.objects_of(feature);
    const auto& half = builder.half_said(feature);
    objects.insert(objects.end(), half.begin(), half.end());
    std::erase_if(objects, [&](ObjectId object) { return builder.is_set(feature, object); });
    if (objects.empty()) continue;
    const Enforcement& enforcement = builder.enforcement(feature);
    const model::Feature& declared = builder.model[feature];
    if (enforcement.kept_by == model::KeptBy::people && is_open_to_all(builder, feature, objects)) {
      // What everybody may do, nobody has to be told to keep.
      Setting setting;
      setting.keeper = model::KeptBy::people;
      setting.keeps_conditions = true;
      setting.on = allowed_on_some(builder, feature, objects);
      builder.set(feature, objects, setting);
    } else if (enforcement.kept_by == model::KeptBy::people) {
      Setting setting;
      setting.keeper = model::KeptBy::people;
      setting.keeps_conditions = true;
      setting.on = allowed_on_some(builder, feature, objects);
      const StepIndex index = builder.add(
          Phase::people, people_step("people " + declared.name, texts(Phrase::step_people, {label(declared)}), {}));
      for (RoleLine& line : lines_of(builder, feature, objects)) {
        builder[index].value_lines.push_back(std::move(line.words));
        builder[index].step.wanted.push_back(wanted_by({line.role}, {}, std::move(line.value)));
      }
      builder[index].step.source = enforcement.source;
      setting.steps.push_back(index);
      for (const ObjectId object : objects) {
        setting.on = builder.allowed(feature, object);
        builder.set(feature, object, setting);
      }
    } else if (enforcement.kept_by == model::KeptBy::nobody) {
      builder.set(feature, objects, unsupported(builder.has_edition(enforcement) ? Reason::nothing : Reason::edition));
    } else if (enforcement.per_object && is_about_something(builder, feature)) {
      // Objects with the same answer for everybody are one step.
      std::map<std::vector<RoleId>, std::vector<ObjectId>> by_answer;
      for (const ObjectId object : objects) by_answer[builder.allowed(feature, object)].push_back(object);
      for (const auto& [roles, some] : by_answer) builder.set(feature, some, by_hand(builder, feature, some));
    } else {
      builder.set(feature, objects, by_hand(builder, feature, objects));
    }
  }
}

}  // namespace farol::dingtalk
