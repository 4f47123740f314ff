// Lowering of what no request sets: settings of the console, and what people see to.
#include <algorithm>
#include <map>

#include "decide/permissions.h"
#include "target/dingtalk/draft.h"

namespace farol::dingtalk {

using base::Phrase;

namespace {

// The value of a setting of the console, which may be one for the whole organisation.
Texts value_for(const Draft& draft, const Enforcement& enforcement, const std::vector<RoleId>& on) {
  if (!enforcement.organisation_only) return whom(draft, on);
  return draft.is_everybody(on) ? texts(Phrase::step_on_for_all) : texts(Phrase::step_off_for_all);
}

// Returns the roles that are allowed a feature on some of the objects.
std::vector<RoleId> allowed_on_some(Draft& draft, FeatureId feature, const std::vector<ObjectId>& objects) {
  std::vector<RoleId> roles;
  for (const ObjectId object : objects) {
    const auto& allowed = draft.allowed(feature, object);
    roles.insert(roles.end(), allowed.begin(), allowed.end());
  }
  std::sort(roles.begin(), roles.end());
  roles.erase(std::unique(roles.begin(), roles.end()), roles.end());
  return roles;
}

bool is_about_something(const Draft& draft, FeatureId feature) {
  return draft.model[feature].acts_on != model::ActsOn::nothing;
}

Setting unsupported(Reason reason) {
  Setting setting;
  setting.missing = reason;
  return setting;
}

// All that the policy says of a feature on some objects, one line for each role and answer.
std::vector<Texts> lines_of(Draft& draft, FeatureId feature, const std::vector<ObjectId>& objects) {
  std::vector<Texts> made;
  for (const RoleId role : decide::all_roles(draft.model)) {
    for (decide::Permission& permission : decide::permissions_of(draft.model, draft.decisions, role, feature)) {
      std::erase_if(permission.objects, [&](ObjectId object) {
        return std::find(objects.begin(), objects.end(), object) == objects.end();
      });
      if (!permission.objects.empty()) made.push_back(words(draft.model, permission));
    }
  }
  return made;
}

}  // namespace

Setting by_hand(Draft& draft, FeatureId feature, const std::vector<ObjectId>& objects) {
  const Enforcement& enforcement = draft.enforcement(feature);
  if (!draft.has_edition(enforcement)) return unsupported(Reason::edition);
  const model::Feature& declared = draft.model[feature];
  Setting setting;
  setting.keeper = model::KeptBy::console;
  setting.on = allowed_on_some(draft, feature, objects);
  const bool narrowed = enforcement.organisation_only && !setting.on.empty() && !draft.is_everybody(setting.on);
  if (narrowed) setting.on.clear();
  std::string target = "console " + declared.name;
  Texts title = label(declared);
  if (objects.size() < draft.objects_of(feature).size()) {
    for (const ObjectId object : objects)
      target += " " + (draft.model[object].other ? "other" : draft.model[object].name);
    title = texts(Phrase::pair, {title, labels(draft.model, objects)});
  }
  Step step = console_step(target, enforcement, title, value_for(draft, enforcement, setting.on));
  std::vector<Texts> notes;
  if (narrowed) notes.push_back(texts(Phrase::step_closed_to_all));
  if (!step.menu_documented) notes.push_back(texts(Phrase::step_look_for));
  step.note = lines(notes);
  setting.steps.push_back(draft.add(Phase::console, std::move(step)));
  return setting;
}

Setting by_owners(Draft& draft, FeatureId feature, const std::vector<ObjectId>& objects) {
  const model::Feature& declared = draft.model[feature];
  Setting setting;
  setting.keeper = model::KeptBy::people;
  setting.on = allowed_on_some(draft, feature, objects);
  setting.names_roles = false;
  const bool about = is_about_something(draft, feature);
  Step step = people_step("owners " + declared.name, texts(Phrase::step_owners, {label(declared)}), {});
  if (about) step.note = texts(Phrase::step_owners_note);
  const StepIndex index = draft.add(Phase::people, std::move(step));
  setting.steps.push_back(index);
  for (const ObjectId object : objects) {
    Texts line = whom(draft, draft.allowed(feature, object));
    if (about) line = texts(Phrase::pair, {label(draft.model, object), line});
    draft[index].value_lines.push_back(std::move(line));
  }
  return setting;
}

void lower_settings_by_hand(Draft& draft) {
  for (const FeatureId feature : draft.stated()) {
    std::vector<ObjectId> objects = draft.objects_of(feature);
    std::erase_if(objects, [&](ObjectId object) { return draft.is_set(feature, object); });
    if (objects.empty()) continue;
    const Enforcement& enforcement = draft.enforcement(feature);
    const model::Feature& declared = draft.model[feature];
    if (enforcement.kept_by == model::KeptBy::people) {
      Setting setting;
      setting.keeper = model::KeptBy::people;
      setting.keeps_conditions = true;
      setting.on = allowed_on_some(draft, feature, objects);
      const StepIndex index = draft.add(
          Phase::people, people_step("people " + declared.name, texts(Phrase::step_people, {label(declared)}), {}));
      draft[index].value_lines = lines_of(draft, feature, objects);
      draft[index].step.source = enforcement.source;
      setting.steps.push_back(index);
      for (const ObjectId object : objects) {
        setting.on = draft.allowed(feature, object);
        draft.set(feature, object, setting);
      }
    } else if (enforcement.kept_by == model::KeptBy::nobody) {
      draft.set(feature, objects, unsupported(draft.has_edition(enforcement) ? Reason::nothing : Reason::edition));
    } else if (enforcement.per_object && is_about_something(draft, feature)) {
      // Objects with the same answer for everybody are one step.
      std::map<std::vector<RoleId>, std::vector<ObjectId>> by_answer;
      for (const ObjectId object : objects) by_answer[draft.allowed(feature, object)].push_back(object);
      for (const auto& [roles, some] : by_answer) draft.set(feature, some, by_hand(draft, feature, some));
    } else {
      draft.set(feature, objects, by_hand(draft, feature, objects));
    }
  }
}

}  // namespace farol::dingtalk
