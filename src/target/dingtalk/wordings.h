// Words that only the documents about a tenant have: wordings.def as a table.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/phrases.h"
#include "target/dingtalk/texts.h"

namespace farol::dingtalk {

enum class Wording : std::uint8_t {
#define FAROL_WORDING(identifier, en, zh_hant, zh_hans, pt) identifier,
#include "target/dingtalk/wordings.def"
#undef FAROL_WORDING
};

[[nodiscard]] std::string_view text(Wording wording, base::Language language);
[[nodiscard]] Texts texts(Wording wording);

}  // namespace farol::dingtalk
