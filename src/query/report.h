// The papers that an authority, an auditor or the staff ask for, made from what a policy says. What the policy does not
// say is written as "not stated": nothing is invented, and nothing is left out in silence.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/phrases.h"
#include "check/checks.h"
#include "decide/answers.h"
#include "decide/decisions.h"
#include "document/document.h"
#include "model/model.h"
#include "target/dingtalk/confirmations.h"

namespace farol::query {

enum class Kind : std::uint8_t {
  assessment,
  deletion,
  evidence,
  inventory,
  metadata,
  notice,
  notification,
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

// What is known beside the policy and its decisions.
struct Inputs {
  check::CheckFindings findings;            // of the checks: some papers list them as open points
  std::vector<dingtalk::SignedStep> steps;  // with what is confirmed of them; empty: nothing is known of that
  std::string since;                        // what a review compares with, in words; empty: with nothing
  std::vector<AccessChange> changes;        // since then; by owner
  // With what each permission is bounded by; null: the rules of use are not made.
  const decide::Answers* answers = nullptr;
};
[[nodiscard]] document::Document make(Kind kind, const model::Model& model, const decide::Decisions& decisions,
                                      const Inputs& inputs, base::Language language);

}  // namespace farol::query
