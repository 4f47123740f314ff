#include "driver/check_repairs.h"

#include <algorithm>
#include <cstdint>
#include <iterator>
#include <string>
#include <string_view>

#include "check/missing_facts.h"
#include "diag/messages_driver.h"

namespace farol::driver {
namespace {

// Nothing is left to be filled in: what a fact says, and who is meant, only people know.
bool is_whole(std::string_view statement) {
  constexpr std::string_view begins[] = {"forbid ", "require ", "use pack "};
  constexpr std::string_view left_to_people[] = {check::left_open, "ROLE", "NAME"};
  const auto has = [&](std::string_view word) { return statement.find(word) != std::string_view::npos; };
  return std::any_of(std::begin(begins), std::end(begins),
                     [&](std::string_view word) { return statement.starts_with(word); }) &&
         std::none_of(std::begin(left_to_people), std::end(left_to_people), has);
}

}  // namespace

void offer_statements(const Compilation& compilation, diag::Diagnostic& finding) {
  const model::Model& model = compilation.model;
  if (!finding.of_check || model.policy.span.is_none()) return;
  const check::Finding& found = compilation.checks.list[*finding.of_check];
  const source::SourceId file = model.policy.span.source;
  const std::string_view text = compilation.sources.text(file);
  const auto end = static_cast<std::uint32_t>(text.size());
  for (const std::string& statement :
       check::code_in(check::render(model, found, model.checks[found.check].remedy, {}))) {
    if (!is_whole(statement)) continue;
    const std::string line = (text.ends_with('\n') ? "" : "\n") + statement + "\n";
    finding.fixes.push_back({message::add_statement(statement), {}, {{{file, end, end}, line}}});
  }
}

}  // namespace farol::driver
