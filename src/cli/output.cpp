#include "cli/output.h"

#include <algorithm>
#include <optional>
#include <utility>
#include <variant>

#include "base/log_text.h"
#include "base/text.h"
#include "base/version.h"
#include "cli/help_texts.h"
#include "cli/input.h"
#include "diag/github.h"
#include "diag/messages_cli.h"
#include "diag/render.h"
#include "diag/snippet.h"

namespace farol::cli {
namespace {

bool uses_colors(const Context& context, bool is_terminal) {
  const std::string* when = context.request.find(OptionId::color);
  if (when != nullptr && *when != "auto") return *when == "always";
  return is_terminal && !context.environment.no_color;
}

void note_advice(Context& context, const diag::Sink& sink) {
  const std::size_t warnings = sink.count(diag::Severity::warning);
  if (warnings > 0) info(context, message::see_check(message::counted_warnings(warnings)));
}

}  // namespace

bool is_quiet(const Context& context) { return context.request.has(OptionId::quiet); }
bool is_verbose(const Context& context) { return context.request.has(OptionId::verbose); }

bool colors_output(const Context& context) {
  return uses_colors(context, context.environment.out_is_terminal && !output_file(context));
}

std::size_t output_width(const Context& context) {
  return context.environment.out_is_terminal && !context.request.has(OptionId::output) ? context.environment.width
                                                                                       : Environment::default_width;
}

std::optional<std::string> output_file(const Context& context) {
  const std::string* file = context.request.find(OptionId::output);
  if (file == nullptr || *file == "-") return std::nullopt;
  return located(context, *file);
}

ExitCode write(Context& context, const std::string& document, As as) {
  if (const auto file = output_file(context)) return write(context, std::vector<base::OutputFile>{{*file, document}});
  switch (as) {
    case As::text: context.environment.out << base::for_log(document, colors_output(context)); break;
    case As::bytes: context.environment.out << document; break;
  }
  return ExitCode::done;
}

As form_of_findings(const Context& context) { return error_format(context) == "github" ? As::bytes : As::text; }

namespace {

// Returns what is wrong. Where all files stay as they are, the write only sweeps what a killed run has left, and nobody
// needs to know that it could not.
std::optional<base::FileError> try_to_write(Context& context, const std::vector<base::OutputFile>& files) {
  const auto result = context.files().write(files);
  const auto* problem = std::get_if<base::FileError>(&result);
  const bool all_stay =
      !files.empty() && std::all_of(files.begin(), files.end(), [](const auto& file) { return file.stays(); });
  if (problem == nullptr || (all_stay && !problem->was_changed)) return std::nullopt;
  return *problem;
}

}  // namespace

ExitCode write(Context& context, const std::vector<base::OutputFile>& files) {
  const auto problem = try_to_write(context, files);
  return problem ? usage_error(context, problem->reason) : ExitCode::done;
}

ExitCode rewrite(Context& context,
                 const std::function<std::variant<std::vector<base::OutputFile>, ExitCode>()>& change) {
  // Every attempt that fails is a success of somebody else's, so many can write at once.
  constexpr int most_attempts = 1000;
  for (int attempt = 1;; ++attempt) {
    const auto changed = change();
    if (const auto* code = std::get_if<ExitCode>(&changed)) return *code;
    const auto problem = try_to_write(context, std::get<0>(changed));
    if (!problem) return ExitCode::done;
    if (!problem->was_changed || attempt == most_attempts) return usage_error(context, problem->reason);
  }
}

void print(Context& context, std::string_view line) {
  if (!is_quiet(context)) context.environment.out << base::for_log(base::one_line(line)) << '\n';
}

void info(Context& context, std::string_view line) {
  if (is_quiet(context)) return;
  context.environment.err << base::for_log(base::one_line(translated(line, context.settings.spoken))) << '\n';
}

void info(Context& context, const diag::Text& text) { info(context, said(context, text)); }

std::string said(const Context& context, const diag::Text& text) {
  return diag::sentence(text, context.settings.spoken);
}

namespace {

// `words` are printable, with line ends that are our own.
void write_error(Context& context, const std::string& words) {
  const bool colors = uses_colors(context, context.environment.err_is_terminal);
  const std::string severity = said(context, in_words(diag::Severity::error));
  const std::string text = diag::Painter(colors)(diag::Style::error, severity) + ": " + words;
  context.environment.err << base::for_log(text, colors) << '\n';
}

}  // namespace

void error(Context& context, std::string_view message) {
  write_error(context, diag::printable_text(translated(message, context.settings.spoken)));
}

void error(Context& context, const diag::Text& message) {
  // What is put into a message has no line ends, so those that are there are the message's.
  std::string words;
  const std::string sentences = said(context, message);
  for (std::string_view rest = sentences;;) {
    const std::size_t end = rest.find('\n');
    words += diag::printable_text(rest.substr(0, end));
    if (end == std::string_view::npos) break;
    words += '\n';
    rest.remove_prefix(end + 1);
  }
  write_error(context, words);
}

ExitCode usage_error(Context& context, std::string_view message) {
  error(context, message);
  return ExitCode::usage_error;
}

ExitCode usage_error(Context& context, const diag::Text& message) {
  error(context, message);
  return ExitCode::usage_error;
}

void report_findings(Context& context, const source::SourceMap& sources, const diag::Sink& sink, diag::Severity least) {
  const bool colors = uses_colors(context, context.environment.err_is_terminal);
  context.environment.err << base::for_log(findings_in_text(context, sources, sink, least, colors), colors);
}

ExitCode report_findings(Context& context, const driver::Compilation& compilation) {
  report_findings(context, compilation.sources, compilation.sink, diag::Severity::error);
  note_advice(context, compilation.sink);
  return exit_code(compilation);
}

ExitCode report_errors(Context& context, const driver::Compilation& compilation) {
  diag::Sink shown;
  for (diag::Diagnostic& diagnostic : compilation.sink.sorted(compilation.sources)) {
    if (diagnostic.check.empty()) shown.report(std::move(diagnostic));
  }
  for (const auto& [code, count] : compilation.sink.dropped()) shown.report_more(code, count);
  report_findings(context, compilation.sources, shown, diag::Severity::error);
  note_advice(context, compilation.sink);
  if (compilation.unreadable) return ExitCode::usage_error;
  return compilation.may_write() ? ExitCode::done : ExitCode::failed;
}

std::string error_format(const Context& context) {
  const Request& request = context.request;
  const std::string* format = request.find(OptionId::error_format);
  if (format != nullptr) return *format;
  // Of a verb that writes nothing but findings the name of the file decides.
  const bool is_all =
      request.verb->find_option("error-format") != nullptr && request.verb->find_option("format") == nullptr;
  return is_all ? std::string(request.format(request.find(OptionId::output), "text")) : "text";
}

diag::SarifOptions sarif_options(const Context& context) {
  return {base::version, base::home, context.files().canonical(".")};
}

std::string annotations(const Context& context, const source::SourceMap& sources, const diag::Sink& sink) {
  const auto least = is_quiet(context) ? diag::Severity::error : diag::Severity::note;
  return diag::render_github(sources, sink.at_least(least), context.files().canonical("."), context.settings.language);
}

std::string findings_in_text(const Context& context, const source::SourceMap& sources, const diag::Sink& sink,
                             diag::Severity least, bool color) {
  if (is_quiet(context)) least = diag::Severity::error;
  // What does not count is for whoever checks the policy, as notes are.
  const bool checks = least == diag::Severity::note;
  const bool verbose = is_verbose(context);
  return diag::render_text(sources, sink.at_least(least),
                           {color, checks && verbose, checks, !verbose, context.settings.spoken});
}

Outcome for_each_policy(Context& context, const std::function<Outcome(const std::vector<std::string>&)>& run) {
  const std::vector<std::string> paths = policy_paths(context, context.request.arguments);
  context.environment.kept.reset();  // of the run before, where files are watched
  if (!context.request.has(OptionId::each)) return run(paths);
  Outcome all;
  const Settings given = context.settings;
  for (const std::string& path : paths) {
    // The language that one policy asks for is not that of the next.
    context.settings.language = given.language;
    context.settings.spoken = given.spoken;
    context.environment.kept.reset();
    const Outcome one = run({path});
    all.text += one.text;
    all.code = worse(all.code, one.code);
  }
  return all;
}

ExitCode exit_code(const driver::Compilation& compilation) {
  if (compilation.unreadable) return ExitCode::usage_error;
  return compilation.sink.has_errors() ? ExitCode::failed : ExitCode::done;
}

}  // namespace farol::cli
