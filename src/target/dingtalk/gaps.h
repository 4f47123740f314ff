// `gaps` in permissions.json: where the policy does not meet the checks of its packs.
#pragma once

#include "base/json_writer.h"
#include "check/checks.h"
#include "model/model.h"

namespace farol::dingtalk {

// The key and its array, which is empty where every check is met.
void write_gaps(base::JsonWriter& json, const model::Model& model, const check::CheckFindings& findings);

}  // namespace farol::dingtalk
