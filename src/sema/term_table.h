// The terms of one dimension by content, so that equal sets are one, and what `except` makes of them is found once.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/id.h"
#include "model/model.h"

namespace farol::sema {

// `Id` is that of the model's table. Numbers are the table's own: only what rules use in the end goes to the model.
template <class Term, class Id>
class TermTable {
 public:
  std::uint32_t intern(Term term) {
    const auto [number, is_new] = numbers_.try_emplace(std::move(term), static_cast<std::uint32_t>(terms_.size()));
    if (is_new) {
      terms_.push_back(&number->first);
      ids_.emplace_back();
    }
    return number->second;
  }

  [[nodiscard]] const Term& operator[](std::uint32_t number) const { return *terms_[number]; }
  [[nodiscard]] std::size_t size() const { return terms_.size(); }

  // Takes all of `taken` out of a term. Returns nullopt if no declared member is left.
  std::optional<std::uint32_t> subtract(const model::Model& model, std::uint32_t from,
                                        const std::vector<std::uint32_t>& taken) {
    const auto [result, is_new] = differences_.try_emplace({from, taken});
    if (is_new) {
      Term term = (*this)[from];
      std::vector<const Term*> terms;
      for (const std::uint32_t each : taken) terms.push_back(terms_[each]);
      if (model::subtract(model, term, terms)) result->second = intern(std::move(term));
      subtractions_ += taken.size();
    }
    return result->second;
  }
  // How many terms were taken out of others.
  [[nodiscard]] std::size_t subtractions() const { return subtractions_; }

  Id publish(std::vector<Term>& table, std::uint32_t number) {
    if (ids_[number].is_none()) {
      ids_[number] = Id{table.size()};
      table.push_back(*terms_[number]);
    }
    return ids_[number];
  }

 private:
  struct Hash {
    std::size_t operator()(const Term& term) const {
      std::size_t hash = static_cast<std::size_t>(term.base);
      if constexpr (std::is_same_v<Term, model::SubjectTerm>)
        hash = hash * 31 + term.role.value;
      else
        hash = hash * 31 + term.id;
      for (const model::Point point : term.except) hash = (hash ^ point) * 0x9E3779B97F4A7C15ULL;
      return hash ^ (hash >> 29);
    }
  };

  std::unordered_map<Term, std::uint32_t, Hash> numbers_;
  std::vector<const Term*> terms_;  // the keys of `numbers_` do not move
  std::vector<Id> ids_;
  std::map<std::pair<std::uint32_t, std::vector<std::uint32_t>>, std::optional<std::uint32_t>> differences_;
  std::size_t subtractions_ = 0;
};

}  // namespace farol::sema
