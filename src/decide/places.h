// Where a finding holds, in lines that can be read: "executive, cfo · meeting.record · public, internal · device is
// personal".
#pragma once

#include <string>
#include <string_view>
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

// Names as the policy writes them: "whoever holds no role" for nobody, "any other app", nothing for features on
// nothing.
[[nodiscard]] diag::Text name_of(const Model& model, RoleId role);
[[nodiscard]] diag::Text name_of(const Model& model, FeatureId feature);
[[nodiscard]] diag::Text name_of(const Model& model, ObjectId object);
// In backticks, where it is a name.
[[nodiscard]] diag::Text quoted_name(const Model& model, RoleId role);

// A condition in the words of the language: "device is personal and network is vpn", "always" where all is in.
// `written` prints a name where the language expects one.
using NamePrinter = std::string (*)(std::string_view);
[[nodiscard]] std::string plain_name(std::string_view name);
[[nodiscard]] std::string in_words(const Model& model, const Box& box, NamePrinter written = plain_name);
[[nodiscard]] std::string in_words(const Model& model, const std::vector<Box>& boxes, NamePrinter written = plain_name);

// All objects that a cell answers for, twins included.
[[nodiscard]] std::vector<ObjectId> objects_of(const Model& model, const Table& table, const Cell& cell,
                                               FeatureId feature);

// Places with equal objects and contexts are one line, with all their roles, then all their features. At most
// `max_lines` lines, then how many more cells there are.
inline constexpr std::size_t max_lines = 20;
[[nodiscard]] std::vector<diag::Text> lines_of(const Model& model, std::vector<Place> places);

// The first point of the first place.
[[nodiscard]] diag::Witness witness_of(const Model& model, const Place& place);
}  // namespace farol::decide
