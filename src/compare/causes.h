// Which statements are behind a change at a point.
#pragma once

#include <vector>

#include "compare/difference.h"
#include "compare/statements.h"

namespace farol::compare {

class Causes {
 public:
  Causes(const Vocabulary& vocabulary, const Side& before, const Side& after);

  // Never empty, sorted. Says `edited` and the like of rules that decide there on one of the sides; failing that, of
  // declarations that the point or its rules depend on.
  [[nodiscard]] std::vector<Cause> at(const Point& point) const;

 private:
  void add_rules(const Statements& policy, const Statements& other, const decide::Segment& segment, const Point& point,
                 std::vector<Cause>& causes) const;
  void add_controls(const Statements& policy, const Statements& other, const Point& point,
                    std::vector<Cause>& causes) const;
  void add_declarations(const Point& point, std::vector<Cause>& causes) const;
  void add_relations(const Point& point, std::vector<Cause>& causes) const;
  void add_governing(const Point& point, bool only_new, std::vector<Cause>& causes) const;
  [[nodiscard]] std::vector<RuleId> governing(const Statements& policy, FeatureId feature) const;
  [[nodiscard]] Cause edit(const Statements& policy, const Statements& other, const model::Rule& rule) const;
  [[nodiscard]] Cause cause(const Statements& policy, Cause::Kind kind, const model::Rule& rule) const;

  const Vocabulary& vocabulary_;
  Statements before_, after_;
};

}  // namespace farol::compare
