// Which statements are behind a change at a point.
#pragma once

#include <map>
#include <set>
#include <string>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "diff/difference.h"

namespace farol::diff {

// A point of the vocabulary, with what decides there on both sides.
struct Point {
  RoleId role;
  FeatureId feature;
  ObjectId object;
  const analysis::Segment* before = nullptr;
  const analysis::Segment* after = nullptr;
};

class Causes {
 public:
  Causes(const Vocabulary& vocabulary, const Side& before, const Side& after);

  // Never empty, sorted. Says `edited` and the like of rules that decide there on one of the sides; failing that, of
  // declarations that the point or its rules depend on.
  [[nodiscard]] std::vector<Cause> at(const Point& point);

 private:
  // One side, with what is asked of it over and over.
  struct Policy {
    Policy(const Side& given, const Mapping& ids, bool is_later) : side(given), mapping(ids), later(is_later) {}
    const Side& side;
    const Mapping& mapping;
    bool later;
    std::unordered_map<std::string, std::vector<std::size_t>> rules, guardrails;  // by their text in later words
    std::unordered_set<std::string> parts;     // of rules whose text the other side does not have
    std::vector<bool> new_throughout;          // by rule: the other side has neither its text nor any part of it
    std::vector<std::size_t> new_controls, new_requirements;  // rules and guardrails that give controls, by text new
    std::vector<std::string> rule_texts;       // by rule
    std::unordered_set<std::string> labels;
    std::map<std::string, std::pair<std::string, source::Span>> declared;  // by kind and name: what it says, and where
    [[nodiscard]] const Model& model() const { return side.model; }
  };

  void read(Policy& policy) const;
  void read_declarations(Policy& policy) const;
  [[nodiscard]] std::string in_later_words(const std::string& text) const;
  [[nodiscard]] std::vector<std::string> parts_at(const Policy& policy, RuleId rule, const Point* point) const;
  [[nodiscard]] bool is_edited(const Policy& policy, const Policy& other, RuleId rule, const Point& point) const;
  [[nodiscard]] bool speaks_of(const Policy& policy, const model::Area& area, const Point& point) const;
  void add_rules(const Policy& policy, const Policy& other, const analysis::Segment& segment, const Point& point,
                 std::vector<Cause>& causes) const;
  void add_controls(const Policy& policy, const Policy& other, const Point& point, std::vector<Cause>& causes) const;
  void add_declarations(const Point& point, std::vector<Cause>& causes) const;
  void add_relations(const Point& point, std::vector<Cause>& causes) const;
  [[nodiscard]] Cause edit(const Policy& policy, const Policy& other, const model::Rule& rule) const;
  [[nodiscard]] Cause cause(const Policy& policy, Cause::Kind kind, const model::Rule& rule) const;

  const Vocabulary& vocabulary_;
  Policy before_, after_;
  std::unordered_map<std::string, std::string> renamed_;  // earlier names in later words
};

}  // namespace farol::diff
