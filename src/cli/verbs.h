// The verbs and their options as verbs.def lists them.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace farol::cli {

struct Context;
enum class ExitCode : int;

enum class OptionId : std::uint8_t {
#define FAROL_OPTION(id, form, text) id,
#include "cli/verbs.def"
};

struct Option {
  // As the row of the option says. The row of a verb names its options, so this converts.
  Option(OptionId option);  // NOLINT(google-explicit-constructor)
  Option(OptionId option, std::string_view shown, std::string_view meaning);

  OptionId id;
  std::string_view form, text;
  std::string_view letter;                // `o`; empty if it has none
  std::string_view name;                  // `lang`; empty if it has none
  std::string_view value;                 // how the help calls its value: `DIR`; empty for a switch
  std::vector<std::string_view> choices;  // all values that it takes; empty if that is for the verb to say
  bool repeatable = false;

  [[nodiscard]] bool takes_value() const { return !value.empty(); }
  [[nodiscard]] bool takes_path() const { return value == "DIR" || value == "FILE" || value == "PATH"; }
  // `-o, --output`, with what is given between the two.
  [[nodiscard]] std::string spellings(std::string_view between) const;
  // `--lang`, or `-C` if it has only a letter: how messages name it.
  [[nodiscard]] std::string spelling() const;
};

struct Example {
  std::string_view command;
  std::string_view text;
};

struct Verb {
  std::string_view name = {};
  ExitCode (*run)(Context&) = nullptr;
  bool reads_policy = false;
  std::string_view arguments = {};  // as in the usage line
  std::string_view summary = {};
  bool answers = false;  // its text is for whoever asks, in their language; others write documents, in the policy's
  std::vector<Example> examples = {};
  std::string_view text = {};  // what is worth knowing beyond the options; {WORDS} are its words
  std::vector<std::string_view> (*words)() = nullptr;  // what the first argument may be; null if it may be anything
  std::vector<Option> options = {};

  [[nodiscard]] bool takes_paths() const;
  [[nodiscard]] std::vector<std::string_view> first_words() const;
  // A text in some language, with the words in it.
  [[nodiscard]] std::string description(std::string_view of_text) const;
  [[nodiscard]] const Option* find_option(std::string_view letter_or_name) const;
};

// In the order in which the help lists them.
[[nodiscard]] const std::vector<Verb>& verbs();
[[nodiscard]] const Verb* find_verb(std::string_view name);
// What every verb has that reads a policy.
[[nodiscard]] const std::vector<Option>& policy_options();

// Words as an argument of a message.
[[nodiscard]] inline std::vector<std::string> as_names(const std::vector<std::string_view>& words) {
  return {words.begin(), words.end()};
}
// "a, b or c"
[[nodiscard]] std::string either_of(const std::vector<std::string_view>& words, std::string_view quote = "`");

#define FAROL_VERB(name, ...) ExitCode name(Context& context);
#define FAROL_POLICY_VERB(name, ...) ExitCode name(Context& context);
#include "cli/verbs.def"

[[nodiscard]] std::vector<std::string_view> report_kinds();
[[nodiscard]] std::vector<std::string_view> list_kinds();
[[nodiscard]] std::vector<std::string_view> export_kinds();
[[nodiscard]] std::vector<std::string_view> shells();
[[nodiscard]] std::vector<std::string_view> debug_phases();

}  // namespace farol::cli
