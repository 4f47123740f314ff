// Many policies at once: one line for each, with how much of each kind changes.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "compare/review.h"
#include "document/document.h"

namespace farol::compare {

struct TableRow {
  enum class State : std::uint8_t { compared, is_new, is_gone, has_errors };
  std::string name;
  State state = State::compared;
  std::size_t wider = 0, narrower = 0, otherwise = 0, weaker = 0, new_findings = 0, solved_findings = 0, steps = 0;
};
[[nodiscard]] TableRow row_of(std::string name, const Review& review);

[[nodiscard]] document::Document document_of(const std::vector<TableRow>& rows, base::Language language);
// The same table as a page, with what changes in each policy below it: a page for each row, or an empty document.
[[nodiscard]] document::Document page_of(const std::vector<TableRow>& rows, std::vector<document::Document> pages,
                                         base::Language language);
// One object on a line for each.
[[nodiscard]] std::string render_json(const std::vector<TableRow>& rows, std::string_view version);

}  // namespace farol::compare
