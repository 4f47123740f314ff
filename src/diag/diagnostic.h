// What a stage has to say to the user, as data. Text is made once, by a renderer.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "source/source_map.h"

namespace farol::diag {

enum class Severity : std::uint8_t { error, warning, note };
[[nodiscard]] std::string_view to_string(Severity severity);

enum class Code : std::uint16_t {
#define FAROL_CODE(identifier, number, name, severity, message) identifier,
#include "diag/codes.def"
#undef FAROL_CODE
};

struct CodeInfo {
  Code code;
  std::string_view number;  // `F3001`
  std::string_view name;    // `conflict`
  Severity severity;
};
[[nodiscard]] const CodeInfo& info(Code code);
[[nodiscard]] const std::vector<CodeInfo>& all_codes();  // in the order of the registry
// By number or by name.
[[nodiscard]] const CodeInfo* find_code(std::string_view number_or_name);

// The message of a code, its arguments checked at compile time.
namespace message {
#define FAROL_CODE(identifier, number, name, severity, text)                              \
  template <class... Args>                                                                \
  [[nodiscard]] std::string identifier(Args&&... args) {                                  \
    return fmt::format(FMT_STRING(text), std::forward<Args>(args)...);                    \
  }
#include "diag/codes.def"
#undef FAROL_CODE
}  // namespace message

// A second place that belongs to the finding, with what it has to do with it.
struct Label {
  source::Span span;
  std::string text;
};

struct Edit {
  source::Span span;  // what is replaced; empty to insert
  std::string text;
};

// One of several alternatives. `effect` says what applying it changes in the policy's meaning, where that is known.
struct Fix {
  std::string title;
  std::string effect;
  std::vector<Edit> edits;
};

// One point at which the finding can be seen.
struct Witness {
  std::string role, feature, object;                           // `object` empty: the feature acts on nothing
  std::vector<std::pair<std::string, std::string>> context;  // context, value
};

struct Diagnostic {
  Code code{};
  Severity severity{};
  std::string message;
  source::Span span;              // may be no place: then `file` names what it is about, or is empty
  std::string file;
  std::string check;              // of a failed check: its ID, which is shown for the code
  std::vector<Label> labels;
  std::vector<std::string> details;  // lines such as the cells of a conflict
  std::string help;
  std::optional<Witness> witness;
  std::vector<Fix> fixes;
};

// `F3001`, or the ID of the check.
[[nodiscard]] std::string_view code_text(const Diagnostic& diagnostic);

// With the severity of the registry.
[[nodiscard]] Diagnostic make(Code code, source::Span span, std::string message);

}  // namespace farol::diag
