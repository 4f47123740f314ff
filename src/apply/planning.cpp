#include "apply/planning.h"

#include <algorithm>
#include <array>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "apply/words.h"
#include "target/dingtalk/drift_comparison.h"

namespace farol::apply {

using base::Phrase;
using dingtalk::Call;
using dingtalk::Finding;
using dingtalk::Request;
using dingtalk::Step;
using dingtalk::Value;
using dingtalk::Verdict;

namespace {

Value resolved_value(const Value& value, const std::map<std::string, std::string>& ids) {
  if (const auto* unbound = std::get_if<dingtalk::Unbound>(&value.data)) {
    const auto found = ids.find(unbound->key);
    if (found == ids.end()) return value;
    const dingtalk::IdKind* kind = dingtalk::find_id_kind(unbound->key);
    const bool is_number = kind != nullptr && kind->form == dingtalk::IdForm::number;
    return is_number ? dingtalk::id_value(found->second) : dingtalk::text(found->second);
  }
  if (const auto* joined = std::get_if<Value::Joined>(&value.data)) {
    Value::List parts;
    for (const Value& part : joined->parts) {
      Value each = resolved_value(part, ids);
      if (const auto* number = std::get_if<std::int64_t>(&each.data)) each = dingtalk::text(std::to_string(*number));
      parts.push_back(std::move(each));
    }
    return dingtalk::joined(std::move(parts));
  }
  if (const auto* list = std::get_if<Value::List>(&value.data)) {
    Value::List made;
    for (const Value& each : *list) made.push_back(resolved_value(each, ids));
    return dingtalk::list(std::move(made));
  }
  if (const auto* object = std::get_if<Value::Object>(&value.data)) {
    Value::Object made;
    for (const auto& member : *object) made.push_back({member.key, resolved_value(member.value, ids)});
    return dingtalk::object(std::move(made));
  }
  return value;
}

bool is_hidden(const Finding& finding) {
  return std::any_of(finding.unseen.begin(), finding.unseen.end(),
                     [](const auto& note) { return note.phrase == Phrase::drift_not_shown; });
}

// The app lacks a permission code: that is said once for all that cannot be seen without it.
bool lacks_code(const Finding& finding) {
  return std::any_of(finding.unseen.begin(), finding.unseen.end(),
                     [](const auto& note) { return note.phrase == Phrase::drift_refused_scope; });
}

// Where the list of roles was not seen, it is not known whether they have to be bound.
bool waits_for_roles(const Finding& finding) {
  return std::all_of(finding.unseen.begin(), finding.unseen.end(), [](const auto& note) {
    return note.phrase == Phrase::drift_unbound && note.details.front().starts_with("role.");
  });
}

std::string member_key(const Value& member) {
  const auto* object = std::get_if<Value::Object>(&member.data);
  if (object == nullptr) return {};
  const Value* type = dingtalk::find_at(*object, "type");
  const Value* id = dingtalk::find_at(*object, "id");
  const auto text_of = [](const Value* value) {
    const auto* text = value == nullptr ? nullptr : std::get_if<std::string>(&value->data);
    return text == nullptr ? std::string{} : *text;
  };
  return text_of(type) + " " + text_of(id);
}

// Whether whoever has these roles on a node may change who has which.
bool may_manage(std::string_view roles) {
  return roles.find("OWNER") != std::string_view::npos || roles.find("MANAGER") != std::string_view::npos;
}

// What several actions change is for each of them what those before it have made of it.
void one_after_the_other(std::vector<Action>& actions, Facts facts) {
  for (Action& action : actions) {
    action.effects = effects_of(action.request, facts);
    come_about(action.effects, facts);
  }
}

}  // namespace

Request resolved(const Request& request, const std::map<std::string, std::string>& ids) {
  Request made = request;
  for (Value::Object* part : {&made.path, &made.query, &made.body}) {
    for (auto& member : *part) member.value = resolved_value(member.value, ids);
  }
  return made;
}

Action::Kind kind_of(const Request& request) {
  switch (request.call) {
    case Call::role_group_add:
    case Call::role_add:
    case Call::role_members_add:
    case Call::file_grant:
    case Call::device_trust: return Action::Kind::make;
    case Call::contact_restrict:
    case Call::contact_hide:
    case Call::field_hide: return find_parameter(request, "id") == nullptr ? Action::Kind::make : Action::Kind::change;
    case Call::role_remove:
    case Call::role_members_remove:
    case Call::department_update:
    case Call::contact_unrestrict:
    case Call::contact_unhide:
    case Call::field_unhide:
    case Call::file_remove:
    case Call::device_distrust: return Action::Kind::take_away;
    case Call::app_scope: {
      const bool only_takes = std::all_of(request.body.begin(), request.body.end(),
                                          [](const auto& member) { return member.key.starts_with("del"); });
      return only_takes ? Action::Kind::take_away : Action::Kind::change;
    }
    default: return Action::Kind::change;
  }
}

int place_of(const Action& action) {
  enum Place { group, role, members, scopes, close, open, rules, apps, old_rules, rest, devices };
  switch (action.request.call) {
    case Call::role_group_add: return group;
    case Call::role_add:
    case Call::role_rename: return role;
    case Call::role_members_add: return members;
    case Call::role_scope_update: return scopes;
    case Call::file_inherit: {
      const Value* how = find_parameter(action.request, "inheritance");
      return how != nullptr && *how == dingtalk::text("BREAK") ? close : open;
    }
    case Call::role_members_remove:
    case Call::file_change:
    case Call::file_remove: return close;
    case Call::file_grant: return open;
    case Call::contact_restrict:
    case Call::contact_hide:
    case Call::field_hide:
    case Call::executive_protect: return rules;
    case Call::app_scope: return apps;
    case Call::department_update:
    case Call::contact_unrestrict:
    case Call::contact_unhide:
    case Call::field_unhide: return old_rules;
    case Call::device_trust:
    case Call::device_distrust: return devices;
    default: return rest;
  }
}

void Planning::run() {
  make_roles();
  for (const Finding& finding : state_.drift.findings) take_finding(finding);
  take_extras();
  for (const auto& note : state_.drift.notes) {
    if (note.phrase == Phrase::drift_passed_over) plan_.left.push_back(words(note));
  }
  std::stable_sort(plan_.actions.begin(), plan_.actions.end(),
                   [](const Action& a, const Action& b) { return place_of(a) < place_of(b); });
  one_after_the_other(plan_.actions, state_.facts);
}

std::string Planning::words(const dingtalk::Note& note) const {
  std::array<std::string_view, 3> details;
  for (std::size_t i = 0; i < std::min(details.size(), note.details.size()); ++i) details[i] = note.details[i];
  return base::fill(note.phrase, language_, {details[0], details[1], details[2]});
}

void Planning::leave(const std::string& what, const std::string& why) {
  plan_.left.push_back(fill(Phrase::pair, language_, {what, why}));
}

void Planning::make_roles() {
  for (const Step& step : first_.steps) {
    if (!plan_.stand_ins.contains(step.makes)) continue;
    add(resolved(*step.request, plan_.stand_ins), step.title[static_cast<std::size_t>(language_)], &step, step.makes);
  }
}

void Planning::take_finding(const Finding& finding) {
  if (finding.step == nullptr) {
    if (lacks_code(finding)) return;
    for (const auto& note : finding.unseen) leave(finding.binding->kind + "." + finding.binding->name, words(note));
    for (const auto& difference : finding.differences) {
      const std::string key = finding.binding->kind + "." + finding.binding->name;
      if (difference.change) {
        add(*difference.change, key, nullptr);
      } else {
        leave(key, fill(Phrase::apply_no_such_id, language_, {finding.binding->id}));
      }
    }
    return;
  }
  const Step& step = *finding.step;
  if (step.kind != dingtalk::StepKind::api) {
    ++plan_.by_hand;
    return;
  }
  if (finding.verdict == Verdict::agrees) ++plan_.agreeing;
  take_step(finding);
}

void Planning::take_step(const Finding& finding) {
  const Step& step = *finding.step;
  const std::string& title = step.title[static_cast<std::size_t>(language_)];
  const bool is_signed = finding.confirmed && !finding.confirmed->stale;
  // What no call shows is sent once, and again when nobody has signed for it.
  const bool may_be_otherwise = is_hidden(finding) && !is_signed;
  const bool is_lost = finding.verdict == Verdict::unseen && !is_hidden(finding);
  if (is_lost) {
    ++plan_.unseen;
    if (lacks_code(finding) || (!state_.live.roles.value && waits_for_roles(finding))) return;
    std::vector<std::string> why;
    for (const auto& note : finding.unseen) why.push_back(words(note));
    return leave(title, fmt::format("{}", fmt::join(why, text(Phrase::list_semicolon, language_))));
  }
  if (finding.verdict != Verdict::differs && !may_be_otherwise) return;
  for (const auto& difference : finding.differences) {
    if (difference.change) add(*difference.change, title, &step);
    if (!difference.change && step.only_reads) leave(title, fill(Phrase::apply_has_more, language_, {difference.what}));
  }
  if (step.only_reads) return;
  for (Request& request : own_requests(finding)) {
    const auto missing = unbound(request);
    if (!missing.empty()) {
      leave(title, fill(Phrase::drift_unbound, language_, {joined(missing)}));
    } else {
      add(std::move(request), title, &step);
    }
  }
}

std::vector<Request> Planning::own_requests(const Finding& finding) const {
  const Step& step = *finding.step;
  std::set<std::string> wanted;  // members of a folder whom no other request sets right
  bool is_needed = is_hidden(finding) && !(finding.confirmed && !finding.confirmed->stale);
  for (const auto& difference : finding.differences) {
    if (!difference.change) wanted.insert(difference.what), is_needed = true;
  }
  if (!is_needed) return {};
  if (!step.for_each.empty()) {
    std::vector<Request> requests;
    for (const std::string& id : bindings_.ids(step.for_each))
      requests.push_back(resolved(*step.request, {{step.for_each, id}}));
    return requests;
  }
  Request request = *step.request;
  if (request.call != Call::file_grant) return {request};
  for (auto& member : request.body) {
    if (member.key != "members") continue;
    auto& members = std::get<Value::List>(member.value.data);
    std::erase_if(members, [&](const Value& each) {
      const std::string key = member_key(each);
      return !wanted.contains(key) && !key.starts_with("ORG");
    });
    if (members.empty()) return {};
  }
  return {request};
}

void Planning::take_extras() {
  for (const auto& extra : state_.drift.extras) {
    if (!extra.counts) continue;
    if (extra.take_away) {
      add(*extra.take_away, words(extra.what), nullptr);
    } else {
      leave(words(extra.what), std::string(text(Phrase::apply_stays, language_)));
    }
  }
}

std::string Planning::locks_out(const Request& request) const {
  const auto operators = bindings_.ids("tenant.operator_user");
  if (operators.empty()) return {};
  const std::string& person = operators.front();
  if (request.call == Call::app_scope) {
    const auto taken = ids_in(find_parameter(request, "delUserIds"));
    const bool is_taken = std::find(taken.begin(), taken.end(), person) != taken.end();
    return is_taken ? fill(Phrase::apply_hides_app, language_, {person}) : std::string{};
  }
  const Value* node = find_parameter(request, "dentryUuid");
  if (node == nullptr) return {};
  const auto own = find(state_.facts, {"grant", query_text(*node), "USER", person});
  const bool manages = own && may_manage(own->at(""));
  if (request.call == Call::file_inherit) {
    const bool closes = *find_parameter(request, "inheritance") == dingtalk::text("BREAK");
    return manages || !closes ? std::string{} : fill(Phrase::apply_shuts_out, language_, {person});
  }
  if (request.call != Call::file_change || may_manage(query_text(*find_parameter(request, "roleId")))) return {};
  const auto& members = std::get<Value::List>(find_parameter(request, "members")->data);
  const bool is_lowered = manages && std::any_of(members.begin(), members.end(), [&](const Value& member) {
                            return member_key(member) == "USER " + person;
                          });
  return is_lowered ? fill(Phrase::apply_stays_manager, language_, {person}) : std::string{};
}

void Planning::add(Request request, const std::string& title, const Step* step, std::string produces) {
  if (const std::string why = locks_out(request); !why.empty()) return leave(title, why);
  if (info(request.call).tier == dingtalk::Tier::B)
    return leave(title, std::string(text(Phrase::apply_undocumented, language_)));
  Action action;
  action.effects = effects_of(request, state_.facts);
  const bool is_so = !action.effects.empty() && produces.empty() &&
                     std::all_of(action.effects.begin(), action.effects.end(), [](const Effect& effect) {
                       return effect.is_shown && agrees(effect.before, effect.after);
                     });
  if (is_so) return;
  action.kind = kind_of(request);
  action.title = title;
  action.target = step == nullptr ? std::string{} : step->target;
  action.step = step == nullptr ? std::string{} : step->id;
  action.request = std::move(request);
  action.produces = std::move(produces);
  const bool is_known = std::any_of(plan_.actions.begin(), plan_.actions.end(),
                                    [&](const Action& each) { return each.request == action.request; });
  if (!is_known) plan_.actions.push_back(std::move(action));
}

Plan make_undo(const std::vector<Action>& done, const std::string& run, const Planned& now, const Facts& facts,
               base::Language language) {
  Plan plan = now.plan;
  plan.actions.clear();
  plan.left.clear();
  plan.stand_ins.clear();
  plan.undoes = run;
  const Names names = names_of(now.state, language);
  std::vector<Effect> effects;
  std::vector<std::string> titles;  // of the actions that they are of
  std::map<Thing, std::optional<Fact>> last;
  for (const Action& action : done) {
    for (const Effect& effect : action.effects) last[effect.thing] = effect.after;
  }
  for (const Action& action : done) {
    for (const Effect& effect : action.effects) {
      const auto there = find(facts, effect.thing);
      // What somebody has changed since is theirs.
      if (effect.is_shown && !agrees(there, last[effect.thing]) && !agrees(there, effect.before)) {
        plan.left.push_back(fill(
            Phrase::pair, language,
            {action.title, fill(Phrase::apply_changed_since, language, {in_words(effect.thing, language, names)})}));
      } else {
        effects.push_back(effect);
        titles.push_back(action.title);
      }
    }
  }
  const dingtalk::Bindings bindings{now.state.model};
  const auto bound = [&](const std::string& key) {
    const auto ids = bindings.ids(key);
    return ids.empty() ? std::string{} : ids.front();
  };
  Restoring back =
      restoring(effects, facts, {bound("tenant.operator"), bound("tenant.operator_user"), bound("tenant.corp")});
  std::reverse(back.requests.begin(), back.requests.end());
  for (auto& [effect, request] : back.requests) {
    Action action;
    action.kind = kind_of(request);
    action.title = fill(Phrase::apply_undo, language, {titles[effect]});
    action.request = std::move(request);
    plan.actions.push_back(std::move(action));
  }
  one_after_the_other(plan.actions, facts);
  for (const auto& [thing, why] : back.lost)
    plan.left.push_back(fill(Phrase::pair, language, {in_words(thing, language, names), text(why, language)}));
  return plan;
}

}  // namespace farol::apply
