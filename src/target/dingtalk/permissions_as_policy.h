// A permissions.json as a policy that is decided, so that it can be compared with others.
#pragma once

#include <variant>

#include "decide/decisions.h"
#include "model/model.h"
#include "target/dingtalk/permissions_document.h"

namespace farol::dingtalk {

struct PermissionsAsPolicy {
  model::Model model;  // of each rule only how the document refers to it
  decide::Decisions decisions;
};

// Makes a policy of a document that was read. Names that it does not declare, or declares twice, are problems.
[[nodiscard]] std::variant<PermissionsAsPolicy, NotPermissions> as_policy(const PermissionsDocument& document);

}  // namespace farol::dingtalk
