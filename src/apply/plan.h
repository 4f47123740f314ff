// What has to be sent so that a tenant does what a policy says: read, compared, in order, and bound to what was read.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "apply/facts.h"
#include "apply/session.h"
#include "decide/decisions.h"
#include "decide/people.h"
#include "model/model.h"
#include "target/dingtalk/admin_config.h"
#include "target/dingtalk/drift.h"

namespace farol::apply {

struct Action {
  enum class Kind : std::uint8_t { make, change, take_away };
  Kind kind = Kind::make;
  std::string target;  // of the step; of what is on top, its kind
  std::string step;    // the id of the step; empty where no step sets it
  std::string title;   // in words, in the reader's language
  dingtalk::Request request;
  std::vector<Effect> effects;
  std::string produces;  // the id that the reply brings: `role.hr`; empty: none
};
[[nodiscard]] std::string_view to_string(Action::Kind kind);
// Sent twice, such a request would make a second thing, or be refused.
[[nodiscard]] bool is_safe_to_repeat(const dingtalk::Request& request);

struct Plan {
  std::string policy;      // its digest
  std::string corp;        // the tenant
  std::string name;        // what people call it: asked for where something is taken away
  std::string made;        // 2026-11-29T22:34:00Z
  std::int64_t valid = 0;  // until, in seconds since 1970
  std::string undoes;      // the run that it undoes; empty: none
  std::vector<Action> actions;
  // Ids that look-ups found, by key; and the numbers that stand for ids which the replies of this plan will give.
  std::map<std::string, std::string> found, stand_ins;
  std::vector<std::string> left;  // what cannot be done, each with its reason
  std::size_t agreeing = 0, by_hand = 0, unseen = 0;
  std::size_t reads = 0, counted = 0;  // calls that were made for it, and those of them that count
  std::vector<std::string> missing_codes;

  [[nodiscard]] std::size_t count(Action::Kind kind) const;
};

// Which of several things that match is meant; nullopt: nobody says so.
using Choose = std::function<std::optional<std::size_t>(const std::string& key, const std::vector<std::string>& ids)>;

struct PolicyView {
  const model::Model& model;
  const decide::Decisions& decisions;
  const dingtalk::AdminConfig& config;
  std::span<const decide::Together> together;
  bool allow_undocumented = false;
};

// Equal for policies that say the same. Of files in which only ids of the tenant are bound later, see `found`.
[[nodiscard]] std::string digest_of(const PolicyView& policy);

struct PlanOptions {
  base::Language language = base::Language::en;
  std::string made;        // the moment
  std::int64_t valid = 0;  // until
  std::vector<dingtalk::ConfirmedStep> confirmed{};
  Choose choose{};
  std::function<void(const std::string& call)> progress = [](const std::string&) {};
};

// What was read for a plan.
struct State {
  Facts facts;
  std::string exported;
  model::Model model;            // with the ids that were found, and those that stand for others
  dingtalk::AdminConfig config;  // of it
  dingtalk::Drift drift;         // of `config`, against what was read
  dingtalk::Tenant live;
  bool used_up = false;
  [[nodiscard]] bool has_seen() const { return drift.has_seen(); }
};

struct Planned {
  Plan plan;
  State state;
};
// Reads and compares; changes nothing.
[[nodiscard]] Planned make_plan(Session& session, const PolicyView& policy, const PlanOptions& options);

// The same for going back to what was there before the actions of a run, in reverse. `facts` are what the tenant has of
// all that they change.
[[nodiscard]] Plan make_undo(const std::vector<Action>& done, const std::string& run, const Planned& now,
                             const Facts& facts, base::Language language);

// Returns where two plans for the same policy differ: what has moved in between. Empty: nothing.
[[nodiscard]] std::vector<std::string> moved(const Plan& then, const Plan& now);

// As JSON, and back. The second returns what is wrong with the text.
[[nodiscard]] std::string to_json(const Plan& plan);
[[nodiscard]] std::variant<Plan, std::string> read_plan(std::string_view text);

// For people: with other words in the place of some in what requests change.
[[nodiscard]] Plan with_names(Plan plan, const std::map<std::string, std::string>& names);
// With ids in the place of what stands for them, wherever it stands.
[[nodiscard]] Plan with_ids(const Plan& plan, const std::map<std::string, std::string>& ids);

}  // namespace farol::apply
