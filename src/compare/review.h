// A difference as people read it in review, and as programs do: with the findings and the steps that follow.
#pragma once

#include <string>
#include <vector>

#include "base/phrases.h"
#include "compare/difference.h"
#include "diag/diagnostic.h"
#include "document/document.h"
#include "source/source_map.h"

namespace farol::compare {

struct FindingChange {
  bool solved = false;  // it was there before; else it is new
  std::string code;     // `F3001`, or the ID of the check
  std::string name;     // `conflict`
  diag::Severity severity = diag::Severity::error;
  std::string message, place;  // `policy.farol:12`; may be empty
};

struct StepChange {
  enum class Kind : std::uint8_t { added, altered, undone };
  Kind kind = Kind::added;
  std::string id;
  std::string keeper;  // `api`, `console` or `people`
  // `before`: the value that is replaced or, where only those whom it is for differ, the title that was. Of `undone`,
  // `value` is how to undo it.
  std::string title, value, before;
};

struct Source {
  std::string name;  // as it was asked for
  base::Date as_of;
  const source::SourceMap* sources = nullptr;  // none for a document
};

struct Review {
  Difference difference;
  Source before, after;
  bool findings_compared = true;        // a document has none
  std::vector<FindingChange> findings;  // new ones first
  bool steps_compared = true;           // a policy with errors has none
  std::vector<StepChange> steps;        // in the order in which they are made

  // Neither a permission nor a finding nor a step changes.
  [[nodiscard]] bool empty() const { return difference.empty() && findings.empty() && steps.empty(); }
  [[nodiscard]] std::size_t count(Direction direction) const;
};

// "Senior executives may now record a meeting, on confidential or below (before: not permitted)"
[[nodiscard]] std::string sentence_of(const Difference& difference, const Change& change, base::Language language);

// "edited: minutes (policy.farol:11)"
[[nodiscard]] std::string sentence_of(const Review& review, const Cause& cause, base::Language language);

[[nodiscard]] document::Document document_of(const Review& review, base::Language language);
// Complete: nothing is shortened. `sentence` is in the language.
[[nodiscard]] std::string render_json(const Review& review, base::Language language, std::string_view version);

}  // namespace farol::compare
