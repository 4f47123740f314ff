// From the words of a command line to a verb and its options.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/phrases.h"
#include "cli/verbs.h"
#include "diag/text.h"

namespace farol::cli {

struct Request {
  const Verb* verb = nullptr;  // null: help for all of farol
  bool help = false;
  std::vector<std::string> arguments;                    // in their order, without options
  std::map<OptionId, std::vector<std::string>> options;  // a switch that is given has no values

  [[nodiscard]] bool has(OptionId id) const { return options.contains(id); }
  // Returns the value of an option that is given once at most; null if it is not given.
  [[nodiscard]] const std::string* find(OptionId id) const;
  [[nodiscard]] const std::vector<std::string>& all(OptionId id) const;
  // `--role hr,it_admin --role staff` are three names.
  [[nodiscard]] std::vector<std::string> names(OptionId id) const;
  // Returns the choice that is asked for, or what an ending of `file` says, such as `md` of `matrix.md`; `otherwise` if
  // neither is one of the choices of `--format`, or of the `--error-format` of a verb that has no other.
  [[nodiscard]] std::string_view format(const std::string* file, std::string_view otherwise) const;
};

struct UsageError {
  diag::Text message;

  UsageError(diag::Text text) : message(std::move(text)) {}
  // In the language of whoever reads it already.
  UsageError(std::string text);
  UsageError(const char* text) : UsageError(std::string(text)) {}
};

// The choices of options are checked; what other values mean is for the verbs to say. An error is in the language.
[[nodiscard]] std::variant<Request, UsageError> parse(const std::vector<std::string>& arguments,
                                                      base::Language language = base::Language::en);
// What `--lang` says among words that need not be a command line yet, or the language that is said without it.
[[nodiscard]] base::Language language_among(const std::vector<std::string>& words, base::Language otherwise);

// The problem, and "; did you mean `check`?" if a candidate is near.
[[nodiscard]] diag::Text with_suggestion(diag::Text problem, std::string_view word,
                                         const std::vector<std::string_view>& candidates);

}  // namespace farol::cli
