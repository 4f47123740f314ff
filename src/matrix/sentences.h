// One answer of an explanation as sentences that a colleague would say.
#pragma once

#include <cstddef>
#include <string>

#include "analysis/explain.h"
#include "matrix/words.h"
#include "model/model.h"
#include "source/source_map.h"

namespace farol::matrix {

class Sentences {
 public:
  Sentences(const analysis::Explanation& explanation, const model::Model& model, const source::SourceMap& sources,
            const Words& words)
      : explanation_(explanation), model_(model), sources_(sources), words_(words) {}

  // Of `explanation.answers[index]`.
  [[nodiscard]] std::string about(std::size_t index) const;

 private:
  [[nodiscard]] std::string statement(const analysis::ExplainedAnswer& answer, const std::string& tail) const;
  [[nodiscard]] std::string refusal(const analysis::ExplainedAnswer& answer, const std::string& tail) const;
  [[nodiscard]] std::string tail(std::size_t index) const;
  [[nodiscard]] std::string on(const analysis::ExplainedAnswer& answer) const;
  [[nodiscard]] bool is_the_rest(std::size_t index) const;
  [[nodiscard]] std::string reasons(const analysis::ExplainedAnswer& answer) const;
  void add_overruled(const analysis::ExplainedAnswer& answer, std::string& text) const;

  const analysis::Explanation& explanation_;
  const model::Model& model_;
  const source::SourceMap& sources_;
  const Words& words_;
};

}  // namespace farol::matrix
