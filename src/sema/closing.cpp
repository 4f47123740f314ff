// What is said about a policy as a whole, when all of it has been read.
#include <algorithm>
#include <variant>

#include "sema/canonical.h"
#include "sema/phases.h"

namespace farol::sema {
namespace {

// Nothing but the rule itself: no label, no translated reason.
bool is_whole_text(const Entry<syntax::Rule>& rule) {
  return !rule.statement->label && !rule.statement->final && rule.node->body.because.size() <= 1;
}

}  // namespace

void write_canonical(Resolution& resolution, const InTextOrder<syntax::Rule>& rules) {
  auto& canonical = resolution.model.canonical;
  canonical.reserve(resolution.statements.all().size());
  // Most rules stand in order already: those whose text is all of them.
  for (const auto& rule : rules) {
    if (!rule.entry.library && is_whole_text(rule.entry)) canonical.emplace_back(rule.text);
  }
  const auto sorted = static_cast<std::ptrdiff_t>(canonical.size());
  for (const Statements::Any& each : resolution.statements.all()) {
    const auto& node = each.statement->node;
    const auto* rule = std::get_if<syntax::Rule>(&node);
    const bool is_there = rule != nullptr && is_whole_text(Entry<syntax::Rule>{each.statement, rule, each.library});
    // How a policy is spread over files is layout.
    if (!each.library && !is_there && !std::holds_alternative<syntax::Include>(node))
      canonical.push_back(canonical_text(*each.statement));
  }
  std::sort(canonical.begin() + sorted, canonical.end());
  std::inplace_merge(canonical.begin(), canonical.begin() + sorted, canonical.end());
}

}  // namespace farol::sema
