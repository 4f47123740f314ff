// The sink to which every stage reports. A run has one: it sorts by place, removes duplicates and caps each code.
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "diag/diagnostic.h"

namespace farol::diag {

class Sink {
 public:
  // How many findings of one code are kept; the rest is counted in `dropped`.
  static constexpr std::size_t default_cap = 100;
  // The same of the findings of all checks, each of which has a cap of its own.
  static constexpr std::size_t most_failed_checks = 5'000;

  explicit Sink(std::size_t cap = default_cap) : cap_(cap) {}

  void report(Diagnostic diagnostic);
  // Counts `count` more findings of a code that the stage did not spell out.
  void report_more(Code code, std::size_t count) { report_more(code, info(code).severity, count); }
  void report_more(Code code, Severity severity, std::size_t count);
  // Returns true if one more finding of a code would only be counted: to spell it out is lost work.
  [[nodiscard]] bool is_full(Code code) const {
    const auto found = count_.find(code);
    return found != count_.end() && found->second >= cap_;
  }
  // Records a finding that does not count.
  void waive(Waived waived);
  // Records a kind that is not reported, and how many findings of it there were.
  void switch_off(std::string_view kind, std::size_t count) { off_[std::string(kind)] += count; }

  // Findings that were dropped count too.
  [[nodiscard]] bool has_errors() const { return errors() > 0; }
  // Returns true if there are errors other than failed checks: those are gaps of the policy, and stop no output.
  [[nodiscard]] bool has_blocking_errors() const { return errors() > failed_checks_; }
  [[nodiscard]] std::size_t errors() const { return count(Severity::error); }
  [[nodiscard]] std::size_t count(Severity severity) const { return by_severity_[static_cast<std::size_t>(severity)]; }

  // Returns the findings by file name, place, code and message, equal ones once.
  [[nodiscard]] std::vector<Diagnostic> sorted(const source::SourceMap& sources) const;
  // The same in the order in which they were reported.
  [[nodiscard]] const std::vector<Diagnostic>& reported() const { return diagnostics_; }
  [[nodiscard]] const std::map<Code, std::size_t>& dropped() const { return dropped_; }
  [[nodiscard]] std::vector<Waived> waived(const source::SourceMap& sources) const;
  // Returns more than `waived` lists if there are more of one code than its cap.
  [[nodiscard]] std::size_t count_waived() const { return waived_count_; }
  [[nodiscard]] const std::map<std::string, std::size_t>& off() const { return off_; }

  // Returns a sink without what is less severe.
  [[nodiscard]] Sink at_least(Severity severity) const;
  // Takes the findings out in the order in which they were reported; the sink is then as new but for its cap. What was
  // dropped is counted in `more`.
  [[nodiscard]] std::vector<Diagnostic> take(std::vector<std::pair<Code, std::size_t>>& more);

 private:
  std::size_t cap_;
  std::array<std::size_t, 3> by_severity_{};
  std::size_t failed_checks_ = 0;  // those that are errors
  std::vector<Diagnostic> diagnostics_;
  std::set<std::tuple<Code, std::string, source::Span, std::string, Text>> seen_;  // check, place, file, message
  std::map<Code, std::size_t> count_;
  std::map<Code, std::size_t> dropped_;
  std::map<Code, Severity> severity_of_;  // of what was dropped
  std::vector<Waived> waived_;
  std::map<Code, std::size_t> waived_of_;
  std::size_t waived_count_ = 0;
  std::map<std::string, std::size_t> off_;
};

}  // namespace farol::diag
