// Findings as text for people and as JSON for programs. Both from the same data, both without clock or disk.
#pragma once

#include <string>
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

// "switched off: shadowed-rule (2 findings)"; nothing where nothing is.
[[nodiscard]] std::string switched_off(const Sink& sink);

// The document of `check --error-format json`: one object, two-space indent, a final new line. Always valid JSON.
[[nodiscard]] std::string render_json(const source::SourceMap& sources, const Sink& sink, std::string_view version,
                                      std::string_view as_of, bool ok);

}  // namespace farol::diag
