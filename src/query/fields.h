// Answers as lines of text: headings, and fields whose values line up below each other.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "model/model.h"
#include "query/words.h"
#include "source/source_map.h"

namespace farol::query {

class Fields {
 public:
  // `names`: of all fields that may come.
  Fields(bool color, const std::vector<std::string_view>& names);

  void line(std::string_view text = {});
  void bold(std::string_view text);
  // An empty name goes on with the values of the field before.
  void field(std::string_view name, std::string_view value);
  [[nodiscard]] std::string take() { return std::move(out_); }

 private:
  bool color_;
  std::size_t width_ = 0;
  std::string out_;
};

// `rules.farol:24`; nothing for no place.
[[nodiscard]] std::string place_of(const source::SourceMap& sources, source::Span span);
// `minutes; rules.farol:24; “Board meetings are minuted”`
[[nodiscard]] std::string rule_in_full(const model::Rule& rule, const source::SourceMap& sources, const Words& words);

}  // namespace farol::query
