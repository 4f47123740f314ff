// What is written from a policy, and the questions that are asked of one. Everything is text: nothing here prints.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/phrases.h"
#include "driver/driver.h"
#include "target/dingtalk/confirmations.h"

namespace farol::driver {

// The policy may be written: see `Compilation::may_write`.
[[nodiscard]] std::string permissions_json(const Compilation& compilation);

// What an administrator needs.
struct AdminDocuments {
  std::string permissions_json, checklist_markdown, checklist_html, dws_script;
};
[[nodiscard]] AdminDocuments admin_documents(const Compilation& compilation, base::Language language,
                                             const dingtalk::Ledger& ledger);

enum class MatrixFormat : std::uint8_t { text, markdown, csv, html };
struct MatrixOptions {
  base::Language language = base::Language::en;
  MatrixFormat format = MatrixFormat::text;
  bool color = false;
  std::size_t width = 100;
  // Each list that is not empty narrows the matrix to what it names.
  std::vector<model::RoleId> roles;
  std::vector<model::FeatureId> features;
  std::vector<model::TierId> tiers;
  std::vector<model::ObjectId> data;
  std::optional<base::Date> stated;  // the day that it says it is of, where that is not the day of the decisions
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
// Why a role may or may not use a feature: on an object or on all, in the case of `LoadOptions::when` or in all.
struct ExplainOptions {
  model::RoleId role;
  model::FeatureId feature;
  std::string object;
  std::string when;  // as it was typed, for the heading
};
struct TooLarge {
  std::string what;
};
[[nodiscard]] std::variant<std::string, TooLarge> render_explanation(const Compilation& compilation,
                                                                     const ExplainOptions& asked,
                                                                     const AnswerOptions& options);
// What a name or a label is; nothing where the policy has none. `name` is in NFC.
[[nodiscard]] std::optional<std::string> render_description(const Compilation& compilation, const std::string& name,
                                                            const AnswerOptions& options);
[[nodiscard]] std::vector<std::string_view> names_of_things(const model::Model& model);
// Whether a feature can be about what an object's name stands for.
[[nodiscard]] bool acts_on(const model::Model& model, model::FeatureId feature, const std::string& object);

// A `permissions.json` as lines of text; nothing where it is none.
[[nodiscard]] std::optional<std::string> render_permission_lines(std::string_view document, base::Language language);

// The kinds of papers that `render_report` knows, in the order of their names.
[[nodiscard]] std::span<const std::string_view> report_kinds();
[[nodiscard]] std::string render_report(const Compilation& compilation, std::string_view kind, base::Language language,
                                        bool html, const dingtalk::Ledger& ledger = {});

// "Start with this", for a small firm that has open findings of checks; else nothing.
[[nodiscard]] std::string render_first_steps(const Compilation& compilation, base::Language language);

}  // namespace farol::driver
