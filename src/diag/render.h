// Renders findings as text for people and as JSON for programs, from the same data and without clock or disk.
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
  // One line for each failed check, with what it met, behind all other findings, and then one line too for notes and
  // for warnings that there are two of; for all of these while the language has errors. Of one kind of advice three
  // are shown whole. Otherwise each finding by itself, with its place, the law behind it and help.
  bool brief = false;
  base::Language language = base::Language::en;
};

// error[F3001] conflict: message / --> file:line:column / source lines with carets and labels / details / help / fixes.
// The text ends with a summary line if there is anything to sum up.
[[nodiscard]] std::string render_text(const source::SourceMap& sources, const Sink& sink, const TextOptions& options);

// The word for a severity, and what a fix does with what that changes.
[[nodiscard]] Text in_words(Severity severity);
[[nodiscard]] Text title_of(const Fix& fix);
// Returns "1 error, 2 warnings, 1 waived", or nothing if there are no findings.
[[nodiscard]] std::string summary(const Sink& sink, base::Language language = base::Language::en);
// Returns a finding's text without its labels and fixes, as lines: the message, details, an example, help.
[[nodiscard]] std::string whole_message(const Diagnostic& finding, base::Language language);
// Returns the name of a file as seen from a folder (an absolute path) if the file is below it, else the name as it is.
[[nodiscard]] std::string path_from(std::string_view folder, std::string_view name);
// Returns "switched off: shadowed-rule (2 findings)", or nothing if no kind is off.
[[nodiscard]] std::string switched_off(const Sink& sink, base::Language language = base::Language::en);

// Returns the document of `check --error-format json`: one object, two-space indent, a final new line. It is valid JSON
// whatever the policy is.
[[nodiscard]] std::string render_json(const source::SourceMap& sources, const Sink& sink, std::string_view version,
                                      std::string_view as_of, bool ok, base::Language language = base::Language::en);

}  // namespace farol::diag
