// `apply`: the tenant follows the policy.
#include "cli/apply_job.h"

#include <algorithm>

#include "apply/lookups.h"
#include "cli/input.h"
#include "diag/messages_cli.h"
#include "model/digest.h"
#include "target/dingtalk/lower.h"

namespace farol::cli {
namespace {

constexpr std::size_t max_plan_bytes = std::size_t{64} << 20;

// The ids of the steps, with other ids bound: the rules of the address book carry them.
std::map<std::string, std::string> renamed_steps(const ApplyJob& job, const apply::Plan& plan,
                                                 const std::map<std::string, std::string>& made) {
  const apply::PolicyView policy = job.policy();
  std::map<std::string, std::string> real = plan.stand_ins, by_target, renamed;
  for (const auto& [key, id] : made) {
    if (real.contains(key)) real[key] = id;
  }
  // The run may have bound them before it ended, and goes on now.
  const model::Model before = apply::without_bindings(policy.model, real);
  const auto steps_with = [&](const std::map<std::string, std::string>& ids) {
    const model::Model bound = apply::with_bindings(apply::with_bindings(before, plan.found), ids);
    return dingtalk::lower(bound, policy.decisions, {policy.allow_undocumented, policy.together}).config.steps;
  };
  for (const dingtalk::Step& step : steps_with(real)) by_target[step.target] = step.id;
  for (const dingtalk::Step& step : steps_with(plan.stand_ins)) {
    const auto found = by_target.find(step.target);
    if (found != by_target.end()) renamed[step.id] = found->second;
  }
  return renamed;
}

apply::RunOptions run_options(ApplyJob& job, const apply::Plan& plan) {
  apply::RunOptions options;
  options.wait = job.wait;
  options.tell = [&job, of = plan.actions.size()](const apply::Event& event) { show_event(job.context, event, of); };
  options.step_ids = [&job, plan](const auto& made) { return renamed_steps(job, plan, made); };
  return options;
}

// Actions of a run that the tenant has, or may have. Rules carry the ids that their steps had with the ids of that run.
std::vector<apply::Action> done_in(const apply::Run& run) {
  std::map<std::string, std::string> ids;
  for (const auto& [key, made] : run.made) {
    const auto stand_in = run.plan.stand_ins.find(key);
    ids[stand_in == run.plan.stand_ins.end() ? key : stand_in->second] = made;
  }
  std::vector<apply::Action> done;
  const apply::Plan real = apply::with_ids(run.plan, ids);
  for (std::size_t i = 0; i < real.actions.size(); ++i) {
    if (run.progress[i] != apply::Progress::waiting && run.progress[i] != apply::Progress::refused)
      done.push_back(real.actions[i]);
  }
  return done;
}

diag::Text in_words(const apply::NoRun& none) {
  if (none.reason.empty()) return message::apply_none_open(none.path);
  return message::cannot_read(none.path, message::verbatim(none.reason));
}

std::variant<apply::Planned, diag::Text> plan_for(ApplyJob& job, const std::string& undoes) {
  apply::Planned planned;
  if (undoes.empty()) return apply::make_plan(*job.session, job.policy(), job.plan_options());
  auto read = job.journal->read(undoes);
  if (const auto* none = std::get_if<apply::NoRun>(&read)) return in_words(*none);
  apply::Run& run = std::get<apply::Run>(read);
  if (run.plan.corp != job.corp) return message::apply_run_elsewhere(undoes, run.plan.corp);
  const std::vector<apply::Action> done = done_in(run);
  // What was made there is bound here, so that what hangs on it is read.
  planned = apply::make_plan(*job.session, job.policy(), job.plan_options());
  const apply::Shown shown = apply::facts_about(*job.session, done);
  if (!shown.is_whole()) return message::apply_run_not_read(undoes);
  planned.plan = apply::make_undo(done, undoes, planned, shown.facts, job.context.settings.language);
  return planned;
}

ExitCode plan_only(ApplyJob& job) {
  Context& context = job.context;
  const std::string* undo = context.request.find(OptionId::undo);
  auto made = plan_for(job, undo == nullptr ? std::string{} : *undo);
  if (const auto* problem = std::get_if<diag::Text>(&made)) return usage_error(context, *problem);
  const auto& planned = std::get<apply::Planned>(made);
  show_plan(context, planned);
  if (planned.state.used_up) {
    error(context, message::apply_month_over());
    return ExitCode::unseen;
  }
  if (const auto file = output_file(context)) {
    const ExitCode code = write(context, std::vector<base::OutputFile>{{*file, to_json(planned.plan)}});
    if (code != ExitCode::done) return code;
    say(context, "wrote", message::apply_wrote_plan(*file));
  }
  return undo == nullptr && !planned.state.has_seen() ? ExitCode::unseen : ExitCode::done;
}

// The plan of a file, if it is one for this policy and this tenant, and has not grown old.
std::optional<apply::Plan> read_plan_file(ApplyJob& job, const std::string& path, const std::string& digest) {
  Context& context = job.context;
  auto text = read_input(context, path, max_plan_bytes);
  if (const auto* problem = std::get_if<base::FileError>(&text)) {
    error(context, message::apply_no_plan_file(path, problem->reason));
    return std::nullopt;
  }
  auto read = apply::read_plan(std::get<std::string>(text));
  if (const auto* problem = std::get_if<std::string>(&read)) {
    error(context, message::apply_not_a_plan(path, *problem));
    return std::nullopt;
  }
  auto& plan = std::get<apply::Plan>(read);
  if (plan.corp != job.corp) {
    error(context, message::apply_plan_elsewhere(path, plan.corp, job.corp));
    return std::nullopt;
  }
  if (plan.policy != digest) {
    error(context, message::apply_plan_of_another(path));
    return std::nullopt;
  }
  if (plan.valid < context.environment.now.seconds) {
    error(context, message::apply_plan_old(path));
    return std::nullopt;
  }
  return std::move(plan);
}

ExitCode run_to_its_end(ApplyJob& job, apply::Run& run, bool is_again) {
  Context& context = job.context;
  apply::Runner runner{*job.session, *job.journal, run, run_options(job, run.plan)};
  if (is_again) runner.look_again();
  runner.send();
  const apply::Outcome& outcome = runner.outcome();
  for (const std::string& what : outcome.moved) error(context, message::apply_changed(what));
  if (!outcome.moved.empty()) return ExitCode::failed;
  if (!outcome.disk.empty()) return usage_error(context, message::apply_journal_stopped(outcome.disk));
  const bool is_open = outcome.used_up || outcome.cut_off ||
                       std::any_of(run.progress.begin(), run.progress.end(), [](apply::Progress each) {
                         return each == apply::Progress::sending || each == apply::Progress::not_seen;
                       });
  if (is_open) {
    if (outcome.used_up) error(context, message::apply_used_up());
    say(context, "open", message::apply_open(run.id));
    return ExitCode::unseen;
  }
  // A run that ends before it was bound and signed for is resumed to do that.
  const ExitCode code = close_run(job, run);
  if (code == ExitCode::usage_error) return code;
  if (const auto problem = job.journal->finish()) return usage_error(context, message::apply_journal(*problem));
  return code;
}

ExitCode confirm_plan(ApplyJob& job, const std::string& path) {
  Context& context = job.context;
  const std::string digest = apply::digest_of(job.policy());
  const auto plan = read_plan_file(job, path, digest);
  if (!plan) return ExitCode::usage_error;
  if (const auto problem = job.journal->hold(job.corp)) return usage_error(context, message::apply_another(*problem));
  auto made = plan_for(job, plan->undoes);
  if (const auto* problem = std::get_if<diag::Text>(&made)) return usage_error(context, *problem);
  const std::vector<std::string> moved = apply::moved(*plan, std::get<apply::Planned>(made).plan);
  for (const std::string& what : moved) error(context, message::apply_moved(what));
  if (!moved.empty()) {
    error(context, message::apply_new_plan());
    return ExitCode::failed;
  }
  if (!has_typed_name(job, *plan)) return ExitCode::usage_error;
  apply::Run run{job.journal->new_id(job.plan_options().made), *plan, {}, {}, {}};
  run.progress.assign(plan->actions.size(), apply::Progress::waiting);
  run.reasons.assign(plan->actions.size(), {});
  if (const auto problem = job.journal->begin(*plan, run.id))
    return usage_error(context, message::apply_journal(*problem));
  say(context, "run", message::apply_run(run.id));
  return run_to_its_end(job, run, false);
}

ExitCode resume_run(ApplyJob& job) {
  Context& context = job.context;
  if (const auto problem = job.journal->hold(job.corp)) return usage_error(context, message::apply_another(*problem));
  auto read = job.journal->read({});
  if (const auto* none = std::get_if<apply::NoRun>(&read)) return usage_error(context, in_words(*none));
  auto& run = std::get<apply::Run>(read);
  if (run.plan.corp != job.corp) return usage_error(context, message::apply_run_elsewhere(run.id, run.plan.corp));
  // The run itself may have bound ids before it ended.
  if (run.plan.policy != model::digest_of(apply::without_bindings(job.compilation.model, apply::ids_of(run))))
    return usage_error(context, message::apply_run_of_another(run.id));
  if (const auto problem = job.journal->open(run)) return usage_error(context, message::apply_journal(*problem));
  say(context, "run", message::apply_run(run.id));
  return run_to_its_end(job, run, true);
}

}  // namespace

ExitCode apply(Context& context) {
  const bool confirms = context.request.has(OptionId::confirm_plan);
  const bool resumes = context.request.has(OptionId::resume);
  const bool undoes = context.request.has(OptionId::undo);
  if (confirms + resumes + undoes > 1) return usage_error(context, message::apply_one_at_a_time());
  ExitCode code = ExitCode::done;
  auto job = open_job(context, code);
  if (!job) return code;
  if (confirms) return confirm_plan(*job, *context.request.find(OptionId::confirm_plan));
  return resumes ? resume_run(*job) : plan_only(*job);
}

}  // namespace farol::cli
