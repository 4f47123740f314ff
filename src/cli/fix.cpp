#include "cli/fix.h"

#include <algorithm>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/log_text.h"
#include "cli/input.h"
#include "cli/output.h"
#include "diag/messages_cli.h"
#include "driver/fixes.h"
#include "syntax/format.h"
#include "syntax/parser.h"

namespace farol::cli {
namespace {

// Shows a finding with its repairs, and reads which one is wanted: a number, nothing to go on, `q` to stop.
class Asking {
 public:
  explicit Asking(Context& context) : context_(context) {}

  std::optional<std::size_t> operator()(const diag::Diagnostic& finding, const source::SourceMap& sources) {
    if (stopped_) return std::nullopt;
    diag::Sink one;
    one.report(finding);
    context_.environment.err << base::for_log(findings_in_text(context_, sources, one, diag::Severity::note, false));
    while (true) {
      context_.environment.err << said(context_, message::which_fix(finding.fixes.size())) << ' ' << std::flush;
      const auto line = context_.environment.read_line ? context_.environment.read_line() : std::nullopt;
      if (!line || *line == "q") {
        stopped_ = true;
        return std::nullopt;
      }
      if (line->empty()) return std::nullopt;
      if (line->size() == 1 && line->front() >= '1' &&
          static_cast<std::size_t>(line->front() - '0') <= finding.fixes.size())
        return static_cast<std::size_t>(line->front() - '1');
    }
  }

 private:
  Context& context_;
  bool stopped_ = false;
};

// A file that was laid out as `fmt` does stays so.
void keep_layout(driver::FixedFile& file) {
  const auto formatted = [&](const std::string& text) {
    source::SourceMap sources;
    diag::Sink sink;
    const auto id = sources.add(file.path, text);
    return syntax::format(sources, id, sink);
  };
  if (formatted(file.before) == file.before) file.after = formatted(file.after);
}

}  // namespace

ExitCode fix(Context& context, const std::vector<std::string>& paths) {
  if (std::find(paths.begin(), paths.end(), "-") != paths.end())
    return usage_error(context, said(context, message::writes_files_only("--fix")));
  const bool asks = context.request.has(OptionId::interactive);
  Asking asking(context);
  const driver::ChooseFix choose = [&](const diag::Diagnostic& finding, const source::SourceMap& sources) {
    return asks ? asking(finding, sources) : driver::safe_fix(finding);
  };
  driver::Fixes fixes;
  std::string fixed_before;
  const ExitCode code = rewrite(context, [&]() -> std::variant<std::vector<base::OutputFile>, ExitCode> {
    // Nobody is asked twice: the answers were about the files as they were.
    if (asks && !fixed_before.empty())
      return usage_error(context, said(context, message::changed_meanwhile(fixed_before)));
    fixes = driver::try_fixes(context.files(), compile_options(context, paths), choose, asks);
    context.settings.spoken = fixes.language;
    std::vector<base::OutputFile> files;
    for (driver::FixedFile& file : fixes.files) {
      const bool changes = file.before != file.after;
      if (changes) keep_layout(file);
      files.push_back({file.path, file.after, base::Original{true, file.before}});
      if (changes) fixed_before = file.path;
    }
    if (files.empty()) return ExitCode::done;
    return files;
  });
  if (code != ExitCode::done) return code;
  for (const driver::AppliedFix& applied : fixes.applied)
    info(context, said(context, message::fixed_at(applied.place, applied.finding, applied.title)));
  info(context, said(context, message::fixes_applied(fixes.applied.size())));
  return ExitCode::done;
}

}  // namespace farol::cli
