// Which rules can have to do with a rule.
#pragma once

#include <set>
#include <vector>

#include "decide/decisions.h"

namespace farol::check {

using decide::RuleId;

class NearRules {
 public:
  explicit NearRules(const model::Model& model) : model_(model) {}

  // The others, of those in force on a day, that share a role and a feature with it.
  [[nodiscard]] std::set<RuleId> of(RuleId rule, base::Date day);
  // It is the only allow, whatever the dates, that governs one of its features.
  [[nodiscard]] bool is_only_grant(RuleId rule);

 private:
  const model::Model& model_;
  std::vector<std::size_t> grants_;  // how many allows name each feature
};

}  // namespace farol::check
