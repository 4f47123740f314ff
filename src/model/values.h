// The values that attributes have.
#pragma once

#include <compare>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/date.h"
#include "source/source_map.h"

namespace farol::model {

using source::Span;

// A text with its translations; `text` is what stands without a language.
struct Localized {
  std::string text;
  std::vector<std::pair<std::string, std::string>> by_language;  // sorted by language tag

  [[nodiscard]] bool empty() const { return text.empty() && by_language.empty(); }
  // The text in a language, else in its sister script; nothing where there is neither.
  [[nodiscard]] const std::string* find(std::string_view language) const;
  // The text in a language, else in its sister script (`zh-Hans` for `zh-Hant`), else the plain one.
  [[nodiscard]] const std::string& in(std::string_view language) const;
};

// A declared thing that an attribute names.
struct Reference {
  std::string name;
  bool operator==(const Reference&) const = default;
  bool operator<(const Reference& other) const { return name < other.name; }
};
// A word of a closed list.
struct Word {
  std::string text;
  bool operator==(const Word&) const = default;
  bool operator<(const Word& other) const { return text < other.text; }
};
// A number keeps its text too: a version `2026.10` is not 2026.1.
struct Number {
  std::string text;
  bool operator==(const Number&) const = default;
  bool operator<(const Number& other) const { return text < other.text; }
};
using Value = std::variant<bool, Number, base::Date, base::Duration, std::string, Word, Reference>;

}  // namespace farol::model
