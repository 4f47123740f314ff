// The calls that show what a tenant has set, as a shell script for the vendor's command line: it writes an export.
#pragma once

#include <string>

#include "model/model.h"
#include "target/dingtalk/admin_config.h"

namespace farol::dingtalk {

// A script for a POSIX shell that needs `dws`, `grep` and `sed`. It changes nothing in the tenant, goes through all
// pages, and writes one file, whole or not at all; a call that fails is in it as one that failed. It asks for what
// the steps set and the policy binds, and where the policy says nothing about ids, for nothing about them.
[[nodiscard]] std::string render_collect_script(const model::Model& model, const AdminConfig& config);
// The script without a policy: it asks for everything that needs no id.
[[nodiscard]] std::string render_collect_script();

}  // namespace farol::dingtalk
