#include "support/farol.h"

#include <chrono>
#include <memory>
#include <optional>
#include <sstream>

#include "base/digest.h"
#include "base/write_ahead.h"
#include "cli/cli.h"
#include "support/reached_tenant.h"

namespace farol::testing {

driver::Compilation compile_text(const std::string& text) {
  base::MemoryFileSystem disk;
  disk.files["p.farol"] = text;
  driver::Options options;
  options.load.paths = {"p.farol"};
  options.as_of = *base::parse_date(today);
  return driver::compile(disk, options);
}

namespace {

base::FileResult<git::OpenRevision> open(const Circumstances& circumstances, const git::Revision& revision) {
  const std::string name = revision.branch.empty() ? revision.name : revision.name + "..." + revision.branch;
  const auto found = circumstances.revisions.find(name);
  if (found == circumstances.revisions.end()) return base::FileError{"there is no revision `" + name + "`"};
  constexpr std::size_t digits = 40;  // as many as git's names have
  return git::OpenRevision{std::make_unique<base::MemoryFileSystem>(found->second),
                           base::sha256_hex(name).substr(0, digits)};
}

HttpTenant* reached_tenant = nullptr;

// Journals among the files in memory.
class MemoryWriteAhead final : public base::WriteAhead {
 public:
  explicit MemoryWriteAhead(base::MemoryFileSystem& files) : files_(files) {}

  [[nodiscard]] std::variant<std::monostate, base::FileError> append(const std::string& path,
                                                                     std::string_view text) override {
    const auto before = files_.read(path, std::string::npos);
    const auto* there = std::get_if<std::string>(&before);
    return files_.write({{path, (there == nullptr ? std::string{} : *there) + std::string(text)}});
  }
  [[nodiscard]] base::FileResult<std::unique_ptr<base::HeldFile>> hold(const std::string&) override {
    return std::make_unique<base::HeldFile>();
  }
  [[nodiscard]] bool is_private(const std::string& path) const override { return files_.exists(path); }

 private:
  base::MemoryFileSystem& files_;
};

// Reaches a simulated tenant without a network.
class TenantTransport final : public apply::Transport {
 public:
  explicit TenantTransport(HttpTenant& tenant) : tenant_(tenant) {}

  [[nodiscard]] apply::Answer send(const apply::Message& message) override {
    HttpRequest request{message.method, message.path, {}, {}, message.body};
    for (const auto& [key, value] : message.query) request.query[key] = value;
    const bool is_in_query = message.host == dingtalk::Host::oapi;
    if (!message.token.empty())
      (is_in_query ? request.query["access_token"] : request.headers["x-acs-dingtalk-access-token"]) = message.token;
    HttpReply reply = tenant_.answer(request);
    if (reply.cut >= 0) return {apply::Answer::Kind::unknown, 0, {}, "the connection was cut"};
    return {apply::Answer::Kind::answered, reply.status, std::move(reply.body)};
  }

 private:
  HttpTenant& tenant_;
};

}  // namespace

void reach_tenant(HttpTenant* tenant) { reached_tenant = tenant; }

Outcome run_farol(base::MemoryFileSystem& files, const std::vector<std::string>& arguments,
                  const Circumstances& circumstances) {
  const std::map<std::string, std::string> before = files.files;
  std::ostringstream out;
  std::ostringstream err;
  std::istringstream typed(circumstances.standard_input);
  std::chrono::milliseconds time{0};
  MemoryWriteAhead journals{files};
  cli::Environment environment{
      .files = files,
      .standard_input = [&](std::size_t limit) { return circumstances.standard_input.substr(0, limit + 1); },
      .out = out,
      .err = err,
      .out_is_terminal = circumstances.terminal,
      .err_is_terminal = circumstances.terminal,
      .no_color = circumstances.no_color,
      .now = {std::int64_t{base::parse_date(today).value().days} * 86'400 + 43'200},  // noon, UTC
      .read_line = [&]() -> std::optional<std::string> {
        std::string line;
        return std::getline(typed, line) ? std::optional(line) : std::nullopt;
      },
      .open_revision = [&](const std::string&, const git::Revision& revision) { return open(circumstances, revision); },
      .connect = [&](const apply::Connection&) -> std::variant<std::unique_ptr<apply::Transport>, std::string> {
        if (reached_tenant == nullptr) return "there is no network here";
        return std::make_unique<TenantTransport>(*reached_tenant);
      },
      .timing = {[&] { return time; }, [&](std::chrono::milliseconds pause) { time += pause; }},
      .journals = &journals,
      .variable = [&](const std::string& name) -> std::optional<std::string> {
        if (reached_tenant == nullptr) return std::nullopt;
        if (name == "DWS_CLIENT_ID") return reached_tenant->app_key;
        return name == "DWS_CLIENT_SECRET" ? std::optional(reached_tenant->app_secret) : std::nullopt;
      },
      .language = circumstances.language,
  };
  Outcome outcome;
  outcome.exit = cli::run(arguments, environment);
  outcome.out = out.str();
  outcome.err = err.str();
  for (const auto& [path, content] : files.files) {
    const auto found = before.find(path);
    if (found == before.end() || found->second != content) outcome.wrote[path] = content;
  }
  return outcome;
}

}  // namespace farol::testing
