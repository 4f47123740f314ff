// Findings as text for people and as JSON for programs. Both from the same data, both without clock or disk.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "diag/diagnostic.h"
#include "diag/sink.h"

namespace farol::diag {

struct TextOptions {
  bool color = false;
  bool waived = false;  // list what is waived, and why
  bool off = false;     // say which kinds are switched off
};

// error[F3001] conflict: message / --> file:line:column / source lines with carets and labels / details / help / fixes.
// Ends with a summary line when there is anything to sum up.
[[nodiscard]] std::string render_text(const source::SourceMap& sources, const Sink& sink, const TextOptions& options);

// Returns "1 rule" or "2 rules".
[[nodiscard]] std::string counted(std::size_t count, std::string_view noun);
// "1 error, 2 warnings, 1 waived"; nothing where nothing is.
[[nodiscard]] std::string summary(const Sink& sink);
// All of a finding's text but its labels and fixes, as lines: the message, details, an example, help.
[[nodiscard]] std::string whole_message(const Diagnostic& finding);
// The name of a file as seen from a folder, an absolute path, if it lies below; else as it is.
[[nodiscard]] std::string path_from(std::string_view folder, std::string_view name);
// "switched off: shadowed-rule (2 findings)"; nothing where nothing is.
[[nodiscard]] std::string switched_off(const Sink& sink);

// The document of `check --error-format json`: one object, two-space indent, a final new line. Always valid JSON.
[[nodiscard]] std::string render_json(const source::SourceMap& sources, const Sink& sink, std::string_view version,
                                      std::string_view as_of, bool ok);

}  // namespace farol::diag
