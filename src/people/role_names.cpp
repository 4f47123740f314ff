#include "people/role_names.h"

#include "base/sorted.h"
#include "base/text.h"
#include "people/lines.h"

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
  const auto look_up = [this](std::string_view name) -> std::optional<model::RoleId> {
    const auto found = roles_.find(base::fold_case(name));
    if (found == roles_.end() || found->second.is_none()) return std::nullopt;
    return found->second;
  };
  const auto role = look_up(word);
  // DingTalk writes the group of a role before it: `默认/财务`.
  const std::size_t slash = word.rfind('/');
  return role || slash == std::string_view::npos ? role : look_up(base::trimmed(word.substr(slash + 1)));
}

RoleNames::Found RoleNames::read(std::string_view roles) const {
  Found found;
  const auto add = [&](std::string_view word) {
    if (word.empty()) return;
    if (const auto role = find(word)) {
      found.roles.push_back(*role);
    } else {
      found.unknown.emplace_back(word.substr(0, 200));
    }
  };
  if (roles.find(Line::role_end) != std::string_view::npos) {
    for (std::size_t end = 0; (end = roles.find(Line::role_end)) != std::string_view::npos;) {
      add(one_of(roles.substr(0, end)));
      roles.remove_prefix(end + 1);
    }
  } else if (const std::string_view whole = base::trimmed(roles); find(whole)) {
    add(whole);
  } else {
    for (const std::string_view word : split_roles(roles)) add(word);
  }
  base::sort_unique(found.roles);
  base::sort_unique(found.unknown);
  return found;
}

// The first of several names that is known; else the last, which says most to people.
std::string_view RoleNames::one_of(std::string_view names) const {
  while (true) {
    const std::size_t end = names.find(Line::other_name);
    const std::string_view name = base::trimmed(names.substr(0, end));
    if (end == std::string_view::npos || find(name)) return name;
    names.remove_prefix(end + 1);
  }
}

}  // namespace farol::people
