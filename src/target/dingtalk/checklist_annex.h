// The annex of a checklist: every request as it is sent.
#pragma once

#include <optional>

#include "document/document.h"
#include "target/dingtalk/admin_config.h"

namespace farol::dingtalk {

// With those that only look. What follows each other and is the same call is one section. Nullopt if there are none.
[[nodiscard]] std::optional<document::Section> annex_of(const AdminConfig& config, base::Language language);

}  // namespace farol::dingtalk
