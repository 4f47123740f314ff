// Names on the command line that mean something in a policy.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "cli/parse.h"
#include "driver/driver.h"

namespace farol::cli {

template <class T>
using Looked = std::variant<T, UsageError>;  // an error names the nearest name that there is

[[nodiscard]] Looked<model::RoleId> look_up_role(const model::Model& model, const std::string& name);
[[nodiscard]] Looked<model::FeatureId> look_up_feature(const model::Model& model, const std::string& name);
// One feature, or those of a group: `meeting` and `meeting.*`.
[[nodiscard]] Looked<std::vector<model::FeatureId>> look_up_features(const model::Model& model,
                                                                     const std::string& name);
[[nodiscard]] Looked<model::TierId> look_up_tier(const model::Model& model, const std::string& name);
[[nodiscard]] Looked<model::ObjectId> look_up_data(const model::Model& model, const std::string& name);
// A tier, a class of data, an app, a group, a place or a department.
[[nodiscard]] Looked<model::ObjectId> look_up_object(const model::Model& model, const std::string& name);

// Returns the name of what a title in any language stands for: a role, a feature, a tier or an object; nullopt if it is
// none, or several.
[[nodiscard]] std::optional<std::string> name_of_title(const model::Model& model, const std::string& title);

// Returns true if a feature can be about what an object's name stands for.
[[nodiscard]] bool acts_on(const model::Model& model, model::FeatureId feature, const std::string& object);

}  // namespace farol::cli
