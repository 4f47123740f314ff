#include "target/dingtalk/config_builder.h"

#include <algorithm>
#include <array>
#include <set>
#include <tuple>
#include <utility>

#include "base/sorted.h"
#include "model/contexts.h"

namespace farol::dingtalk {

using base::Phrase;
using decide::Effect;

ConfigBuilder::ConfigBuilder(const model::Model& of, const decide::Decisions& decided, const LowerOptions& chosen)
    : model(of), decisions(decided), options(chosen), bindings(of) {
  for (std::size_t i = 0; i < model.features.size(); ++i) {
    const model::Feature& feature = model.features[i];
    enforcements_.push_back(enforcement_of(model, feature, feature.kept_by));
    if (!decide::is_stated(model, decisions, FeatureId{i})) continue;
    stated_.emplace_back(i);
    if (!feature.governed) find_said(FeatureId{i});
  }
  for (const model::Role& role : model.roles) ++roles_by_title_[role.label({})];
  for (const decide::Together& together : options.together) {
    for (const std::string& id : together.who) known_.push_back({id, &together});
  }
  std::sort(known_.begin(), known_.end(), [](const Known& a, const Known& b) { return a.id < b.id; });
}

// Nobody is allowed a feature that no allow names: it is refused, or nothing is said.
void ConfigBuilder::find_said(FeatureId feature) {
  Said& said = said_[feature];
  const auto tables = decisions.roles_by_table(model, feature);
  for (const ObjectId object : model.objects_of(model[feature].acts_on)) {
    bool whole = true;
    bool something = false;
    for (const auto& [table, roles] : tables) {
      for (const auto& segment : decide::cell_of(model, decisions.tables[table.index()], object).segments)
        (segment.effect == Effect::none ? whole : something) = segment.effect != Effect::none;
    }
    if (something) (whole ? said.whole : said.half).push_back(object);
  }
}

const std::vector<ObjectId>& ConfigBuilder::objects_of(FeatureId feature) const {
  const auto said = said_.find(feature);
  return said == said_.end() ? model.objects_of(model[feature].acts_on) : said->second.whole;
}

std::vector<ObjectId> ConfigBuilder::objects_of(const std::vector<FeatureId>& features) const {
  std::vector<ObjectId> objects = model.objects_of(model[features.front()].acts_on);
  std::erase_if(objects, [&](ObjectId object) {
    return std::none_of(features.begin(), features.end(),
                        [&](FeatureId feature) { return has_to_set(feature, object); });
  });
  return objects;
}

bool ConfigBuilder::has_to_set(FeatureId feature, ObjectId object) const {
  const auto& objects = objects_of(feature);
  return std::binary_search(objects.begin(), objects.end(), object);
}

void ConfigBuilder::leave_out(FeatureId feature, ObjectId object) {
  const auto said = said_.find(feature);
  if (said != said_.end()) std::erase(said->second.whole, object);
}

void ConfigBuilder::take_in_half_said(FeatureId feature) {
  const auto said = said_.find(feature);
  if (said == said_.end()) return;
  said->second.whole.insert(said->second.whole.end(), said->second.half.begin(), said->second.half.end());
  base::sort_unique(said->second.whole);
}

const std::vector<ObjectId>& ConfigBuilder::half_said(FeatureId feature) const {
  static const std::vector<ObjectId> none;
  const auto said = said_.find(feature);
  return said == said_.end() ? none : said->second.half;
}

std::vector<RoleId> ConfigBuilder::not_refused(FeatureId feature, ObjectId object) const {
  std::vector<RoleId> found;
  for (const RoleId role : decide::all_roles(model)) {
    const auto& segments = decisions.cell(model, role, feature, object).segments;
    const bool refused = std::all_of(segments.begin(), segments.end(),
                                     [](const auto& segment) { return segment.effect != Effect::none; });
    if (!refused) found.push_back(role);
  }
  return found;
}

std::vector<FeatureId> ConfigBuilder::stated_with(std::string_view request) const {
  std::vector<FeatureId> found;
  std::copy_if(stated_.begin(), stated_.end(), std::back_inserter(found),
               [&](FeatureId feature) { return enforcement(feature).request == request; });
  return found;
}

bool ConfigBuilder::has_edition(const Enforcement& enforcement) const {
  constexpr std::array<std::string_view, 3> editions = {"standard", "professional", "exclusive"};
  const std::string_view has = word_of(model.policy, "edition");
  if (enforcement.edition.empty() || has.empty()) return true;
  return std::find(editions.begin(), editions.end(), has) >=
         std::find(editions.begin(), editions.end(), enforcement.edition);
}

const std::vector<RoleId>& ConfigBuilder::allowed(FeatureId feature, ObjectId object) {
  const auto [found, is_new] = allowed_.try_emplace({feature, object});
  if (!is_new) return found->second;
  // Roles with the same table have the same answer.
  std::map<decide::TableId, bool> by_table;
  const auto is_allowed_by = [&](decide::TableId table) {
    const auto [known, is_first] = by_table.try_emplace(table, false);
    if (is_first)
      known->second = decide::allows_something(decide::cell_of(model, decisions.tables[table.index()], object));
    return known->second;
  };
  const decide::Decisions::Row& row = decisions.rows[feature.index()];
  std::vector<RoleId>& roles = found->second;
  // Most often nobody is allowed it but roles that rules name.
  if (!is_allowed_by(row.everyone)) {
    for (const auto& [role, table] : row.tables) {
      if (is_allowed_by(table)) roles.push_back(role);
    }
    return roles;
  }
  auto own = row.tables.begin();
  for (std::size_t i = 0; i <= model.roles.size(); ++i) {
    const RoleId role{i};
    while (own != row.tables.end() && own->first < role) ++own;
    const bool has_own = own != row.tables.end() && own->first == role;
    if (!has_own || is_allowed_by(own->second)) roles.push_back(role);
  }
  return found->second;
}

bool ConfigBuilder::is_allowed(RoleId role, FeatureId feature, ObjectId object) {
  const auto& roles = allowed(feature, object);
  return std::binary_search(roles.begin(), roles.end(), role);
}

bool ConfigBuilder::is_everybody(const std::vector<RoleId>& roles) const {
  return roles.size() == model.roles.size() + 1;
}

std::string ConfigBuilder::name_in_tenant(RoleId role) const {
  if (role == model.nobody()) return {};
  const model::Role& declared = model[role];
  const std::vector<std::string> ids = bindings.ids("role." + declared.name);
  if (!ids.empty()) return ids.front();
  const std::string& title = declared.label({});
  return roles_by_title_.at(title) > 1 ? declared.name : title;
}

StepIndex ConfigBuilder::add(Phase phase, Step step, std::vector<StepIndex> after, std::size_t batch) {
  std::string group = step.target;
  if (batch > 0) step.target += " #" + std::to_string(batch);
  const auto [found, is_new] = by_target_.try_emplace(step.target, steps_.size());
  if (is_new) {
    PlannedStep& added = steps_.emplace_back();
    added.step = std::move(step);
    added.phase = phase;
    added.after = std::move(after);
    added.group = std::move(group);
    added.batch = batch;
  }
  return found->second;
}

StepIndex ConfigBuilder::add_request(Step step, std::vector<StepIndex> after, std::size_t batch) {
  const Phase phase = template_of(step.request->call).phase;
  return add(phase, std::move(step), std::move(after), batch);
}

void ConfigBuilder::set(FeatureId feature, const std::vector<ObjectId>& objects, const Setting& setting) {
  for (const StepIndex index : setting.steps) {
    auto& features = steps_[index].step.features;
    const auto place = std::lower_bound(features.begin(), features.end(), feature);
    if (place == features.end() || *place != feature) features.insert(place, feature);
  }
  for (const ObjectId object : objects) setting_of_[{feature, object}] = settings_.size();
  settings_.push_back(setting);
}

void ConfigBuilder::set(FeatureId feature, ObjectId object, const Setting& setting) {
  set(feature, std::vector{object}, setting);
}

bool ConfigBuilder::is_set(FeatureId feature, ObjectId object) const { return setting_of_.contains({feature, object}); }

// What is let through where, over all segments of a cell: a rule whose condition does not hold may be followed by
// another that allows it all the same, and then there is nothing to tell apart.
std::map<ObjectId, ConfigBuilder::Door> ConfigBuilder::doors_of(FeatureId feature, const decide::Table& table) const {
  std::map<ObjectId, Door> doors;
  std::set<std::size_t> closed;  // settings with something that no rule allows and none refuses
  for (const ObjectId object : model.objects_of(model[feature].acts_on)) {
    const auto setting = setting_of_.find({feature, object});
    if (setting == setting_of_.end()) continue;
    const decide::Cell& cell = decide::cell_of(model, table, object);
    base::BitSet open{model::combinations(model, cell.contexts)};
    bool is_left = false;
    for (const decide::Segment& segment : cell.segments) {
      const bool none = segment.effect == Effect::none;
      is_left = is_left || none;
      if (decide::is_allowed(segment) || (none && !model[feature].governed)) open |= segment.where;
    }
    Door& door = doors[object];
    door.setting = setting->second;
    door.opens = open.any();
    door.depends = narrow(model, {cell.contexts, std::move(open)}).contexts;
    if (!door.opens && is_left) closed.insert(door.setting);
  }
  for (auto& [object, door] : doors) door.leaks = door.opens && closed.contains(door.setting);
  return doors;
}

decide::Enforcement ConfigBuilder::enforcement_for(const decide::Answer& answer, RoleId role, const Door& door) const {
  const Setting& setting = settings_[door.setting];
  if (setting.missing) return {model::KeptBy::nobody, setting.missing, setting.steps};
  const auto has = [&](const std::vector<RoleId>& roles) {
    return std::binary_search(roles.begin(), roles.end(), role);
  };
  const bool is_on = has(setting.on);
  const auto& carries = enforcement(answer.feature).carries;
  const bool is_carried = std::includes(carries.begin(), carries.end(), door.depends.begin(), door.depends.end());
  decide::Enforcement kept{setting.keeper, std::nullopt, setting.steps};
  if (role == model.nobody() && setting.without_role && !is_on) {
    kept.steps.push_back(*setting.without_role);
    kept.kept_by = model::KeptBy::people;
  }
  const auto by = [&](model::KeptBy keeper, Reason reason) {
    return decide::Enforcement{keeper, reason, setting.steps};
  };
  if (answer.effect == Effect::allow) {
    if (!is_on) {
      return by(model::KeptBy::withheld,
                role == model.nobody() && setting.names_roles ? Reason::unnamed : setting.if_off);
    }
    if (has(setting.inexact)) return by(model::KeptBy::withheld, Reason::narrower);
    if (setting.keeps_conditions) return kept;
    if (!is_carried) return by(model::KeptBy::nobody, Reason::condition);
    return door.leaks ? by(model::KeptBy::nobody, Reason::objects) : kept;
  }
  if (!is_on || setting.keeps_conditions) return kept;
  if (!door.opens) return by(model::KeptBy::nobody, Reason::objects);
  return is_carried ? kept : by(model::KeptBy::nobody, Reason::condition);
}

// Returns the setting of a feature if it is one for all objects, and there is none: then all roles are alike.
const Setting* ConfigBuilder::missing_setting(FeatureId feature) const {
  const auto first = setting_of_.lower_bound({feature, ObjectId{0}});
  if (first == setting_of_.end() || first->first.first != feature || !settings_[first->second].missing) return nullptr;
  const bool is_the_only_one =
      std::all_of(first, setting_of_.lower_bound({FeatureId{feature.index() + 1}, ObjectId{0}}),
                  [&](const auto& each) { return each.second == first->second; });
  return is_the_only_one ? &settings_[first->second] : nullptr;
}

// Roles with the same table have the same answers, and what keeps these differs only by whom the settings let through.
void ConfigBuilder::keep(FeatureId feature) {
  const Setting* missing = missing_setting(feature);
  for (auto& [id, roles] : decisions.roles_by_table(model, feature)) {
    const decide::Table& table = decisions.tables[id.index()];
    std::vector<decide::Answer> answers = decide::answers_in(model, table, feature);
    if (missing != nullptr) {
      for (decide::Answer& answer : answers) {
        answer.roles = roles;
        answer.enforcement = {model::KeptBy::nobody, missing->missing, missing->steps};
        add_answer(std::move(answer));
      }
      continue;
    }
    const std::map<ObjectId, Door> doors = doors_of(feature, table);
    for (const decide::Answer& answer : answers) keep(answer, roles, doors);
  }
  say_to_people();
}

void ConfigBuilder::keep(const decide::Answer& answer, const std::vector<RoleId>& roles,
                         const std::map<ObjectId, Door>& doors) {
  const auto keep_alike = [&](const Door& one, const Door& other) {
    return one.opens == other.opens && one.leaks == other.leaks && one.depends == other.depends &&
           (one.setting == other.setting || settings_[one.setting] == settings_[other.setting]);
  };
  std::vector<const Door*> alike;      // of the objects, those that differ
  std::vector<std::size_t> by_object;  // positions in `alike`
  for (const ObjectId object : answer.objects) {
    const Door& door = doors.at(object);
    const auto known =
        std::find_if(alike.begin(), alike.end(), [&](const Door* each) { return keep_alike(*each, door); });
    by_object.push_back(static_cast<std::size_t>(known - alike.begin()));
    if (known == alike.end()) alike.push_back(&door);
  }
  std::map<std::vector<decide::Enforcement>, std::vector<RoleId>> by_keepers;  // door by door
  for (const RoleId role : roles) {
    std::vector<decide::Enforcement> kept;
    for (const Door* door : alike) kept.push_back(enforcement_for(answer, role, *door));
    by_keepers[std::move(kept)].push_back(role);
  }
  for (auto& [kept, those] : by_keepers) {
    std::vector<decide::Answer> parts;  // objects that are kept in one way
    for (std::size_t i = 0; i < by_object.size(); ++i) {
      const decide::Enforcement& enforcement = kept[by_object[i]];
      auto part = std::find_if(parts.begin(), parts.end(),
                               [&](const decide::Answer& each) { return each.enforcement == enforcement; });
      if (part == parts.end()) {
        part = parts.insert(parts.end(), answer);
        part->roles = those;
        part->objects.clear();
        part->enforcement = enforcement;
      }
      part->objects.push_back(answer.objects[i]);
    }
    for (decide::Answer& part : parts) add_answer(std::move(part));
  }
}

void ConfigBuilder::add_answer(decide::Answer answer) {
  const model::KeptBy keeper = answer.enforcement.kept_by;
  if (keeper == model::KeptBy::nobody || keeper == model::KeptBy::withheld) tell_people(answer);
  if (options.plans) {
    for (const StepIndex index : answer.enforcement.steps) {
      auto& rules = steps_[index].step.rules;
      rules.insert(rules.end(), answer.rules.begin(), answer.rules.end());
    }
  } else {
    answer.enforcement.steps.clear();
  }
  answers_.push_back(std::move(answer));
}

// A rule may say who keeps it where no setting does.
void ConfigBuilder::tell_people(decide::Answer& answer) {
  const auto named = std::find_if(answer.rules.begin(), answer.rules.end(),
                                  [&](model::RuleId rule) { return !model[rule].kept_by.empty(); });
  if (named == answer.rules.end()) return;
  const std::string& who = model[*named].kept_by;
  const model::Feature& feature = model[answer.feature];
  const StepIndex index =
      add(Phase::people, people_step("people " + feature.name + " " + who,
                                     texts(Phrase::step_people_named, {label(feature), same(who)}), {}));
  auto& features = steps_[index].step.features;
  if (features.empty()) features.push_back(answer.feature);
  answer.enforcement.kept_by = model::KeptBy::people;
  answer.enforcement.steps.push_back(index);
  if (options.plans) told_.push_back({index, answers_.size()});
}

// Tells the people whom rules name what they have to see to, role by role.
void ConfigBuilder::say_to_people() {
  std::vector<std::tuple<RoleId, std::size_t, StepIndex>> lines;
  for (const auto& [step, answer] : told_) {
    for (const RoleId role : answers_[answer].roles) lines.emplace_back(role, answer, step);
  }
  std::sort(lines.begin(), lines.end());
  for (const auto& [role, answer, step] : lines) {
    steps_[step].value_lines.push_back(words(model, role, answers_[answer]));
    steps_[step].step.wanted.push_back(wanted_by({role}, {}, words(model, answers_[answer])));
  }
  told_.clear();
}

}  // namespace farol::dingtalk
