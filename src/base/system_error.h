// What the operating system says, in the style of our messages: "no such file or directory".
#pragma once

#include <string>
#include <system_error>

namespace farol::base {

[[nodiscard]] inline std::string reason_of(const std::error_code& error) {
  std::string reason = error.message();
  const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (reason.size() > 1 && is_upper(reason[0]) && !is_upper(reason[1])) reason[0] = static_cast<char>(reason[0] + 32);
  return reason;
}

}  // namespace farol::base
