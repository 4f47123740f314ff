// Where a finding holds, in lines that can be read: "executive, cfo · meeting.record · public, internal · device is
// personal".
#pragma once

#include <string>
#include <vector>

#include "decide/boxes.h"
#include "decide/decisions.h"
#include "diag/diagnostic.h"

namespace farol::decide {

// Points of one role and feature: these objects, these combinations of these contexts.
struct Place {
  RoleId role;
  FeatureId feature;
  std::vector<ObjectId> objects;  // sorted
  std::vector<ContextId> contexts;
  base::BitSet where;
};

// Names as the policy writes them.
[[nodiscard]] std::string name_of(const Model& model, RoleId role);  // "whoever holds no role" for nobody
[[nodiscard]] std::string name_of(const Model& model, FeatureId feature);
[[nodiscard]] std::string name_of(const Model& model,
                                  ObjectId object);  // "any other app"; empty for features on nothing
[[nodiscard]] std::string in_words(const Model& model, const Box& box);  // "device is personal and network is vpn"
[[nodiscard]] std::string in_words(const Model& model, const std::vector<Box>& boxes);  // "always" where all is in

// All objects that a cell answers for, twins included.
[[nodiscard]] std::vector<ObjectId> objects_of(const Model& model, const Table& table, const Cell& cell,
                                               FeatureId feature);

// How many names stand in one sentence.
inline constexpr std::size_t max_names = 8;
// "`a`, `b` and 7 more"
[[nodiscard]] std::string in_short(const std::vector<std::string>& names);

// Places with equal objects and contexts are one line, with all their roles, then all their features. At most
// `max_lines` lines, then how many more cells there are.
inline constexpr std::size_t max_lines = 20;
[[nodiscard]] std::vector<diag::Text> lines_of(const Model& model, std::vector<Place> places);

// The first point of the first place.
[[nodiscard]] diag::Witness witness_of(const Model& model, const Place& place);
// "executive · meeting.record · restricted · device personal"
[[nodiscard]] std::string in_words(const diag::Witness& witness);

}  // namespace farol::decide
