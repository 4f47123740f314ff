// What the owners of data review: every permission on a class of data, one line each, and what has changed between two
// policies.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/phrases.h"
#include "decide/answers.h"
#include "model/model.h"

namespace farol::query {

// One permission. It is made of texts alone, so that it can be compared with one of another policy.
struct ReviewedGrant {
  // In names, the same in every language: `hr drive.read payroll`, and with all terms
  // `hr drive.read payroll when device=managed requiring encryption until 2027-01-01`. `everyone` is whoever holds no
  // role.
  std::string subject, permission;
  // In words.
  std::string owner;  // of the data; "not stated" where there is none
  std::string data, role, feature;
  std::string when, controls, until;  // empty: always, none, for good
  std::vector<model::RuleId> rules;   // the deciding ones, of its own policy

  // The terms in one sentence: "Device: a managed device; requires: Encrypted storage".
  [[nodiscard]] std::string terms(base::Language language) const;
};

// By owner, then data, role and feature, each in the order of its words.
[[nodiscard]] std::vector<ReviewedGrant> grants_of(const model::Model& model, const decide::Answers& answers,
                                                   base::Language language);

struct Change {
  enum class Kind : std::uint8_t {
    unchanged,
    added,    // nothing of its subject was allowed before
    altered,  // under other terms
    removed,  // no longer allowed
  };
  Kind kind = Kind::unchanged;
  ReviewedGrant grant;  // of `removed` the one that was
  std::string before;   // of `altered`: the terms that were
};
// Every grant of `now`, in its order, and those that were taken away, each behind the others of its owner.
[[nodiscard]] std::vector<Change> compare(const std::vector<ReviewedGrant>& before,
                                          const std::vector<ReviewedGrant>& now, base::Language language);
// "new", "changed, was: always"
[[nodiscard]] std::string in_words(const Change& change, base::Language language);

}  // namespace farol::query
