// One table of an export while it is filled: see query/tables.h.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/csv.h"
#include "base/date.h"
#include "base/file_system.h"

namespace farol::query {

// The first column of every row is the id of the export, which follows from all rows and is put in front of them at the
// end.
class TableFile {
 public:
  TableFile(std::string name, std::string columns) : name_(std::move(name)), columns_(std::move(columns)) {}

  TableFile& text(std::string_view value) { return csv_.cell(value), *this; }
  TableFile& number(std::size_t value) { return csv_.number(value), *this; }
  TableFile& text_or_null(std::string_view value) { return value.empty() ? null() : text(value); }
  TableFile& null() { return csv_.no_value(), *this; }
  TableFile& day(const std::optional<base::Date>& value) { return value ? text(base::to_string(*value)) : null(); }
  void end_row() {
    csv_.end_row();
    ends_.push_back(csv_.text().size());
  }

  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] std::size_t size() const { return ends_.size(); }
  [[nodiscard]] const std::string& body() const { return csv_.text(); }
  [[nodiscard]] base::OutputFile file(std::string_view export_id) const {
    std::string content = "export_id," + columns_ + "\n";
    content.reserve(content.size() + body().size() + size() * (export_id.size() + 3));
    std::size_t begin = 0;
    for (const std::size_t end : ends_) {
      content.append("\"").append(export_id).append("\",").append(body(), begin, end - begin);
      begin = end;
    }
    return {name_ + ".csv", std::move(content)};
  }

 private:
  std::string name_, columns_;
  base::CsvWriter csv_{base::CsvReader::program};
  std::vector<std::size_t> ends_;  // of the rows
};

}  // namespace farol::query
