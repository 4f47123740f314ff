// People with several roles: the platform adds up what is set for each role, and the policy decides for the person.
#include <algorithm>

#include "base/sorted.h"
#include "target/dingtalk/config_builder.h"

namespace farol::dingtalk {

using base::Phrase;
using decide::AddedUp;
using decide::Together;

const decide::Cell& ConfigBuilder::cell(const Together& together, FeatureId feature, ObjectId object) {
  const auto [found, is_new] = cells_of_people_.try_emplace({&together, feature, object});
  if (is_new) found->second = decide::cell_of_person(model, decisions, together.person, feature, object);
  return found->second;
}

bool ConfigBuilder::is_allowed(const Together& together, FeatureId feature, ObjectId object) {
  return decide::allows_something(cell(together, feature, object));
}

Apart ConfigBuilder::refused(FeatureId feature, const std::vector<ObjectId>& objects) {
  Apart apart;
  for (const Known& known : known_) {
    const bool may = std::all_of(objects.begin(), objects.end(),
                                 [&](ObjectId object) { return is_allowed(*known.together, feature, object); });
    if (!may) apart.out.push_back(known.id);
  }
  return apart;
}

namespace {

// What has one cause is one entry.
void add_to(std::vector<AddedUp>& found, AddedUp one, FeatureId feature, ObjectId object) {
  auto same = std::find_if(found.begin(), found.end(), [&](const AddedUp& each) {
    return each.held == one.held && each.gives == one.gives && each.rules == one.rules;
  });
  if (same == found.end()) same = found.insert(found.end(), std::move(one));
  if (same->what.empty() || same->what.back().first != feature) same->what.push_back({feature, {}});
  same->what.back().second.push_back(object);
}

}  // namespace

// Settings of the console and of requests add up; people in charge see who somebody is.
void ConfigBuilder::add_up(const Together& together, FeatureId feature, std::vector<AddedUp>& found) {
  for (const ObjectId object : model.objects_of(model[feature].acts_on)) {
    const auto at = setting_of_.find({feature, object});
    if (at == setting_of_.end()) continue;
    const Setting& setting = settings_[at->second];
    if (kept_from_.contains({&together, feature, object})) {
      AddedUp kept{together.held, together.who, false, {}, {}};
      for (const decide::Segment& segment : cell(together, feature, object).segments) {
        if (decide::is_allowed(segment)) kept.rules = base::united(kept.rules, segment.rules);
      }
      add_to(found, std::move(kept), feature, object);
      continue;
    }
    const bool is_set = setting.keeper == model::KeptBy::api || setting.keeper == model::KeptBy::console;
    if (!is_set || setting.missing || setting.on.empty()) continue;
    const bool everybody = is_everybody(setting.on);
    if (setting.names_people && !everybody && !together.is_assumed()) continue;
    std::vector<RoleId> given, kept_out;
    for (const RoleId role : together.held)
      (std::binary_search(setting.on.begin(), setting.on.end(), role) ? given : kept_out).push_back(role);
    AddedUp one{together.held, together.who, true, {}, {}};
    const decide::Cell& person = cell(together, feature, object);
    if (setting.restricts && !kept_out.empty()) {
      if (!decide::allows_something(person)) continue;
      one.gives = false;
      for (const decide::Segment& segment : person.segments) {
        if (decide::is_allowed(segment)) one.rules = base::united(one.rules, segment.rules);
      }
    } else {
      const auto surplus = decide::find_surplus(model, decisions, person, given, feature, object);
      if (!surplus) continue;
      one.rules = surplus->rules;
      // Where rules disagree, it is the one that refuses that does not reach the person.
      const bool refuses = std::any_of(one.rules.begin(), one.rules.end(),
                                       [&](model::RuleId rule) { return model[rule].verb != model::Verb::allow; });
      if (refuses) std::erase_if(one.rules, [&](model::RuleId rule) { return model[rule].verb == model::Verb::allow; });
    }
    add_to(found, std::move(one), feature, object);
  }
}

std::vector<AddedUp> ConfigBuilder::add_up() {
  std::vector<AddedUp> found;
  for (const Together& together : options.together) {
    std::vector<AddedUp> some;
    for (const FeatureId feature : stated_) add_up(together, feature, some);
    std::move(some.begin(), some.end(), std::back_inserter(found));
  }
  std::stable_sort(found.begin(), found.end(), [](const AddedUp& a, const AddedUp& b) {
    return std::tie(a.held, a.rules) < std::tie(b.held, b.rules);
  });
  return found;
}

// Somebody has to look whether there are such people: no request says it.
void ConfigBuilder::look_for(const std::vector<AddedUp>& added_up) {
  if (added_up.empty()) return;
  Enforcement by_hand;
  by_hand.menu = "通讯录 > 角色管理";
  by_hand.setting = "角色成员";
  Step step = console_step("roles together", by_hand, texts(Phrase::step_together), {});
  step.note = lines({texts(Phrase::step_together_note), texts(Phrase::step_look_for)});
  const StepIndex index = add(Phase::console, std::move(step));
  for (const AddedUp& each : added_up) {
    PlannedStep& planned = steps_[index];
    planned.value_lines.push_back(words(model, each));
    planned.step.rules.insert(planned.step.rules.end(), each.rules.begin(), each.rules.end());
    for (const auto& [feature, objects] : each.what) planned.step.features.push_back(feature);
  }
}

}  // namespace farol::dingtalk
