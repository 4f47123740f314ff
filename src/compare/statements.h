// The statements of one side of a comparison, in a form in which they can be found on the other.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "compare/difference.h"

namespace farol::compare {

// A point of the vocabulary, with what decides there on both sides, on which day of either.
struct Point {
  RoleId role;
  FeatureId feature;
  ObjectId object;
  const decide::Segment* before = nullptr;
  const decide::Segment* after = nullptr;
  base::Date before_day, after_day;
};

// The terms of an area that a point lies in.
struct Covering {
  std::vector<model::SubjectTermId> subjects;
  std::vector<model::FeatureTermId> features;
  std::vector<model::ObjectTermId> objects;

  [[nodiscard]] bool empty() const { return subjects.empty() || features.empty() || objects.empty(); }
};

// Without the reason and the keeper, which change nothing.
[[nodiscard]] std::string without_reason(const std::string& statement);

class Statements {
 public:
  // Texts of the earlier side are put into later words. With `by_reference` rules are told by how documents refer to
  // them.
  Statements(const Side& side, const Mapping& mapping, bool later, bool by_reference,
             const std::vector<Rename>& renames);
  // Both sides are read: notes what the other has not.
  void compare_with(const Statements& other);

  [[nodiscard]] const Model& model() const { return side.model; }
  [[nodiscard]] Covering covering(const model::Area& area, const Point& point) const;
  // The other side says no such thing of the point: neither in these words nor split or joined otherwise.
  [[nodiscard]] bool is_new(const Statements& other, RuleId rule, const Point& point) const;

  const Side& side;
  const bool later;
  std::unordered_map<std::string, std::vector<std::size_t>> rules, guardrails;  // by their texts
  std::vector<std::string> rule_texts;                                          // by rule
  std::unordered_set<std::string> labels;
  std::map<std::string, std::pair<std::string, source::Span>> declared;  // by kind and name: what it says, and where
  std::vector<std::size_t> new_controls, new_requirements;  // rules and guardrails that give controls, by text new

 private:
  void declare(std::string_view kind, const std::string& name, const std::string& text, source::Span span);
  void read_declarations();
  [[nodiscard]] std::string words(const std::string& text) const;
  // One text for each combination of terms; of a point, of those that it lies in. None for a long list and for `only`,
  // which names one group.
  [[nodiscard]] std::vector<std::string> parts_of(RuleId rule, const Point* point) const;

  const Mapping& mapping_;
  const std::vector<Rename>& renames_;
  std::unordered_set<std::string> parts_;  // of rules whose text the other side does not have
  std::vector<bool> new_text_;             // by rule: the other side does not have its text
};

}  // namespace farol::compare
