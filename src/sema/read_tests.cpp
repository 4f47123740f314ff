#include <fmt/format.h>

#include "sema/area.h"
#include "sema/blocks.h"
#include "sema/in_text_order.h"
#include "sema/phases.h"

namespace farol::sema {
namespace {

std::string_view word(syntax::Expectation::Effect effect) {
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
  resolution.report(
      diag::Code::bad_attribute, cover(controls.front().span, controls.back().span),
      diag::message::bad_attribute(fmt::format("`expect {}` can require nothing", word(expectation.effect))));
  return false;
}

}  // namespace

void read_tests(Resolution& resolution, Areas& areas) {
  for (const auto& written : InTextOrder(resolution.statements.of<syntax::Test>())) {
    if (written.entry.library) continue;
    model::Test& test = resolution.model.tests.emplace_back();
    test.name = written.entry.node->name.text;
    test.span = written.entry.statement->span;
    for (const syntax::Expectation& expectation : written.entry.node->expectations) {
      const bool right = check_requiring(resolution, expectation);
      auto body = areas.read(expectation.body, expectation.span, false);
      (void)read_reasons(resolution, expectation.body.because);
      if (!right || !body) continue;
      test.expectations.push_back({static_cast<model::Expectation::Effect>(expectation.effect), std::move(body->area),
                                   std::move(body->controls), canonical_text(expectation), body->spans});
    }
  }
}

}  // namespace farol::sema
