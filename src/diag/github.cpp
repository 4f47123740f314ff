#include "diag/github.h"

#include <algorithm>
#include <string_view>

#include "base/text.h"
#include "diag/render.h"

namespace farol::diag {
namespace {

std::string_view command_of(Severity severity) {
  switch (severity) {
    case Severity::error: return "error";
    case Severity::warning: return "warning";
    case Severity::note: return "notice";
  }
  return "notice";
}

std::string replaced(std::string text, char from, std::string_view to) {
  std::string result;
  for (const char c : text) {
    if (c == from) {
      result += to;
    } else {
      result += c;
    }
  }
  return result;
}

// Escapes what ends a command or begins an escape; what is not seen is a blank.
std::string data(const std::string& text) { return replaced(replaced(base::printable(text), '%', "%25"), '\n', "%0A"); }
// Escapes what ends a property as well.
std::string property(const std::string& text) { return replaced(replaced(data(text), ':', "%3A"), ',', "%2C"); }

void write_annotation(std::string& out, const source::SourceMap& sources, const Diagnostic& finding,
                      const std::string& folder, base::Language language) {
  const CodeInfo& code = info(finding.code);
  out += "::" + std::string(command_of(finding.severity)) + " ";
  const std::string file = finding.span.is_none() ? finding.file : sources.name(finding.span.source);
  if (!file.empty()) out += "file=" + property(path_from(folder, file)) + ",";
  if (!finding.span.is_none()) {
    const source::Position start = sources.position(finding.span.source, finding.span.begin);
    const source::Position end = sources.position(finding.span.source, finding.span.end);
    out += "line=" + std::to_string(start.line) + ",endLine=" + std::to_string(end.line) + ",";
    // Columns are of use only if the place is on one line.
    if (start.line == end.line)
      out += "col=" + std::to_string(start.column) + ",endColumn=" + std::to_string(end.column) + ",";
  }
  out += "title=" +
         property(std::string(code_text(finding)) + (finding.check.empty() ? " " + std::string(code.name) : ""));
  out += "::" + data(whole_message(finding, language)) + "\n";
}

}  // namespace

std::string render_github(const source::SourceMap& sources, const Sink& sink, const std::string& folder,
                          base::Language language) {
  std::vector<Diagnostic> findings = sink.sorted(sources);
  std::stable_sort(findings.begin(), findings.end(),
                   [](const Diagnostic& a, const Diagnostic& b) { return a.severity < b.severity; });
  std::string out;
  for (const Diagnostic& finding : findings) write_annotation(out, sources, finding, folder, language);

  bool too_many = false;
  for (const Severity severity : {Severity::error, Severity::warning, Severity::note})
    too_many |= sink.count(severity) > max_annotations;
  const std::string total = summary(sink, language);
  if (!total.empty())
    out += (too_many ? sentence(message::github_shows(total, max_annotations), language) : total) + "\n";
  if (const std::string off = switched_off(sink, language); !off.empty()) out += off + "\n";
  return out;
}

}  // namespace farol::diag
