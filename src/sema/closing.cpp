// What is said about a policy as a whole, when all of it has been read.
#include <algorithm>
#include <array>
#include <map>
#include <variant>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "sema/canonical.h"
#include "sema/phases.h"

namespace farol::sema {
namespace {

// The kind of statement in the words of the user; empty where this version looks at all of it.
std::string unevaluated_kind(const syntax::StatementNode& node) {
  if (std::holds_alternative<syntax::Waive>(node)) return "waive";
  if (std::holds_alternative<syntax::Bind>(node)) return "bind";
  // Facts are for the packs that ask for them.
  if (const auto* fact = std::get_if<syntax::Fact>(&node)) return fact->kind.text == "severity" ? "severity" : "";
  return {};
}

Span first_line(const Resolution& resolution, Span span) {
  const std::string_view text = resolution.sources.text(span);
  const auto end = std::min(text.find_last_not_of(" \t", text.find_first_of("\r\n")), text.size() - 1);
  return {span.source, span.begin, span.begin + static_cast<std::uint32_t>(end) + 1};
}

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
    const bool is_there = rule != nullptr && is_whole_text(Entry{each.statement, rule, each.library});
    // How a policy is spread over files is layout.
    if (!each.library && !is_there && !std::holds_alternative<syntax::Include>(node))
      canonical.push_back(canonical_text(*each.statement));
  }
  std::sort(canonical.begin() + sorted, canonical.end());
  std::inplace_merge(canonical.begin(), canonical.begin() + sorted, canonical.end());
}

void note_unevaluated(Resolution& resolution) {
  std::map<std::string, Span> first;
  for (const Statements::Any& each : resolution.statements.all()) {
    if (each.library) continue;
    std::string kind = unevaluated_kind(each.statement->node);
    if (!kind.empty()) first.try_emplace(std::move(kind), first_line(resolution, each.statement->span));
  }
  if (first.empty()) return;
  // One note for all of them: that they are many is no reason to bury what else there is to say.
  std::vector<std::string> kinds;
  Span earliest = first.begin()->second;
  for (const auto& [kind, span] : first) {
    kinds.push_back(fmt::format("`{}`", kind));
    earliest = std::min(earliest, span);
  }
  resolution.report(diag::Code::not_evaluated, earliest,
                    diag::message::not_evaluated(
                        fmt::format("read and kept, but not checked by this version yet: {}", fmt::join(kinds, ", "))));
}

}  // namespace farol::sema
