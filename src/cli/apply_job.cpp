#include "cli/apply_job.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "base/text.h"
#include "cli/input.h"
#include "diag/messages_cli.h"
#include "target/dingtalk/bindings.h"

namespace farol::cli {
namespace {

constexpr std::int64_t plan_lasts = 3600;  // seconds
constexpr std::size_t max_credentials_bytes = 4096;

// 2026-11-29T22:34:00Z
std::string moment_of(base::Instant now) {
  constexpr std::int64_t day = 86'400, hour = 3600, minute = 60;
  const std::int64_t in_day = now.seconds % day;
  return fmt::format("{}T{:02}:{:02}:{:02}Z", base::to_string(base::day_in_utc(now)), in_day / hour,
                     in_day % hour / minute, in_day % minute);
}

// The lines of a file such as a shell reads: NAME=VALUE.
std::string value_in(const std::string& text, const std::string& name) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string line = text.substr(at, end - at);
    at = end + 1;
    if (line.starts_with("export ")) line = line.substr(7);
    if (!line.starts_with(name + "=")) continue;
    std::string value = line.substr(name.size() + 1);
    while (!value.empty() && (value.back() == '\r' || value.back() == ' ')) value.pop_back();
    if (value.size() > 1 && (value.front() == '"' || value.front() == '\'') && value.back() == value.front())
      value = value.substr(1, value.size() - 2);
    return value;
  }
  return {};
}

std::variant<apply::Credentials, diag::Text> read_credentials(Context& context) {
  constexpr const char* key = "DWS_CLIENT_ID";
  constexpr const char* secret = "DWS_CLIENT_SECRET";
  apply::Credentials credentials;
  if (const std::string* file = context.request.find(OptionId::credentials)) {
    const std::string path = located(context, *file);
    auto text = context.files().read(path, max_credentials_bytes);
    if (const auto* error = std::get_if<base::FileError>(&text))
      return message::apply_credentials_unreadable(path, error->reason);
    if (!context.environment.journals->is_private(path)) return message::apply_credentials_open(path, path);
    credentials = {value_in(std::get<std::string>(text), key), value_in(std::get<std::string>(text), secret)};
    if (credentials.app_key.empty() || credentials.app_secret.empty()) return message::apply_credentials_lack(path);
    return credentials;
  }
  const auto get = [&](const char* name) {
    return context.environment.variable ? context.environment.variable(name).value_or("") : std::string{};
  };
  credentials = {get(key), get(secret)};
  if (credentials.app_key.empty() || credentials.app_secret.empty()) return message::apply_no_secret();
  return credentials;
}

bool is_through_client(const Context& context) {
  const std::string* through = context.request.find(OptionId::through);
  return through != nullptr && *through == "dws";
}

// The way to the tenant, and a token for it. Says why there is none.
[[nodiscard]] bool connect(ApplyJob& job) {
  Context& context = job.context;
  apply::Connection connection;
  connection.region = job.compilation.config.region;
  connection.by_client = is_through_client(context);
  if (const std::string* server = context.request.find(OptionId::server)) connection.server = *server;
  if (const std::string* file = context.request.find(OptionId::authority))
    connection.authority = located(context, *file);
  const auto fails = [&](const auto& problem) {
    error(context, problem);
    return false;
  };
  if (!context.environment.connect || context.environment.journals == nullptr) return fails("there is no network here");
  auto connected = context.environment.connect(connection);
  if (const auto* problem = std::get_if<std::string>(&connected)) return fails(*problem);
  job.transport = std::move(std::get<0>(connected));
  apply::Credentials credentials;
  if (!job.transport->has_credentials()) {
    auto read = read_credentials(context);
    if (const auto* problem = std::get_if<diag::Text>(&read)) return fails(*problem);
    credentials = std::get<apply::Credentials>(std::move(read));
  }
  job.session.emplace(*job.transport, context.environment.timing, std::move(credentials), job.corp);
  if (const auto problem = job.session->open()) return fails(message::apply_no_token(job.corp, *problem));
  return true;
}

