#include "decide/days.h"

#include <algorithm>

#include "base/sorted.h"

namespace farol::decide {

std::vector<base::Date> days_of_change(const Model& model) {
  std::vector<base::Date> days;
  for (const model::Rule& rule : model.rules) {
    if (rule.from) days.push_back(*rule.from);
    if (rule.until) days.push_back({rule.until->days + 1});
  }
  base::sort_unique(days);
  return days;
}

std::vector<base::Date> days_of_change(const Model& model, base::Date after) {
  std::vector<base::Date> days = days_of_change(model);
  days.erase(days.begin(), std::upper_bound(days.begin(), days.end(), after));
  return days;
}

const Decisions& DecisionsByDay::on(base::Date day) {
  const std::size_t period = period_of(day);
  if (period == period_of(today_.as_of)) return today_;
  const auto known = known_.find(period);
  return known != known_.end() ? known->second : known_.emplace(period, decide(model_, day)).first->second;
}

std::size_t DecisionsByDay::period_of(base::Date day) const {
  return static_cast<std::size_t>(std::upper_bound(changes_.begin(), changes_.end(), day) - changes_.begin());
}

}  // namespace farol::decide
