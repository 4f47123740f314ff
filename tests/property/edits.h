#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "generator.h"
#include "random.h"

// Small edits of a policy as people make them, each with what a comparison of both must find.
namespace property {

struct Edit {
  oracle::Policy policy;
  Layout layout = {};
  std::string label = {};  // of the one statement that was edited; empty: it was no statement, or several
};

struct KnownEdit {
  std::string_view name;
  bool means_nothing = false;  // nobody may more or less than before
  // Nothing: the policy has nothing to edit so.
  std::optional<Edit> (*make)(const oracle::Policy& policy, Random& random);
};

const std::vector<KnownEdit>& known_edits();

}  // namespace property
