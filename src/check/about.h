// What a finding is about, by the names that a waiver can write: see `diag::Diagnostic::about`.
#pragma once

#include <string>
#include <vector>

#include "decide/places.h"
#include "diag/diagnostic.h"

namespace farol::check {

using Names = std::vector<std::string>;

// All roles, all features and all objects of some places. A respect in which they have something that no waiver can
// name, such as whoever holds no role, is left out.
[[nodiscard]] std::vector<Names> about(const model::Model& model, const std::vector<decide::Place>& places);

// Looks up what the statement or declaration at a place is about, for findings that do not say it themselves: its
// label, the roles, features and objects that it names, or what it declares. A stage sets `about` itself where the
// finding is not about its main span, or about part of it only.
class Things {
 public:
  explicit Things(const model::Model& model);

  [[nodiscard]] std::vector<Names> at(source::Span span) const;

 private:
  struct Thing {
    source::Span span;
    std::vector<Names> about;
  };
  void add(source::Span span, std::vector<Names> about);
  void add(const model::Area& area, const std::string& label, source::Span span);

  const model::Model& model_;
  std::vector<Thing> things_;  // by place; they do not overlap
};

}  // namespace farol::check
