// Answers as lines of text: headings, and fields whose values line up below each other.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "document/words.h"
#include "model/model.h"
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

// `minutes; rules.farol:24; “Board meetings are minuted”`
[[nodiscard]] std::string rule_in_full(const model::Rule& rule, const source::SourceMap& sources,
                                       const document::Words& words);

}  // namespace farol::query
