// Sends a plan, and looks whether the tenant has what was sent.
#pragma once

#include <cstddef>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "apply/journal.h"
#include "apply/plan.h"
#include "apply/session.h"
#include "target/dingtalk/what_to_collect.h"

namespace farol::apply {

// What happens, for a terminal or as a line of JSON: `sent`, with the action's number and title.
struct Event {
  std::string_view what;
  std::size_t action = 0;  // from 1; 0: it is about none
  std::string title{}, reason{};
};

struct RunOptions {
  // How long a list may be late: what it does not show is asked for again until then.
  std::chrono::seconds wait{60};
  std::function<void(const Event&)> tell = [](const Event&) {};
  // With ids for the roles that were made, the ids of steps are others: from those of the plan to those.
  std::function<std::map<std::string, std::string>(const std::map<std::string, std::string>& made)> step_ids;
};

struct Outcome {
  std::size_t sent = 0, seen = 0;
  bool used_up = false;            // the calls of the month: go on with the rest in the next one
  bool cut_off = false;            // the platform is not reached
  std::string disk;                // what is wrong with it; nothing was sent after that
  std::vector<std::string> moved;  // what somebody has changed meanwhile; nothing was sent then
};

class Runner {
 public:
  Runner(Session& session, Journal& journal, Run& run, RunOptions options)
      : session_(session), journal_(journal), run_(run), options_(std::move(options)) {}

  // Looks at what was begun and at what waits, before anything is sent: what may have been sent is never sent again
  // while it may still come to light.
  void look_again();
  // Sends what waits.
  void send();
  [[nodiscard]] const Outcome& outcome() const { return outcome_; }

 private:
  [[nodiscard]] bool has_stopped() const;
  [[nodiscard]] Action with_real_ids(const Action& action) const;
  [[nodiscard]] bool is_ready(const Action& action) const;
  void send(std::size_t index);
  void take_answer(std::size_t index, const Action& action, const Reply& reply);
  void take_id(const Action& action, const std::string& id);
  // Reads back those of the actions that are not seen yet, until they are, or the time is over.
  void verify(std::vector<std::size_t> open);
  [[nodiscard]] std::optional<Facts> read_things(const std::vector<std::size_t>& indices);
  void note(std::size_t index, Progress progress, const std::string& reason = {});
  void tell(std::string_view what, std::size_t index, const std::string& reason = {});

  Session& session_;
  Journal& journal_;
  Run& run_;
  RunOptions options_;
  Outcome outcome_;
};

// The calls that show what a request does.
[[nodiscard]] std::vector<dingtalk::Collected> calls_that_show(const dingtalk::Request& request);
// What the tenant has now of all that some actions change; nullopt if a call of it said nothing. `used_up` becomes true
// where the calls of the month are; null: nobody asks.
[[nodiscard]] std::optional<Facts> facts_about(Session& session, const std::vector<Action>& actions, bool* used_up);

}  // namespace farol::apply
