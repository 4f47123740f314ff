#include "target/dingtalk/drift.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>

#include "target/dingtalk/drift_comparison.h"
#include "target/dingtalk/what_to_collect.h"

namespace farol::dingtalk {

using base::Phrase;

std::string_view to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::agrees: return "agrees";
    case Verdict::differs: return "differs";
    case Verdict::unseen: break;
  }
  return "unseen";
}

bool Drift::is_clean() const {
  return std::none_of(findings.begin(), findings.end(),
                      [](const Finding& each) { return each.verdict == Verdict::differs; }) &&
         std::none_of(extras.begin(), extras.end(), [](const Extra& each) { return each.counts; });
}

bool Drift::has_seen() const {
  if (lost_calls) return false;
  const auto is_lost = [](const Note& note) {
    static constexpr std::array<Phrase, 6> lost = {Phrase::drift_not_called, Phrase::drift_failed,
                                                   Phrase::drift_refused,    Phrase::drift_refused_scope,
                                                   Phrase::drift_incomplete, Phrase::drift_odd};
    return std::find(lost.begin(), lost.end(), note.phrase) != lost.end();
  };
  bool sees = findings.empty();
  for (const Finding& each : findings) {
    if (std::any_of(each.unseen.begin(), each.unseen.end(), is_lost)) return false;
    sees = sees || each.verdict != Verdict::unseen;
  }
  return sees;
}

const std::string& name_of(const Record& rule) { return rule.one("name").empty() ? rule.one("id") : rule.one("name"); }

