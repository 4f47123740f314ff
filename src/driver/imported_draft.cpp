#include "driver/imported_draft.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <string_view>
#include <vector>

namespace farol::driver {
namespace {

constexpr std::string_view allow = "allow ", to = " to ";

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  for (std::size_t from = 0; from < text.size();) {
    const std::size_t end = std::min(text.find('\n', from), text.size());
    lines.push_back(text.substr(from, end - from));
    from = end + 1;
  }
  return lines;
}

// One `allow` for each of its roles; empty if there is only one, or none that stands alone.
std::vector<std::string> role_by_role(const std::string& line) {
  const std::size_t end = line.find(to);
  const std::string who = line.substr(allow.size(), end - allow.size());
  if (who.find(", ") == std::string::npos || who.find(" except ") != std::string::npos) return {};
  std::vector<std::string> lines;
  for (std::size_t from = 0; from <= who.size();) {
    const std::size_t comma = std::min(who.find(", ", from), who.size());
    lines.push_back(std::string(allow) + who.substr(from, comma - from) + line.substr(end));
    from = comma + 2;
  }
  return lines;
}

// The same about the same objects, in every case.
std::string refusal_of(const std::string& line) {
  std::string rest = line.substr(allow.size());
  for (const std::string_view word : {" when ", " requiring ", " from ", " until ", " because ", " kept by "})
    rest.resize(std::min(rest.find(word), rest.size()));
  return "deny " + rest;
}

class Fitting {
 public:
  Fitting(const std::string& from, const std::function<Compilation(const std::string&)>& compile_text,
          dingtalk::PolicyDraft& draft)
      : from_(from), compile_text_(compile_text), draft_(draft) {}

  void run() {
    constexpr std::size_t most_rounds = 100;
    for (std::size_t round = 0; round < most_rounds; ++round) {
      const std::string text = render(draft_, from_);
      const Compilation compilation = compile_text_(text);
      if (compilation.may_write()) return;
      const auto blamed = blame(compilation, lines_of(text));
      if (blamed.empty()) break;
      for (const auto& [line, why] : blamed) change(line, why);
    }
    refuse_everything();
  }

 private:
  // The lines with an `allow` that stand in an error, with what it says.
  static std::map<std::string, std::string> blame(const Compilation& compilation,
                                                  const std::vector<std::string>& lines) {
    std::map<std::string, std::string> blamed;
    for (const diag::Diagnostic& finding : compilation.sink.sorted(compilation.sources)) {
      if (finding.severity != diag::Severity::error || !finding.check.empty()) continue;
      std::vector<source::Span> spans{finding.span};
      for (const diag::Label& label : finding.labels) spans.push_back(label.span);
      for (const source::Span span : spans) {
        if (span.is_none() || compilation.sources.is_library(span.source)) continue;
        const std::size_t line = compilation.sources.position(span.source, span.begin).line;
        if (line == 0 || line > lines.size() || !lines[line - 1].starts_with(allow)) continue;
        blamed.emplace(lines[line - 1], sentence(finding.message));
        break;
      }
    }
    return blamed;
  }

  void change(const std::string& line, const std::string& why) {
    const auto apart = role_by_role(line);
    if (!apart.empty()) return replace(line, apart);
    draft_.questions.push_back("`" + line + "` is what was read, and does not fit the rest: " + why +
                               "; refused until somebody says it");
    replace(line, {refusal_of(line)});
  }

  void replace(const std::string& line, const std::vector<std::string>& by) {
    for (dingtalk::Part& part : draft_.parts) {
      std::string text;
      for (const std::string& each : lines_of(part.text)) {
        if (each != line) {
          text += each + "\n";
          continue;
        }
        for (const std::string& instead : by) text += instead + "\n";
      }
      part.text = std::move(text);
    }
  }

  void refuse_everything() {
    std::set<std::string> allows;
    for (const dingtalk::Part& part : draft_.parts) {
      for (const std::string& line : lines_of(part.text)) {
        if (line.starts_with(allow)) allows.insert(line);
      }
    }
    for (const std::string& line : allows) replace(line, {refusal_of(line)});
    draft_.questions.emplace_back("what was read contradicts itself in many places: nobody is allowed anything of it");
  }

  const std::string& from_;
  const std::function<Compilation(const std::string&)>& compile_text_;
  dingtalk::PolicyDraft& draft_;
};

}  // namespace

void refuse_what_does_not_fit(const std::string& from,
                              const std::function<Compilation(const std::string&)>& compile_text,
                              dingtalk::PolicyDraft& draft) {
  Fitting(from, compile_text, draft).run();
}

}  // namespace farol::driver
