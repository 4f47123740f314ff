// Why somebody may or may not do something: `farol explain ROLE FEATURE` in words, and as data.
#pragma once

#include <string>

#include "base/phrases.h"
#include "decide/explain.h"
#include "model/model.h"
#include "source/source_map.h"

namespace farol::query {

// The object that was asked about by name, and the condition as it was typed; either may be empty.
struct ExplanationOptions {
  base::Language language = base::Language::en;
  bool color = false;
  std::string object;
  std::string when;
};

// A sentence for each answer, as a colleague would say it, then the statements behind it with their places.
[[nodiscard]] std::string render_text(const decide::Explanation& explanation, const model::Model& model,
                                      base::Date as_of, const source::SourceMap& sources,
                                      const ExplanationOptions& options);
[[nodiscard]] std::string render_json(const decide::Explanation& explanation, const model::Model& model,
                                      base::Date as_of, const source::SourceMap& sources,
                                      const ExplanationOptions& options);

}  // namespace farol::query
