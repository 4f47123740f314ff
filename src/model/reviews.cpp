#include "model/reviews.h"

#include <variant>

namespace farol::model {

ReviewPeriod review_period(const Model& model) {
  ReviewPeriod period;
  const base::Date day{};
  for (const Entity& entity : model.entities) {
    const Attribute* every = entity.kind == "review" ? entity.find("every") : nullptr;
    const auto* length = every == nullptr ? nullptr : std::get_if<base::Duration>(&every->values.front());
    if (length == nullptr) continue;
    if (!period.stated || base::add(day, *length) < base::add(day, period.length)) period.length = *length;
    period.stated = true;
  }
  return period;
}

}  // namespace farol::model
