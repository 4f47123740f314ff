// The parts of permissions.json that say what an administrator does. Their form: docs/permissions.schema.json.
#pragma once

#include "base/json_writer.h"
#include "model/model.h"
#include "target/dingtalk/admin_config.h"

namespace farol::dingtalk {

void write_steps(base::JsonWriter& json, const model::Model& model, const AdminConfig& config);
void write_bindings(base::JsonWriter& json, const AdminConfig& config);
// By feature and reason: what the policy says and the platform does not do.
void write_unsupported(base::JsonWriter& json, const model::Model& model, const AdminConfig& config);
void write_requirements(base::JsonWriter& json, const AdminConfig& config);

}  // namespace farol::dingtalk
