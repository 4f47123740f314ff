// The libraries and packs inside the binary: src/library/*.farol and src/library/packs/*.farol as text.
#pragma once

#include <span>
#include <string_view>

namespace farol::library {

struct Embedded {
  std::string_view name;  // of the file without its ending: `dingtalk`
  std::string_view text;
};
[[nodiscard]] std::span<const Embedded> all();    // `use NAME`
[[nodiscard]] std::span<const Embedded> packs();  // `use pack NAME`

}  // namespace farol::library
