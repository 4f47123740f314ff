// The last column of a sheet: what the policy says of permissions, so that the sheet can be made a policy again.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "document/document.h"

namespace farol::query {

// Some of the statements for each row, so that no cell is longer than spreadsheets take.
class StatementColumn {
 public:
  StatementColumn(const std::vector<std::string>& statements, std::size_t rows)
      : statements_(statements), rows_(rows) {}

  document::Cell next() {
    const std::size_t begin = row_ * statements_.size() / rows_, end = (row_ + 1) * statements_.size() / rows_;
    ++row_;
    const auto at = [&](std::size_t i) { return statements_.begin() + static_cast<std::ptrdiff_t>(i); };
    return {std::vector<document::Line>(at(begin), at(end))};
  }

 private:
  const std::vector<std::string>& statements_;
  std::size_t rows_, row_ = 0;
};

}  // namespace farol::query
