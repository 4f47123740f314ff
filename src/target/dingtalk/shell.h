// Texts in scripts for a POSIX shell.
#pragma once

#include <string>
#include <string_view>

namespace farol::dingtalk {

// A word that every shell takes as it is. Control characters, which JSON has none of but titles may, become blanks.
[[nodiscard]] std::string shell_word(std::string_view text);

}  // namespace farol::dingtalk
