// What is written from a policy, and the questions that are asked of one. Everything is text: nothing here prints.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/phrases.h"
#include "driver/driver.h"

namespace farol::driver {

// The policy may be written: see `Compilation::may_write`.
[[nodiscard]] std::string permissions_json(const Compilation& compilation);

struct MatrixOptions {
  base::Language language = base::Language::en;
  bool markdown = false;  // else text for a terminal
  bool color = false;
  std::size_t width = 100;
  // Each list that is not empty narrows the matrix to what it names.
  std::vector<model::RoleId> roles;
  std::vector<model::FeatureId> features;
  std::vector<model::TierId> tiers;
  std::vector<model::ObjectId> data;
};
[[nodiscard]] std::string render_matrix(const Compilation& compilation, const MatrixOptions& options);

struct AnswerOptions {
  base::Language language = base::Language::en;
  bool json = false;
  bool color = false;
};
// Who may use a feature, on some object or at all: `object` may be empty.
[[nodiscard]] std::string render_who(const Compilation& compilation, model::FeatureId feature,
                                     const std::string& object, const AnswerOptions& options);
// Who may do something of a class, such as `see`, to an object by whatever feature.
[[nodiscard]] std::string render_who_can(const Compilation& compilation, const std::string& feature_class,
                                         const std::string& object, const AnswerOptions& options);
// Everything that a role may do, or whoever holds none.
[[nodiscard]] std::string render_what(const Compilation& compilation, model::RoleId role, const AnswerOptions& options);
// Whether a feature can be about what an object's name stands for.
[[nodiscard]] bool acts_on(const model::Model& model, model::FeatureId feature, const std::string& object);

// The kinds of papers that `render_report` knows, in the order of their names.
[[nodiscard]] std::span<const std::string_view> report_kinds();
[[nodiscard]] std::string render_report(const Compilation& compilation, std::string_view kind, base::Language language,
                                        bool html);

// "Start with this", for a small firm that has open findings of checks; else nothing.
[[nodiscard]] std::string render_first_steps(const Compilation& compilation, base::Language language);

// The checks of every pack, without any policy.
[[nodiscard]] Compilation compile_packs(const base::FileSystem& disk, base::Date as_of);

// What the newest catalogue declares, without any policy.
[[nodiscard]] Compilation compile_catalogue(const base::FileSystem& disk, base::Date as_of);

}  // namespace farol::driver
