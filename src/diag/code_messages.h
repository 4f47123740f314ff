// The messages of codes.def that are not in messages.pot yet.
#pragma once

#include <string>
#include <utility>

#include <fmt/format.h>

#include "diag/diagnostic.h"

namespace farol::diag {

// The message of a code, its arguments checked at compile time.
namespace message {
#define FAROL_CODE(identifier, number, name, severity, text)           \
  template <class... Args>                                             \
  [[nodiscard]] std::string identifier(Args&&... args) {               \
    return fmt::format(FMT_STRING(text), std::forward<Args>(args)...); \
  }
#include "diag/codes.def"
#undef FAROL_CODE
}  // namespace message

}  // namespace farol::diag
