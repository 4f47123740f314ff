#include "apply/journal.h"

#include <algorithm>
#include <exception>

#include <nlohmann/json.hpp>

#include "apply/plan_json.h"

namespace farol::apply {

using Json = nlohmann::json;

namespace {

constexpr std::size_t max_journal_bytes = std::size_t{256} << 20;

// Takes one line of a journal. A line that is no JSON was cut by whatever ended the run, before it counted.
void take_line(const std::string& line, Run& run) {
  const Json json = Json::parse(line, nullptr, false);
  if (!json.is_object()) return;
  if (json.contains("plan")) {
    run.plan = plan_of(json["plan"]);
    run.id = json.value("run", std::string{});
    run.progress.assign(run.plan.actions.size(), Progress::waiting);
    run.reasons.assign(run.plan.actions.size(), {});
  }
  if (json.contains("id")) run.made[json.value("key", std::string{})] = json.value("id", std::string{});
  if (json.contains("finished")) run.finished = true;
  if (!json.contains("action")) return;
  const auto action = json["action"].get<std::size_t>();
  if (action >= run.progress.size()) return;
  const auto is = json.value("is", std::string{});
  for (const Progress each : {Progress::waiting, Progress::sending, Progress::answered, Progress::seen,
                              Progress::not_seen, Progress::refused}) {
    if (to_string(each) == is) run.progress[action] = each;
  }
  run.reasons[action] = json.value("reason", std::string{});
}

}  // namespace

std::string_view to_string(Progress progress) {
  switch (progress) {
    case Progress::waiting: return "waiting";
    case Progress::sending: return "sending";
    case Progress::answered: return "answered";
    case Progress::seen: return "seen";
    case Progress::not_seen: return "not_seen";
    case Progress::refused: break;
  }
  return "refused";
}

std::map<std::string, std::string> ids_of(const Run& run) {
  std::map<std::string, std::string> ids = run.plan.found;
  for (const auto& [key, id] : run.made) {
    if (run.plan.stand_ins.contains(key)) ids[key] = id;
  }
  return ids;
}

std::optional<std::string> Journal::hold(const std::string& corp) {
  auto held = disk_.hold(folder_ + "/" + corp + ".lock");
  if (const auto* error = std::get_if<base::FileError>(&held)) return error->reason;
  held_ = std::move(std::get<std::unique_ptr<base::HeldFile>>(held));
  return std::nullopt;
}

std::string Journal::new_id(const std::string& moment) const {
  std::string id;
  for (const char c : moment) {
    if (c != '-' && c != ':') id += c;
  }
  for (int i = 2; files_.exists(path_of(id)); ++i) id = id.substr(0, id.find('-')) + "-" + std::to_string(i);
  return id;
}

std::optional<std::string> Journal::write(const std::string& line) {
  const auto written = disk_.append(path_, line + "\n");
  const auto* error = std::get_if<base::FileError>(&written);
  return error == nullptr ? std::nullopt : std::optional(error->reason);
}

std::optional<std::string> Journal::begin(const Plan& plan, const std::string& id) {
  run_ = id;
  path_ = path_of(id);
  return write(Json{{"run", id}, {"plan", json_of(plan)}}.dump());
}

std::variant<Run, NoRun> Journal::read(const std::string& id) const {
  std::string wanted = id;
  if (wanted.empty()) {
    const auto names = files_.list(folder_);
    const auto* all = std::get_if<std::vector<std::string>>(&names);
    for (auto name = all == nullptr ? std::vector<std::string>{} : *all; !name.empty(); name.pop_back()) {
      if (!name.back().ends_with(".jsonl")) continue;
      wanted = name.back().substr(0, name.back().size() - 6);
      const auto run = read(wanted);
      const auto* found = std::get_if<Run>(&run);
      if (found != nullptr && !found->finished) return *found;
    }
    return NoRun{folder_};
  }
  const auto text = files_.read(path_of(wanted), max_journal_bytes);
  if (const auto* error = std::get_if<base::FileError>(&text)) return NoRun{path_of(wanted), error->reason};
  Run run;
  try {
    const std::string& all = std::get<std::string>(text);
    run.is_cut = !all.ends_with('\n');
    for (std::size_t at = 0; at < all.size();) {
      const std::size_t end = std::min(all.find('\n', at), all.size());
      take_line(all.substr(at, end - at), run);
      at = end + 1;
    }
  } catch (const std::exception& problem) {
    return NoRun{path_of(wanted), problem.what()};
  }
  // Its first line was cut: nothing was sent.
  if (run.id.empty()) run.finished = true;
  run.id = wanted;
  return run;
}

std::optional<std::string> Journal::open(const Run& run) {
  run_ = run.id;
  path_ = path_of(run.id);
  return run.is_cut ? write(std::string{}) : std::nullopt;
}

std::optional<std::string> Journal::note(std::size_t action, Progress progress, const std::string& reason) {
  Json json{{"action", action}, {"is", to_string(progress)}};
  if (!reason.empty()) json["reason"] = reason;
  return write(json.dump(-1, ' ', false, Json::error_handler_t::replace));
}

std::optional<std::string> Journal::note_id(const std::string& key, const std::string& id) {
  return write(Json{{"key", key}, {"id", id}}.dump());
}

std::string Journal::last_line() { return Json{{"finished", true}}.dump(); }

std::optional<std::string> Journal::finish() { return write(last_line()); }

}  // namespace farol::apply
