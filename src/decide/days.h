// The days on which a policy becomes another one by itself, because a rule begins or has ended.
#pragma once

#include <map>
#include <vector>

#include "decide/decisions.h"

namespace farol::decide {

// Sorted: the first days of rules, and the days after their last ones.
[[nodiscard]] std::vector<base::Date> days_of_change(const Model& model);
// Those of them that come after a day.
[[nodiscard]] std::vector<base::Date> days_of_change(const Model& model, base::Date after);

// The decisions of several days of one policy. Days on which the same rules are in force share theirs, so that `as_of`
// may be another one of these days.
class DecisionsByDay {
 public:
  // Both outlive this.
  DecisionsByDay(const Model& model, const Decisions& today)
      : model_(model), today_(today), changes_(days_of_change(model)) {}

  [[nodiscard]] const Decisions& on(base::Date day);

 private:
  [[nodiscard]] std::size_t period_of(base::Date day) const;

  const Model& model_;
  const Decisions& today_;
  std::vector<base::Date> changes_;
  std::map<std::size_t, Decisions> known_;  // by how many changes came before
};

}  // namespace farol::decide
