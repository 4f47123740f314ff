// The review of access: the sheet that goes out, and what comes back.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/phrases.h"
#include "driver/documents.h"
#include "driver/driver.h"
#include "driver/tenant.h"
#include "people/holders.h"
#include "query/sheet.h"

namespace farol::driver {

// The day of the policy's latest review that is not after `as_of`; without one `as_of` itself.
[[nodiscard]] base::Date last_review(const model::Model& model, base::Date as_of);

// Who holds the roles, from a list of people.
[[nodiscard]] query::RoleHolders holders_of(const people::Holders& people);

// What a review compares with and whom it names; either may be null.
struct ReviewOf {
  const EarlierPolicy* since = nullptr;
  const query::RoleHolders* holders = nullptr;
};
[[nodiscard]] Rendered render_review(const Compilation& compilation, const ReviewOf& review, base::Language language,
                                     PaperForm form);

// Sheets that came back, held against the policy of today.
struct ReadReview {
  std::vector<query::ReviewAnswer> answers;
  std::vector<query::ReadSheet> sheets;
  query::Result result;  // points into `answers`
};
// `sheets` are names and texts. Or what is wrong with one of them.
[[nodiscard]] std::variant<std::unique_ptr<ReadReview>, std::string> read_review(
    const Compilation& compilation, const std::vector<std::pair<std::string, std::string>>& sheets,
    const query::RoleHolders* holders, base::Language language);
// What the tenant has of the removals, by an export. Returns what is wrong with the export.
[[nodiscard]] std::optional<BadFile> look_at_tenant(ReadReview& review, const Compilation& compilation,
                                                    const std::string& name, std::string text,
                                                    const dingtalk::Ledger& ledger);
[[nodiscard]] std::string render_review_result(const Compilation& compilation, const ReadReview& read,
                                               base::Language language, bool html);

}  // namespace farol::driver
