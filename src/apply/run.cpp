#include "apply/run.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "apply/planning.h"
#include "apply/reading.h"
#include "target/dingtalk/drift_comparison.h"

namespace farol::apply {

using dingtalk::Call;
using dingtalk::Collected;
using dingtalk::Node;
using dingtalk::Request;

namespace {

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

bool is_seen(const Action& action, const Facts& facts) {
  return std::all_of(action.effects.begin(), action.effects.end(), [&](const Effect& effect) {
    return !effect.is_shown || agrees(find(facts, effect.thing), effect.after);
  });
}
bool is_shown(const Action& action) {
  return std::any_of(action.effects.begin(), action.effects.end(), [](const Effect& each) { return each.is_shown; });
}
bool is_as_before(const Action& action, const Facts& facts) {
  return std::all_of(action.effects.begin(), action.effects.end(), [&](const Effect& effect) {
    if (!effect.is_shown) return true;
    const auto there = find(facts, effect.thing);
    return agrees(there, effect.before) || agrees(there, effect.after);
  });
}

std::set<std::string> roles_of(const Request& request) {
  std::set<std::string> roles;
  for (const std::string_view key : {"roleIds", "role_id", "roleId"}) {
    for (const std::string& id : ids_in(find_parameter(request, key))) roles.insert(id);
  }
  return roles;
}

}  // namespace

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

void Runner::tell(std::string_view what, std::size_t index, const std::string& reason) {
  options_.tell({what, index + 1, run_.plan.actions[index].title, reason});
}

void Runner::note(std::size_t index, Progress progress, const std::string& reason) {
  run_.progress[index] = progress;
  run_.reasons[index] = reason;
  if (const auto problem = journal_.note(index, progress, reason)) outcome_.disk = *problem;
}

Action Runner::with_real_ids(const Action& action) const {
  std::map<std::string, std::string> ids;
  for (const auto& [key, stand_in] : run_.plan.stand_ins) {
    const auto made = run_.made.find(key);
    if (made != run_.made.end()) ids[stand_in] = made->second;
  }
  if (options_.step_ids && !ids.empty()) ids.merge(options_.step_ids(run_.made));
  Plan one;
  one.actions = {action};
  return with_ids(one, ids).actions.front();
}

bool Runner::is_ready(const Action& action) const {
  Plan one;
  one.actions = {action};
  const std::string text = to_json(one);
  return std::none_of(run_.plan.stand_ins.begin(), run_.plan.stand_ins.end(), [&](const auto& stand_in) {
    return action.produces != stand_in.first && text.find(stand_in.second) != std::string::npos;
  });
}

std::optional<Facts> facts_about(Session& session, const std::vector<Action>& actions, bool* used_up) {
  Reading reading{session, [](const std::string&) {}};
  for (const Action& action : actions) reading.read(calls_that_show(action.request), {}, roles_of(action.request));
  if (used_up != nullptr) *used_up = *used_up || reading.is_used_up();
  if (reading.has_failed()) return std::nullopt;
  return facts_of(reading.tenant(), reading.exported({}));
}

std::optional<Facts> Runner::read_things(const std::vector<std::size_t>& indices) {
  std::vector<Action> actions;
  for (const std::size_t index : indices) actions.push_back(with_real_ids(run_.plan.actions[index]));
  return facts_about(session_, actions, &outcome_.used_up);
}

void Runner::verify(std::vector<std::size_t> open) {
  using std::chrono::milliseconds;
  std::erase_if(open, [&](std::size_t index) { return !is_shown(run_.plan.actions[index]); });
  const auto begun = session_.timing().now();
  for (milliseconds pause{500}; !open.empty(); pause = std::min(pause * 2, milliseconds{15'000})) {
    const std::optional<Facts> facts = read_things(open);
    std::erase_if(open, [&](std::size_t index) {
      const Action action = with_real_ids(run_.plan.actions[index]);
      if (!facts || !is_seen(action, *facts)) return false;
      if (!action.produces.empty() && !run_.made.contains(action.produces)) {
        const auto made = find(*facts, action.effects.front().thing);
        if (made) take_id(action, made->contains("id") ? made->at("id") : std::string{});
      }
      note(index, Progress::seen);
      ++outcome_.seen;
      tell("seen", index);
      return true;
    });
    if (open.empty() || outcome_.used_up || !outcome_.disk.empty()) break;
    if (session_.timing().now() - begun >= options_.wait) break;
    session_.timing().sleep(pause);
  }
  for (const std::size_t index : open) {
    note(index, Progress::not_seen, run_.reasons[index]);
    tell("not seen", index, run_.reasons[index]);
  }
}

void Runner::look_again() {
  std::vector<std::size_t> begun, waiting;
  for (std::size_t i = 0; i < run_.progress.size(); ++i) {
    const Progress progress = run_.progress[i];
    if (progress == Progress::sending || progress == Progress::answered || progress == Progress::not_seen)
      begun.push_back(i);
    if (progress == Progress::waiting) waiting.push_back(i);
  }
  verify(begun);
  // What no call shows after all that time was not done. What was answered and cannot be seen is left as it is.
  for (const std::size_t index : begun) {
    if (run_.progress[index] == Progress::not_seen) run_.progress[index] = Progress::waiting;
    if (run_.progress[index] == Progress::sending) run_.progress[index] = Progress::waiting;
  }
  std::erase_if(waiting, [&](std::size_t index) { return !is_ready(with_real_ids(run_.plan.actions[index])); });
  const std::optional<Facts> facts = read_things(waiting);
  // What cannot be read may have been changed by somebody.
  outcome_.cut_off = outcome_.cut_off || !facts;
  if (!facts) return;
  for (const std::size_t index : waiting) {
    const Action action = with_real_ids(run_.plan.actions[index]);
    if (is_shown(action) && is_seen(action, *facts)) {
      note(index, Progress::seen);
    } else if (!is_as_before(action, *facts)) {
      outcome_.moved.push_back(action.title);
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
      tell("left", i);
      continue;
    }
    send(i);
    if (run_.progress[i] == Progress::answered) answered.push_back(i);
  }
  if (outcome_.disk.empty() && !outcome_.cut_off) check();
}

void Runner::send(std::size_t index) {
  const Action action = with_real_ids(run_.plan.actions[index]);
  if (!is_ready(action)) return tell("left", index);
  // With the ids of what was made, the step and its rule bear another id, by which the run is undone.
  const std::string& planned = run_.plan.actions[index].step;
  if (action.step != planned && run_.made.emplace(planned, action.step).second) {
    if (const auto problem = journal_.note_id(planned, action.step)) outcome_.disk = *problem;
  }
  note(index, Progress::sending);
  if (!outcome_.disk.empty()) return;
  tell("sending", index);
  const Reply reply = session_.call(action.request);
  ++outcome_.sent;
  take_answer(index, action, reply);
}

void Runner::take_id(const Action& action, const std::string& id) {
  if (id.empty()) return;
  run_.made[action.produces] = id;
  if (const auto problem = journal_.note_id(action.produces, id)) outcome_.disk = *problem;
}

void Runner::take_answer(std::size_t index, const Action& action, const Reply& reply) {
  const bool is_old = reply.kind == Reply::Kind::refused && is_there_already(reply.reason);
  switch (is_old ? Reply::Kind::done : reply.kind) {
    case Reply::Kind::done:
      if (!action.produces.empty())
        take_id(action, id_in(reply.tree, action.produces == "tenant.role_group" ? "groupId" : "roleId"));
      note(index, Progress::answered);
      return;
    case Reply::Kind::refused:
      note(index, Progress::refused, reply.reason);
      return tell("refused", index, reply.reason);
    case Reply::Kind::used_up:
      outcome_.used_up = true;
      note(index, Progress::waiting, reply.reason);
      return tell("used up", index, reply.reason);
    case Reply::Kind::not_sent:
      outcome_.cut_off = true;
      note(index, Progress::waiting, reply.reason);
      return tell("not sent", index, reply.reason);
    case Reply::Kind::unknown: break;
  }
  // It may have been done: the tenant knows, and the request is not sent again.
  run_.reasons[index] = reply.reason;
  tell("unknown", index, reply.reason);
  verify({index});
}

}  // namespace farol::apply
