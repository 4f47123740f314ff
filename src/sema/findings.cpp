#include "sema/findings.h"

#include <algorithm>
#include <array>
#include <cctype>

#include <fmt/format.h>

#include "base/text.h"

namespace farol::sema {
namespace {

// The findings of stages that are still to come, by their fixed names; those that are there are in the registry.
constexpr std::array<std::string_view, 16> coming_warnings = {
    "shadowed-rule",        "redundant-rule",    "duplicate-rule",  "tier-inversion",
    "same-permissions",     "unused-role",       "unused-set",      "unused-waiver",
    "only-without-grant",   "kept-by-nobody",    "above-clearance", "missing-feature",
    "duties-not-separated", "toxic-combination", "expired-rule",    "unpinned-library"};
constexpr std::array<std::string_view, 5> coming_notes = {"nobody-may", "expires-soon", "part-shadowed", "pierced-deny",
                                                          "left-to-platform"};

// The checks of packs have numbers of their own, such as `MO-XFER-001`.
bool is_check(std::string_view name) {
  return std::any_of(name.begin(), name.end(), [](char c) { return std::isupper(static_cast<unsigned char>(c)) != 0; });
}

template <std::size_t size>
bool has(const std::array<std::string_view, size>& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool check(Resolution& resolution, const syntax::Name& finding, bool notes, std::string_view what) {
  const std::string_view name = finding.text;
  if (is_check(name)) {
    std::vector<std::string_view> ids;
    for (const auto& entry : resolution.statements.of<syntax::Check>()) {
      if (entry.node->id.text == name) return true;
      ids.push_back(entry.node->id.text);
    }
    auto report = diag::make(diag::Code::unknown_name, finding.span, diag::message::unknown_name("check", name));
    if (const auto nearest = base::find_nearest(name, ids)) {
      report.fixes.push_back(did_you_mean(finding.span, *nearest));
    } else {
      report.help = "it stands in no pack that is in use: `use pack NAME VERSION`; `farol list packs` shows them";
    }
    resolution.sink.report(std::move(report));
    return false;
  }
  if (has(coming_warnings, name) || (notes && has(coming_notes, name))) return true;
  const auto refuse = [&] {
    resolution.report(diag::Code::bad_attribute, finding.span,
                      diag::message::bad_attribute(fmt::format("`{}` cannot be {}", name, what)));
    return false;
  };
  if (has(coming_notes, name)) return refuse();
  std::vector<std::string_view> known(coming_warnings.begin(), coming_warnings.end());
  if (notes) known.insert(known.end(), coming_notes.begin(), coming_notes.end());
  for (const diag::CodeInfo& code : diag::all_codes()) {
    const bool may = code.severity == diag::Severity::warning || (notes && code.severity == diag::Severity::note);
    if (may && code.name == name) return true;
    if (may) known.push_back(code.name);
    if (code.name == name) return refuse();
  }
  auto report = diag::make(diag::Code::unknown_name, finding.span, diag::message::unknown_name("finding", name));
  if (const auto nearest = base::find_nearest(name, known))
    report.fixes.push_back(did_you_mean(finding.span, *nearest));
  resolution.sink.report(std::move(report));
  return false;
}

}  // namespace

bool check_settable_finding(Resolution& resolution, const syntax::Name& finding) {
  return check(resolution, finding, true, "set");
}
bool check_waivable_finding(Resolution& resolution, const syntax::Name& finding) {
  return check(resolution, finding, false, "waived");
}

}  // namespace farol::sema
