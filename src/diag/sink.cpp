#include "diag/sink.h"

#include <algorithm>
#include <string_view>
#include <tuple>

namespace farol::diag {

namespace {

// Orders findings by file name, place, code and message. The words of a message are made only where nothing else tells
// two findings apart.
bool comes_before(const source::SourceMap& sources, const Diagnostic& a, const Diagnostic& b) {
  const auto place = [&](const Diagnostic& diagnostic) {
    const bool placed = !diagnostic.span.is_none();
    const std::string_view file = placed ? sources.name(diagnostic.span.source) : diagnostic.file;
    return std::tuple(file, placed, diagnostic.span.begin, diagnostic.span.end, diagnostic.code,
                      std::string_view(diagnostic.check));
  };
  const auto first = place(a), second = place(b);
  return first != second ? first < second : sentence(a.message) < sentence(b.message);
}

}  // namespace

void Sink::report(Diagnostic diagnostic) {
  if (!seen_.emplace(diagnostic.code, diagnostic.check, diagnostic.span, diagnostic.file, diagnostic.message).second)
    return;
  ++by_severity_[static_cast<std::size_t>(diagnostic.severity)];
  // The findings of each check are capped by `check::run_checks`.
  const bool check = !diagnostic.check.empty();
  if (check && diagnostic.severity == Severity::error) ++failed_checks_;
  if (count_[diagnostic.code]++ < (check ? most_failed_checks : cap_)) {
    diagnostics_.push_back(std::move(diagnostic));
  } else {
    ++dropped_[diagnostic.code];
    severity_of_[diagnostic.code] = diagnostic.severity;
  }
}

void Sink::report_more(Code code, Severity severity, std::size_t count) {
  if (count == 0) return;
  by_severity_[static_cast<std::size_t>(severity)] += count;
  dropped_[code] += count;
  severity_of_[code] = severity;
}

void Sink::waive(Waived waived) {
  const Diagnostic& finding = waived.finding;
  if (!seen_.emplace(finding.code, finding.check, finding.span, finding.file, finding.message).second) return;
  ++waived_count_;
  if (waived_of_[finding.code]++ < cap_) waived_.push_back(std::move(waived));
}

std::vector<Diagnostic> Sink::sorted(const source::SourceMap& sources) const {
  std::vector<const Diagnostic*> order;
  for (const Diagnostic& diagnostic : diagnostics_) order.push_back(&diagnostic);
  std::stable_sort(order.begin(), order.end(),
                   [&](const Diagnostic* a, const Diagnostic* b) { return comes_before(sources, *a, *b); });
  std::vector<Diagnostic> sorted;
  sorted.reserve(order.size());
  for (const Diagnostic* diagnostic : order) sorted.push_back(*diagnostic);
  return sorted;
}

std::vector<Waived> Sink::waived(const source::SourceMap& sources) const {
  std::vector<Waived> sorted = waived_;
  std::stable_sort(sorted.begin(), sorted.end(),
                   [&](const Waived& a, const Waived& b) { return comes_before(sources, a.finding, b.finding); });
  return sorted;
}

Sink Sink::at_least(Severity severity) const {
  Sink kept = *this;
  std::erase_if(kept.diagnostics_, [&](const Diagnostic& diagnostic) { return diagnostic.severity > severity; });
  std::erase_if(kept.dropped_, [&](const auto& entry) { return severity_of_.at(entry.first) > severity; });
  for (std::size_t i = static_cast<std::size_t>(severity) + 1; i < kept.by_severity_.size(); ++i)
    kept.by_severity_[i] = 0;
  return kept;
}

std::vector<Diagnostic> Sink::take(std::vector<std::pair<Code, std::size_t>>& more) {
  more.insert(more.end(), dropped_.begin(), dropped_.end());
  std::vector<Diagnostic> taken = std::move(diagnostics_);
  *this = Sink(cap_);
  return taken;
}

}  // namespace farol::diag
