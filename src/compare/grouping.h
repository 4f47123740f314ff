// The fewest true sentences: points that change alike, joined along roles, features, objects, conditions and days.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "compare/difference.h"

namespace farol::compare {

class Grouping {
 public:
  // Periods are numbered: the first begins today, the others on `days`, which are sorted.
  Grouping(const Model& model, const std::vector<base::Date>& days) : model_(model), days_(days) {}

  // Points that were not added before in these periods, which are sorted.
  void add(Change change, std::vector<std::size_t> in_periods);

  // Disjoint, and together what was added; the greatest risk first.
  [[nodiscard]] std::vector<Change> take();

 private:
  // Sets by numbers, equal sets by equal ones: parts are compared over and over.
  template <class Set>
  class Numbering {
   public:
    std::uint32_t operator()(Set set) {
      const auto [entry, fresh] = numbers_.try_emplace(std::move(set), static_cast<std::uint32_t>(sets_.size()));
      if (fresh) sets_.push_back(&entry->first);
      return entry->second;
    }
    [[nodiscard]] const Set& operator[](std::uint32_t number) const { return *sets_[number]; }

   private:
    std::map<Set, std::uint32_t> numbers_;
    std::vector<const Set*> sets_;
  };

  enum Dimension : std::uint8_t { when, objects, roles, features, periods };
  static constexpr std::size_t dimensions = 5;
  struct Part {
    std::array<std::uint32_t, dimensions> sets{};  // numbers
    std::uint32_t answers = 0;                     // number
    std::vector<std::size_t> members;              // of `added_`
  };
  using Parts = std::vector<Part>;

  [[nodiscard]] Parts joined(Parts parts, const std::vector<Dimension>& order);
  void join(Parts& parts, Dimension dimension);
  // The union of a dimension's sets; nothing where it cannot be said in one condition.
  [[nodiscard]] bool unite(const std::vector<const Part*>& parts, Dimension dimension, std::uint32_t& number);
  template <class Set>
  [[nodiscard]] static std::uint32_t unite(Numbering<Set>& numbering, const std::vector<const Part*>& parts,
                                           Dimension dimension);
  void spell_out(const Part& part, std::vector<Change>& changes) const;

  const Model& model_;
  const std::vector<base::Date>& days_;
  std::vector<std::vector<Cause>> added_;  // the causes of what was added
  Parts parts_;
  Numbering<std::vector<std::size_t>> periods_;
  Numbering<std::vector<RoleId>> roles_;
  Numbering<std::vector<FeatureId>> features_;
  Numbering<std::vector<ObjectId>> objects_;
  Numbering<std::vector<decide::Box>> when_;
  Numbering<std::pair<model::ActsOn, std::pair<Answer, Answer>>> answers_;
};

}  // namespace farol::compare
