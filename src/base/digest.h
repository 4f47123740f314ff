// A short name for a long text, equal only for equal texts.
#pragma once

#include <string>
#include <string_view>

namespace farol::base {

// SHA-256 (FIPS 180-4) in lower-case hexadecimal.
[[nodiscard]] std::string sha256_hex(std::string_view bytes);

}  // namespace farol::base
