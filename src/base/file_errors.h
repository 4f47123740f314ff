// The words in which both file systems refuse, so that a test in memory shows what a user would see.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/file_system.h"

namespace farol::base {

[[nodiscard]] inline FileError too_large(std::size_t limit) {
  constexpr std::size_t mebibyte = std::size_t{1} << 20;
  const bool whole = limit >= mebibyte && limit % mebibyte == 0;
  return {"larger than " + (whole ? std::to_string(limit / mebibyte) + " MiB" : std::to_string(limit) + " bytes")};
}

[[nodiscard]] inline FileError not_a_file() { return {"is a pipe or a device, not a file"}; }

[[nodiscard]] inline FileError changed_meanwhile(std::string_view path) {
  return {"`" + std::string(path) + "` was changed by somebody else meanwhile", true};
}

[[nodiscard]] inline FileError cannot_write(std::string_view path, std::string_view reason) {
  return {"cannot write `" + std::string(path) + "`: " + std::string(reason)};
}

}  // namespace farol::base
