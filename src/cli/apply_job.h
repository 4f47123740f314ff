// `apply`, its parts: what a run of the verb has at hand, and what it says.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "apply/journal.h"
#include "apply/plan.h"
#include "apply/run.h"
#include "apply/session.h"
#include "cli/context.h"
#include "cli/output.h"
#include "driver/driver.h"
#include "target/dingtalk/confirmations.h"

namespace farol::cli {

struct ApplyJob {
  ApplyJob(Context& of, std::vector<std::string> policy_paths) : context(of), paths(std::move(policy_paths)) {}

  Context& context;
  std::vector<std::string> paths;
  driver::Compilation compilation;
  dingtalk::Ledger ledger{};
  std::string corp{};
  std::unique_ptr<apply::Transport> transport{};
  std::optional<apply::Session> session{};
  std::optional<apply::Journal> journal{};
  std::chrono::seconds wait{60};

  [[nodiscard]] apply::PolicyView policy() const;
  [[nodiscard]] apply::PlanOptions plan_options() const;
  // The file that binds what is found.
  [[nodiscard]] std::string ids_file() const;
};

// Compiles the policy and opens the tenant. Says what is wrong; `code` is then not `done`.
[[nodiscard]] std::optional<ApplyJob> open_job(Context& context, ExitCode& code);

[[nodiscard]] bool as_json(const Context& context);
void show_plan(Context& context, const apply::Planned& planned);
void show_event(Context& context, const apply::Event& event, std::size_t of);
// A line for people, or an event with a text for programs.
void say(Context& context, std::string_view event, const diag::Text& text);

// What is left to do when a run is through: ids are bound, what was seen is confirmed, and the tenant is compared once
// more.
[[nodiscard]] ExitCode close_run(ApplyJob& job, const apply::Run& run);
// Asks for the name of the tenant where a plan takes something away.
[[nodiscard]] bool has_typed_name(ApplyJob& job, const apply::Plan& plan);

}  // namespace farol::cli
