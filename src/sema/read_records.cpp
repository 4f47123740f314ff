#include <algorithm>
#include <array>
#include <map>

#include "base/text.h"
#include "diag/messages_sema.h"
#include "sema/blocks.h"
#include "sema/findings.h"
#include "sema/in_text_order.h"
#include "sema/phases.h"

namespace farol::sema {
namespace {

void read_waiver(Resolution& resolution, const WithText<syntax::Waive>& written) {
  const syntax::Waive& node = *written.entry.node;
  bool right = check_waivable_finding(resolution, node.finding);
  model::Waiver waiver;
  waiver.finding = node.finding.text;
  for (const syntax::Name& thing : node.things) {
    const bool known =
        resolution.statements.labels.contains(thing.text) || resolution.names.resolve(thing, anything) != nullptr;
    right = known && right;
    waiver.things.push_back(thing.text);
  }
  waiver.because = read_reasons(resolution, node.because);
  if (!right) return;
  if (node.until) waiver.until = node.until->date;
  if (node.by) waiver.by = node.by->text;
  if (node.instead) waiver.instead = node.instead->text;
  waiver.span = written.entry.statement->span;
  resolution.model.waivers.push_back(std::move(waiver));
}

struct BoundKind {
  std::string_view word;
  Wanted wanted;
};
constexpr std::array bound_kinds = {
    BoundKind{"role", {kinds(Kind::role), "role", {}}},
    BoundKind{"members", {kinds(Kind::role), "role", {}}},  // their ids, with commas between them
    BoundKind{"store", {kinds(Kind::store), "store", {}}},
    BoundKind{"creator", {kinds(Kind::store), "store", {}}},  // of a scheduled meeting
    BoundKind{"data", {kinds(Kind::data), "data class", {}}},
    BoundKind{"app", {kinds(Kind::app), "app", {}}},
    BoundKind{"group", {kinds(Kind::group), "group", {}}},
    BoundKind{"place", {kinds(Kind::place), "place", {}}},
    BoundKind{"department", {kinds(Kind::department), "department", {}}},
};

// What a tenant has ids for although no policy declares it: `bind tenant corp to "…"`.
constexpr std::array<std::string_view, 8> tenant_names = {
    "corp", "operator", "operator_user", "role_group", "executives", "recording_owner", "devices_mac", "devices_win"};

const BoundKind* find_bound_kind(Resolution& resolution, const syntax::Name& kind) {
  std::vector<std::string_view> words = {"tenant"};
  for (const BoundKind& known : bound_kinds) {
    if (known.word == kind.text) return &known;
    words.push_back(known.word);
  }
  auto finding = diag::make(diag::Code::bad_attribute, kind.span, message::tenant_has_no_id(kind.text));
  if (const auto nearest = base::find_nearest(kind.text, words)) {
    finding.fixes.push_back(did_you_mean_word(kind.span, *nearest));
  }
  resolution.sink.report(std::move(finding));
  return nullptr;
}

bool is_tenant_name(Resolution& resolution, const syntax::Name& name) {
  if (std::find(tenant_names.begin(), tenant_names.end(), name.text) != tenant_names.end()) return true;
  auto finding = diag::make(diag::Code::bad_attribute, name.span, message::tenant_has_no_id(name.text));
  finding.help = message::one_of({tenant_names.begin(), tenant_names.end()});
  if (const auto nearest = base::find_nearest(name.text, tenant_names))
    finding.fixes.push_back(did_you_mean_word(name.span, *nearest));
  resolution.sink.report(std::move(finding));
  return false;
}

bool is_bindable(Resolution& resolution, const syntax::Bind& node) {
  if (node.kind.text == "tenant") return is_tenant_name(resolution, node.name);
  const BoundKind* kind = find_bound_kind(resolution, node.kind);
  return kind != nullptr && resolution.names.resolve(node.name, kind->wanted) != nullptr;
}

void read_binding(Resolution& resolution, const WithText<syntax::Bind>& written,
                  std::map<std::pair<std::string_view, std::string_view>, Span>& bound) {
  const syntax::Bind& node = *written.entry.node;
  if (!is_bindable(resolution, node)) return;
  const auto [first, is_new] =
      bound.emplace(std::pair<std::string_view, std::string_view>(node.kind.text, node.name.text), node.name.span);
  if (!is_new) {
    auto finding = diag::make(diag::Code::duplicate_name, node.name.span, message::is_bound_already(node.name.text));
    finding.labels.push_back({first->second, message::the_first()});
    resolution.sink.report(std::move(finding));
    return;
  }
  model::Binding binding{node.kind.text, node.name.text, {}, written.entry.statement->span};
  if (const auto* number = std::get_if<syntax::Number>(&node.id)) binding.id = number->text;
  if (const auto* text = std::get_if<syntax::String>(&node.id)) binding.id = text->text;
  resolution.model.bindings.push_back(std::move(binding));
}

}  // namespace

void read_records(Resolution& resolution) {
  for (const auto& waiver : InTextOrder(resolution.statements.of<syntax::Waive>())) read_waiver(resolution, waiver);
  std::map<std::pair<std::string_view, std::string_view>, Span> bound;
  for (const auto& binding : InTextOrder(resolution.statements.of<syntax::Bind>()))
    read_binding(resolution, binding, bound);
}

}  // namespace farol::sema
