// The sweep: decides one list of applicable rules, for all objects of one kind.
//
// Of each rule only the terms that contain this role and feature are here; its object terms are split by object below.
// The parts on one object are taken from the most special to the most general (by the sum of the sizes of their sets,
// a linear extension of "inside"). A part decides where its condition holds and no more special part does. For each
// part the sweep also knows where just one statement stands above it: there it would decide if that statement were not
// written, which is what tells a redundant rule from a needed one. A part that has two statements above it everywhere
// is forgotten: whatever it stands above has those two above it as well.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "decide/decisions.h"
#include "decide/terms.h"

namespace farol::decide {

// A rule, or a `require`, as the sweep sees it.
struct Statement {
  std::optional<model::Verb> verb;  // of a rule; nullopt for a `require`
  RuleId rule;                      // none for a `require`
  const model::Area* area = nullptr;
  const std::vector<ControlId>* controls = nullptr;
};

// Returns true for `forbid` and `only`, which refuse whatever rules allow.
[[nodiscard]] inline bool refuses(std::optional<model::Verb> verb) {
  return verb == model::Verb::forbid || verb == model::Verb::only;
}

// A statement that applies to a role and a feature, by these two terms. Without a subject term: an `only` that shuts
// the role out.
struct Entry {
  std::uint32_t statement = 0;
  model::SubjectTermId subject;
  model::FeatureTermId feature;

  auto operator<=>(const Entry&) const = default;
};

// Of lists, by their address: each term with its place, sorted.
using PlacesInLists = std::unordered_map<const void*, std::vector<std::pair<std::uint32_t, std::uint32_t>>>;

class CellSweep {
 public:
  // The bound of the comparisons in all cells together: of parts with each other and with objects. To lay out a part in
  // a cell, or an entry in a list, counts as some.
  static constexpr std::uint64_t max_work = 100'000'000;
  static constexpr std::uint64_t work_of_a_part = 24, work_of_an_entry = 4;
  // The bound of the pairs of rules that conflict, counted in each cell.
  static constexpr std::uint64_t max_clashes = 250'000;

  CellSweep(const model::Model& model, const std::vector<Statement>& statements, RuleFacts& facts);

  // `problem` is set, and the cells so far returned, where a bound is passed.
  [[nodiscard]] std::uint64_t work() const { return work_; }
  // Counts what is done for the sweep. Returns false if the bound is passed: nothing more is decided then.
  bool spend(std::uint64_t work) { return (work_ += work) <= max_work; }
  [[nodiscard]] bool is_exhausted() const { return work_ > max_work; }
  [[nodiscard]] Table run(const std::vector<Entry>& entries, model::ActsOn kind, diag::Text& problem);

 private:
  struct Part {
    std::uint32_t statement = 0;
    model::SubjectTermId subject;
    model::FeatureTermId feature;
    model::ObjectTermId object;
    model::KindMask kinds = 0;
    std::size_t rank = 0;  // the sum of the sizes
    base::BitSet where;    // the condition over the cell's contexts
    base::BitSet decides;  // what no part above it takes; of a `forbid` or `only`: what it refuses
    std::vector<std::pair<std::uint32_t, base::BitSet>> but_for;  // where only this one statement stands above it
  };

  void split(const std::vector<Entry>& entries);
  [[nodiscard]] std::vector<ObjectId> objects_told_apart(model::ActsOn kind);
  void find_parts_on(ObjectId object, std::vector<std::uint32_t>& parts) const;  // indices into `parts_`, sorted
  [[nodiscard]] std::size_t cell_with(const std::vector<std::uint32_t>& parts, std::size_t next);
  [[nodiscard]] bool decide_alone(const std::vector<std::uint32_t>& indices, Cell& cell);
  [[nodiscard]] bool decide_cell(const std::vector<std::uint32_t>& indices, Cell& cell, diag::Text& problem);
  void refuse(std::vector<Part>& parts, base::BitSet& refused);
  bool sweep(std::vector<Part>& parts, const base::BitSet& refused, Cell& cell);
  void stand_above(std::vector<Part>& parts, std::size_t i, std::span<const std::size_t> above,
                   const base::BitSet& refused, Cell& cell);
  bool read_off(const std::vector<Part>& parts, const base::BitSet& refused, Cell& cell);
  void note_facts(const std::vector<Part>& parts, const base::BitSet& refused, const Cell& cell);
  void note_terms(const Part& part);
  void note_needed(const std::vector<Part>& parts, const base::BitSet& refused, const Cell& cell);
  [[nodiscard]] bool find_clashes(const std::vector<Part>& parts, const base::BitSet& refused, Cell& cell);
  [[nodiscard]] Segment segment_at(const std::vector<Part>& parts, bool refused, std::size_t combination) const;
  [[nodiscard]] bool is_more_special(const Part& a, const Part& b);
  [[nodiscard]] std::optional<model::Verb> verb_of(const Part& part) const { return statements_[part.statement].verb; }

  const model::Model& model_;
  const std::vector<Statement>& statements_;
  RuleFacts& facts_;
  TermCache terms_;
  std::vector<Part> parts_;
  // The cells of the table in hand by their parts: none, just one, or several.
  std::optional<std::size_t> cell_of_none_;
  std::vector<std::optional<std::size_t>> cell_of_one_;
  std::map<std::vector<std::uint32_t>, std::size_t> cell_of_several_;
  std::vector<std::uint32_t> parts_here_;
  std::array<std::vector<ObjectId>, model::acts_on_count> twins_;  // by kind: the objects that are their own twins
  PlacesInLists places_;
  std::uint64_t work_ = 0, clashes_ = 0;
};

}  // namespace farol::decide
