// The vendor's client as a transport.
#pragma once

#include <memory>

#include "https/https.h"

namespace farol::https {

[[nodiscard]] std::unique_ptr<apply::Transport> through_client(RunProgram run_program);

}  // namespace farol::https
