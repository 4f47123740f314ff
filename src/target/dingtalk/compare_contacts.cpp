// The address book: rules are found again by their description, which has the id of the step, or else by their name.
#include <algorithm>
#include <array>

#include "target/dingtalk/comparison.h"
#include "target/dingtalk/enforcement.h"

namespace farol::dingtalk {

using base::Phrase;
using dingtalk::Call;

namespace {

constexpr std::array<std::string_view, 11> rule_lists = {
    "subjectTagIds", "subjectDeptIds", "subjectUserIds", "objectTagIds",    "objectDeptIds", "objectStaffIds",
    "excludeTagIds", "excludeDeptIds", "excludeUserIds", "excludeStaffIds", "hideFields"};

const ContactRule* find_rule(const std::vector<ContactRule>& rules, const std::string& description,
                             const std::string& name, const Ids& claimed) {
  for (const bool by_description : {true, false}) {
    for (const ContactRule& rule : rules) {
      if (claimed.contains(rule.id)) continue;
      if (by_description ? rule.description == description : rule.name == name) return &rule;
    }
  }
  return nullptr;
}

}  // namespace

void Comparison::compare_rule(Finding& finding, const Seen<std::vector<ContactRule>>& live, Ids& claimed) {
  const auto& body = finding.step->request->body;
  if (!live.value) return leave(finding, *live.why_not);
  const std::string name = one(body, "name").value_or("");
  const ContactRule* rule = find_rule(*live.value, one(body, "description").value_or(""), name, claimed);
  if (rule == nullptr) rule = find_equal(body, *live.value, claimed);
  if (rule != nullptr) claimed.insert(rule->id);
  // Without all its ids the rule could not be made, and there is nothing to compare with.
  const bool is_whole = std::all_of(rule_lists.begin(), rule_lists.end(),
                                    [&](std::string_view list) { return ids(body, list).has_value(); });
  if (!is_whole) return leave_unbound(finding, *finding.step->request);
  if (rule == nullptr) return differ(finding, "name", {name}, {});
  ++finding.compared;
  if (!rule->active) differ(finding, "active", {"true"}, {"false"});
  if (const auto type = one(body, "type"); type && *type != rule->type) differ(finding, "type", {*type}, {rule->type});
  for (const std::string_view flag :
       {"hideInSearch", "hideInUserProfile", "restrictInSearch", "restrictInUserProfile"}) {
    const auto wanted = one(body, flag);
    if (!wanted) continue;
    const auto shown = rule->flags.find(std::string(flag));
    if (shown == rule->flags.end()) {
      leave(finding, {Phrase::drift_not_shown, {std::string(flag)}});
    } else if (shown->second != (*wanted == "true")) {
      differ(finding, std::string(flag), {*wanted}, {shown->second ? "true" : "false"});
    }
  }
  static const Ids none;
  for (const std::string_view list : rule_lists) {
    const auto there = rule->lists.find(std::string(list));
    compare_sets(finding, list, *ids(body, list), there == rule->lists.end() ? none : there->second);
  }
}

// A rule that says the same, whoever made it and however it is called.
const ContactRule* Comparison::find_equal(const Value::Object& body, const std::vector<ContactRule>& rules,
                                          const Ids& claimed) const {
  const auto is_equal = [&](const ContactRule& rule) {
    if (claimed.contains(rule.id) || !rule.active || one(body, "type").value_or("") != rule.type) return false;
    return std::all_of(rule_lists.begin(), rule_lists.end(), [&](std::string_view list) {
      const auto there = rule.lists.find(std::string(list));
      return ids(body, list).value_or(Ids{}) == (there == rule.lists.end() ? Ids{} : there->second);
    });
  };
  const auto found = std::find_if(rules.begin(), rules.end(), is_equal);
  return found == rules.end() ? nullptr : &*found;
}

void Comparison::compare_open_contacts(Finding& finding) {
  for (const auto& [live, claimed] :
       {std::pair{&tenant_.restrictions, &claimed_restrictions_}, std::pair{&tenant_.hidings, &claimed_hidings_}}) {
    if (!live->value) {
      leave(finding, *live->why_not);
      continue;
    }
    for (const ContactRule& rule : *live->value) {
      if (!rule.active || !claimed->insert(rule.id).second) continue;
      differ(finding, "name", {}, {rule.name.empty() ? rule.id : rule.name});
    }
  }
}

void Comparison::compare_open_fields(Finding& finding) {
  const auto& live = tenant_.hidden_fields;
  if (!live.value) return leave(finding, *live.why_not);
  Ids fields;
  for (const model::FeatureId feature : finding.step->features) {
    for (const auto& option : dingtalk::enforcement_of(model_, model_[feature], model::KeptBy::nobody).options)
      fields.insert(option.key);
  }
  for (const ContactRule& rule : *live.value) {
    const auto hidden = rule.lists.find("hideFields");
    if (!rule.active || hidden == rule.lists.end() ||
        (rule.description.starts_with("farol ") && claimed_fields_.contains(rule.id)))
      continue;
    const bool is_about = std::any_of(fields.begin(), fields.end(),
                                      [&](const std::string& field) { return hidden->second.contains(field); });
    if (!is_about) continue;
    claimed_fields_.insert(rule.id);
    differ(finding, "name", {}, {rule.name.empty() ? rule.id : rule.name});
  }
}

void Comparison::compare_executive(Finding& finding) {
  const auto& body = finding.step->request->body;
  if (!bindings_.is_bound(finding.step->for_each)) return leave_unbound(finding, *finding.step->request);
  const bool is_on = one(body, "open") == "true";
  Ids permitted;
  bool is_whole = true;
  for (const std::string_view list : {"permitTagIds", "permitDeptIds", "permitStaffIds"}) {
    const auto wanted = ids(body, list);
    is_whole = is_whole && wanted.has_value();
    if (wanted) permitted.insert(wanted->begin(), wanted->end());
  }
  const auto scenes = ids(body, "protectScenes");
  for (const std::string& user : bindings_.ids(finding.step->for_each)) {
    const auto live = seen_of(tenant_.executives, user);
    if (!live.value) {
      leave(finding, *live.why_not);
      continue;
    }
    // The answer has the scenes and the list, but not whether the mode is on.
    if (!is_on && (!live.value->scenes.empty() || !live.value->permitted.empty()))
      leave(finding, {Phrase::drift_not_shown, {user + " open"}});
    if (!is_on) continue;
    compare_sets(finding, user + " protectScenes", *scenes, live.value->scenes);
    if (is_whole) {
      compare_sets(finding, user + " permitTagIds, permitDeptIds, permitStaffIds", permitted, live.value->permitted);
    } else {
      leave_unbound(finding, *finding.step->request);
    }
  }
}

void Comparison::add_extra_rules(Drift& drift, const Seen<std::vector<ContactRule>>& live, const Ids& claimed) const {
  if (!live.value) return;
  for (const ContactRule& rule : *live.value) {
    if (rule.active && !claimed.contains(rule.id))
      drift.extras.push_back({{Phrase::drift_extra_rule, {rule.name.empty() ? rule.id : rule.name}}});
  }
}

}  // namespace farol::dingtalk
