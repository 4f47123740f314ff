// Scripts for a POSIX shell: the skeletons in scripts/, which are inside the binary, and texts in them.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "target/dingtalk/calls.h"
#include "target/dingtalk/requests.h"

namespace farol::dingtalk {

struct ShellSkeleton {
  std::string_view name;  // `dws.sh`
  std::string_view text;  // `#CALLS` is on the line where the calls come, and `#CLIENT` where client.sh comes
};
[[nodiscard]] std::span<const ShellSkeleton> shell_skeletons();

// Why no script is made for an organisation of the region; null if one can be. The vendor's client, which the scripts
// call, refuses every host but the two of the mainland, and fetches its token from them.
[[nodiscard]] const char* why_no_script(Region region);

// The script with a skeleton's name. `head` is its first comment: lines without the marks of a comment. `settings`
// stand before whatever uses them.
[[nodiscard]] std::string shell_script(std::string_view name, std::string_view head, std::string_view calls,
                                       std::string_view settings = {});

// A method, a host, a path, the query and the body of a request as words of a script; an empty word for what it lacks.
[[nodiscard]] std::string shell_words(const Request& request);
// The query as the vendor's client can take it: it makes floats of numbers, and writes 1234567 as 1.234567e+06.
[[nodiscard]] std::string shell_query(const Value::Object& query);

// A word that every shell takes as it is. Control characters, which JSON has none of but titles may, become blanks, and
// so do characters that are not seen.
[[nodiscard]] std::string shell_word(std::string_view text);

}  // namespace farol::dingtalk