std::vector<dingtalk::ConfirmedStep> confirmed_steps(const driver::Compilation& compilation,
                                                     const dingtalk::Ledger& ledger) {
  std::vector<dingtalk::ConfirmedStep> confirmed;
  for (const dingtalk::Step& step : compilation.config.steps) {
    const auto status = ledger.status_of(step.id, step.target, compilation.decisions.as_of);
    if (status.last != nullptr)
      confirmed.push_back(
          {step.id, status.last->by, base::to_string(status.last->on), status.standing != dingtalk::Standing::current});
  }
  return confirmed;
}

}  // namespace

apply::PolicyView ApplyJob::policy() const {
  return {compilation.model, compilation.decisions, compilation.config, compilation.together.list,
          context.request.has(OptionId::allow_undocumented)};
}

apply::PlanOptions ApplyJob::plan_options() const {
  apply::PlanOptions options;
  options.language = context.settings.language;
  options.made = moment_of(context.environment.now);
  options.valid = context.environment.now.seconds + plan_lasts;
  options.confirmed = confirmed_steps(compilation, ledger);
  options.progress = [&run = context](const std::string& call) {
    if (is_verbose(run)) info(run, call);
  };
  options.choose = [&run = context](const std::string& key,
                                    const std::vector<std::string>& ids) -> std::optional<std::size_t> {
    if (!run.environment.read_line || !run.environment.out_is_terminal) return std::nullopt;
    run.environment.err << key << ":";
    for (std::size_t i = 0; i < ids.size(); ++i) run.environment.err << " " << i + 1 << " = " << base::one_line(ids[i]);
    run.environment.err << "? " << std::flush;
    const std::string answer = run.environment.read_line().value_or("");
    std::size_t chosen = 0;
    const auto end = std::from_chars(answer.data(), answer.data() + answer.size(), chosen).ptr;
    if (answer.empty() || end != answer.data() + answer.size() || chosen == 0 || chosen > ids.size())
      return std::nullopt;
    return chosen - 1;
  };
  return options;
}

std::string ApplyJob::ids_file() const {
  const std::string* file = context.request.find(OptionId::ids);
  return file != nullptr ? located(context, *file) : beside_policy(context, paths, "ids.farol");
}

bool as_json(const Context& context) { return context.request.format(nullptr, "text") == "json"; }

std::optional<ApplyJob> open_job(Context& context, ExitCode& code) {
  ApplyJob job{context, policy_paths(context, context.request.arguments)};
  // What an earlier run has bound belongs to a policy in one file, too.
  const std::string ids = job.ids_file();
  if (!context.files().is_directory(job.paths.front()) && context.files().exists(ids)) job.paths.push_back(ids);
  job.compilation = compile_policy(context, job.paths);
  code = report_errors(context, job.compilation);
  if (!job.compilation.may_write()) return std::nullopt;
  code = ExitCode::usage_error;
  auto ledger = read_ledger(context, job.compilation.model, job.paths);
  if (!ledger) return std::nullopt;
  job.ledger = std::move(*ledger);
  const auto corps = dingtalk::Bindings{job.compilation.model}.ids("tenant.corp");
  if (corps.empty()) {
    error(context, message::apply_which_tenant());
    return std::nullopt;
  }
  job.corp = corps.front();
  if (const std::string* wait = context.request.find(OptionId::wait)) {
    long seconds = -1;
    const auto end = std::from_chars(wait->data(), wait->data() + wait->size(), seconds).ptr;
    if (end != wait->data() + wait->size() || seconds < 0 || seconds > plan_lasts) {
      error(context, message::apply_wait());
      return std::nullopt;
    }
    job.wait = std::chrono::seconds{seconds};
  }
  if (!connect(job)) return std::nullopt;
  const std::string* runs = context.request.find(OptionId::runs);
  const std::string folder =
      runs != nullptr ? located(context, *runs) : base::join_path(base::folder_of(ids), "farol-runs");
  job.journal.emplace(context.files(), *context.environment.journals, folder);
  code = ExitCode::done;
  return job;
}

}  // namespace farol::cli
