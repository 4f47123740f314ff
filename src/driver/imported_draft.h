// Makes the draft of an import compile, without letting anybody do more than it says.
#pragma once

#include <functional>

#include "driver/driver.h"
#include "target/dingtalk/import.h"

namespace farol::driver {

using CompileDraft = std::function<Compilation(const dingtalk::PolicyDraft&)>;

// An `allow` that does not fit the rest of the draft becomes a refusal, role by role, and a question; refusals stay.
void refuse_what_does_not_fit(const CompileDraft& compile_draft, dingtalk::PolicyDraft& draft);

}  // namespace farol::driver
