#include "target/dingtalk/shell.h"

namespace farol::dingtalk {

std::string shell_word(std::string_view text) {
  std::string word = "'";
  for (const char c : text) {
    if (c == '\'') {
      word += "'\\''";
    } else {
      word += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    }
  }
  return word + "'";
}

}  // namespace farol::dingtalk
