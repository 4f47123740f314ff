// A policy to start from: what a tenant has set, or what a table of roles and features says, as statements.
//
// Nothing is made up: what no call shows and no cell says is a question. What is not understood is never allowed.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/phrases.h"
#include "diag/text.h"
#include "model/model.h"
#include "target/dingtalk/import_names.h"
#include "target/dingtalk/tenant.h"

namespace farol::dingtalk {

// Statements about one thing, such as the address book: they compile without the others but for the declarations.
struct Part {
  std::string name;  // "the address book", for a question where they cannot be used
  std::string text;
};

struct PolicyDraft {
  std::string declarations;  // policy, roles, departments …
  std::vector<Part> parts;
  std::string bindings;
  std::vector<diag::Text> questions;  // in the order in which they came up
};
// The first declarations: the policy, which speaks the language of the reader, and the catalogue.
[[nodiscard]] std::string head_of_policy(const diag::Text& title, std::string_view version, base::Language language);
// The whole text, with the questions in comments at its start. `from` is what it was made from: `tenant-export.json`.
[[nodiscard]] std::string render(const PolicyDraft& draft, const std::string& from, base::Language language);

// `catalogue` is a model of the newest catalogue alone, and `version` its month; `language` is that of titles, reasons
// and comments. Returns what is wrong if the tenant has more roles or things of one kind than a policy is made of.
[[nodiscard]] std::variant<PolicyDraft, diag::Text> draft_from_tenant(const Tenant& tenant,
                                                                      const model::Model& catalogue,
                                                                      std::string_view version, Names names,
                                                                      base::Language language);

// DingTalk's export of the address book as CSV: roles and departments, and no rule. Nothing: the text is no such list
// of people.
[[nodiscard]] std::optional<PolicyDraft> draft_from_contacts(std::string_view text, std::string_view version,
                                                             Names names, base::Language language);

// A table in CSV: what `farol matrix --format csv` writes, in any language, or roles by features, either way round,
// with marks such as ✔ and ✖, yes and no, 允许 and 禁止. What is wrong with it has the row before it: `row 3: …`.
[[nodiscard]] std::variant<PolicyDraft, diag::Text> draft_from_table(std::string_view text,
                                                                     const model::Model& catalogue,
                                                                     std::string_view version, Names names,
                                                                     base::Language language);

}  // namespace farol::dingtalk
