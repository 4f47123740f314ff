#include "syntax/library_versions.h"

#include <algorithm>
#include <utility>
#include <variant>

namespace farol::syntax {
namespace {

const Block* block_of(const Statement& statement) {
  if (const auto* declaration = std::get_if<Declaration>(&statement.node))
    return declaration->block ? &*declaration->block : nullptr;
  if (const auto* context = std::get_if<ContextDeclaration>(&statement.node))
    return context->block ? &*context->block : nullptr;
  if (const auto* fact = std::get_if<Fact>(&statement.node)) return &fact->block;
  return nullptr;
}

std::optional<std::string_view> number_in(const Attribute& attribute) {
  if (attribute.key.text != "since" || attribute.values.empty()) return std::nullopt;
  const auto* number = std::get_if<Number>(&attribute.values.front());
  return number == nullptr ? std::nullopt : std::optional<std::string_view>(number->text);
}

// The version that a statement says of itself.
std::optional<std::string_view> stated_version(const Statement& statement) {
  if (const auto* check = std::get_if<Check>(&statement.node)) {
    for (const CheckPart& part : check->parts) {
      if (const auto version = number_in(part.attribute)) return version;
    }
  }
  const Block* block = block_of(statement);
  if (block == nullptr) return std::nullopt;
  for (const Attribute& attribute : block->attributes) {
    if (const auto version = number_in(attribute)) return version;
  }
  return std::nullopt;
}

std::optional<std::string_view> newest_named(const SetDeclaration& set, const std::vector<Statement>& declared) {
  std::optional<std::string_view> newest;
  for (const Statement& statement : declared) {
    const auto* declaration = std::get_if<Declaration>(&statement.node);
    if (declaration == nullptr || std::none_of(set.list.terms.begin(), set.list.terms.end(), [&](const Term& term) {
          return term.name.text == declaration->name.text;
        }))
      continue;
    const auto version = stated_version(statement);
    if (version && (!newest || is_older(*newest, *version))) newest = version;
  }
  return newest;
}

// The next component as digits without leading zeros, which compare like numbers of any length.
std::string_view take_component(std::string_view& version) {
  const std::size_t dot = std::min(version.find('.'), version.size());
  std::string_view component = version.substr(0, dot);
  version.remove_prefix(std::min(dot + 1, version.size()));
  component.remove_prefix(std::min(component.find_first_not_of('0'), component.size()));
  return component;
}

}  // namespace

std::optional<std::string_view> version_of(const Statement& statement, const std::vector<Statement>& declared) {
  const auto* set = std::get_if<SetDeclaration>(&statement.node);
  return set != nullptr ? newest_named(*set, declared) : stated_version(statement);
}

std::vector<std::string> known_versions(const File& file) {
  std::vector<std::string> versions;
  for (const Statement& statement : file.statements) {
    const auto version = version_of(statement, file.statements);
    if (version && std::find(versions.begin(), versions.end(), *version) == versions.end())
      versions.emplace_back(*version);
  }
  std::sort(versions.begin(), versions.end(), is_older);
  return versions;
}

bool is_older(std::string_view version, std::string_view other) {
  while (!version.empty() || !other.empty()) {
    const std::string_view a = take_component(version);
    const std::string_view b = take_component(other);
    if (a != b) return std::pair(a.size(), a) < std::pair(b.size(), b);
  }
  return false;
}

}  // namespace farol::syntax
