// What is said about a policy as a whole, when all of it has been read.
#include <algorithm>
#include <array>
#include <variant>

#include "sema/canonical.h"
#include "sema/phases.h"

namespace farol::sema {
namespace {

using TextKind = model::StatementText::Kind;

// In the order of `syntax::StatementNode`; `include` is layout, and never asked for.
constexpr std::array text_kinds = {TextKind::policy,    TextKind::use,         TextKind::use,      TextKind::drop,
                                   TextKind::tiers,     TextKind::declaration, TextKind::context,  TextKind::condition,
                                   TextKind::set,       TextKind::bind,        TextKind::fact,     TextKind::rule,
                                   TextKind::guardrail, TextKind::require,     TextKind::separate, TextKind::test,
                                   TextKind::waive,     TextKind::words,       TextKind::check};
static_assert(text_kinds.size() == std::variant_size_v<syntax::StatementNode>);

// Nothing but the rule itself: no label, no translated reason.
bool is_whole_text(const Entry<syntax::Rule>& rule) {
  return !rule.statement->label && !rule.statement->final && rule.node->body.because.size() <= 1;
}

model::StatementText described(const syntax::Statement& statement) {
  model::StatementText result;
  result.kind = text_kinds[statement.node.index()];
  result.doc = statement.doc;
  result.span = statement.span;
  return result;
}

}  // namespace

void write_canonical(Resolution& resolution, const InTextOrder<syntax::Rule>& rules) {
  auto& canonical = resolution.model.canonical;
  canonical.reserve(resolution.statements.all().size());
  // Most rules stand in order already: those whose text is all of them.
  for (const auto& rule : rules) {
    if (rule.entry.library || !is_whole_text(rule.entry)) continue;
    canonical.push_back(described(*rule.entry.statement));
    canonical.back().text = rule.text;
  }
  const auto sorted = static_cast<std::ptrdiff_t>(canonical.size());
  for (const Statements::Any& each : resolution.statements.all()) {
    const auto& node = each.statement->node;
    const auto* rule = std::get_if<syntax::Rule>(&node);
    const bool is_there = rule != nullptr && is_whole_text(Entry<syntax::Rule>{each.statement, rule, each.library});
    if (each.library || is_there || std::holds_alternative<syntax::Include>(node)) continue;
    canonical.push_back(described(*each.statement));
    canonical.back().text = canonical_text(*each.statement, canonical.back().body);
  }
  const auto by_text = [](const model::StatementText& a, const model::StatementText& b) { return a.text < b.text; };
  std::sort(canonical.begin() + sorted, canonical.end(), by_text);
  std::inplace_merge(canonical.begin(), canonical.begin() + sorted, canonical.end(), by_text);
}

}  // namespace farol::sema
