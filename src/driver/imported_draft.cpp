#include "driver/imported_draft.h"

#include <algorithm>
#include <cstdint>
#include <map>
#include <set>
#include <string_view>
#include <vector>

#include "diag/messages_driver.h"

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
  Fitting(const CompileDraft& compile_draft, dingtalk::PolicyDraft& draft)
      : compile_draft_(compile_draft), draft_(draft) {}

  void run() {
    constexpr std::size_t most_fittings = 100;
    for (std::size_t round = 0; round < most_fittings; ++round) {
      const Compilation compilation = compile_draft_(draft_);
      if (compilation.may_write()) return;
      const auto blamed = blame(compilation);
      if (blamed.empty()) break;
      for (const auto& [line, why] : blamed) change(line, why);
    }
    refuse_everything();
  }

 private:
  // The lines with an `allow` that stand in an error, with what it says.
  static std::map<std::string, diag::Text> blame(const Compilation& compilation) {
    std::map<std::string, diag::Text> blamed;
    for (const diag::Diagnostic& finding : compilation.sink.sorted(compilation.sources)) {
      if (finding.severity != diag::Severity::error || !finding.check.empty()) continue;
      std::vector<source::Span> spans{finding.span};
      for (const diag::Label& label : finding.labels) spans.push_back(label.span);
      for (const source::Span span : spans) {
        if (span.is_none() || compilation.sources.is_library(span.source)) continue;
        const std::string line(
            compilation.sources.line(span.source, compilation.sources.position(span.source, span.begin).line));
        if (!line.starts_with(allow)) continue;
        blamed.emplace(line, finding.message);
        break;
      }
    }
    return blamed;
  }

  void change(const std::string& line, const diag::Text& why) {
    const auto apart = role_by_role(line);
    if (!apart.empty()) return replace(line, apart);
    draft_.questions.push_back(message::import_unfit(line, why));
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
    draft_.questions.push_back(message::import_contradicts());
  }

  const CompileDraft& compile_draft_;
  dingtalk::PolicyDraft& draft_;
};

}  // namespace

void refuse_what_does_not_fit(const CompileDraft& compile_draft, dingtalk::PolicyDraft& draft) {
  Fitting(compile_draft, draft).run();
}

}  // namespace farol::driver
