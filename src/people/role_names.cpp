#include "people/role_names.h"

#include "base/text.h"

namespace farol::people {

RoleNames::RoleNames(const model::Model& model) {
  using model::RoleId;
  for (std::size_t i = 0; i < model.roles.size(); ++i) roles_.emplace(base::fold_case(model.roles[i].name), RoleId{i});
  for (const model::Binding& binding : model.bindings) {
    const auto role = model.find_role(binding.name);
    if (binding.kind == "role" && role) roles_.emplace(base::fold_case(binding.id), *role);
  }
  std::unordered_map<std::string, RoleId> titles;
  const auto add = [&](std::string_view title, RoleId role) {
    if (title.empty()) return;
    const auto [entry, fresh] = titles.try_emplace(base::fold_case(title), role);
    if (!fresh && entry->second != role) entry->second = RoleId::none();
  };
  for (std::size_t i = 0; i < model.roles.size(); ++i) {
    add(model.roles[i].title.text, RoleId{i});
    for (const auto& [language, title] : model.roles[i].title.by_language) add(title, RoleId{i});
  }
  roles_.merge(titles);
}

std::optional<model::RoleId> RoleNames::find(std::string_view word) const {
  const auto found = roles_.find(base::fold_case(word));
  if (found == roles_.end() || found->second.is_none()) return std::nullopt;
  return found->second;
}

}  // namespace farol::people
