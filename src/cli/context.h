// What a run of a verb knows: what was asked, the world it runs in, and what the options say that all verbs share.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "base/date.h"
#include "base/file_system.h"
#include "base/phrases.h"
#include "cli/cli.h"
#include "cli/parse.h"
#include "driver/suppression.h"

namespace farol::cli {

struct Settings {
  // Unless it was asked for it is today: first that of UTC, and of the policy's time zone once a policy was compiled.
  base::Date as_of;
  bool is_today = true;
  std::optional<base::Date> as_of_before;        // of `--as-of A..B`, which only `diff` takes: A, while `as_of` is B
  base::Language language = base::Language::en;  // of documents, and of answers: see `Verb::answers`
  base::Language spoken = base::Language::en;    // of findings and of everything else that is said on the screen
  driver::Severities severities;
  bool only_findings = false;  // the verb says nothing else of a policy: neither steps nor trees are needed
};

// Checks the values of `-C`, `--root`, `--as-of`, `--lang`, `--error`, `--warn` and `--off`.
[[nodiscard]] std::variant<Settings, UsageError> read_settings(const Request& request, const Environment& environment);

struct Context {
  const Request& request;
  Environment& environment;
  Settings settings = {};
  std::optional<std::string> input = {};  // standard input once it was read, which works only once

  [[nodiscard]] base::FileSystem& files() const { return environment.files; }
  // Keeps what is large until the next such thing, or to the end of the process, which does not take it apart: `main`.
  template <class T>
  [[nodiscard]] const T& keep(T large) const {
    auto kept = std::make_shared<const T>(std::move(large));
    environment.kept = kept;
    return *kept;
  }
};

}  // namespace farol::cli
