#include "diag/sink.h"

#include <algorithm>
#include <string_view>

namespace farol::diag {

void Sink::report(Diagnostic diagnostic) {
  if (!seen_.emplace(diagnostic.code, diagnostic.check, diagnostic.span, diagnostic.file, diagnostic.message).second) return;
  ++by_severity_[static_cast<std::size_t>(diagnostic.severity)];
  // Whoever runs the checks caps each by itself.
  const bool check = !diagnostic.check.empty();
  if (check && diagnostic.severity == Severity::error) ++failed_checks_;
  if (check || count_[diagnostic.code]++ < cap_) {
    diagnostics_.push_back(std::move(diagnostic));
  } else {
    ++dropped_[diagnostic.code];
  }
}

void Sink::report_more(Code code, std::size_t count) {
  if (count == 0) return;
  by_severity_[static_cast<std::size_t>(info(code).severity)] += count;
  dropped_[code] += count;
}

std::vector<Diagnostic> Sink::sorted(const source::SourceMap& sources) const {
  const auto key = [&sources](const Diagnostic& diagnostic) {
    const bool placed = !diagnostic.span.is_none();
    const std::string_view file = placed ? sources.name(diagnostic.span.source) : diagnostic.file;
    return std::tuple(file, placed, diagnostic.span.begin, diagnostic.span.end, diagnostic.code,
                      std::string_view(diagnostic.check), std::string_view(diagnostic.message));
  };
  std::vector<Diagnostic> sorted = diagnostics_;
  std::stable_sort(sorted.begin(), sorted.end(),
                   [&key](const Diagnostic& a, const Diagnostic& b) { return key(a) < key(b); });
  return sorted;
}

}  // namespace farol::diag
