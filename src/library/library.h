// The libraries inside the binary: src/library/*.farol as text.
#pragma once

#include <span>
#include <string_view>

namespace farol::library {

struct Embedded {
  std::string_view name;  // of the file without its ending: `dingtalk`
  std::string_view text;
};
[[nodiscard]] std::span<const Embedded> all();

}  // namespace farol::library
