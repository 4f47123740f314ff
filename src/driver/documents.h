// What is written from a policy, and the questions that are asked of one. Everything is text: nothing here prints.
#pragma once

#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/phrases.h"
#include "driver/driver.h"
#include "query/report.h"
#include "target/dingtalk/confirmations.h"

namespace farol::driver {

// The policy may be written: see `Compilation::may_write`. Without a language the texts are in that of the policy.
[[nodiscard]] std::string permissions_json(const Compilation& compilation, std::optional<base::Language> language = {});
[[nodiscard]] std::string steps_json(const Compilation& compilation, std::optional<base::Language> language = {});

// What an administrator needs.
struct AdminDocuments {
  std::string permissions_json, steps_json, checklist_markdown, checklist_html, dws_script;
};
[[nodiscard]] AdminDocuments admin_documents(const Compilation& compilation, base::Language language,
                                             const dingtalk::Ledger& ledger);

enum class MatrixFormat : std::uint8_t { text, markdown, csv, html, xlsx };
struct MatrixOptions {
  base::Language language = base::Language::en;
  MatrixFormat format = MatrixFormat::text;
  bool color = false;
  std::size_t width = 100;
  bool overview = false;  // as text, instead of a matrix that fills many screens
  bool facts = false;     // a row for each permission instead of a table; a workbook has both
  // Each list that is not empty narrows the matrix to what it names.
  std::vector<model::RoleId> roles;
  std::vector<model::FeatureId> features;
  std::vector<model::TierId> tiers;
  std::vector<model::ObjectId> data;
  std::optional<base::Date> stated;  // the day that it says it is of, where that is not the day of the decisions
};
[[nodiscard]] std::string render_matrix(const Compilation& compilation, const MatrixOptions& options);

enum class PaperForm : std::uint8_t { markdown, html, csv };

// A paper, and the texts in it that have no translation into its language.
struct Rendered {
  std::string text;
  std::set<std::string> untranslated;
};
// An earlier state of the policy, decided for its own day.
struct EarlierPolicy {
  std::string name;  // as it was given
  Compilation compilation;
};
struct ReadReview;

// What a paper is made from beside the policy; null: nothing.
struct ReportOf {
  const dingtalk::Ledger* ledger = nullptr;
  const EarlierPolicy* since = nullptr;                     // of a notification: what was filed
  const ReadReview* review = nullptr;                       // of evidence: the sheets that came back
  const std::vector<query::Approval>* approvals = nullptr;  // of approvals: the commits
};
// The kinds of papers that `render_report` knows, in the order of their names.
[[nodiscard]] std::span<const std::string_view> report_kinds();
// Of one of them, or of the checklist.
[[nodiscard]] std::string_view report_title(std::string_view kind, base::Language language);
[[nodiscard]] Rendered render_report(const Compilation& compilation, std::string_view kind, const ReportOf& made_from,
                                     base::Language language, bool html);

}  // namespace farol::driver
