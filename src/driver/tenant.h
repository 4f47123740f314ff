// A tenant and a policy: the calls that show what is set, the policy that is made from it, and where the two differ.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/phrases.h"
#include "driver/driver.h"
#include "target/dingtalk/confirmations.h"
#include "target/dingtalk/drift.h"
#include "target/dingtalk/tenant.h"

namespace farol::driver {

// A file that cannot be used: everything that is wrong with it, each with its place, `tenant.json:12:5: …`.
struct BadFile {
  std::vector<diag::Text> faults;
};

// Why no script can be made for the policy's organisation; null if one can.
[[nodiscard]] const char* why_no_script(const Compilation& compilation);
// The script of `collect`, see tenant/collect.h; null: without a policy.
[[nodiscard]] std::string collect_script(const Compilation* compilation);

// A tenant as an export shows it, held against a policy. It points into the compilation.
struct SeenTenant {
  dingtalk::Tenant tenant;
  dingtalk::Drift drift;
};
// `ledger` has what was confirmed of steps that no call shows. `compilation` is free of errors; `text` is the export,
// and `name` what it is called in messages.
[[nodiscard]] std::variant<SeenTenant, BadFile> hold_against_tenant(const Compilation& compilation,
                                                                    const std::string& name, std::string text,
                                                                    const dingtalk::Ledger& ledger);

struct DriftOptions {
  enum class Form : std::uint8_t { text, html, json };
  base::Language language = base::Language::en;
  Form form = Form::text;
  bool verbose = false;
};
struct DriftDocument {
  std::string document;
  bool clean = true;
  bool seen = true;  // see Drift::has_seen
};
// The same, written out.
[[nodiscard]] std::variant<DriftDocument, BadFile> check_drift(const Compilation& compilation, const std::string& name,
                                                               std::string text, const dingtalk::Ledger& ledger,
                                                               const DriftOptions& options);

// A policy to start from. It compiles, and where it is made from an export, its steps agree with that but for what is
// among the questions.
struct ImportedPolicy {
  std::string policy;
  std::vector<diag::Text> questions;
};
// `bytes` are an export or a table: the first ones say which. Titles and comments of the policy are in `language`.
[[nodiscard]] std::variant<ImportedPolicy, BadFile> import_policy(base::Date as_of, const std::string& name,
                                                                  std::string bytes,
                                                                  base::Language language = base::Language::en);

}  // namespace farol::driver
