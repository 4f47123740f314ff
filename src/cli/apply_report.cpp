// What `apply` says, and what it writes when a run is through.
#include <algorithm>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <nlohmann/json.hpp>

#include "apply/lookups.h"
#include "apply/plan_json.h"
#include "apply/words.h"
#include "base/digest.h"
#include "base/log_text.h"
#include "base/text.h"
#include "cli/apply_job.h"
#include "cli/input.h"
#include "diag/messages_cli.h"
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

std::string statement_of(const std::string& key, const std::string& id) {
  const std::size_t dot = key.find('.');
  const dingtalk::IdKind* kind = dingtalk::find_id_kind(key);
  const bool is_number = kind != nullptr && kind->form == dingtalk::IdForm::number;
  const std::string written = is_number ? id : "\"" + id + "\"";
  return fmt::format("bind {} {} to {}\n", key.substr(0, dot), key.substr(dot + 1), written);
}

ExitCode bind_ids(ApplyJob& job, const std::map<std::string, std::string>& ids) {
  Context& context = job.context;
  const dingtalk::Bindings bound{job.compilation.model};
  std::string statements;
  std::size_t count = 0;
  for (const auto& [key, id] : ids) {
    if (!bound.is_bound(key)) statements += statement_of(key, id), ++count;
  }
  if (count == 0) return ExitCode::done;
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
  if (code == ExitCode::done) say(context, "bound", message::apply_bound(file, count));
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
  // As it is going to be once it is finished.
  constexpr std::size_t most = std::size_t{256} << 20;
  const auto journal = context.files().read(job.journal->path(), most);
  std::string digest;
  if (const auto* text = std::get_if<std::string>(&journal))
    digest = base::sha256_hex(*text + apply::Journal::last_line() + "\n");
  const std::string path = ledger_path(context, job.paths);
  const std::string folder = base::folder_of(path);
  std::string evidence = job.journal->path();
  if (!folder.empty() && evidence.starts_with(folder + "/")) evidence = evidence.substr(folder.size() + 1);
  const auto in = static_cast<std::size_t>(context.settings.language);
  const ExitCode code = rewrite(context, [&]() -> std::variant<std::vector<base::OutputFile>, ExitCode> {
    auto read = driver::read_ledger(context.files(), path, job.compilation.model, false);
    if (const auto* problem = std::get_if<std::string>(&read)) return usage_error(context, *problem);
    auto& ledger = std::get<dingtalk::Ledger>(read);
    for (const dingtalk::Step* step : steps) {
      // A run that was ended behind this, and went on, has signed for it.
      const auto& signed_for = ledger.confirmations.list();
      const bool is_signed = std::any_of(signed_for.begin(), signed_for.end(), [&](const auto& each) {
        return each.step == step->id && each.evidence == evidence && each.digest == digest;
      });
      if (is_signed) continue;
      ledger.confirmations.add({0, step->id, step->target, step->title[in], step->value[in], "farol apply",
                                context.settings.as_of, evidence, digest});
    }
    return std::vector<base::OutputFile>{{path, ledger.confirmations.write(), std::move(ledger.original)}};
  });
  if (code == ExitCode::done) say(context, "confirmed", message::apply_confirmed(path, steps.size()));
  return code;
}

diag::Text in_words(apply::Event::What what) {
  using What = apply::Event::What;
  switch (what) {
    case What::sending: return message::apply_sending();
    case What::seen: return message::apply_seen();
    case What::not_seen: return message::apply_not_seen();
    case What::refused: return message::apply_refused();
    case What::used_up: return message::apply_used_up();
    case What::not_taken: return message::apply_not_taken();
    case What::unknown: return message::apply_unknown();
    case What::left: break;
  }
  return message::apply_left();
}

// What a plan leaves undone and what it cannot see, a line each.
std::vector<std::string> open_points(const Context& context, const apply::Plan& plan) {
  std::vector<std::string> points = plan.left;
  for (const std::string& code : plan.missing_codes) points.push_back(said(context, message::apply_lacks_code(code)));
  if (plan.unseen > 0) points.push_back(said(context, message::apply_unseen(plan.unseen)));
  return points;
}

}  // namespace

void say(Context& context, std::string_view event, const diag::Text& text) {
  if (as_json(context)) {
    event_line(context, {{"event", event}, {"text", said(context, text)}});
  } else {
    print(context, said(context, text));
  }
}

