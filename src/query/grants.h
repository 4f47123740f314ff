// What those in charge review: privileged rights, every permission on a class of data, and whatever else shows personal
// data, one line each, and what has changed between two policies.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/phrases.h"
#include "decide/answers.h"
#include "document/words.h"
#include "model/model.h"

namespace farol::query {

// One permission. It is made of texts alone, so that it can be compared with one of another policy.
struct ReviewedGrant {
  // In names, the same in every language: `hr drive.read payroll`, and with all terms
  // `hr drive.read payroll when device=managed requiring encryption until 2027-01-01`. `everyone` is whoever holds no
  // role.
  std::string subject, permission;
  bool privileged = false;
  model::RoleId held_by;  // of its own policy; `nobody()`: whoever holds no role
  // In words.
  std::string owner;  // of the data, else of the review; "not stated" where there is none
  std::string data;   // or what else it is about; empty: nothing
  std::string role, feature;
  std::string when, controls, until;  // empty: always, none, for good
  std::vector<model::RuleId> rules;   // the deciding ones, of its own policy

  // The terms in one sentence: "Device: a managed device; requires: Encrypted storage".
  [[nodiscard]] std::string terms(base::Language language) const;
};

// Who holds the roles, where a list of people was given.
struct RoleHolder {
  std::string id, name;  // the name may be empty
};
using RoleHolders = std::map<model::RoleId, std::vector<RoleHolder>>;
// "Ana Lam (u1), u2"; nobody is said, too. Empty if there was no list.
[[nodiscard]] std::string holders_in_words(const RoleHolders* holders, model::RoleId role, base::Language language);
// Returns true if a name, such as that of who decided, is one of the role's: a holder's id or name, or its own title.
[[nodiscard]] bool is_holder(const RoleHolders* holders, const ReviewedGrant& grant, std::string_view name);

// What is privileged first; then by owner, data, role and feature, each in the order of its words.
[[nodiscard]] std::vector<ReviewedGrant> grants_of(const model::Model& model, const decide::Answers& answers,
                                                   const document::Words& words);

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
