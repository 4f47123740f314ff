// The verbs and their options, once: the parser, `--help` and the completions are all made from this table.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace farol::cli {

class Session;

enum class OptionId : std::uint8_t {
  directory,
  root,
  as_of,
  each,
  in,
  output,
  lang,
  format,
  error_format,
  color,
  quiet,
  verbose,
  role,
  feature,
  tier,
  data,
  check,
  when,
  like,
  error,
  warn,
  off,
  coverage,
  lcov,
  min_coverage,
  users,
  since,
  within,
  diff,
  emit,
  allow_undocumented,
  fail_on,
  by,
  on,
  evidence,
  confirmations,
  read,
  everything,
  live,
  help,
};

struct Option {
  OptionId id{};
  std::string_view letter;                // `o`, or nothing
  std::string_view name;                  // `lang`, or nothing
  std::string_view value;                 // what stands for its value in the help: `DIR`; nothing for a switch
  std::vector<std::string_view> choices;  // where only these are values
  std::string_view text;
  bool repeatable = false;

  [[nodiscard]] bool takes_value() const { return !value.empty(); }
};

struct Example {
  std::string_view command;
  std::string_view text;
};

// What can be told about the arguments that are no options, for the completions.
enum class Arguments : std::uint8_t { none, paths, words, names };

struct Verb {
  std::string_view name;
  std::string_view arguments;  // as in the usage line
  std::string_view summary;
  std::vector<Example> examples;
  std::string_view text;  // what is worth knowing beyond the options
  Arguments kind = Arguments::paths;
  std::vector<std::string_view> words;  // of `words`: what the first argument may be
  std::vector<Option> options;
  int (*run)(Session&) = nullptr;
};

// In the order in which the help lists them.
[[nodiscard]] const std::vector<Verb>& verbs();
[[nodiscard]] const Verb* find_verb(std::string_view name);

// `--lang`, or `-C` where there is only a letter: how messages name an option.
[[nodiscard]] std::string spelling(const Option& option);

int check(Session& session);
int compile(Session& session);
int matrix(Session& session);
int report(Session& session);
int confirm(Session& session);
int test(Session& session);
int who(Session& session);
int what(Session& session);
int explain(Session& session);
int list(Session& session);
int fmt(Session& session);
int diff(Session& session);
int roster(Session& session);
int due(Session& session);
int graph(Session& session);
int collect(Session& session);
int drift(Session& session);
int import(Session& session);
int init(Session& session);
int version(Session& session);
int completions(Session& session);

}  // namespace farol::cli
