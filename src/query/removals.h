// What became of the permissions that a review asked to take away: by the policy of today, and in the tenant where that
// was read. Of what was not looked at nothing is claimed.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/phrases.h"
#include "decide/answers.h"
#include "document/document.h"
#include "model/model.h"
#include "target/dingtalk/drift.h"

namespace farol::query {

struct Result;
struct ReviewAnswer;

// A tenant that was read, held against the policy of today.
struct ReadTenant {
  std::string name, digest;  // of the export: SHA-256 of its bytes
  std::string collected;     // when, as the export says; empty: it does not
  dingtalk::Drift drift;
};

struct Removal {
  enum class Policy : std::uint8_t {
    allows,
    allows_otherwise,  // under other terms
    leaves_open,       // no rule speaks of it any more, and the platform decides
    unknown,           // something of it is not in the policy of today, under its name
    refuses,
  };
  enum class Tenant : std::uint8_t {
    not_read,
    too_old,   // not known to be read since the decision
    no_step,   // no step of the policy sets it
    not_kept,  // no setting tells the role apart
    differs,
    beyond,  // it has things beyond the policy, by which somebody may have it still
    unseen,
    agrees,
  };
  const ReviewAnswer* answer = nullptr;
  Policy policy = Policy::refuses;
  Tenant tenant = Tenant::not_read;
  std::string name{};                                // of `unknown`
  std::vector<const dingtalk::Finding*> findings{};  // of `differs`, `unseen` and `agrees`: those that say so
  std::size_t beyond = 0;

  // It may be there still: the review stays open.
  [[nodiscard]] bool is_open() const;
};

// Those that are to be removed, and what the policy says of them now.
[[nodiscard]] std::vector<Removal> removals_of(const Result& result, const model::Model& model,
                                               const decide::Decisions& decisions);
// The same in the tenant. The removals point into `tenant` then.
void look_for(std::vector<Removal>& removals, const ReadTenant& tenant, const model::Model& model,
              const decide::Answers& answers, const dingtalk::AdminConfig& config);

// What was looked at, and a row for each removal; nothing if there is none.
void add_removals(document::Section& section, const std::vector<Removal>& removals, const ReadTenant* tenant,
                  base::Language language);

}  // namespace farol::query
