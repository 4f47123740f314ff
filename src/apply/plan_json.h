// The parts of a plan as JSON: a plan file has them, and the journal of a run.
#pragma once

#include <nlohmann/json.hpp>

#include "apply/plan.h"

namespace farol::apply {

inline constexpr std::string_view plan_format = "farol-plan";
inline constexpr int plan_version = 1;

[[nodiscard]] nlohmann::json json_of(const Effect& effect);
[[nodiscard]] nlohmann::json json_of(const Plan& plan);
// Throws nlohmann's exceptions, or std::runtime_error, where it is no plan.
[[nodiscard]] Plan plan_of(const nlohmann::json& json);

}  // namespace farol::apply
