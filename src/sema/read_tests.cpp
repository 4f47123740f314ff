#include <algorithm>
#include <optional>

#include "base/text.h"
#include "diag/messages_sema.h"
#include "sema/area.h"
#include "sema/blocks.h"
#include "sema/in_text_order.h"
#include "sema/phases.h"

namespace farol::sema {
namespace {

model::Expectation::Effect effect_of(syntax::Expectation::Effect effect) {
  switch (effect) {
    case syntax::Expectation::Effect::allow: return model::Expectation::Effect::allow;
    case syntax::Expectation::Effect::deny: return model::Expectation::Effect::deny;
    case syntax::Expectation::Effect::none: break;
  }
  return model::Expectation::Effect::none;
}

std::string_view keyword_of(syntax::Expectation::Effect effect) {
  switch (effect) {
    case syntax::Expectation::Effect::allow: return "allow";
    case syntax::Expectation::Effect::deny: return "deny";
    case syntax::Expectation::Effect::none: return "none";
  }
  return "";
}

// Only what is allowed comes with controls.
bool check_requiring(Resolution& resolution, const syntax::Expectation& expectation) {
  const auto& controls = expectation.body.controls;
  if (expectation.effect == syntax::Expectation::Effect::allow || controls.empty()) return true;
  resolution.report(diag::Code::bad_attribute, cover(controls.front().span, controls.back().span),
                    message::expect_requires_nothing(std::string{keyword_of(expectation.effect)}));
  return false;
}

// `expect finding MO-XFER-001 for payroll`: a check that is in use, and things that are declared.
std::optional<model::FindingExpectation> read_finding(Resolution& resolution,
                                                      const syntax::FindingExpectation& written) {
  const auto& checks = resolution.statements.of<syntax::Check>();
  bool right = true;
  if (std::none_of(checks.begin(), checks.end(),
                   [&](const auto& entry) { return entry.node->id.text == written.finding.text; })) {
    std::vector<std::string_view> ids;
    for (const auto& entry : checks) ids.push_back(entry.node->id.text);
    auto finding = diag::make(diag::Code::unknown_name, written.finding.span,
                              message::unknown_thing("check", written.finding.text));
    if (const auto nearest = base::find_nearest(written.finding.text, ids))
      finding.fixes.push_back(did_you_mean(written.finding.span, *nearest));
    resolution.sink.report(std::move(finding));
    right = false;
  }
  model::FindingExpectation made{written.absent, written.finding.text, {}, canonical_text(written), written.span};
  for (const syntax::Name& thing : written.things) {
    right = resolution.names.resolve(thing, anything) != nullptr && right;
    made.things.push_back(thing.text);
  }
  return right ? std::optional(std::move(made)) : std::nullopt;
}

}  // namespace

void read_tests(Resolution& resolution, Areas& areas) {
  for (const auto& written : InTextOrder(resolution.statements.of<syntax::Test>())) {
    if (written.entry.library) continue;
    model::Test& test = resolution.model.tests.emplace_back();
    test.name = written.entry.node->name.text;
    test.span = written.entry.statement->span;
    for (const syntax::FindingExpectation& expected : written.entry.node->findings) {
      if (auto read = read_finding(resolution, expected)) test.findings.push_back(std::move(*read));
    }
    for (const syntax::Expectation& expectation : written.entry.node->expectations) {
      const bool right = check_requiring(resolution, expectation);
      auto body = areas.read(expectation.body, expectation.span, false);
      (void)read_reasons(resolution, expectation.body.because);
      if (!right || !body) continue;
      const auto day = expectation.day ? std::optional{expectation.day->date} : std::nullopt;
      test.expectations.push_back({effect_of(expectation.effect), std::move(body->area), std::move(body->controls), day,
                                   canonical_text(expectation), body->spans});
    }
  }
}

}  // namespace farol::sema
