// What `apply` says, and what it writes when a run is through.
#include <algorithm>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "apply/lookups.h"
#include "base/digest.h"
#include "base/log_text.h"
#include "base/text.h"
#include "cli/apply_job.h"
#include "cli/input.h"
#include "driver/confirmations.h"
#include "target/dingtalk/bindings.h"
#include "target/dingtalk/lower.h"

namespace farol::cli {
namespace {

using Json = nlohmann::json;

void event_line(Context& context, const Json& event) {
  context.environment.out << event.dump(-1, ' ', false, Json::error_handler_t::replace) << '\n' << std::flush;
}

std::string_view sign_of(apply::Action::Kind kind) {
  switch (kind) {
    case apply::Action::Kind::make: return "+";
    case apply::Action::Kind::change: return "~";
    case apply::Action::Kind::take_away: break;
  }
  return "-";
}

// What a request changes, in the terms of what is read.
std::string effect_text(const apply::Effect& effect) {
  const auto value = [](const std::optional<apply::Fact>& fact) {
    if (!fact) return std::string("nothing");
    const auto found = fact->find("");
    return found == fact->end() ? std::string("there") : found->second;
  };
  return fmt::format("{}: {} -> {}", fmt::join(effect.thing, " "), effect.is_shown ? value(effect.before) : "not shown",
                     value(effect.after));
}

std::string statement_of(const std::string& key, const std::string& id) {
  const std::size_t dot = key.find('.');
  const dingtalk::IdKind* kind = dingtalk::find_id_kind(key);
  const bool is_number = kind != nullptr && kind->form == dingtalk::IdForm::number;
  const std::string written = is_number ? id : "\"" + id + "\"";
  return fmt::format("bind {} {} to {}\n", key.substr(0, dot), key.substr(dot + 1), written);
}

// Ids that look-ups and replies brought.
std::map<std::string, std::string> new_ids(const apply::Run& run) {
  std::map<std::string, std::string> ids = run.plan.found;
  for (const auto& [key, id] : run.made) {
    if (run.plan.stand_ins.contains(key)) ids[key] = id;
  }
  return ids;
}

ExitCode bind_ids(ApplyJob& job, const std::map<std::string, std::string>& ids) {
  Context& context = job.context;
  const dingtalk::Bindings bound{job.compilation.model};
  std::string statements;
  for (const auto& [key, id] : ids) {
    if (!bound.is_bound(key)) statements += statement_of(key, id);
  }
  if (statements.empty()) return ExitCode::done;
  const std::string file = job.ids_file();
  const ExitCode code = rewrite(context, [&]() -> std::variant<std::vector<base::OutputFile>, ExitCode> {
    constexpr std::size_t most = std::size_t{16} << 20;
    base::Original original;
    if (context.files().exists(file)) {
      auto text = context.files().read(file, most);
      if (const auto* problem = std::get_if<base::FileError>(&text))
        return usage_error(context, "cannot read `" + file + "`: " + problem->reason);
      original = {true, std::get<std::string>(std::move(text))};
    }
    std::string content =
        original.exists ? original.content : "farol 1\n\n// Ids of the tenant, as `farol apply` found them.\n";
    if (!content.empty() && content.back() != '\n') content += '\n';
    content += statements;
    return std::vector<base::OutputFile>{{file, std::move(content), std::move(original)}};
  });
  if (code == ExitCode::done) say(context, "bound", fmt::format("bound {} ids in {}", ids.size(), file));
  return code;
}

// Signs for the steps that the run made and the tenant shows, with the journal as evidence.
ExitCode sign_steps(ApplyJob& job, const apply::Run& run, const apply::State& state) {
  Context& context = job.context;
  std::set<std::string> targets;
  for (std::size_t i = 0; i < run.plan.actions.size(); ++i) {
    const bool is_done = run.progress[i] == apply::Progress::seen || run.progress[i] == apply::Progress::answered;
    if (is_done && !run.plan.actions[i].target.empty()) targets.insert(run.plan.actions[i].target);
  }
  std::vector<const dingtalk::Step*> steps;
  for (const dingtalk::Finding& finding : state.drift.findings) {
    if (finding.step == nullptr || !targets.contains(finding.step->target)) continue;
    const bool is_otherwise = finding.verdict == dingtalk::Verdict::differs;
    if (!is_otherwise) steps.push_back(finding.step);
  }
  if (steps.empty()) return ExitCode::done;
  auto stream = context.files().open(job.journal->path());
  std::string digest;
  if (auto* open = std::get_if<std::unique_ptr<base::ByteStream>>(&stream)) {
    auto read = base::sha256_hex(**open);
    if (const auto* text = std::get_if<std::string>(&read)) digest = *text;
  }
  const std::string path = ledger_path(context, job.paths);
  const std::string folder = base::folder_of(path);
  std::string evidence = job.journal->path();
  if (!folder.empty() && evidence.starts_with(folder + "/")) evidence = evidence.substr(folder.size() + 1);
  const auto in = static_cast<std::size_t>(context.settings.language);
  const ExitCode code = rewrite(context, [&]() -> std::variant<std::vector<base::OutputFile>, ExitCode> {
    auto read = driver::read_ledger(context.files(), path, job.compilation.model, false);
    if (const auto* problem = std::get_if<std::string>(&read)) return usage_error(context, *problem);
    auto& ledger = std::get<dingtalk::Ledger>(read);
    for (const dingtalk::Step* step : steps)
      ledger.confirmations.add({0, step->id, step->target, step->title[in], step->value[in], "farol apply",
                                context.settings.as_of, evidence, digest});
    return std::vector<base::OutputFile>{{path, ledger.confirmations.write(), std::move(ledger.original)}};
  });
  if (code == ExitCode::done) say(context, "confirmed", fmt::format("confirmed {} steps in {}", steps.size(), path));
  return code;
}

}  // namespace

void say(Context& context, std::string_view event, const std::string& text) {
  if (as_json(context)) {
    event_line(context, {{"event", event}, {"text", text}});
  } else {
    print(context, text);
  }
}

void show_event(Context& context, const apply::Event& event, std::size_t of) {
  if (as_json(context)) {
    Json line{{"event", event.what}, {"action", event.action}, {"of", of}, {"title", event.title}};
    if (!event.reason.empty()) line["reason"] = event.reason;
    return event_line(context, line);
  }
  if (event.what == "seen") return;
  const std::string reason = event.reason.empty() ? std::string{} : ": " + event.reason;
  print(context, fmt::format("[{} of {}] {}: {}{}", event.action, of, event.what, event.title, reason));
  context.environment.out << std::flush;
}

void show_plan(Context& context, const apply::Plan& made) {
  // Ids that the replies will give are shown by what they are of.
  std::map<std::string, std::string> names;
  for (const auto& [key, stand_in] : made.stand_ins) names[stand_in] = key;
  apply::Plan plan = apply::with_names(made, names);
  if (as_json(context)) {
    event_line(context, {{"event", "plan"},
                         {"tenant", plan.corp},
                         {"name", plan.name},
                         {"make", plan.count(apply::Action::Kind::make)},
                         {"change", plan.count(apply::Action::Kind::change)},
                         {"take_away", plan.count(apply::Action::Kind::take_away)},
                         {"agree", plan.agreeing},
                         {"by_hand", plan.by_hand},
                         {"calls", plan.reads},
                         {"counted", plan.counted},
                         {"missing_codes", plan.missing_codes},
                         {"left", plan.left}});
    for (const apply::Action& action : plan.actions) {
      std::vector<std::string> changes;
      for (const apply::Effect& effect : action.effects) changes.push_back(effect_text(effect));
      event_line(context, {{"event", "action"},
                           {"kind", to_string(action.kind)},
                           {"title", action.title},
                           {"call", info(action.request.call).identifier},
                           {"changes", changes}});
    }
    return;
  }
  print(context, fmt::format("{} ({})", plan.name, plan.corp));
  for (const apply::Action& action : plan.actions) {
    print(context, fmt::format("  {} {}", sign_of(action.kind), action.title));
    for (const apply::Effect& effect : action.effects) {
      if (effect.is_shown && apply::agrees(effect.before, effect.after)) continue;
      print(context, fmt::format("      {}", effect_text(effect)));
    }
  }
  for (const std::string& left : plan.left) print(context, "  ! " + left);
  for (const std::string& code : plan.missing_codes) print(context, "  ! the app lacks the permission code " + code);
  print(context,
        fmt::format("{} to make, {} to change, {} to take away; {} steps are so, {} by hand, {} not done",
                    plan.count(apply::Action::Kind::make), plan.count(apply::Action::Kind::change),
                    plan.count(apply::Action::Kind::take_away), plan.agreeing, plan.by_hand, plan.left.size()));
  std::size_t counted = 2 * plan.counted;
  for (const apply::Action& action : plan.actions) counted += info(action.request.call).counted ? 2 : 0;
  print(context, fmt::format("{} calls, of which {} count; sending it takes about {} of the {} of a month", plan.reads,
                             plan.counted, counted, dingtalk::limits::calls_a_month));
}

bool has_typed_name(ApplyJob& job, const apply::Plan& plan) {
  Context& context = job.context;
  const std::size_t taken = plan.count(apply::Action::Kind::take_away);
  if (taken == 0) return true;
  std::string typed;
  if (const std::string* given = context.request.find(OptionId::tenant)) {
    typed = *given;
  } else if (context.environment.read_line && context.environment.out_is_terminal) {
    context.environment.err << fmt::format("{} things are taken away. The name of the tenant, to go on: ", taken)
                            << std::flush;
    typed = context.environment.read_line().value_or("");
  }
  if (typed == plan.name) return true;
  error(context, fmt::format("{} things would be taken away from `{}`: `--tenant \"{}\"` says that they may", taken,
                             plan.name, plan.name));
  return false;
}

ExitCode close_run(ApplyJob& job, const apply::Run& run) {
  Context& context = job.context;
  std::size_t done = 0, refused = 0, waiting = 0;
  for (const apply::Progress each : run.progress) {
    refused += each == apply::Progress::refused ? 1 : 0;
    waiting += each == apply::Progress::waiting ? 1 : 0;
  }
  done = run.progress.size() - refused - waiting;
  say(context, "done", fmt::format("{} done, {} refused, {} left", done, refused, waiting));
  const std::map<std::string, std::string> ids = new_ids(run);
  ExitCode code = refused + waiting > 0 ? ExitCode::failed : ExitCode::done;
  if (!run.plan.undoes.empty()) return code;
  code = worse(code, bind_ids(job, ids));
  const apply::PolicyView before = job.policy();
  const model::Model bound = apply::with_bindings(before.model, ids);
  const auto config = dingtalk::lower(bound, before.decisions, {before.allow_undocumented, before.together}).config;
  const apply::PolicyView policy{bound, before.decisions, config, before.together, before.allow_undocumented};
  const apply::Planned now = apply::make_plan(*job.session, policy, job.plan_options());
  code = worse(code, sign_steps(job, run, now.state));
  const bool is_clean = now.state.drift.is_clean();
  say(context, "drift",
      is_clean ? "the tenant has what the policy says, as far as calls show it" : "the tenant differs still");
  for (const std::string& left : now.plan.left) say(context, "left", "  ! " + left);
  for (const apply::Action& action : now.plan.actions) {
    if (action.effects.empty() || action.effects.front().is_shown) say(context, "differs", "  ! " + action.title);
  }
  if (!is_clean) return worse(code, ExitCode::failed);
  return now.state.has_seen() ? code : worse(code, ExitCode::unseen);
}

}  // namespace farol::cli
