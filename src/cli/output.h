// Where the text of a verb goes: documents and lines to standard output or a file, findings and messages to standard
// error.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/file_system.h"
#include "cli/context.h"
#include "diag/sarif.h"
#include "driver/driver.h"

namespace farol::cli {

[[nodiscard]] bool is_quiet(const Context& context);
[[nodiscard]] bool is_verbose(const Context& context);
[[nodiscard]] bool colors_output(const Context& context);
// Returns the columns of a text. Text for a file does not depend on the terminal.
[[nodiscard]] std::size_t output_width(const Context& context);
// Returns `-o` as a path from where the process was started; nullopt for standard output.
[[nodiscard]] std::optional<std::string> output_file(const Context& context);

// Writes a document to `-o` or to standard output. What goes to standard output may land in a terminal or in the log of
// a build server, and goes through `base::for_log`; `bytes` are for programs, and whoever made them has seen to that.
enum class As { text, bytes };
ExitCode write(Context& context, const std::string& document, As as = As::text);
ExitCode write(Context& context, const std::vector<base::OutputFile>& files);
// What is said where a workbook comes back empty: see document::render_xlsx.
inline constexpr std::string_view no_workbook =
    "the workbook cannot be made: its parts cannot be kept in the folder for temporary files";
// Reads files, changes them and writes them back, as one: `change` reads, and returns the files with what they were
// made from, or nothing once it has said what is wrong. It is called again whenever somebody else has written
// meanwhile, so that of several who write at once each adds to what the others have written. What is wrong has been
// said if the exit code is not `done`.
ExitCode rewrite(Context& context,
                 const std::function<std::variant<std::vector<base::OutputFile>, ExitCode>()>& change);
// Annotations for GitHub are commands: a document that has them goes out as it is, and what else is in it has been
// through `base::for_log`.
[[nodiscard]] As form_of_findings(const Context& context);
// A line for people on standard output, and one on standard error; neither with `--quiet`. Line ends in it become
// blanks.
void print(Context& context, std::string_view line);
void info(Context& context, std::string_view line);
void info(Context& context, const diag::Text& text);
// The words of a text in the language of the reader.
[[nodiscard]] std::string said(const Context& context, const diag::Text& text);
// A message on standard error that is no finding. One that is in the table of help_texts.h is said in the language.
void error(Context& context, std::string_view message);
void error(Context& context, const diag::Text& message);
// The same about the usage, an input or an output. Returns ExitCode::usage_error.
ExitCode usage_error(Context& context, std::string_view message);
ExitCode usage_error(Context& context, const diag::Text& message);

// Writes findings to standard error. With `--quiet` only errors are shown.
void report_findings(Context& context, const source::SourceMap& sources, const diag::Sink& sink,
                     diag::Severity least = diag::Severity::warning);
// Writes the errors of a policy, and how many warnings there are: advice is for `check`.
ExitCode report_findings(Context& context, const driver::Compilation& compilation);
// The same without the findings of packs' checks, which `check` and `compile` report.
ExitCode report_errors(Context& context, const driver::Compilation& compilation);

// Returns how findings are to be written: `text`, or what `--error-format` says.
[[nodiscard]] std::string error_format(const Context& context);
// For `--error-format sarif` and `github`. Files are named from where the process was started.
[[nodiscard]] diag::SarifOptions sarif_options(const Context& context);
[[nodiscard]] std::string annotations(const Context& context, const source::SourceMap& sources, const diag::Sink& sink);
[[nodiscard]] std::string findings_in_text(const Context& context, const source::SourceMap& sources,
                                           const diag::Sink& sink, diag::Severity least, bool color);

// What a verb has to say about one policy: lines or a document for standard output, and how it went.
struct Outcome {
  std::string text;
  ExitCode code = ExitCode::done;
};
// Runs a verb once for the policy of all arguments, or with `--each` once for every argument. Returns all text and the
// worst exit code.
[[nodiscard]] Outcome for_each_policy(Context& context,
                                      const std::function<Outcome(const std::vector<std::string>& paths)>& run);

[[nodiscard]] ExitCode exit_code(const driver::Compilation& compilation);
[[nodiscard]] inline ExitCode worse(ExitCode a, ExitCode b) { return a < b ? b : a; }

}  // namespace farol::cli
