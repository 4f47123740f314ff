// The address book: rules are found again by their description, which has the id of the step, or else by their name.
#include <algorithm>
#include <string>
#include <string_view>

#include "target/dingtalk/drift_comparison.h"
#include "target/dingtalk/enforcement.h"
#include "target/dingtalk/step_kinds.h"

namespace farol::dingtalk {

using base::Phrase;

// Returns null if no rule that is left has the description, or belongs to no other step and has the name or says the
// same.
const Record* Comparison::find_rule(const Request& request, const Records& rules, const Ids& claimed) const {
  const std::string description = one(request.body, "description").value_or("");
  const auto find = [&](auto is_wanted) -> const Record* {
    const auto found = std::find_if(rules.begin(), rules.end(), [&](const Record& rule) {
      const std::string its = rule.one("description");
      const bool is_free = its == description || !descriptions_.contains(its);
      return is_free && !claimed.contains(rule.one("id")) && is_wanted(rule);
    });
    return found == rules.end() ? nullptr : &*found;
  };
  for (const std::string_view key : {"description", "name"}) {
    const std::string wanted = one(request.body, key).value_or("");
    if (const Record* rule = find([&](const Record& each) { return each.one(key) == wanted; })) return rule;
  }
  return find([&](const Record& rule) {
    return rule.is_on("active") && std::all_of(all_fields().begin(), all_fields().end(), [&](const TenantField& field) {
             return field.set_by != request.call || field.match != FieldMatch::same ||
                    ids(request.body, field.wanted).value_or(Ids{}) == rule.all(field.shown);
           });
  });
}

bool is_made_by_farol(const Record& rule) { return rule.one("description").starts_with("farol "); }

bool Comparison::speaks_of(Call list) const {
  return std::any_of(config_.steps.begin(), config_.steps.end(), [&](const Step& step) {
    if (!step.request) return false;
    const Call call = step.request->call;
    if (list == Call::field_hide_list) return call == Call::field_hide || call == list;
    return call == Call::contact_restrict || call == Call::contact_hide || call == Call::contact_restrict_list;
  });
}

void Comparison::compare_rule(Finding& finding) {
  const Request& request = *finding.step->request;
  const Call read = *template_of(request.call).read_back;
  const Records* rules = seen(finding, read, {});
  if (rules == nullptr) return;
  Ids& claimed = claimed_[read];
  const Record* rule = find_rule(request, *rules, claimed);
  if (rule != nullptr) claimed.insert(rule->one("id"));
  // Without all its ids the rule could not be made, and there is nothing to compare with.
  if (!has_all_ids(request)) return leave_unbound(finding, request);
  if (rule == nullptr) return differ(finding, "name", {one(request.body, "name").value_or("")}, {});
  ++finding.compared;
  if (!rule->is_on("active")) differ_in_value(finding, "active", "true", {"false"});
  compare_fields(finding, *rule);
  if (finding.differences.empty()) return;
  // With its id the request changes the rule that is there; without it, it would make a second one. A list that it does
  // not name would stay as it is.
  Request change = request;
  set(change.body, "id", id_value(rule->one("id")));
  set(change.body, "active", boolean(true));
  for (const TenantField& field : all_fields()) {
    if (field.set_by != request.call || field.kind != FieldKind::ids || rule->all(field.shown).empty()) continue;
    if (find_at(change.body, field.wanted) == nullptr) set(change.body, field.wanted, list(Value::List{}));
  }
  for (Difference& difference : finding.differences) difference.change = change;
}

void Comparison::compare_open_contacts(Finding& finding) {
  for (const Call list : {Call::contact_restrict_list, Call::contact_hide_list}) {
    const Records* rules = seen(finding, list, {});
    if (rules == nullptr) continue;
    for (const Record& rule : *rules) {
      if (!rule.is_on("active") || !claimed_[list].insert(rule.one("id")).second) continue;
      differ(finding, "name", {}, {name_of(rule)});
      finding.differences.back().change = without_rule(list, rule);
    }
  }
}

void Comparison::compare_open_fields(Finding& finding) {
  const Records* rules = seen(finding, Call::field_hide_list, {});
  if (rules == nullptr) return;
  Ids fields;
  for (const model::FeatureId feature : finding.step->features) {
    for (const auto& option : enforcement_of(model_, model_[feature], model::KeptBy::nobody).options)
      fields.insert(option.key);
  }
  Ids& claimed = claimed_[Call::field_hide_list];
  for (const Record& rule : *rules) {
    const Ids& hidden = rule.all("hideFields");
    const bool is_of_step = is_made_by_farol(rule) && claimed.contains(rule.one("id"));
    const bool is_about =
        std::any_of(fields.begin(), fields.end(), [&](const std::string& field) { return hidden.contains(field); });
    if (!rule.is_on("active") || is_of_step || !is_about) continue;
    claimed.insert(rule.one("id"));
    differ(finding, "name", {}, {name_of(rule)});
    finding.differences.back().change = without_rule(Call::field_hide_list, rule);
  }
}

void Comparison::compare_executive(Finding& finding) {
  const Request& request = *finding.step->request;
  const auto& body = request.body;
  if (!bindings_.is_bound(finding.step->for_each)) return leave_unbound(finding, request);
  const SubjectLists& lists = subject_lists_of(Call::executive_protect);
  const bool is_on = one(body, "open") == "true";
  Ids permitted;
  bool is_whole = true;
  for (const std::string_view list : {lists.roles, lists.departments, lists.people}) {
    const auto wanted = ids(body, list);
    is_whole = is_whole && wanted.has_value();
    if (wanted) permitted.insert(wanted->begin(), wanted->end());
  }
  for (const std::string& user : bindings_.ids(finding.step->for_each)) {
    const Records* live = seen(finding, Call::executive_read, user);
    if (live == nullptr) continue;
    const Record& executive = live->front();
    const Ids& scenes = executive.all("protectScenes");
    const Ids& reach = executive.all("seniorWhiteList.id");
    if (!is_on) {
      // The reply has the scenes and the list, but not whether the mode is on.
      if (!scenes.empty() || !reach.empty()) leave(finding, {Phrase::drift_not_shown, {user + " open"}});
      continue;
    }
    compare_sets(finding, user + " protectScenes", *ids(body, "protectScenes"), scenes);
    if (is_whole) {
      compare_sets(finding, user + " permitTagIds, permitDeptIds, permitStaffIds", permitted, reach);
    } else {
      leave_unbound(finding, request);
    }
  }
}

}  // namespace farol::dingtalk
