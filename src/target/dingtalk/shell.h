// Scripts for a POSIX shell: the skeletons in scripts/, which are inside the binary, and texts in them.
#pragma once

#include <span>
#include <string>
#include <string_view>

namespace farol::dingtalk {

struct ShellSkeleton {
  std::string_view name;  // `dws.sh`
  std::string_view text;  // `#CALLS` is on the line where the calls come
};
[[nodiscard]] std::span<const ShellSkeleton> shell_skeletons();

// The script with a skeleton's name. `head` is its first comment: lines without the marks of a comment.
[[nodiscard]] std::string shell_script(std::string_view name, std::string_view head, std::string_view calls);

// A word that every shell takes as it is. Control characters, which JSON has none of but titles may, become blanks, and
// so do characters that are not seen.
[[nodiscard]] std::string shell_word(std::string_view text);

}  // namespace farol::dingtalk
