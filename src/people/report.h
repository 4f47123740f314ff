// What a policy says of the people of a list: who breaks a separation of duties, whose roles disagree, and with an
// earlier list who gains and loses what.
#pragma once

#include <string>
#include <vector>

#include "base/phrases.h"
#include "decide/people.h"
#include "document/document.h"
#include "model/model.h"
#include "people/census.h"
#include "source/source_map.h"

namespace farol::people {

struct Violating {
  decide::Violation violation;
  Roles roles;  // all that count
  Group who;
};
struct Disagreeing {
  Roles roles;
  Group who;
  std::vector<decide::Disagreement> points;  // never empty
};
struct Moved {
  std::optional<Roles> before, after;
  Group who;
  std::vector<decide::PersonChange> changes;
};

struct Report {
  Census census;
  bool compares = false;
  std::vector<Violating> violating;  // by separation
  std::vector<Disagreeing> disagreeing;
  std::vector<Moved> moved;
};

// Every combination of roles of a census, once: those that have to be decided.
[[nodiscard]] std::vector<Roles> combinations_of(const Census& census);

// `people` are those combinations, each once.
[[nodiscard]] Report make_report(Census census, const model::Model& model, const decide::Decisions& decisions,
                                 const std::vector<decide::Person>& people, bool compares);

[[nodiscard]] document::Document document_of(const Report& report, const model::Model& model,
                                             const decide::Decisions& decisions, const source::SourceMap& sources,
                                             base::Language language);
[[nodiscard]] std::string render_json(const Report& report, const model::Model& model,
                                      const decide::Decisions& decisions);

// Returns the role whose name or title is nearest to an unknown word, or an empty text if none is near.
[[nodiscard]] std::string nearest_role(const model::Model& model, std::string_view word);

}  // namespace farol::people
