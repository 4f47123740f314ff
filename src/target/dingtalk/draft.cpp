#include "target/dingtalk/draft.h"

#include <algorithm>
#include <array>

namespace farol::dingtalk {

using base::Phrase;
using decide::Effect;

Draft::Draft(const model::Model& of, const decide::Decisions& decided, const LowerOptions& chosen)
    : model(of), decisions(decided), options(chosen), bindings(of) {
  for (std::size_t i = 0; i < model.features.size(); ++i) {
    const model::Feature& feature = model.features[i];
    enforcements_.push_back(enforcement_of(model, feature, feature.kept_by));
    if (decide::is_stated(model, decisions, FeatureId{i})) stated_.emplace_back(i);
  }
}

std::vector<FeatureId> Draft::stated_with(std::string_view request) const {
  std::vector<FeatureId> found;
  std::copy_if(stated_.begin(), stated_.end(), std::back_inserter(found),
               [&](FeatureId feature) { return enforcement(feature).request == request; });
  return found;
}

bool Draft::has_edition(const Enforcement& enforcement) const {
  constexpr std::array<std::string_view, 3> editions = {"standard", "professional", "exclusive"};
  const std::string_view has = word_of(model.policy, "edition");
  if (enforcement.edition.empty() || has.empty()) return true;
  return std::find(editions.begin(), editions.end(), has) >=
         std::find(editions.begin(), editions.end(), enforcement.edition);
}

const std::vector<RoleId>& Draft::allowed(FeatureId feature, ObjectId object) {
  const auto [found, is_new] = allowed_.try_emplace({feature, object});
  if (!is_new) return found->second;
  // Roles with the same table have the same answer.
  std::map<decide::TableId, bool> by_table;
  const auto is_allowed_by = [&](RoleId role, decide::TableId table) {
    const auto [known, is_first] = by_table.try_emplace(table, false);
    if (is_first) {
      const auto& segments = decisions.cell(model, role, feature, object).segments;
      known->second = std::any_of(segments.begin(), segments.end(),
                                  [](const decide::Segment& segment) { return segment.effect == Effect::allow; });
    }
    return known->second;
  };
  const decide::Decisions::Row& row = decisions.rows[feature.index()];
  auto own = row.tables.begin();
  for (std::size_t i = 0; i <= model.roles.size(); ++i) {
    const RoleId role{i};
    while (own != row.tables.end() && own->first < role) ++own;
    const bool has_own = own != row.tables.end() && own->first == role;
    if (is_allowed_by(role, has_own ? own->second : row.everyone)) found->second.push_back(role);
  }
  return found->second;
}

bool Draft::is_allowed(RoleId role, FeatureId feature, ObjectId object) {
  const auto& roles = allowed(feature, object);
  return std::binary_search(roles.begin(), roles.end(), role);
}

bool Draft::is_everybody(const std::vector<RoleId>& roles) const { return roles.size() == model.roles.size() + 1; }

StepIndex Draft::add(Phase phase, Step step, std::vector<StepIndex> after, std::size_t batch) {
  std::string group = step.target;
  if (batch > 0) step.target += " #" + std::to_string(batch);
  const auto [found, is_new] = by_target_.try_emplace(step.target, steps_.size());
  if (is_new) {
    DraftStep& added = steps_.emplace_back();
    added.step = std::move(step);
    added.phase = phase;
    added.after = std::move(after);
    added.group = std::move(group);
    added.batch = batch;
  }
  return found->second;
}

StepIndex Draft::add_request(Step step, std::vector<StepIndex> after, std::size_t batch) {
  const Phase phase = template_of(step.request->call).phase;
  return add(phase, std::move(step), std::move(after), batch);
}

void Draft::set(FeatureId feature, const std::vector<ObjectId>& objects, const Setting& setting) {
  for (const StepIndex index : setting.steps) {
    auto& features = steps_[index].step.features;
    const auto place = std::lower_bound(features.begin(), features.end(), feature);
    if (place == features.end() || *place != feature) features.insert(place, feature);
  }
  for (const ObjectId object : objects) setting_of_[{feature, object}] = settings_.size();
  settings_.push_back(setting);
}

void Draft::set(FeatureId feature, ObjectId object, const Setting& setting) {
  set(feature, std::vector{object}, setting);
}

bool Draft::is_set(FeatureId feature, ObjectId object) const { return setting_of_.contains({feature, object}); }

Draft::Outcome Draft::outcome_of(const decide::Permission& permission, const Setting& setting) const {
  if (setting.missing) return {model::KeptBy::nobody, setting.missing, setting.steps};
  const auto has = [&](const std::vector<RoleId>& roles) {
    return std::binary_search(roles.begin(), roles.end(), permission.role);
  };
  const bool is_on = has(setting.on);
  const bool always = permission.when.size() == 1 && permission.when.front().empty();
  const auto& carries = enforcement(permission.feature).carries;
  const bool is_carried =
      setting.keeps_conditions || std::all_of(permission.when.begin(), permission.when.end(), [&](const auto& box) {
        return std::all_of(box.begin(), box.end(), [&](const auto& restricted) {
          return std::binary_search(carries.begin(), carries.end(), restricted.first);
        });
      });
  Outcome kept{setting.keeper, std::nullopt, setting.steps};
  if (permission.role == model.nobody() && setting.without_role && !is_on) {
    kept.steps.push_back(*setting.without_role);
    kept.kept_by = model::KeptBy::people;
  }
  const auto unless = [&](Reason reason) { return Outcome{model::KeptBy::nobody, reason, setting.steps}; };
  if (permission.effect == Effect::allow) {
    if (!is_on)
      return unless(permission.role == model.nobody() && setting.names_roles ? Reason::unnamed : setting.if_off);
    if (!always && !is_carried) return unless(Reason::condition);
    return has(setting.inexact) ? unless(Reason::condition) : kept;
  }
  if (!is_on || setting.keeps_conditions) return kept;
  if (always) return unless(Reason::objects);
  return is_carried ? kept : unless(Reason::condition);
}

void Draft::keep(const decide::Permission& permission, std::vector<Kept>& kept) {
  std::vector<Kept> parts;
  for (const ObjectId object : permission.objects) {
    const Setting& setting = settings_[setting_of_.at({permission.feature, object})];
    Outcome outcome = outcome_of(permission, setting);
    const auto same =
        std::find_if(parts.begin(), parts.end(), [&](const Kept& part) { return part.outcome == outcome; });
    if (same != parts.end()) {
      same->permission.objects.push_back(object);
      continue;
    }
    parts.push_back({permission, std::move(outcome)});
    parts.back().permission.objects = {object};
  }
  for (Kept& part : parts) {
    if (part.outcome.kept_by == model::KeptBy::nobody) tell_people(part);
    for (const StepIndex index : part.outcome.steps) {
      auto& rules = steps_[index].step.rules;
      rules.insert(rules.end(), permission.rules.begin(), permission.rules.end());
    }
    kept.push_back(std::move(part));
  }
}

// A rule may say who keeps it where no setting does.
void Draft::tell_people(Kept& kept) {
  const decide::Permission& permission = kept.permission;
  for (const model::RuleId rule : permission.rules) {
    const std::string& named = model[rule].kept_by;
    if (named.empty()) continue;
    const model::Feature& feature = model[permission.feature];
    const StepIndex index =
        add(Phase::people, people_step("people " + feature.name + " " + named,
                                       texts(Phrase::step_people_named, {label(feature), same(named)}), {}));
    DraftStep& draft = steps_[index];
    draft.value_lines.push_back(words(model, permission));
    auto& features = draft.step.features;
    if (features.empty()) features.push_back(permission.feature);
    kept.outcome.kept_by = model::KeptBy::people;
    kept.outcome.steps.push_back(index);
    return;
  }
}

Setting by_request(const Draft& draft, FeatureId feature, const std::vector<RoleId>& allowed) {
  Setting setting;
  setting.keeper = draft.enforcement(feature).kept_by;
  setting.on = allowed;
  setting.names_roles = true;
  if (!draft.is_everybody(allowed)) std::erase(setting.on, draft.model.nobody());
  return setting;
}

Texts whom(const Draft& draft, const std::vector<RoleId>& roles) {
  if (draft.is_everybody(roles)) return texts(Phrase::step_everybody);
  return roles.empty() ? texts(Phrase::step_nobody) : texts(Phrase::step_only, {labels(draft.model, roles)});
}

Step request_step(std::string target, Request request, Texts title, Texts value) {
  const CallInfo& call = info(request.call);
  const StepTemplate& kind = template_of(request.call);
  Step step;
  step.target = std::move(target);
  step.kind = StepKind::api;
  if (!call.page.empty()) step.source = "https://open.dingtalk.com/document/development/" + std::string(call.page);
  step.only_reads = call.effect == CallEffect::read;
  if (kind.read_back) step.check = read_back(*kind.read_back, request);
  step.request = std::move(request);
  step.title = std::move(title);
  step.value = std::move(value);
  if (kind.note) step.note = texts(*kind.note);
  step.verify = texts(kind.verify);
  step.undo = texts(kind.undo);
  return step;
}

Step console_step(std::string target, const Enforcement& enforcement, Texts title, Texts value) {
  Step step;
  step.target = std::move(target);
  step.kind = StepKind::console;
  step.menu = enforcement.menu;
  step.setting = enforcement.setting;
  step.menu_documented = enforcement.menu_documented;
  step.edition = enforcement.edition;
  step.source = enforcement.source;
  step.title = std::move(title);
  step.value = std::move(value);
  if (!step.menu_documented) step.note = texts(Phrase::step_look_for);
  step.verify = texts(Phrase::step_verify_console);
  step.undo = texts(Phrase::step_undo_value);
  return step;
}

Step people_step(std::string target, Texts title, Texts value) {
  Step step;
  step.target = std::move(target);
  step.kind = StepKind::people;
  step.title = std::move(title);
  step.value = std::move(value);
  step.verify = texts(Phrase::step_verify_people);
  step.undo = texts(Phrase::step_undo_people);
  return step;
}

}  // namespace farol::dingtalk
