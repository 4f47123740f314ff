// What a matrix shows, before it is put into words: which features and roles, with all answers.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/date.h"
#include "base/phrases.h"
#include "decide/answers.h"
#include "model/model.h"

namespace farol::query {

// Each list that is not empty narrows the matrix to what it names.
struct MatrixOptions {
  base::Language language = base::Language::en;
  std::vector<model::RoleId> roles;
  std::vector<model::FeatureId> features;
  std::vector<model::TierId> tiers;      // with all data on them
  std::vector<model::ObjectId> objects;  // data classes, apps …
  std::optional<base::Date> stated;      // the day that the matrix says it is of, if not that of the decisions
  // What the policy says of permissions, for the last column of a sheet; without it a sheet has no such column.
  std::vector<std::string> statements = {};
};

// Most roles share their answers about a feature with others: each list of answers is there once.
struct Row {
  model::FeatureId feature;
  std::vector<std::vector<decide::Answer>>
      summaries;                       // see `summary_of`; in the order of the first roles that have them
  std::vector<std::uint32_t> of_role;  // by role of `Rows::roles`: a position in `summaries`
  std::vector<model::KeptBy> kept_by;  // what keeps the answers that are shown; else what keeps any of the feature
};

struct Rows {
  // Sorted. Whoever holds no role is last, and only there if something is said about them or they were asked for.
  std::vector<model::RoleId> roles;
  std::vector<Row> rows;                           // in the order of the features
  std::vector<model::ControlId> everywhere;        // what every allow of the rows requires, sorted
  std::vector<model::FeatureId> nobody_may;        // of the rows: no role at all has it, shown here or not
  std::vector<model::FeatureId> left_to_platform;  // the policy says nothing about them
  std::vector<decide::AddedUp> added_up;           // of the roles and features shown
};

[[nodiscard]] Rows collect_rows(const model::Model& model, const decide::Decisions& decisions,
                                const decide::Answers& answers, const MatrixOptions& options);

}  // namespace farol::query
