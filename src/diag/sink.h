// Where every stage reports. One sink for a run: it sorts by place, removes duplicates and caps each code.
#pragma once

#include <array>
#include <cstddef>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "diag/diagnostic.h"

namespace farol::diag {

class Sink {
 public:
  // How many findings of one code are kept; the rest is counted in `dropped`.
  static constexpr std::size_t default_cap = 100;

  explicit Sink(std::size_t cap = default_cap) : cap_(cap) {}

  void report(Diagnostic diagnostic);
  // `count` more findings of a code that the stage did not spell out.
  void report_more(Code code, std::size_t count);

  // Those that were dropped count too.
  [[nodiscard]] bool has_errors() const { return errors() > 0; }
  // Errors other than failed checks, which are gaps of the policy and stop nothing that is written from it.
  [[nodiscard]] bool has_blocking_errors() const { return errors() > failed_checks_; }
  [[nodiscard]] std::size_t errors() const { return count(Severity::error); }
  [[nodiscard]] std::size_t count(Severity severity) const { return by_severity_[static_cast<std::size_t>(severity)]; }

  // Sorted by file name, place, code, message; equal ones once.
  [[nodiscard]] std::vector<Diagnostic> sorted(const source::SourceMap& sources) const;
  [[nodiscard]] const std::map<Code, std::size_t>& dropped() const { return dropped_; }

 private:
  std::size_t cap_;
  std::array<std::size_t, 3> by_severity_{};
  std::size_t failed_checks_ = 0;  // those that are errors
  std::vector<Diagnostic> diagnostics_;
  std::set<std::tuple<Code, std::string, source::Span, std::string, std::string>> seen_;  // check, place, file, message
  std::map<Code, std::size_t> count_;
  std::map<Code, std::size_t> dropped_;
};

}  // namespace farol::diag
