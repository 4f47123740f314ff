// What the compiler makes of a random policy, in the terms of the oracle: its points, and statements by their labels.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "driver/driver.h"
#include "generator.h"
#include "support/oracle.h"
#include "support/oracle_findings.h"

namespace property {

using Labels = std::set<std::string>;

// One answer, with the labels of the statements that decide.
struct LabelledAnswer {
  oracle::Effect effect = oracle::Effect::none;
  oracle::Set controls;
  Labels deciding;

  bool operator==(const LabelledAnswer&) const = default;
};
using LabelledAnswers = std::map<oracle::Point, LabelledAnswer>;

LabelledAnswers labelled(const oracle::Policy& policy, const oracle::Answers& answers);
Labels labels_of(const oracle::Policy& policy, const std::set<std::size_t>& statements);

// An object by the name that the oracle gives it.
std::string object_name(const farol::model::Model& model, farol::model::ObjectId id);

class Compiled {
 public:
  // The files as `print` makes them.
  explicit Compiled(const std::vector<SourceFile>& files);

  const farol::driver::Compilation& compilation() const { return compilation_; }

  // Findings of today, unless it says otherwise. By the name of the finding: the labels of the statements, or the names
  // of the declarations, that it is about.
  std::map<std::string, Labels> errors() const;
  // The same for what begins on a later day.
  std::map<std::string, Labels> errors_from(farol::base::Date day) const;

  // By what they point at, the names of the warnings about later days.
  std::multimap<std::string, std::string_view> warnings_to_come() const;

  // One finding as the tests see it.
  struct Found {
    std::string at;                  // the label of the statement, or the name of the declaration, that it points at
    std::vector<std::string> names;  // in backticks in its message
    std::vector<std::string> labels, details;  // what its labels point at; its lines
    std::optional<oracle::Point> witness;      // without its context
  };
  std::vector<Found> findings(farol::diag::Code code) const;
  // How many findings there are, without those that were counted only.
  std::size_t count(farol::diag::Code code) const;
  // So many more were counted only.
  bool is_capped(farol::diag::Code code) const { return compilation_.sink.dropped().contains(code); }

  LabelledAnswers answers(const oracle::Policy& policy) const;
  oracle::Set governed() const;
  // Where a conflict is reported, with the statements that decide against each other.
  std::map<oracle::Point, Labels> conflicts(const oracle::Policy& policy) const;
  // The features and objects that `nobody-left` names, as its lines spell them.
  Labels shut_cells() const;
  Labels rules_that_decide() const;
  Labels rules_that_are_needed() const;
  // "r3 · subjects · staff": a term of a list of an allow or deny that decides nowhere, though the rule does.
  Labels idle_terms() const;

 private:
  std::map<std::string, Labels> errors_that_begin(std::optional<farol::base::Date> day) const;
  std::string statement_at(farol::source::Span span) const;
  oracle::Point point_of(const farol::diag::Witness& witness) const;
  Labels labels_of(const std::vector<farol::decide::RuleId>& rules) const;

  farol::driver::Compilation compilation_;
  std::vector<farol::diag::Diagnostic> diagnostics_;  // sorted
};

}  // namespace property
