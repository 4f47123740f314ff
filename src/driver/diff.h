// What a change of a policy means: two sides, read and decided, and what differs between them.
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/phrases.h"
#include "compare/review.h"
#include "compare/steps.h"
#include "compare/table.h"
#include "driver/driver.h"

namespace farol::driver {

struct DiffSide {
  struct Revision {
    std::string name, branch;  // as in `compare::Source`
    std::optional<compare::Commit> commit;
  };
  std::string name;  // as it was asked for
  std::optional<Revision> revision = {};
  Compilation compilation;
  std::vector<compare::Step> steps;
  // A permissions.json: it has decisions, and steps if its steps.json is known, and nothing else.
  bool document = false;
  bool no_steps = false;                         // of a document: they are not known
  std::string digest;                            // of the policy that a document was made from
  base::Language language = base::Language::en;  // of what is said about it
};

// A policy. Its sources stay with the side.
[[nodiscard]] DiffSide diff_side(std::string name, Compilation compilation, base::Language language);
// A permissions.json, with the steps.json that lies beside it, if one does; what is wrong with either, a line each.
// Steps of another policy or day are not those of the document.
[[nodiscard]] std::variant<DiffSide, std::vector<std::string>> diff_side(std::string name, std::string_view document,
                                                                         std::optional<std::string_view> steps,
                                                                         base::Language language);
// Whether the sides can be compared: conflicts and other errors in the meaning are a part of what is compared, but what
// could not be read or names nothing is not.
[[nodiscard]] bool can_be_compared(const DiffSide& side);

// Both sides can be compared, and outlive the review.
[[nodiscard]] compare::Review review(const DiffSide& before, const DiffSide& after);

// The same as findings about the later policy, for code scanning and annotations: each change at the first statement
// behind it that still stands, and what is found that was not found before.
[[nodiscard]] diag::Sink as_findings(const compare::Review& review, const DiffSide& before, const DiffSide& after,
                                     base::Language language);

enum class DiffFormat : std::uint8_t { text, markdown, html, json, chat };
// A table of many policies has no chat. As HTML it has below it the `pages` of the rows, which no other form needs.
[[nodiscard]] std::string render(const std::vector<compare::TableRow>& rows, DiffFormat format, base::Language language,
                                 std::vector<document::Document> pages = {});
[[nodiscard]] std::string render(const compare::Review& review, DiffFormat format, base::Language language, bool color);

}  // namespace farol::driver
