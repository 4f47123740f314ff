// The one comparison of two policies: where two decided functions over one vocabulary differ. Each pair of tables is
// compared once, for all roles and features that have it.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "decide/decisions.h"
#include "decide/overlay.h"
#include "diag/text.h"

namespace farol::decide {

// All objects and contexts on which one answer of a table became one other.
struct Difference {
  std::vector<ObjectId> objects;  // sorted
  model::Condition when;
  const Segment* before = nullptr;
  const Segment* after = nullptr;
};

class Comparison {
 public:
  // `model` has the roles, features, objects and contexts of both sides, in the same order; rules are each side's own.
  // All of these, and what `same` refers to, outlive the comparison.
  Comparison(const Model& model, const Decisions& before, const Decisions& after, WantedPair same = same_answer)
      : model_(model), before_(before), after_(after), same_(std::move(same)) {}

  // Visits what differs for a feature, each with the roles for which it does. Returns false if something was not
  // compared: the contexts of two cells together have more combinations than the bound.
  using Visit = std::function<void(const std::vector<RoleId>& roles, const Difference& difference)>;
  bool visit(FeatureId feature, const Visit& visit) { return run(feature, visit, false); }
  // Also what no rule of either side speaks of, where `same` wants it.
  bool visit_all(FeatureId feature, const Visit& visit) { return run(feature, visit, true); }

 private:
  using TablePair = std::pair<TableId, TableId>;
  struct Compared {
    std::vector<Difference> differences;  // by objects, then by when
    bool complete = true;
  };

  bool run(FeatureId feature, const Visit& visit, bool all);
  [[nodiscard]] std::map<TablePair, std::vector<RoleId>> roles_by_tables(FeatureId feature, bool all) const;
  const Compared& compare(const TablePair& tables, model::ActsOn kind, bool all);

  const Model& model_;
  const Decisions& before_;
  const Decisions& after_;
  WantedPair same_;
  std::map<std::pair<TablePair, model::ActsOn>, Compared> known_;
};

// Returns true if all was compared and every decision is the same.
[[nodiscard]] bool nothing_changes(const Model& model, const Decisions& before, const Decisions& after);
// Returns true if a text of `changes_in_words` says that no permission changes.
[[nodiscard]] bool says_nothing_changes(const diag::Text& effect);
// What a repair changes, in one sentence: "denies meeting.record to executive on public, internal; nothing else
// changes".
struct ChangesInWords {
  diag::Text text;
  bool takes_more = false;  // it takes a permission that no conflict was about
};
[[nodiscard]] ChangesInWords changes_in_words(const Model& model, const Decisions& before, const Decisions& after);

}  // namespace farol::decide
