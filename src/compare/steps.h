// What is left to do after a change of the policy.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "compare/review.h"

namespace farol::compare {

// A step of an admin configuration, in the words of one language.
struct Step {
  std::string id;      // made of what it sets: another value is another step
  std::string target;  // what it sets it on: of two configurations, the step with the same target is its counterpart
  std::string keeper;  // `api`, `console` or `people`
  std::string title, value, undo;
  bool only_reads = false;
  std::string content = {};  // of a request: what is sent; of the console: the place
};

// Returns the steps that are new or set another value, in the order of the later steps, then those to undo, the last
// made first. A step that differs by a new name in the policy alone is the same: the tenant knows roles by their titles
// and ids, and a list is the same in another order. `titles` are those of roles that are bound, before and after: the
// tenant learns the new one by a step of its own, and no other step sets anything else by that.
using Titles = std::vector<std::pair<std::string, std::string>>;
[[nodiscard]] std::vector<StepChange> compare(const std::vector<Step>& before, const std::vector<Step>& after,
                                              const std::vector<Rename>& renames = {}, const Titles& titles = {});

}  // namespace farol::compare
