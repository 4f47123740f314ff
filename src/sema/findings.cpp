#include "sema/findings.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.h"

namespace farol::sema {
namespace {

// The findings of stages that are still to come, by their fixed names; those that are there are in the registry.
constexpr std::array<std::string_view, 13> coming_warnings = {
    "shadowed-rule",   "redundant-rule",       "duplicate-rule",     "tier-inversion", "same-permissions",
    "unused-role",     "unused-set",           "only-without-grant", "kept-by-nobody", "above-clearance",
    "missing-feature", "duties-not-separated", "toxic-combination"};
constexpr std::array<std::string_view, 5> coming_notes = {"nobody-may", "expires-soon", "part-shadowed", "pierced-deny",
                                                          "left-to-platform"};

bool check(Resolution& resolution, const syntax::Name& finding, bool (*may)(const diag::CodeInfo&),
           std::string_view what) {
  const std::string_view name = finding.text;
  if (diag::is_name_of_check(name)) return true;
  const bool notes = may == diag::can_be_set;
  std::vector<std::string_view> known(coming_warnings.begin(), coming_warnings.end());
  if (notes) known.insert(known.end(), coming_notes.begin(), coming_notes.end());
  if (std::find(known.begin(), known.end(), name) != known.end()) return true;
  if (std::find(coming_notes.begin(), coming_notes.end(), name) != coming_notes.end()) {
    resolution.report(diag::Code::bad_attribute, finding.span,
                      diag::message::bad_attribute(fmt::format("`{}` cannot be {}", name, what)));
    return false;
  }
  for (const diag::CodeInfo& code : diag::all_codes()) {
    if (code.name == name) {
      if (may(code)) return true;
      resolution.report(diag::Code::bad_attribute, finding.span,
                        diag::message::bad_attribute(fmt::format("`{}` cannot be {}", name, what)));
      return false;
    }
    if (may(code)) known.push_back(code.name);
  }
  auto report = diag::make(diag::Code::unknown_name, finding.span, diag::message::unknown_name("finding", name));
  if (const diag::CodeInfo* code = diag::find_code(name); code != nullptr && may(*code)) {
    report.fixes.push_back(did_you_mean(finding.span, code->name));
  } else if (const auto nearest = base::find_nearest(name, known)) {
    report.fixes.push_back(did_you_mean(finding.span, *nearest));
  }
  resolution.sink.report(std::move(report));
  return false;
}

}  // namespace

bool check_settable_finding(Resolution& resolution, const syntax::Name& finding) {
  return check(resolution, finding, diag::can_be_set, "set");
}
bool check_waivable_finding(Resolution& resolution, const syntax::Name& finding) {
  return check(resolution, finding, diag::can_be_waived, "waived");
}

}  // namespace farol::sema
