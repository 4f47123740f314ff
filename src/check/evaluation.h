// What an expression of a check says of a policy. Total: every expression has an answer, or the bound on work is met.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "check/checked_things.h"
#include "decide/decisions.h"
#include "model/check.h"

namespace farol::check {

class Evaluation {
 public:
  Evaluation(const model::Model& model, const decide::Decisions& decisions, const CheckedThings& things)
      : model_(model), decisions_(decisions), things_(things) {}

  // Before each check: how many steps it may take, and how many variables it has.
  void open(std::uint64_t steps, std::size_t variables);
  [[nodiscard]] bool exhausted() const { return steps_ == 0; }
  [[nodiscard]] std::uint64_t steps_left() const { return steps_; }

  // Returns true if the expression holds. The result means nothing once `exhausted` is true.
  [[nodiscard]] bool holds(const model::CheckExpression& expression);
  // Calls `each` for the things of a range in their order, with its variable set, until it returns false.
  void for_each(const model::CheckRange& range, const std::function<bool(Thing)>& each);

  [[nodiscard]] const std::vector<Thing>& environment() const { return environment_; }

 private:
  using Items = std::vector<Item>;

  [[nodiscard]] bool step();
  [[nodiscard]] Items values(const model::CheckTerm& term);
  [[nodiscard]] Items shift(const model::CheckTerm& term);
  [[nodiscard]] bool equal(const model::CheckTerm& left, const model::CheckTerm& right);
  [[nodiscard]] bool ordered(const model::CheckExpression& expression);
  [[nodiscard]] bool counted(const model::CheckExpression& expression);
  [[nodiscard]] bool permitted(const model::CheckExpression& expression);
  [[nodiscard]] bool open_to_all(const model::CheckExpression& expression);
  [[nodiscard]] bool mentioned(const model::CheckExpression& expression);
  // Every role, feature and object that the terms of a question name.
  template <class Question>
  [[nodiscard]] bool any_cell(const model::CheckExpression& expression, const Question& question);
  template <class Question>
  [[nodiscard]] bool any_cell(const model::CheckExpression& expression, model::RoleId role, const Question& question);

  const model::Model& model_;
  const decide::Decisions& decisions_;
  const CheckedThings& things_;
  std::vector<Thing> environment_;
  std::uint64_t steps_ = 0;
};

}  // namespace farol::check
