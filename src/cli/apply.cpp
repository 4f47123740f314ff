// `apply`: the tenant follows the policy.
#include "cli/apply_job.h"

#include <algorithm>

#include "apply/lookups.h"
#include "cli/input.h"
#include "target/dingtalk/lower.h"

namespace farol::cli {
namespace {

constexpr std::size_t max_plan_bytes = std::size_t{64} << 20;

// The ids of the steps, with other ids bound: the rules of the address book carry them.
std::map<std::string, std::string> renamed_steps(const ApplyJob& job, const apply::Plan& plan,
                                                 const std::map<std::string, std::string>& made) {
  const apply::PolicyView policy = job.policy();
  const auto steps_with = [&](const std::map<std::string, std::string>& ids) {
    const model::Model bound = apply::with_bindings(apply::with_bindings(policy.model, plan.found), ids);
    return dingtalk::lower(bound, policy.decisions, {policy.allow_undocumented, policy.together}).config.steps;
  };
  std::map<std::string, std::string> real = plan.stand_ins, by_target, renamed;
  for (const auto& [key, id] : made) {
    if (real.contains(key)) real[key] = id;
  }
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

std::variant<apply::Planned, std::string> plan_for(ApplyJob& job, const std::string& undoes) {
  apply::Planned planned;
  if (undoes.empty()) return apply::make_plan(*job.session, job.policy(), job.plan_options());
  auto read = job.journal->read(undoes);
  if (const auto* problem = std::get_if<std::string>(&read)) return *problem;
  apply::Run& run = std::get<apply::Run>(read);
  if (run.plan.corp != job.corp) return "the run " + undoes + " was in the tenant " + run.plan.corp;
  const std::vector<apply::Action> done = done_in(run);
  // What was made there is bound here, so that what hangs on it is read.
  planned = apply::make_plan(*job.session, job.policy(), job.plan_options());
  const auto facts = apply::facts_about(*job.session, done, nullptr);
  if (!facts) return "not all could be read that the run " + undoes + " has changed";
  planned.plan = apply::make_undo(done, undoes, planned, *facts);
  return planned;
}

ExitCode plan_only(ApplyJob& job) {
  Context& context = job.context;
  const std::string* undo = context.request.find(OptionId::undo);
  auto made = plan_for(job, undo == nullptr ? std::string{} : *undo);
  if (const auto* problem = std::get_if<std::string>(&made)) return usage_error(context, *problem);
  const auto& planned = std::get<apply::Planned>(made);
  show_plan(context, planned.plan);
  if (planned.state.used_up) {
    error(context, "the calls of this month are used up: go on next month");
    return ExitCode::unseen;
  }
  if (const auto file = output_file(context)) {
    const ExitCode code = write(context, std::vector<base::OutputFile>{{*file, to_json(planned.plan)}});
    if (code != ExitCode::done) return code;
    say(context, "wrote", "wrote " + *file + ", valid for an hour");
  }
  return undo == nullptr && !planned.state.has_seen() ? ExitCode::unseen : ExitCode::done;
}

// The plan of a file, if it is one for this policy and this tenant, and has not grown old.
std::optional<apply::Plan> read_plan_file(ApplyJob& job, const std::string& path, const std::string& digest) {
  Context& context = job.context;
  auto text = read_input(context, path, max_plan_bytes);
  if (const auto* problem = std::get_if<base::FileError>(&text)) {
    error(context, "cannot read the plan `" + path + "`: " + problem->reason);
    return std::nullopt;
  }
  auto read = apply::read_plan(std::get<std::string>(text));
  if (const auto* problem = std::get_if<std::string>(&read)) {
    error(context, "`" + path + "` is no plan that `farol apply -o` wrote: " + *problem);
    return std::nullopt;
  }
  auto& plan = std::get<apply::Plan>(read);
  if (plan.corp != job.corp) {
    error(context, "`" + path + "` is for the tenant " + plan.corp + ", and the policy for " + job.corp);
    return std::nullopt;
  }
  if (plan.policy != digest) {
    error(context, "`" + path + "` is a plan from another policy: make a new one");
    return std::nullopt;
  }
  if (plan.valid < context.environment.now.seconds) {
    error(context, "`" + path + "` is older than an hour: make a new one");
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
  for (const std::string& what : outcome.moved) error(context, "somebody has changed it meanwhile: " + what);
  if (!outcome.moved.empty()) return ExitCode::failed;
  if (!outcome.disk.empty())
    return usage_error(context, "the journal: " + outcome.disk + "; nothing was sent after that");
  const bool is_open = outcome.used_up || outcome.cut_off ||
                       std::any_of(run.progress.begin(), run.progress.end(), [](apply::Progress each) {
                         return each == apply::Progress::sending || each == apply::Progress::not_seen;
                       });
  if (is_open) {
    if (outcome.used_up) error(context, "the calls of this month are used up");
    say(context, "open", "not all is known: `farol apply --resume` goes on with the run " + run.id);
    return ExitCode::unseen;
  }
  if (const auto problem = job.journal->finish()) return usage_error(context, "the journal: " + *problem);
  return close_run(job, run);
}

ExitCode confirm_plan(ApplyJob& job, const std::string& path) {
  Context& context = job.context;
  const std::string digest = apply::digest_of(job.policy());
  const auto plan = read_plan_file(job, path, digest);
  if (!plan) return ExitCode::usage_error;
  if (const auto problem = job.journal->hold(job.corp))
    return usage_error(context, "another farol sends to this tenant: " + *problem);
  auto made = plan_for(job, plan->undoes);
  if (const auto* problem = std::get_if<std::string>(&made)) return usage_error(context, *problem);
  const std::vector<std::string> moved = apply::moved(*plan, std::get<apply::Planned>(made).plan);
  for (const std::string& what : moved) error(context, "it has moved since the plan was made: " + what);
  if (!moved.empty()) {
    error(context, "nothing was sent: make a new plan");
    return ExitCode::failed;
  }
  if (!has_typed_name(job, *plan)) return ExitCode::usage_error;
  apply::Run run{job.journal->new_id(job.plan_options().made), *plan, {}, {}, {}};
  run.progress.assign(plan->actions.size(), apply::Progress::waiting);
  run.reasons.assign(plan->actions.size(), {});
  if (const auto problem = job.journal->begin(*plan, run.id)) return usage_error(context, "the journal: " + *problem);
  say(context, "run", "run " + run.id);
  return run_to_its_end(job, run, false);
}

ExitCode resume_run(ApplyJob& job) {
  Context& context = job.context;
  if (const auto problem = job.journal->hold(job.corp))
    return usage_error(context, "another farol sends to this tenant: " + *problem);
  auto read = job.journal->read({});
  if (const auto* problem = std::get_if<std::string>(&read)) return usage_error(context, *problem);
  auto& run = std::get<apply::Run>(read);
  if (run.plan.corp != job.corp)
    return usage_error(context, "the run " + run.id + " was in the tenant " + run.plan.corp);
  if (run.plan.policy != apply::digest_of(job.policy()))
    return usage_error(context, "the run " + run.id + " was of another policy: undo it, or make a new plan");
  if (const auto problem = job.journal->open(run)) return usage_error(context, "the journal: " + *problem);
  say(context, "run", "run " + run.id);
  return run_to_its_end(job, run, true);
}

}  // namespace

ExitCode apply(Context& context) {
  const bool confirms = context.request.has(OptionId::confirm_plan);
  const bool resumes = context.request.has(OptionId::resume);
  const bool undoes = context.request.has(OptionId::undo);
  if (confirms + resumes + undoes > 1)
    return usage_error(context, "`--confirm`, `--resume` and `--undo` are things to do one at a time");
  ExitCode code = ExitCode::done;
  auto job = open_job(context, code);
  if (!job) return code;
  if (confirms) return confirm_plan(*job, *context.request.find(OptionId::confirm_plan));
  return resumes ? resume_run(*job) : plan_only(*job);
}

}  // namespace farol::cli
