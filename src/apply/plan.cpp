#include "apply/plan.h"

#include <algorithm>
#include <set>

#include "apply/lookups.h"
#include "apply/planning.h"
#include "apply/reading.h"
#include "base/text.h"
#include "model/digest.h"
#include "target/dingtalk/bindings.h"
#include "target/dingtalk/lower.h"

namespace farol::apply {

using base::Phrase;
using dingtalk::Call;

std::string_view to_string(Action::Kind kind) {
  switch (kind) {
    case Action::Kind::make: return "make";
    case Action::Kind::change: return "change";
    case Action::Kind::take_away: break;
  }
  return "take away";
}

bool is_safe_to_repeat(const dingtalk::Request& request) {
  switch (request.call) {
    case Call::role_group_add:
    case Call::role_add:
    case Call::device_trust: return false;
    case Call::contact_restrict:
    case Call::contact_hide:
    case Call::field_hide:
    case Call::field_hide_by_scene: return find_parameter(request, "id") != nullptr;
    default: return true;
  }
}

std::size_t Plan::count(Action::Kind kind) const {
  return static_cast<std::size_t>(
      std::count_if(actions.begin(), actions.end(), [&](const Action& each) { return each.kind == kind; }));
}

namespace {

// Numbers that no tenant has, and that a client which reads numbers as doubles still keeps.
constexpr std::int64_t first_stand_in = 9'007'199'254'700'001;

dingtalk::AdminConfig lowered(const PolicyView& policy, const model::Model& model) {
  return dingtalk::lower(model, policy.decisions, {policy.allow_undocumented, policy.together}).config;
}

// Binds what is found; what several things match is asked, or left.
void take_found(const std::map<std::string, std::vector<std::string>>& found, const PlanOptions& options, Plan& plan) {
  for (const auto& [key, ids] : found) {
    if (ids.empty()) continue;
    std::size_t chosen = 0;
    if (ids.size() > 1) {
      const auto answer = options.choose ? options.choose(key, ids) : std::nullopt;
      if (!answer) {
        const std::string why =
            fill(Phrase::apply_several, options.language, {std::to_string(ids.size()), joined(ids)});
        plan.left.push_back(fill(Phrase::pair, options.language, {key, why}));
        continue;
      }
      chosen = *answer;
    }
    plan.found[key] = ids[chosen];
  }
}

// The steps that make roles: what comes after them speaks of ids that are not known yet.
void stand_in_for_roles(const dingtalk::AdminConfig& config, const Plan& found, Plan& plan) {
  for (const dingtalk::Step& step : config.steps) {
    if (step.makes.empty() || found.found.contains(step.makes)) continue;
    plan.stand_ins[step.makes] = std::to_string(first_stand_in + static_cast<std::int64_t>(plan.stand_ins.size()));
  }
}

// As if the roles that the plan makes were there, and nobody had them.
void add_roles_to_come(const model::Model& model, const Plan& plan, dingtalk::Tenant& live) {
  if (!live.roles.value) return;
  auto& all = live.roles.value->roles;
  for (const auto& [key, id] : plan.stand_ins) {
    if (!key.starts_with("role.")) {
      live.roles.value->groups.push_back({id, {}});
      continue;
    }
    const auto role = model.find_role(key.substr(key.find('.') + 1));
    if (!role) continue;
    all.push_back({id, model[*role].label({}), {}});
    live.members[id].value.emplace();
  }
  std::sort(all.begin(), all.end(), [](const auto& a, const auto& b) { return a.id < b.id; });
  live.roles.value->by_name.clear();
  for (std::size_t i = 0; i < all.size(); ++i) live.roles.value->by_name.try_emplace(all[i].name, i);
}

std::set<std::string> values_of(const std::map<std::string, std::string>& ids) {
  std::set<std::string> values;
  for (const auto& [key, id] : ids) values.insert(id);
  return values;
}

std::set<std::string> bound_roles(const model::Model& model) {
  std::set<std::string> roles;
  for (const model::Binding& binding : model.bindings) {
    if (binding.kind == "role") roles.insert(binding.id);
  }
  return roles;
}

}  // namespace

std::string digest_of(const PolicyView& policy) { return model::digest_of(policy.model); }

Planned make_plan(Session& session, const PolicyView& policy, const PlanOptions& options) {
  Planned made;
  Plan& plan = made.plan;
  State& state = made.state;
  plan.policy = digest_of(policy);
  plan.made = options.made;
  plan.valid = options.valid;
  plan.name = policy.model.policy.title.text;
  for (const std::string& corp : dingtalk::Bindings{policy.model}.ids("tenant.corp")) plan.corp = corp;
  if (plan.name.empty()) plan.name = plan.corp;

  Reading reading{session, options.progress};
  reading.read(lookups_for(policy.config), {}, {});
  const dingtalk::Tenant names = reading.tenant();
  take_found(find_ids(policy.model, policy.config, names), options, plan);
  const model::Model found = with_bindings(policy.model, plan.found);
  const dingtalk::AdminConfig first = lowered(policy, found);
  // Where the list of roles was not seen, those of the policy may be there.
  if (names.roles.value) stand_in_for_roles(first, plan, plan);
  state.model = with_bindings(found, plan.stand_ins);
  state.config = lowered(policy, state.model);
  reading.read(what_to_collect(state.model, state.config), values_of(plan.stand_ins), bound_roles(state.model));
  plan.missing_codes = {reading.missing_codes().begin(), reading.missing_codes().end()};
  // Rules that were made for an earlier policy go, also where this one says nothing of the address book; an app that
  // may not read them has made none.
  for (const Call list : {Call::contact_restrict_list, Call::contact_hide_list, Call::field_hide_list})
    reading.read({{dingtalk::Collected::Kind::request, {list, {}, {}, {}}}}, {}, {});

  state.used_up = reading.is_used_up();
  state.exported = reading.exported(options.made);
  state.live = reading.tenant();
  state.facts = facts_of(state.live, state.exported);
  add_roles_to_come(state.model, plan, state.live);
  state.drift = compare(state.model, state.config, state.live, options.confirmed);
  Planning{state, first, options.language, plan}.run();
  plan.reads = session.calls();
  plan.counted = session.counted();
  return made;
}

Plan with_names(Plan plan, const std::map<std::string, std::string>& names) {
  for (Action& action : plan.actions) {
    for (Effect& effect : action.effects) {
      for (std::string& word : effect.thing) {
        const auto found = names.find(word);
        if (found != names.end()) word = found->second;
      }
    }
  }
  return plan;
}

std::vector<std::string> moved(const Plan& then, const Plan& now) {
  std::vector<std::string> names;
  // The keys of a request are in no order.
  const auto text_of = [](const dingtalk::Request& request) {
    std::string text{info(request.call).identifier};
    for (const auto* part : {&request.path, &request.query, &request.body}) text += to_json(dingtalk::object(*part));
    return text;
  };
  const auto same = [&](const Action& a, const Action& b) {
    return text_of(a.request) == text_of(b.request) && a.effects == b.effects && a.kind == b.kind;
  };
  const auto add_missing = [&](const Plan& from, const Plan& in) {
    for (const Action& each : from.actions) {
      const bool is_there =
          std::any_of(in.actions.begin(), in.actions.end(), [&](const Action& other) { return same(each, other); });
      if (!is_there && std::find(names.begin(), names.end(), each.title) == names.end()) names.push_back(each.title);
    }
  };
  add_missing(then, now);
  add_missing(now, then);
  return names;
}

}  // namespace farol::apply
