// A difference as people read it in review, and as programs do: with the findings and the steps that follow.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/phrases.h"
#include "compare/difference.h"
#include "diag/diagnostic.h"
#include "document/document.h"
#include "query/report.h"
#include "source/source_map.h"

namespace farol::compare {

struct FindingChange {
  enum class Kind : std::uint8_t {
    added,
    solved,
    waived,        // still there, and a waiver covers it now
    switched_off,  // its kind is off now
    unasked,       // a check that nothing asks for any more
  };
  Kind kind = Kind::added;
  std::string code;  // `F3001`, or the ID of the check
  std::string name;  // `conflict`
  diag::Severity severity = diag::Severity::error;
  std::string message, place;  // `policy.farol:12`; may be empty
  std::string by, until;       // of the waiver
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

// A commit as people speak of it.
struct Commit {
  std::string id;  // shortened
  base::Date date;
  std::string author;
};

struct Source {
  std::string name;      // as it was asked for
  std::string revision;  // of git: as people call it, `main`; else empty
  std::string branch;    // not empty: the commit at which this branch left `revision`
  std::optional<Commit> commit;
  base::Date as_of;
  const source::SourceMap* sources = nullptr;  // none for a document
};

struct Review {
  Difference difference;
  Source before, after;
  bool findings_compared = true;                // a document has none
  std::vector<FindingChange> findings;          // new ones first
  bool steps_compared = true;                   // a policy with errors has none
  std::string why_no_steps = {};                // in words, where it is for another reason
  std::vector<StepChange> steps;                // in the order in which they are made
  std::vector<query::Amendment> notified = {};  // to an authority, and said otherwise now

  // Both say the same: no permission, statement, name, finding or step differs.
  [[nodiscard]] bool empty() const {
    return difference.empty() && difference.edits.empty() && difference.things.empty() &&
           difference.vocabulary.renames.empty() && difference.unseen != Difference::Unseen::something &&
           findings.empty() && steps.empty();
  }
  [[nodiscard]] std::size_t count(Direction direction) const;
  [[nodiscard]] std::size_t count(FindingChange::Kind kind) const;
  // Of statements under one heading; of safeguards only those that are no weaker.
  [[nodiscard]] std::size_t count(Edit::Account account) const;
};

// "Senior executives may now record a meeting, on confidential or below (before: not permitted)"
// Not `alone`: on a page that says `Difference::everywhere` once.
[[nodiscard]] std::string sentence_of(const Difference& difference, const Change& change, base::Language language,
                                      bool alone = true);

// "edited: minutes (policy.farol:11)"
[[nodiscard]] std::string sentence_of(const Review& review, const Cause& cause, base::Language language);

// How much of a review a document has.
enum class Extent : std::uint8_t {
  whole,    // for a terminal, and for print
  comment,  // of a code host: what is long is folded, and never longer than a comment may be
  chat,     // a short text for a group
};
// Of a comment everything; `comment_of` makes it fit.
[[nodiscard]] document::Document document_of(const Review& review, base::Language language,
                                             Extent extent = Extent::whole);
// In Markdown, at most `max_comment` characters whatever changes; what is left out is counted.
inline constexpr std::size_t max_comment = 65'000;
[[nodiscard]] std::string comment_of(const Review& review, base::Language language);
// One line: how much of each kind changes.
[[nodiscard]] std::string summary_of(const Review& review, base::Language language);
// Complete: nothing is shortened. `sentence` is in the language.
[[nodiscard]] std::string render_json(const Review& review, base::Language language, std::string_view version);

}  // namespace farol::compare
