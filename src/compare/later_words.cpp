#include "compare/later_words.h"

#include <algorithm>

namespace farol::compare {
namespace {

bool is_part_of_name(char c, Dots dots) {
  const auto byte = static_cast<unsigned char>(c);
  return byte >= 0x80 || (byte >= '0' && byte <= '9') || (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') ||
         byte == '_' || byte == '-' || (byte == '.' && dots == Dots::join);
}

// Calls `name` for every name and `between` for the text between names, in their order.
template <class Name, class Between>
void scan(std::string_view text, Dots dots, const Name& name, const Between& between) {
  for (std::size_t at = 0; at < text.size();) {
    const bool is_name = is_part_of_name(text[at], dots);
    std::size_t end = at + 1;
    while (end < text.size() && is_part_of_name(text[end], dots) == is_name) ++end;
    if (is_name) {
      name(text.substr(at, end - at));
    } else {
      between(text.substr(at, end - at));
    }
    at = end;
  }
}

}  // namespace

std::vector<std::string> names_in(std::string_view text) {
  std::vector<std::string> names;
  scan(
      text, Dots::join, [&](std::string_view name) { names.emplace_back(name); }, [](std::string_view) {});
  return names;
}

std::string in_later_words(std::string_view text, const std::vector<Rename>& renames, Dots dots) {
  if (renames.empty()) return std::string{text};
  std::string result;
  const auto name = [&](std::string_view old) {
    const auto found =
        std::find_if(renames.begin(), renames.end(), [&](const Rename& rename) { return rename.before == old; });
    result += found == renames.end() ? old : std::string_view{found->after};
  };
  scan(text, dots, name, [&](std::string_view between) { result += between; });
  return result;
}

}  // namespace farol::compare