std::string plain_address(std::string_view address) {
  std::string plain;
  for (const char c : address) {
    if (c == ':' || c == '-') continue;
    plain += static_cast<char>(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  }
  return plain;
}

bool is_built_in(const std::string& role_name) {
  static constexpr std::array<std::string_view, 4> names = {"负责人", "主管", "主管理员", "子管理员"};
  return std::find(names.begin(), names.end(), role_name) != names.end();
}

Comparison::Comparison(const model::Model& model, const AdminConfig& config, const Tenant& tenant)
    : model_(model), config_(config), tenant_(tenant), bindings_(model) {
  gather();
}

std::optional<std::string> Comparison::id_of_role(const std::string& name) const {
  const auto role = model_.find_role(name);
  if (!role || !tenant_.roles.value) return std::nullopt;
  const Role* live =
      tenant_.roles.value->find_named(model_[*role].title.text.empty() ? name : model_[*role].title.text);
  return live == nullptr ? std::nullopt : std::optional(live->id);
}

std::optional<std::string> Comparison::one(const Value& value) const {
  if (const auto* text = std::get_if<std::string>(&value.data)) return *text;
  if (const auto* number = std::get_if<std::int64_t>(&value.data)) return std::to_string(*number);
  if (const auto* truth = std::get_if<bool>(&value.data)) return *truth ? "true" : "false";
  if (const auto* unbound = std::get_if<Unbound>(&value.data)) {
    // A role that a step makes has an id once it is made, and is found by its name.
    if (unbound->key.starts_with("role.")) return id_of_role(unbound->key.substr(5));
  }
  return std::nullopt;
}

std::optional<std::string> Comparison::one(const Value::Object& object, std::string_view path) const {
  const Value* found = find_at(object, path);
  return found == nullptr ? std::nullopt : one(*found);
}

std::optional<Ids> Comparison::ids(const Value::Object& object, std::string_view path) const {
  const Value* found = find_at(object, path);
  Ids made;
  if (found == nullptr) return made;
  Value::List parts;
  if (const auto* joined = std::get_if<Value::Joined>(&found->data)) {
    parts = joined->parts;
  } else if (const auto* list = std::get_if<Value::List>(&found->data)) {
    parts = *list;
  } else {
    parts = {*found};
  }
  for (const Value& part : parts) {
    const auto text = one(part);
    if (!text) return std::nullopt;
    for (std::size_t from = 0; from <= text->size();) {
      const std::size_t comma = std::min(text->find(',', from), text->size());
      if (comma > from) made.insert(text->substr(from, comma - from));
      from = comma + 1;
    }
  }
  return made;
}

std::string Comparison::shown(std::string_view list, const std::string& id) const {
  const bool is_role = list.find("TagIds") != std::string_view::npos || list.find("RoleIds") != std::string_view::npos;
  const Role* role = is_role && tenant_.roles.value ? tenant_.roles.value->find(id) : nullptr;
  if (role != nullptr) return id + " (" + role->name + ")";
  if (list.find("DeptIds") == std::string_view::npos || !tenant_.departments.value) return id;
  const auto& all = *tenant_.departments.value;
  const auto found = std::find_if(all.begin(), all.end(), [&](const Department& each) { return each.id == id; });
  return found == all.end() ? id : id + " (" + found->name + ")";
}

void Comparison::differ(Finding& finding, std::string what, std::vector<std::string> wanted,
                        std::vector<std::string> live) const {
  finding.verdict = Verdict::differs;
  finding.differences.push_back({std::move(what), std::move(wanted), std::move(live)});
}

void Comparison::differ_in_value(Finding& finding, std::string what, std::string wanted,
                                 std::vector<std::string> live) const {
  differ(finding, std::move(what), {std::move(wanted)}, std::move(live));
  finding.differences.back().is_value = true;
}

void Comparison::compare_sets(Finding& finding, std::string_view list, const Ids& wanted, const Ids& live) const {
  std::vector<std::string> missing, beyond;
  std::set_difference(wanted.begin(), wanted.end(), live.begin(), live.end(), std::back_inserter(missing));
  std::set_difference(live.begin(), live.end(), wanted.begin(), wanted.end(), std::back_inserter(beyond));
  if (missing.empty() && beyond.empty()) return;
  for (std::string& id : missing) id = shown(list, id);
  for (std::string& id : beyond) id = shown(list, id);
  differ(finding, std::string(list), std::move(missing), std::move(beyond));
}

void Comparison::leave(Finding& finding, Note why) { finding.unseen.push_back(std::move(why)); }

void Comparison::leave_unbound(Finding& finding, const Request& request) const {
  for (const std::string& key : unbound(request)) {
    if (bindings_.is_bound(key)) continue;
    const bool is_told = std::any_of(finding.unseen.begin(), finding.unseen.end(), [&](const Note& note) {
      return note.phrase == Phrase::drift_unbound && note.details.front() == key;
    });
    if (!is_told) leave(finding, {Phrase::drift_unbound, {key}});
  }
}

bool Comparison::has_all_ids(const Request& request) const {
  return std::all_of(all_fields().begin(), all_fields().end(), [&](const TenantField& field) {
    return field.set_by != request.call || field.match == FieldMatch::equal || ids(request.body, field.wanted);
  });
}

void Comparison::compare_fields(Finding& finding, const Record& live) const {
  for (const TenantField& field : all_fields()) {
    if (field.set_by == finding.step->request->call) compare_field(finding, field, live);
  }
}

void Comparison::compare_field(Finding& finding, const TenantField& field, const Record& live) const {
  const auto& body = finding.step->request->body;
  const std::string what{field.wanted};
  const Ids& there = live.all(field.shown);
  if (field.match == FieldMatch::equal) {
    if (find_at(body, field.wanted) == nullptr) return;
    const auto wanted = one(body, field.wanted);
    if (!live.shows(field.shown)) return leave(finding, {Phrase::drift_not_shown, {what}});
    if (!wanted) return leave_unbound(finding, *finding.step->request);
    ++finding.compared;
    if (live.one(field.shown) != *wanted) differ_in_value(finding, what, *wanted, {live.one(field.shown)});
    return;
  }
  const Ids wanted = ids(body, field.wanted).value_or(Ids{});
  if (field.match == FieldMatch::same) return compare_sets(finding, what, wanted, there);
  std::vector<std::string> wrong;
  if (field.match == FieldMatch::has) {
    std::set_difference(wanted.begin(), wanted.end(), there.begin(), there.end(), std::back_inserter(wrong));
    for (std::string& id : wrong) id = shown(what, id);
    if (!wrong.empty()) differ(finding, what, std::move(wrong), {});
  } else {
    std::set_intersection(wanted.begin(), wanted.end(), there.begin(), there.end(), std::back_inserter(wrong));
    if (!wrong.empty()) differ(finding, what, {}, std::move(wrong));
  }
}

const Records* Comparison::seen(Finding& finding, Call read, const std::string& about) const {
  const Seen<Records>& live = tenant_.records_of(read, about);
  if (live.value) return &*live.value;
  leave(finding, *live.why_not);
  return nullptr;
}

const Records* Comparison::seen(Finding& finding, Call read) const {
  const Value* id = find_parameter(*finding.step->request, info(read).about);
  const auto about = id == nullptr ? std::nullopt : one(*id);
  if (about) return seen(finding, read, *about);
  leave_unbound(finding, *finding.step->request);
  return nullptr;
}

// Whoever makes the setting sees by it whether it has come about: what the controls are called, no page says.
void Comparison::add_control_hits(Finding& finding) const {
  const auto all = tenant_.records.find(Call::control_hits);
  if (all == tenant_.records.end()) return;
  for (const auto& [person, live] : all->second) {
    if (!live.value) {
      leave(finding, *live.why_not);
      continue;
    }
    const Record& hits = live.value->empty() ? Record{} : live.value->front();
    std::string names;
    for (const std::string& name : hits.all("controlList")) names += (names.empty() ? "" : ", ") + name;
    // Whom no control hits, the platform may say why.
    if (names.empty()) names = hits.one("reason").empty() ? "-" : hits.one("reason");
    leave(finding, {Phrase::drift_control_hits, {person, names}});
  }
}

void Comparison::compare_step(Finding& finding) {
  if (!finding.step->request) {
    leave(finding, {Phrase::drift_no_call});
    if (is_security_control(*finding.step)) add_control_hits(finding);
    return;
  }
  using Compare = void (Comparison::*)(Finding&);
  static const std::map<Call, Compare> ways = {
      {Call::role_group_add, &Comparison::compare_role_group},
      {Call::role_add, &Comparison::compare_role},
      {Call::role_rename, &Comparison::compare_role_name},
      {Call::role_members_add, &Comparison::compare_members},
      {Call::role_scope_update, &Comparison::compare_scope},
      {Call::contact_restrict, &Comparison::compare_rule},
      {Call::contact_hide, &Comparison::compare_rule},
      {Call::field_hide, &Comparison::compare_rule},
      {Call::executive_protect, &Comparison::compare_executive},
      {Call::file_inherit, &Comparison::compare_thing},
      {Call::file_grant, &Comparison::compare_grants},
      {Call::file_list, &Comparison::compare_no_grants},
      {Call::app_scope, &Comparison::compare_thing},
      {Call::group_update, &Comparison::compare_thing},
      {Call::attendance_modify, &Comparison::compare_attendance},
      {Call::meeting_update, &Comparison::compare_thing},
      {Call::device_trust, &Comparison::compare_devices},
  };
  const Call call = finding.step->request->call;
  // These are compared once all rules of steps are accounted for.
  if (call == Call::contact_restrict_list || call == Call::field_hide_list) return;
  const auto way = ways.find(call);
  if (way == ways.end()) return leave(finding, {Phrase::drift_no_call});
  (this->*way->second)(finding);
}

Drift Comparison::run(const std::vector<ConfirmedStep>& confirmations) {
  Drift drift;
  for (const Step& step : config_.steps) {
    Finding finding;
    finding.step = &step;
    compare_step(finding);
    const auto confirmed = std::find_if(confirmations.rbegin(), confirmations.rend(),
                                        [&](const ConfirmedStep& each) { return each.step == step.id; });
    if (confirmed != confirmations.rend()) finding.confirmed = *confirmed;
    drift.findings.push_back(std::move(finding));
  }
  for (Finding& finding : drift.findings) {
    if (!finding.step->request) continue;
    if (finding.step->request->call == Call::contact_restrict_list) compare_open_contacts(finding);
    if (finding.step->request->call == Call::field_hide_list) compare_open_fields(finding);
  }
  compare_bindings(drift);
  for (Finding& finding : drift.findings) {
    if (finding.verdict != Verdict::agrees || finding.unseen.empty()) continue;
    // If the parts that are shown agree, the step agrees as far as can be seen.
    const bool in_part = std::all_of(finding.unseen.begin(), finding.unseen.end(),
                                     [](const Note& note) { return note.phrase == Phrase::drift_not_shown; });
    finding.verdict = in_part && finding.compared > 0 ? Verdict::agrees : Verdict::unseen;
  }
  add_extras(drift);
  for (const Note& call : tenant_.passed_over) {
    drift.lost_calls = true;
    drift.notes.push_back(call);
  }
  if (!drift.has_seen()) drift.notes.push_back({Phrase::drift_blind});
  if (speaks_of(Call::contact_restrict_list)) drift.notes.push_back({Phrase::drift_console_rules});
  return drift;
}

Drift compare(const model::Model& model, const AdminConfig& config, const Tenant& tenant,
              const std::vector<ConfirmedStep>& confirmations) {
  return Comparison{model, config, tenant}.run(confirmations);
}

}  // namespace farol::dingtalk
