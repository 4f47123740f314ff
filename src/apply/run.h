// Sends a plan, and looks whether the tenant has what was sent.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "apply/journal.h"
#include "apply/plan.h"
#include "apply/session.h"
#include "target/dingtalk/what_to_collect.h"

namespace farol::apply {

// What happens to an action, for a terminal or as a line of JSON.
struct Event {
  enum class What : std::uint8_t { sending, seen, not_seen, refused, used_up, not_taken, unknown, left };
  What what = What::sending;
  std::size_t action = 0;  // from 1
  std::string title{}, reason{};
};
[[nodiscard]] std::string_view to_string(Event::What what);

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

// What the tenant has now of all that some actions change.
struct Shown {
  Facts facts;
  // Of each action, whether it was read what it changes: what is not in the facts then is not there.
  std::vector<bool> is_read;
  bool used_up = false;  // the calls of the month

  [[nodiscard]] bool is_whole() const;
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
  // An action of the plan with the ids that replies gave in the place of those that stood for them.
  [[nodiscard]] const Action& real(std::size_t index);
  [[nodiscard]] bool is_ready(const Action& action) const;
  void send(std::size_t index);
  void take_answer(std::size_t index, const Reply& reply);
  void take_id(const Action& action, const std::string& id);
  // Reads back those of the actions that are not seen yet, until they are, or the time is over. Returns those of which
  // it was read that they are not there.
  std::vector<std::size_t> verify(std::vector<std::size_t> open);
  [[nodiscard]] Shown read_things(const std::vector<std::size_t>& indices);
  // Whether what is there is what the last of the actions that change the same thing has set.
  [[nodiscard]] bool is_seen(std::size_t index, const Facts& facts);
  // Whether nobody else has changed what an action is going to change.
  [[nodiscard]] bool is_as_planned(std::size_t index, const Facts& facts);
  void note(std::size_t index, Progress progress, const std::string& reason = {});
  void tell(Event::What what, std::size_t index, const std::string& reason = {});

  Session& session_;
  Journal& journal_;
  Run& run_;
  RunOptions options_;
  Outcome outcome_;
  std::map<std::string, std::string> real_ids_;
  std::vector<std::optional<Action>> real_;  // as far as they were asked for since the last id was given
};

// The calls that show what a request does.
[[nodiscard]] std::vector<dingtalk::Collected> calls_that_show(const dingtalk::Request& request);
[[nodiscard]] Shown facts_about(Session& session, const std::vector<Action>& actions);

}  // namespace farol::apply
