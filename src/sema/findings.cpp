#include "sema/findings.h"

#include <vector>

#include "base/text.h"
#include "diag/messages_sema.h"

namespace farol::sema {
namespace {

bool check(Resolution& resolution, const syntax::Name& finding, bool (*may)(const diag::CodeInfo&),
           diag::Text (*may_not)(std::string)) {
  const std::string_view name = finding.text;
  if (diag::is_name_of_check(name)) {
    std::vector<std::string_view> ids;
    for (const auto& entry : resolution.statements.of<syntax::Check>()) {
      if (entry.node->id.text == name) return true;
      ids.push_back(entry.node->id.text);
    }
    if (resolution.names.later.take_check(name, finding.span)) return false;
    auto report = diag::make(diag::Code::unknown_name, finding.span, message::unknown_thing("check", finding.text));
    if (const auto nearest = base::find_nearest(name, ids)) {
      report.fixes.push_back(did_you_mean(finding.span, *nearest));
    } else {
      report.help = message::check_in_no_pack();
    }
    resolution.sink.report(std::move(report));
    return false;
  }
  std::vector<std::string_view> known;
  for (const diag::CodeInfo& code : diag::all_codes()) {
    if (code.name == name) {
      if (may(code)) return true;
      resolution.report(diag::Code::bad_attribute, finding.span, may_not(finding.text));
      return false;
    }
    if (may(code)) known.push_back(code.name);
  }
  auto report = diag::make(diag::Code::unknown_name, finding.span, message::unknown_thing("finding", finding.text));
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
  return check(resolution, finding, diag::can_be_set, message::cannot_be_set);
}
bool check_waivable_finding(Resolution& resolution, const syntax::Name& finding) {
  return check(resolution, finding, diag::can_be_waived, message::cannot_be_waived);
}

}  // namespace farol::sema
