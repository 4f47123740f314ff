// From the words of a command line to a verb and its options.
#pragma once

#include <map>
#include <string>
#include <variant>
#include <vector>

#include "cli/verbs.h"

namespace farol::cli {

struct Request {
  const Verb* verb = nullptr;  // none: help for all of farol
  bool help = false;
  std::vector<std::string> arguments;                    // in their order, without options
  std::map<OptionId, std::vector<std::string>> options;  // a switch that is given has no values

  [[nodiscard]] bool has(OptionId id) const { return options.contains(id); }
  // Of an option that is given once at most.
  [[nodiscard]] const std::string* find(OptionId id) const;
  [[nodiscard]] const std::vector<std::string>& all(OptionId id) const;
  // `--role hr,it_admin --role staff` are three names.
  [[nodiscard]] std::vector<std::string> names(OptionId id) const;
};

struct UsageError {
  std::string message;
};

// The choices of options are checked; what other values mean is the business of the verbs.
[[nodiscard]] std::variant<Request, UsageError> parse(const std::vector<std::string>& arguments);

// "; did you mean `check`?" where a candidate is near, else nothing.
[[nodiscard]] std::string suggestion(std::string_view word, const std::vector<std::string_view>& candidates);
// "`a`, `b` or `c`"
[[nodiscard]] std::string either_of(const std::vector<std::string_view>& words);

}  // namespace farol::cli
