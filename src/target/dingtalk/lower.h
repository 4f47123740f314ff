// From decisions to what an administrator does (facts about the platform: docs/applying.md and the catalogue).
//
// The rules that all of it keeps:
// - A request is made only where it is documented, and only about things that the policy names one by one: a sentence
//   about the whole organisation never becomes a request for one meeting, file or group.
// - A setting may be stricter than the policy, never more open. Where the platform cannot do what the policy says, the
//   step says what is set instead, and the permission is kept by people or by nobody.
// - No list that may be empty means everybody.
// - Every permission comes out again, with what keeps it.
// - What somebody gets who holds several roles is decided for them, not role by role: requests name those who are known
//   to hold several, and what a setting does to others is said.
#pragma once

#include <cstddef>
#include <span>

#include "decide/answers.h"
#include "decide/decisions.h"
#include "decide/people.h"
#include "model/model.h"
#include "target/dingtalk/admin_config.h"

namespace farol::dingtalk {

struct LowerOptions {
  bool allow_undocumented = false;                  // requests of tier B, marked as such
  std::span<const decide::Together> together = {};  // people who hold several roles, known or assumed
  // What an administrator has to do; without it the configuration is empty, and the answers name no steps.
  bool plans = true;
};

struct Lowered {
  decide::Answers answers;  // every answer of a feature that the policy states, with what keeps it
  AdminConfig config;
};

// Equal policies give equal results, whatever the order of statements. Of a policy with errors the result is usable,
// but must not be written out.
[[nodiscard]] Lowered lower(const model::Model& model, const decide::Decisions& decisions,
                            const LowerOptions& options = {});

// How often `lower` has run in this process. A compilation lowers once, and a test counts it.
[[nodiscard]] std::size_t lowerings();

}  // namespace farol::dingtalk
