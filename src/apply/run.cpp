#include "apply/run.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "apply/planning.h"
#include "apply/reading.h"
#include "target/dingtalk/drift_comparison.h"
#include "target/dingtalk/replies.h"

namespace farol::apply {

using dingtalk::Call;
using dingtalk::Collected;
using dingtalk::Node;
using dingtalk::Request;
using What = Event::What;

namespace {

// Whether a call showed what it was asked for; a list with a page less has not.
bool has_shown(const dingtalk::Tenant& live, const Collected& call, const std::set<std::string>& roles) {
  switch (call.kind) {
    case Collected::Kind::roles_and_members:
      return live.roles.value && std::all_of(roles.begin(), roles.end(), [&](const std::string& role) {
               return live.roles.value->find(role) == nullptr || seen_of(live.members, role).value;
             });
    case Collected::Kind::attendance_groups: return live.records_of(Call::attendance_list).value.has_value();
    case Collected::Kind::request: {
      const std::string_view about = info(call.request.call).about;
      const dingtalk::Value* id = about.empty() ? nullptr : find_parameter(call.request, about);
      return live.records_of(call.request.call, id == nullptr ? std::string{} : query_text(*id)).value.has_value();
    }
    default: return false;
  }
}

// The id in a reply, whatever is around it.
std::string id_in(const Node& node, std::string_view key) {
  for (const auto& [name, value] : node.members) {
    if (name == key && (value.kind == Node::Kind::number || value.kind == Node::Kind::text)) return value.text;
    if (const std::string inner = id_in(value, key); !inner.empty()) return inner;
  }
  return {};
}

// What the platform says of what is there already, by the documentation: it was made before.
bool is_there_already(const std::string& reason) {
  return reason.find("34021") != std::string::npos || reason.find("insert.repeat.error") != std::string::npos;
}

bool is_shown(const Action& action) {
  return std::any_of(action.effects.begin(), action.effects.end(), [](const Effect& each) { return each.is_shown; });
}
std::set<std::string> roles_of(const Request& request) {
  std::set<std::string> roles;
  for (const std::string_view key : {"roleIds", "role_id", "roleId"}) {
    for (const std::string& id : ids_in(find_parameter(request, key))) roles.insert(id);
  }
  return roles;
}

}  // namespace

std::string_view to_string(Event::What what) {
  switch (what) {
    case What::sending: return "sending";
    case What::seen: return "seen";
    case What::not_seen: return "not_seen";
    case What::refused: return "refused";
    case What::used_up: return "used_up";
    case What::not_taken: return "not_taken";
    case What::unknown: return "unknown";
    case What::left: break;
  }
  return "left";
}

std::vector<Collected> calls_that_show(const Request& request) {
  const auto ask = [&](Call read, const Request& about) {
    return Collected{Collected::Kind::request, read_back(read, about)};
  };
  switch (request.call) {
    case Call::role_group_add:
    case Call::role_add:
    case Call::role_remove:
    case Call::role_rename:
    case Call::role_members_add:
    case Call::role_members_remove:
    case Call::role_scope_update: return {{Collected::Kind::roles_and_members}};
    case Call::department_update: return {ask(Call::department_read, request)};
    case Call::contact_restrict:
    case Call::contact_unrestrict: return {ask(Call::contact_restrict_list, {})};
    case Call::contact_hide:
    case Call::contact_unhide: return {ask(Call::contact_hide_list, {})};
    case Call::field_hide:
    case Call::field_unhide: return {ask(Call::field_hide_list, {})};
    case Call::executive_protect: return {ask(Call::executive_read, request)};
    case Call::file_inherit: return {ask(Call::file_inherit_read, request)};
    case Call::file_grant:
    case Call::file_change:
    case Call::file_remove: return {ask(Call::file_list, request)};
    case Call::app_scope: return {ask(Call::app_scope_read, request)};
    case Call::group_update: return {ask(Call::group_read, request)};
    case Call::meeting_update: return {ask(Call::meeting_read, request)};
    case Call::attendance_modify: return {{Collected::Kind::attendance_groups}};
    case Call::device_trust: return {ask(Call::device_list, request)};
    case Call::device_distrust: {
      // The request does not say of which platform the device is.
      std::vector<Collected> calls;
      for (const char* platform : {"Mac", "Win"})
        calls.push_back(ask(Call::device_list, with_body(request.call, {{"platform", dingtalk::text(platform)}})));
      return calls;
    }
    default: return {};
  }
}

bool Runner::has_stopped() const {
  return outcome_.used_up || outcome_.cut_off || !outcome_.disk.empty() || !outcome_.moved.empty();
}

void Runner::tell(What what, std::size_t index, const std::string& reason) {
  options_.tell({what, index + 1, run_.plan.actions[index].title, reason});
}

void Runner::note(std::size_t index, Progress progress, const std::string& reason) {
  run_.progress[index] = progress;
  run_.reasons[index] = reason;
  if (const auto problem = journal_.note(index, progress, reason)) outcome_.disk = *problem;
}

const Action& Runner::real(std::size_t index) {
  const auto& actions = run_.plan.actions;
  if (real_.empty()) {
    real_.resize(actions.size());
    real_ids_.clear();
    for (const auto& [key, stand_in] : run_.plan.stand_ins) {
      const auto made = run_.made.find(key);
      if (made != run_.made.end()) real_ids_[stand_in] = made->second;
    }
    if (options_.step_ids && !real_ids_.empty()) real_ids_.merge(options_.step_ids(run_.made));
  }
  if (!real_[index]) {
    Plan one;
    one.actions = {actions[index]};
    real_[index] = with_ids(one, real_ids_).actions.front();
  }
  return *real_[index];
}

bool Runner::is_ready(const Action& action) const {
  Plan one;
  one.actions = {action};
  const std::string text = to_json(one);
  return std::none_of(run_.plan.stand_ins.begin(), run_.plan.stand_ins.end(), [&](const auto& stand_in) {
    return action.produces != stand_in.first && text.find(stand_in.second) != std::string::npos;
  });
}

bool Shown::is_whole() const {
  return std::all_of(is_read.begin(), is_read.end(), [](bool each) { return each; });
}

Shown facts_about(Session& session, const std::vector<Action>& actions) {
  Reading reading{session, [](const std::string&) {}};
  for (const Action& action : actions) reading.read(calls_that_show(action.request), {}, roles_of(action.request));
  const dingtalk::Tenant live = reading.tenant();
  Shown shown{facts_of(live, reading.exported({})), {}, reading.is_used_up()};
  for (const Action& action : actions) {
    const auto calls = calls_that_show(action.request);
    shown.is_read.push_back(std::all_of(calls.begin(), calls.end(), [&](const Collected& call) {
      return has_shown(live, call, roles_of(action.request));
    }));
  }
  return shown;
}

Shown Runner::read_things(const std::vector<std::size_t>& indices) {
  std::vector<Action> actions;
  for (const std::size_t index : indices) actions.push_back(real(index));
  Shown shown = facts_about(session_, actions);
  outcome_.used_up = outcome_.used_up || shown.used_up;
  return shown;
}

bool Runner::is_seen(std::size_t index, const Facts& facts) {
  const Action& action = real(index);
  return std::all_of(action.effects.begin(), action.effects.end(), [&](const Effect& effect) {
    if (!effect.is_shown) return true;
    std::optional<Fact> after = effect.after;
    for (std::size_t later = index + 1; later < run_.plan.actions.size(); ++later) {
      if (run_.progress[later] == Progress::waiting || run_.progress[later] == Progress::refused) continue;
      for (const Effect& each : real(later).effects) {
        if (each.thing == effect.thing) after = each.after;
      }
    }
    return agrees(find(facts, effect.thing), after);
  });
}

bool Runner::is_as_planned(std::size_t index, const Facts& facts) {
  const Action& action = real(index);
  return std::all_of(action.effects.begin(), action.effects.end(), [&](const Effect& effect) {
    const auto there = find(facts, effect.thing);
    if (!effect.is_shown || agrees(there, effect.after)) return true;
    // What comes before it may not have been sent either.
    for (std::size_t earlier = 0; earlier <= index; ++earlier) {
      for (const Effect& each : real(earlier).effects) {
        if (each.thing == effect.thing && agrees(there, each.before)) return true;
      }
    }
    return false;
  });
}

std::vector<std::size_t> Runner::verify(std::vector<std::size_t> open) {
  using std::chrono::milliseconds;
  std::erase_if(open, [&](std::size_t index) { return !is_shown(run_.plan.actions[index]); });
  const auto begun = session_.timing().now();
  std::vector<std::size_t> absent;
  for (milliseconds pause{500}; !open.empty(); pause = std::min(pause * 2, milliseconds{15'000})) {
    const Shown shown = read_things(open);
    std::vector<std::size_t> left;
    absent.clear();
    for (std::size_t i = 0; i < open.size(); ++i) {
      const std::size_t index = open[i];
      if (!shown.is_read[i] || !is_seen(index, shown.facts)) {
        left.push_back(index);
        if (shown.is_read[i]) absent.push_back(index);
        continue;
      }
      const Action action = real(index);
      if (!action.produces.empty() && !run_.made.contains(action.produces)) {
        const auto made = find(shown.facts, action.effects.front().thing);
        if (made) take_id(action, made->contains("id") ? made->at("id") : std::string{});
      }
      note(index, Progress::seen);
      ++outcome_.seen;
      tell(What::seen, index);
    }
    open = std::move(left);
    if (open.empty() || outcome_.used_up || !outcome_.disk.empty()) break;
    if (session_.timing().now() - begun >= options_.wait) break;
    session_.timing().sleep(pause);
  }
  for (const std::size_t index : open) {
    // What could not be read is as unknown as it was.
    const bool is_absent = std::find(absent.begin(), absent.end(), index) != absent.end();
    if (is_absent || run_.progress[index] == Progress::answered) note(index, Progress::not_seen, run_.reasons[index]);
    tell(What::not_seen, index, run_.reasons[index]);
  }
  return absent;
}

void Runner::look_again() {
  std::vector<std::size_t> begun, waiting;
  for (std::size_t i = 0; i < run_.progress.size(); ++i) {
    const Progress progress = run_.progress[i];
    if (progress == Progress::sending || progress == Progress::answered || progress == Progress::not_seen)
      begun.push_back(i);
    if (progress == Progress::waiting) waiting.push_back(i);
  }
  // What was not there after all that time was not done. Of what no call shows, that is not known, but it may be sent
  // again.
  for (const std::size_t index : verify(begun)) run_.progress[index] = Progress::waiting;
  for (const std::size_t index : begun) {
    const bool is_open = run_.progress[index] == Progress::sending || run_.progress[index] == Progress::not_seen;
    if (is_open && !is_shown(run_.plan.actions[index])) run_.progress[index] = Progress::waiting;
    // And where it could not be read, the run waits with all that comes after it.
    if (is_open && is_shown(run_.plan.actions[index])) outcome_.cut_off = true;
  }
  std::erase_if(waiting, [&](std::size_t index) { return !is_ready(real(index)); });
  const Shown shown = read_things(waiting);
  // What cannot be read may have been changed by somebody.
  outcome_.cut_off = outcome_.cut_off || !shown.is_whole();
  for (std::size_t i = 0; i < waiting.size(); ++i) {
    if (!shown.is_read[i]) continue;
    const std::size_t index = waiting[i];
    if (is_shown(run_.plan.actions[index]) && is_seen(index, shown.facts)) {
      note(index, Progress::seen);
    } else if (!is_as_planned(index, shown.facts)) {
      outcome_.moved.push_back(run_.plan.actions[index].title);
    }
  }
}

void Runner::send() {
  std::vector<std::size_t> answered;
  bool are_rules_seen = true;
  const auto check = [&] { verify(std::exchange(answered, {})); };
  bool has_checked = false;
  for (std::size_t i = 0; i < run_.plan.actions.size() && !has_stopped(); ++i) {
    const Action& action = run_.plan.actions[i];
    const bool takes_rule = action.kind == Action::Kind::take_away && action.effects.size() == 1 &&
                            action.effects.front().thing.front() == "rule";
    // A rule of an earlier policy goes once those that take its place are seen.
    if (takes_rule && !std::exchange(has_checked, true)) {
      check();
      for (std::size_t j = 0; j < i; ++j) {
        const bool is_rule =
            run_.plan.actions[j].effects.size() == 1 && run_.plan.actions[j].effects.front().thing.front() == "rule";
        are_rules_seen = are_rules_seen && (!is_rule || run_.progress[j] == Progress::seen);
      }
    }
    if (run_.progress[i] != Progress::waiting) continue;
    if (takes_rule && !are_rules_seen) {
      tell(What::left, i);
      continue;
    }
    send(i);
    if (run_.progress[i] == Progress::answered) answered.push_back(i);
  }
  if (outcome_.disk.empty() && !outcome_.cut_off) check();
}

void Runner::send(std::size_t index) {
  const Action action = real(index);
  if (!is_ready(action)) return tell(What::left, index);
  // With the ids of what was made, the step and its rule bear another id, by which the run is undone.
  const std::string& planned = run_.plan.actions[index].step;
  if (action.step != planned && run_.made.emplace(planned, action.step).second) {
    if (const auto problem = journal_.note_id(planned, action.step)) outcome_.disk = *problem;
  }
  note(index, Progress::sending);
  if (!outcome_.disk.empty()) return;
  tell(What::sending, index);
  const Reply reply = session_.call(action.request);
  ++outcome_.sent;
  take_answer(index, reply);
}

void Runner::take_id(const Action& action, const std::string& id) {
  if (id.empty()) return;
  run_.made[action.produces] = id;
  real_.clear();
  if (const auto problem = journal_.note_id(action.produces, id)) outcome_.disk = *problem;
}

void Runner::take_answer(std::size_t index, const Reply& reply) {
  const Action& action = run_.plan.actions[index];
  const bool is_old = reply.kind == Reply::Kind::refused && is_there_already(reply.reason);
  switch (is_old ? Reply::Kind::done : reply.kind) {
    case Reply::Kind::done:
      if (const auto* made = dingtalk::find_produced(action.request.call); made != nullptr && !action.produces.empty())
        take_id(action, id_in(reply.tree, made->pointer.substr(1)));
      note(index, Progress::answered);
      return;
    case Reply::Kind::refused: {
      const std::string reason = reply.scopes.empty() ? reply.reason : reply.reason + " (" + joined(reply.scopes) + ")";
      note(index, Progress::refused, reason);
      return tell(What::refused, index, reason);
    }
    case Reply::Kind::used_up:
      outcome_.used_up = true;
      note(index, Progress::waiting, reply.reason);
      return tell(What::used_up, index, reply.reason);
    case Reply::Kind::not_taken:
      outcome_.cut_off = true;
      note(index, Progress::waiting, reply.reason);
      return tell(What::not_taken, index, reply.reason);
    case Reply::Kind::unknown: break;
  }
  // It may have been done: the tenant knows, and the request is not sent again.
  run_.reasons[index] = reply.reason;
  tell(What::unknown, index, reply.reason);
  verify({index});
}

}  // namespace farol::apply
