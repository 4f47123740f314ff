// Ids that a policy does not bind and the tenant has: found by their names, by calls that only read.
#pragma once

#include <map>
#include <string>
#include <vector>

#include "model/model.h"
#include "target/dingtalk/admin_config.h"
#include "target/dingtalk/tenant.h"
#include "target/dingtalk/what_to_collect.h"

namespace farol::apply {

// The calls that show the names of what is not bound.
[[nodiscard]] std::vector<dingtalk::Collected> lookups_for(const dingtalk::AdminConfig& config);
// By key, the ids of what bears a name that the policy gives; none where nothing does.
[[nodiscard]] std::map<std::string, std::vector<std::string>> find_ids(const model::Model& model,
                                                                       const dingtalk::AdminConfig& config,
                                                                       const dingtalk::Tenant& live);

// The model with more ids bound.
[[nodiscard]] model::Model with_bindings(const model::Model& model, const std::map<std::string, std::string>& ids);
// The model as it was before these ids were bound.
[[nodiscard]] model::Model without_bindings(const model::Model& model, const std::map<std::string, std::string>& ids);

}  // namespace farol::apply
