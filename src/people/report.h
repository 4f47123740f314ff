// What a policy says of the people of a list: who breaks a separation of duties, whose roles disagree, and with an
// earlier list who gains and loses what.
#pragma once

#include <cstdint>
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

// With what a list is held together: its own earlier state, or another list of the same people.
enum class Compares : std::uint8_t { nothing, earlier, other_list };

struct Report {
  Census census;
  Compares compares = Compares::nothing;
  std::vector<Violating> violating;  // by separation
  std::vector<Disagreeing> disagreeing;
  std::vector<Moved> moved;

  // Nobody breaks a separation, and two lists of the same people say the same.
  [[nodiscard]] bool is_well() const {
    return violating.empty() && (compares != Compares::other_list || moved.empty());
  }
};

// Every combination of roles of a census, once: those that have to be decided.
[[nodiscard]] std::vector<Roles> combinations_of(const Census& census);

// `people` are those combinations, each once.
[[nodiscard]] Report make_report(Census census, const model::Model& model, const decide::Decisions& decisions,
                                 const std::vector<decide::Person>& people, Compares compares);

[[nodiscard]] document::Document document_of(const Report& report, const model::Model& model,
                                             const decide::Decisions& decisions, const source::SourceMap& sources,
                                             base::Language language);
[[nodiscard]] std::string render_json(const Report& report, const model::Model& model,
                                      const decide::Decisions& decisions);

// Returns the role whose name or title is nearest to an unknown word, or an empty text if none is near.
[[nodiscard]] std::string nearest_role(const model::Model& model, std::string_view word);

}  // namespace farol::people
