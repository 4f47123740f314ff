// The decisions as a list that outputs can write: for one role and feature, which objects have which answer.
#pragma once

#include <optional>
#include <vector>

#include "decide/boxes.h"
#include "decide/decisions.h"

namespace farol::decide {

// One answer other than `none`, for all objects and contexts that share it.
struct Permission {
  RoleId role;  // `model.nobody()`: whoever holds no role
  FeatureId feature;
  std::vector<ObjectId> objects;      // complete and sorted: tiers' own data, data classes, apps … one by one
  Effect effect = Effect::none;       // allow, deny, or conflict where the policy has one
  std::vector<Box> when;              // one empty box: always
  std::vector<ControlId> controls;    // sorted
  std::vector<RuleId> rules;          // the deciding ones, sorted
  std::optional<base::Date> expires;  // the last day, if every deciding rule ends
};

// In canonical order: by first object, then by `when`. Objects whose answer is none everywhere are in no entry.
[[nodiscard]] std::vector<Permission> permissions_of(const Model& model, const Decisions& decisions, RoleId role,
                                                     FeatureId feature);

// The objects that each cell of a table answers for, those that share a twin's answer included, in the order of the
// kind.
[[nodiscard]] std::vector<std::vector<ObjectId>> objects_by_cell(const Model& model, const Table& table,
                                                                 model::ActsOn kind);
// The last day of the rule that ends last; nothing where one of them does not end.
[[nodiscard]] std::optional<base::Date> last_day(const Model& model, const std::vector<RuleId>& rules);

// A feature that an allow names, or that is denied to somebody: what outputs have rows for. The others are left to the
// platform.
[[nodiscard]] bool is_stated(const Model& model, const Decisions& decisions, FeatureId feature);

// Every role in order, and whoever holds none last.
[[nodiscard]] std::vector<RoleId> all_roles(const Model& model);

}  // namespace farol::decide
