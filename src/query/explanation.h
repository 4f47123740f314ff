// Why somebody may or may not do something: `farol explain ROLE FEATURE` in words, and as data.
#pragma once

#include <cstddef>
#include <string>

#include "base/phrases.h"
#include "decide/explain.h"
#include "document/document.h"
#include "document/words.h"
#include "model/model.h"
#include "source/source_map.h"

namespace farol::query {

struct ExplanationOptions {
  base::Language language = base::Language::en;
  std::string object;  // that was asked about by name; may be empty
  std::string when;    // the condition as it was typed; may be empty
};

// An answer of an explanation (`answers[index]`) as sentences that a colleague would say.
[[nodiscard]] std::string sentences_about(const decide::Explanation& explanation, std::size_t index,
                                          const model::Model& model, const source::SourceMap& sources,
                                          const document::Words& words);

// These sentences for each answer, then the statements behind it with their places.
[[nodiscard]] document::Document explanation_document(const decide::Explanation& explanation, const model::Model& model,
                                                      base::Date as_of, const source::SourceMap& sources,
                                                      const ExplanationOptions& options);
[[nodiscard]] std::string render_json(const decide::Explanation& explanation, const model::Model& model,
                                      base::Date as_of, const source::SourceMap& sources,
                                      const ExplanationOptions& options);

}  // namespace farol::query
