#include <algorithm>
#include <charconv>

#include "diag/messages_sema.h"
#include "sema/area.h"
#include "sema/blocks.h"
#include "sema/in_text_order.h"
#include "sema/phases.h"

namespace farol::sema {
namespace {

using GuardrailKind = model::Guardrail::Kind;

template <class Node>
void add_guardrail(Resolution& resolution, Areas& areas, const WithText<Node>& written, GuardrailKind kind) {
  const syntax::Statement& statement = *written.entry.statement;
  const syntax::RuleBody& node = written.entry.node->body;
  auto body = areas.read(node, statement.span, false);
  model::Localized because = read_reasons(resolution, node.because);
  // No guardrail changes an effect, so without it no finding is in doubt.
  if (!body) return;
  model::Guardrail& guardrail = resolution.model.guardrails.emplace_back();
  guardrail.kind = kind;
  guardrail.area = std::move(body->area);
  guardrail.controls = std::move(body->controls);
  guardrail.because = std::move(because);
  if (statement.label) guardrail.label = statement.label->text;
  guardrail.text = written.text;
  guardrail.spans = body->spans;
}

// Roles or features: what the first name says, all of them must be.
bool read_separated(Resolution& resolution, const syntax::Separate& separate, model::Separation& separation) {
  const Symbol* first = resolution.names.find(separate.names.front().text);
  const bool features = first != nullptr && first->kind == Kind::feature;
  constexpr Wanted role_or_feature{kinds(Kind::role, Kind::feature), "role or feature", {}};
  const Wanted& one_kind = first == nullptr ? role_or_feature : features ? wanted::feature : wanted::role;
  std::unordered_map<std::string_view, Span> seen;
  bool right = true;
  for (const syntax::Name& name : separate.names) {
    const auto [earlier, is_new] = seen.emplace(name.text, name.span);
    if (!is_new) {
      auto finding = diag::make(diag::Code::duplicate_name, name.span, message::given_twice(name.text));
      finding.labels.push_back({earlier->second, message::the_first()});
      resolution.sink.report(std::move(finding));
      right = false;
      continue;
    }
    const Symbol* symbol = resolution.names.resolve(name, one_kind);
    if (symbol == nullptr)
      right = false;
    else if (symbol->kind == Kind::feature)
      separation.features.push_back(model::FeatureId{symbol->index});
    else
      separation.roles.push_back(model::RoleId{symbol->index});
  }
  return right;
}

// How many of them one may have: at least one, and fewer than all.
bool read_at_most(Resolution& resolution, const syntax::Separate& separate, model::Separation& separation) {
  if (separate.names.size() < 2) {
    resolution.report(diag::Code::bad_attribute, separate.names.front().span, message::one_name_alone());
    return false;
  }
  if (!separate.at_most) return true;
  const std::string& text = separate.at_most->text;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), separation.at_most);
  const bool whole = error == std::errc{} && end == text.data() + text.size();
  if (whole && separation.at_most >= 1 && separation.at_most < separate.names.size()) return true;
  resolution.report(diag::Code::bad_attribute, separate.at_most->span,
                    message::at_most_is_from(separate.names.size() - 1, text));
  return false;
}

void add_separation(Resolution& resolution, const WithText<syntax::Separate>& written) {
  model::Separation separation;
  const bool named = read_separated(resolution, *written.entry.node, separation);
  const bool counted = read_at_most(resolution, *written.entry.node, separation);
  separation.because = read_reasons(resolution, written.entry.node->because);
  if (!named || !counted) return;
  const syntax::Statement& statement = *written.entry.statement;
  if (statement.label) separation.label = statement.label->text;
  separation.text = written.text;
  separation.span = statement.span;
  resolution.model.separations.push_back(std::move(separation));
}

}  // namespace

void read_guardrails(Resolution& resolution, Areas& areas) {
  for (const auto& written : InTextOrder(resolution.statements.of<syntax::Guardrail>())) {
    const bool never = written.entry.node->kind == syntax::Guardrail::Kind::never;
    add_guardrail(resolution, areas, written, never ? GuardrailKind::never : GuardrailKind::always);
  }
  for (const auto& written : InTextOrder(resolution.statements.of<syntax::Require>())) {
    add_guardrail(resolution, areas, written, GuardrailKind::require);
  }
  for (const auto& written : InTextOrder(resolution.statements.of<syntax::Separate>()))
    add_separation(resolution, written);
}

}  // namespace farol::sema
