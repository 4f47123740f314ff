// Texts of tests: "two statements disagree"_text is said as it is written.
#pragma once

#include <cstddef>
#include <string>

#include "diag/messages_diag.h"

namespace farol::testing {

[[nodiscard]] inline diag::Text operator""_text(const char* words, std::size_t size) {
  return size == 0 ? diag::Text{} : diag::message::verbatim(std::string(words, size));
}

}  // namespace farol::testing
