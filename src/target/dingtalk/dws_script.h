// The requests as a shell script for the vendor's command line, `dws api METHOD PATH --params … --data …`.
#pragma once

#include <string>

#include "decide/decisions.h"
#include "model/model.h"
#include "target/dingtalk/admin_config.h"
#include "target/dingtalk/bindings.h"

namespace farol::dingtalk {

// A script for a POSIX shell. It shows what would be sent; with `--send` it sends, and keeps the ids of the steps that
// are done in a file, so that a run after an interruption goes on where the last one stopped. A request with an id that
// is not bound, and whatever comes after it, is left out and named. The script has no token in it: `dws` has its own.
[[nodiscard]] std::string render_dws_script(const model::Model& model, const decide::Decisions& decisions,
                                            const AdminConfig& config);

}  // namespace farol::dingtalk
