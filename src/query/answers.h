// What one role may do with one feature, in as few answers as people need: what is allowed in some cases is not refused
// in the others as well.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "decide/answers.h"
#include "document/document.h"
#include "model/model.h"

namespace farol::query {

// `none` of a feature that the policy says nothing about is the platform's business.
[[nodiscard]] document::Mark mark_of(const model::Model& model, const decide::Answer& answer);

// Answers on different objects that differ in nothing but the rules behind them are one answer, by all of these rules,
// or several, each by the rules that decide on every object of it.
enum class Reasons : std::uint8_t { united, apart };
using WantedObject = std::function<bool(model::ObjectId)>;

// Together the answers are about every wanted object that the feature acts on, each for this one role; all are wanted
// if `wanted` is empty. Of an object that is
// allowed in some cases only these are given, since a governed feature is refused in the others; of one that is allowed
// in none, those in which a rule refuses it. Sorted by mark, then by first object. What keeps them is not filled in,
// since several things may (`decide::Answers::keepers` knows), but for what is withheld.
[[nodiscard]] std::vector<decide::Answer> summary_of(const model::Model& model, const decide::Answers& answers,
                                                     model::RoleId role, model::FeatureId feature,
                                                     Reasons reasons = Reasons::united,
                                                     const WantedObject& wanted = {});

// Returns true if the role is allowed the feature on some object, in some context.
[[nodiscard]] bool allows(const decide::Answers& answers, model::RoleId role, model::FeatureId feature);

}  // namespace farol::query
