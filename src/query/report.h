// The papers that an authority, an auditor or the staff ask for, made from what a policy says. What the policy does not
// say is written as "not stated": nothing is invented, and nothing is left out in silence.
#pragma once

#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/phrases.h"
#include "check/checks.h"
#include "decide/answers.h"
#include "decide/decisions.h"
#include "document/document.h"
#include "model/model.h"
#include "query/grants.h"
#include "target/dingtalk/confirmations.h"

namespace farol::query {

enum class Kind : std::uint8_t {
  applicability,
  approvals,
  assessment,
  deletion,
  evidence,
  incidents,
  inventory,
  metadata,
  notice,
  notification,
  processors,
  requests,
  review,
  risk,
  training,
  usage
};
// In the order of their names, which are those of `farol report`.
[[nodiscard]] std::span<const std::string_view> kinds();
[[nodiscard]] std::optional<Kind> find_kind(std::string_view name);
[[nodiscard]] base::Phrase title_of(Kind kind);

// A permission on data that was given, altered or taken away, in words.
struct AccessChange {
  std::string owner, data, role, feature, terms, change;
};

// With which commit of the branch a rule came in: a merge, or the commit itself.
struct Approval {
  model::RuleId rule;
  std::string commit;   // in words; empty: it is not committed
  std::string written;  // of a merge: the commit that it brought in, in words
};

// The policy as it was when something was filed.
struct Filed {
  const model::Model* model = nullptr;
  const decide::Decisions* decisions = nullptr;
  std::string name{};  // in words
};

// What is known beside the policy and its decisions; null: nothing.
struct Inputs {
  check::CheckFindings findings;            // of the checks: some papers list them as open points
  std::vector<dingtalk::SignedStep> steps;  // with what is confirmed of them; empty: nothing is known of that
  std::string since;                        // what a review compares with, in words; empty: with nothing
  std::vector<AccessChange> changes;        // since then; by owner
  // With what each permission is bounded by: neither the rules of use nor a review is made without.
  const decide::Answers* answers = nullptr;
  const RoleHolders* holders = nullptr;              // for a review
  const document::Section* review = nullptr;         // for evidence: what came back of a review
  const Filed* filed = nullptr;                      // for a notification: only what has changed since is written
  const std::vector<Approval>* approvals = nullptr;  // for approvals
};
// Texts of the policy that have no translation into the language are added to `untranslated`, if it is not null.
[[nodiscard]] document::Document make(Kind kind, const model::Model& model, const decide::Decisions& decisions,
                                      const Inputs& inputs, base::Language language,
                                      std::set<std::string>* untranslated = nullptr);

// Something that was notified and is said otherwise now.
struct Amendment {
  std::string title;               // of the filing, with its number
  std::vector<std::string> items;  // of article 23: "5. Processors"
};
[[nodiscard]] std::vector<Amendment> amendments(const Filed& before, const Filed& now, base::Language language);

}  // namespace farol::query
