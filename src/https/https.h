// The network of `farol apply`: HTTPS by libcurl, and the vendor's client where it is wanted.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "apply/transport.h"
#include "base/file_system.h"

namespace farol::https {

// Runs another program, see base/process.h.
using RunProgram = std::function<base::FileResult<std::string>(const std::vector<std::string>&, const std::string&)>;

// Or why there is no way to the platform. The proxy is that of the environment (`https_proxy`, `no_proxy`).
[[nodiscard]] std::variant<std::unique_ptr<apply::Transport>, std::string> connect(const apply::Connection& connection,
                                                                                   const RunProgram& run_program);

}  // namespace farol::https