void show_event(Context& context, const apply::Event& event, std::size_t of) {
  if (as_json(context)) {
    Json line{{"event", to_string(event.what)}, {"action", event.action}, {"of", of}, {"title", event.title}};
    if (!event.reason.empty()) line["reason"] = event.reason;
    return event_line(context, line);
  }
  if (event.what == apply::Event::What::seen) return;
  const std::string number = std::to_string(event.action), all = std::to_string(of);
  diag::Text what = in_words(event.what);
  print(context, said(context, event.reason.empty() ? message::apply_event(number, all, std::move(what), event.title)
                                                    : message::apply_event_because(number, all, std::move(what),
                                                                                   event.title, event.reason)));
  context.environment.out << std::flush;
}

void show_plan(Context& context, const apply::Planned& planned) {
  // Ids that the replies will give are shown by what they are of.
  std::map<std::string, std::string> keys;
  for (const auto& [key, stand_in] : planned.plan.stand_ins) keys[stand_in] = key;
  const apply::Plan plan = apply::with_names(planned.plan, keys);
  if (as_json(context)) {
    event_line(context, {{"event", "plan"},
                         {"tenant", plan.corp},
                         {"name", plan.name},
                         {"make", plan.count(apply::Action::Kind::make)},
                         {"change", plan.count(apply::Action::Kind::change)},
                         {"take_away", plan.count(apply::Action::Kind::take_away)},
                         {"agree", plan.agreeing},
                         {"by_hand", plan.by_hand},
                         {"unseen", plan.unseen},
                         {"calls", plan.reads},
                         {"counted", plan.counted},
                         {"missing_codes", plan.missing_codes},
                         {"left", plan.left}});
    for (const apply::Action& action : plan.actions) {
      Json changes = Json::array();
      for (const apply::Effect& effect : action.effects) changes.push_back(apply::json_of(effect));
      event_line(context, {{"event", "action"},
                           {"kind", to_string(action.kind)},
                           {"title", action.title},
                           {"call", info(action.request.call).identifier},
                           {"changes", changes}});
    }
    return;
  }
  const apply::Names names = apply::names_of(planned.state, context.settings.language);
  print(context, fmt::format("{} ({})", plan.name, plan.corp));
  for (const apply::Action& action : plan.actions) {
    print(context, fmt::format("  {} {}", sign_of(action.kind), action.title));
    for (const apply::Effect& effect : action.effects) {
      if (effect.is_shown && apply::agrees(effect.before, effect.after)) continue;
      print(context, "      " + apply::in_words(effect, context.settings.language, names));
    }
  }
  for (const std::string& open : open_points(context, plan)) print(context, "  ! " + open);
  const auto count = [](std::size_t number) { return std::to_string(number); };
  print(context,
        said(context, message::apply_counts(count(plan.count(apply::Action::Kind::make)),
                                            count(plan.count(apply::Action::Kind::change)),
                                            count(plan.count(apply::Action::Kind::take_away)), count(plan.agreeing),
                                            count(plan.by_hand), count(plan.left.size()))));
  std::size_t counted = 2 * plan.counted;
  for (const apply::Action& action : plan.actions) {
    if (info(action.request.call).counted) counted += 2;
  }
  print(context, said(context, message::apply_calls(count(plan.reads), count(plan.counted), count(counted),
                                                    count(dingtalk::limits::calls_a_month))));
}

bool has_typed_name(ApplyJob& job, const apply::Plan& plan) {
  Context& context = job.context;
  const std::size_t taken = plan.count(apply::Action::Kind::take_away);
  if (taken == 0) return true;
  std::string typed;
  if (const std::string* given = context.request.find(OptionId::tenant)) {
    typed = *given;
  } else if (context.environment.read_line && context.environment.out_is_terminal) {
    context.environment.err << said(context, message::apply_type_name(taken)) << " " << std::flush;
    typed = context.environment.read_line().value_or("");
  }
  if (typed == plan.name) return true;
  error(context, message::apply_name_missing(plan.name, plan.name, taken));
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
  say(context, "done", message::apply_done(std::to_string(done), std::to_string(refused), std::to_string(waiting)));
  const std::map<std::string, std::string> ids = apply::ids_of(run);
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
  say(context, "drift", is_clean ? message::apply_agrees() : message::apply_differs());
  for (const std::string& open : open_points(context, now.plan)) say(context, "left", message::verbatim("  ! " + open));
  for (const apply::Action& action : now.plan.actions) {
    if (action.effects.empty() || action.effects.front().is_shown)
      say(context, "differs", message::verbatim("  ! " + action.title));
  }
  if (!is_clean) return worse(code, ExitCode::failed);
  return now.state.has_seen() ? code : worse(code, ExitCode::unseen);
}

}  // namespace farol::cli
