// The papers that an authority, an auditor or the staff ask for, made from what a policy says. What it does not say
// stands there as "not stated": nothing is invented, and nothing is left out in silence.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "analysis/decisions.h"
#include "checks/checks.h"
#include "model/model.h"
#include "report/document.h"

namespace farol::report {

enum class Kind : std::uint8_t {
  assessment,
  deletion,
  evidence,
  inventory,
  metadata,
  notice,
  notification,
  review,
  risk,
  training,
  usage
};
// In the order of their names, which are those of `farol report`.
[[nodiscard]] std::span<const std::string_view> kinds();
[[nodiscard]] std::optional<Kind> find_kind(std::string_view name);

// `findings` are those of the checks, which some papers list as open points.
[[nodiscard]] Document make(Kind kind, const model::Model& model, const analysis::Decisions& decisions,
                            const checks::Findings& findings, base::Language language);

}  // namespace farol::report
