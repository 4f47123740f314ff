// Makes the draft of an import compile, without letting anybody do more than it says.
#pragma once

#include <functional>
#include <string>

#include "driver/driver.h"
#include "target/dingtalk/import.h"

namespace farol::driver {

// An `allow` that does not fit the rest of the draft becomes a refusal, role by role, and a question; refusals stay.
// `compile_text` compiles a whole policy.
void refuse_what_does_not_fit(const std::string& from,
                              const std::function<Compilation(const std::string&)>& compile_text,
                              dingtalk::PolicyDraft& draft);

}  // namespace farol::driver
