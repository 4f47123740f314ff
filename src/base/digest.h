// A short name for a long text, equal only for equal texts.
#pragma once

#include <string>
#include <string_view>

#include "base/file_system.h"

namespace farol::base {

// SHA-256 (FIPS 180-4) in lower-case hexadecimal.
[[nodiscard]] std::string sha256_hex(std::string_view bytes);
// Of a file of any size.
[[nodiscard]] FileResult<std::string> sha256_hex(ByteStream& bytes);

}  // namespace farol::base
