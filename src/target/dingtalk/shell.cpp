#include "target/dingtalk/shell.h"

#include "base/text.h"

#include <algorithm>

#include <fmt/format.h>

namespace farol::dingtalk {

std::string shell_script(std::string_view name, std::string_view head, std::string_view calls) {
  constexpr std::string_view place = "#CALLS\n";
  const auto skeletons = shell_skeletons();
  const std::string_view text = std::find_if(skeletons.begin(), skeletons.end(), [&](const ShellSkeleton& each) {
                                  return each.name == name;
                                })->text;
  std::string comment;
  while (!head.empty()) {
    const std::size_t end = head.find('\n');
    comment += fmt::format("# {}\n", head.substr(0, end));
    head.remove_prefix(end + 1);
  }
  const std::size_t at = text.find(place);
  return fmt::format("#!/bin/sh\n{}{}{}{}", comment, text.substr(0, at), calls, text.substr(at + place.size()));
}

std::string shell_word(std::string_view text) {
  std::string word = "'";
  for (const char c : base::one_line(text)) {
    // Two `#` begin a command in the logs of some build servers, and a script may be printed there.
    if (c == '#' && word.ends_with('#')) word += "''";
    word += c == '\'' ? std::string("'\\''") : std::string(1, c);
  }
  return word + "'";
}

}  // namespace farol::dingtalk
