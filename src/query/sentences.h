// One answer of an explanation as sentences that a colleague would say.
#pragma once

#include <cstddef>
#include <string>

#include "decide/explain.h"
#include "document/words.h"
#include "model/model.h"
#include "source/source_map.h"

namespace farol::query {

class Sentences {
 public:
  Sentences(const decide::Explanation& explanation, const model::Model& model, const source::SourceMap& sources,
            const document::Words& words)
      : explanation_(explanation), model_(model), sources_(sources), words_(words) {}

  // Of `explanation.answers[index]`.
  [[nodiscard]] std::string about(std::size_t index) const;

 private:
  [[nodiscard]] std::string statement(const decide::ExplainedAnswer& answer, const std::string& tail) const;
  [[nodiscard]] std::string refusal(const decide::ExplainedAnswer& answer, const std::string& tail) const;
  [[nodiscard]] std::string tail(std::size_t index) const;
  [[nodiscard]] std::string on(const decide::ExplainedAnswer& answer) const;
  [[nodiscard]] bool is_the_rest(std::size_t index) const;
  [[nodiscard]] std::string reasons(const decide::ExplainedAnswer& answer) const;
  void add_overruled(const decide::ExplainedAnswer& answer, std::string& text) const;

  const decide::Explanation& explanation_;
  const model::Model& model_;
  const source::SourceMap& sources_;
  const document::Words& words_;
};

}  // namespace farol::query
