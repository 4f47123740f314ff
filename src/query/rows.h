// What a matrix shows, before it is put into words: which features and roles, with all answers.
#pragma once

#include <vector>

#include "decide/decisions.h"
#include "model/model.h"
#include "query/answers.h"
#include "query/matrix.h"

namespace farol::query {

struct Row {
  model::FeatureId feature;
  std::vector<std::vector<Answer>> answers;  // by role of `Rows::roles`
};

struct Rows {
  std::vector<model::RoleId>
      roles;              // sorted; whoever holds none is last, and there only if it has an answer or was asked for
  std::vector<Row> rows;  // in the order of the features
  std::vector<model::ControlId> everywhere;        // what every allow of the rows requires, sorted
  std::vector<model::FeatureId> nobody_may;        // of the rows: no role at all has it, shown here or not
  std::vector<model::FeatureId> left_to_platform;  // the policy says nothing about them
};

[[nodiscard]] Rows collect_rows(const model::Model& model, const decide::Decisions& decisions,
                                const MatrixOptions& options);

}  // namespace farol::query
