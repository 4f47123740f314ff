#include "apply/lookups.h"

#include <algorithm>
#include <set>

#include "target/dingtalk/calls.h"

namespace farol::apply {

using dingtalk::Call;
using dingtalk::Collected;

namespace {

bool is_department(const model::Model& model, const std::string& role) {
  const auto found = model.find_role(role);
  return found && model[*found].find("department") != nullptr;
}

// Every name under which people may have made the thing.
std::set<std::string> names_of(const model::Declared& declared) {
  std::set<std::string> names{declared.label({})};
  for (const auto& [language, title] : declared.title.by_language) names.insert(title);
  return names;
}

std::set<std::string> department_names(const model::Declared& role) {
  std::set<std::string> names;
  const model::Attribute* departments = role.find("department");
  for (const model::Value& value : departments == nullptr ? std::vector<model::Value>{} : departments->values) {
    if (const auto* text = std::get_if<std::string>(&value)) names.insert(*text);
  }
  return names;
}

class Lookup {
 public:
  Lookup(const model::Model& model, const dingtalk::Tenant& live) : model_(model), live_(live) {}

  std::vector<std::string> find(const std::string& key) const {
    const std::size_t dot = key.find('.');
    const std::string kind = key.substr(0, dot), name = key.substr(dot + 1);
    if (key == "tenant.role_group") return group();
    if (kind == "role") {
      const auto role = model_.find_role(name);
      if (!role) return {};
      if (is_department(model_, name)) return departments(department_names(model_[*role]));
      return roles(names_of(model_[*role]));
    }
    const auto object = model_.find_object(name);
    if (!object) return {};
    if (kind == "department") return departments(names_of(model_[*object]));
    return kind == "app" ? apps(names_of(model_[*object])) : std::vector<std::string>{};
  }

 private:
  std::vector<std::string> group() const {
    const std::string& title = model_.policy.title.text;
    std::vector<std::string> ids;
    if (!live_.roles.value) return ids;
    for (const auto& group : live_.roles.value->groups) {
      if (group.name == (title.empty() ? "Farol" : title)) ids.push_back(group.id);
    }
    return ids;
  }
  std::vector<std::string> roles(const std::set<std::string>& names) const {
    std::vector<std::string> ids;
    if (!live_.roles.value) return ids;
    for (const auto& role : live_.roles.value->roles) {
      if (names.contains(role.name)) ids.push_back(role.id);
    }
    return ids;
  }
  std::vector<std::string> departments(const std::set<std::string>& names) const {
    std::vector<std::string> ids;
    if (!live_.departments.value) return ids;
    for (const auto& department : *live_.departments.value) {
      if (names.contains(department.name)) ids.push_back(department.id);
    }
    return ids;
  }
  std::vector<std::string> apps(const std::set<std::string>& names) const {
    std::vector<std::string> ids;
    const auto& list = live_.records_of(Call::app_list);
    if (!list.value) return ids;
    for (const auto& app : *list.value) {
      if (names.contains(app.one("name"))) ids.push_back(app.one("agentId"));
    }
    return ids;
  }

  const model::Model& model_;
  const dingtalk::Tenant& live_;
};

}  // namespace

std::vector<Collected> lookups_for(const dingtalk::AdminConfig& config) {
  std::set<std::string> kinds;
  for (const dingtalk::NeededId& id : config.ids) {
    if (id.ids.empty()) kinds.insert(id.key == "tenant.role_group" ? "role" : id.key.substr(0, id.key.find('.')));
  }
  std::vector<Collected> calls;
  if (kinds.contains("role")) calls.push_back({Collected::Kind::roles_and_members});
  if (kinds.contains("role") || kinds.contains("department")) calls.push_back({Collected::Kind::departments});
  if (kinds.contains("app")) calls.push_back({Collected::Kind::request, {Call::app_list, {}, {}, {}}});
  return calls;
}

std::map<std::string, std::vector<std::string>> find_ids(const model::Model& model, const dingtalk::AdminConfig& config,
                                                         const dingtalk::Tenant& live) {
  const Lookup lookup{model, live};
  std::map<std::string, std::vector<std::string>> found;
  for (const dingtalk::NeededId& id : config.ids) {
    if (id.ids.empty() && !id.is_list) found[id.key] = lookup.find(id.key);
  }
  return found;
}

model::Model with_bindings(const model::Model& model, const std::map<std::string, std::string>& ids) {
  model::Model made = model;
  for (const auto& [key, id] : ids) {
    const std::size_t dot = key.find('.');
    made.bindings.push_back({key.substr(0, dot), key.substr(dot + 1), id, {}});
  }
  return made;
}

model::Model without_bindings(const model::Model& model, const std::map<std::string, std::string>& ids) {
  model::Model made = model;
  const auto is_one = [&](const model::Binding& binding) {
    const auto id = ids.find(binding.kind + "." + binding.name);
    return id != ids.end() && id->second == binding.id;
  };
  std::erase_if(made.canonical, [&](const model::StatementText& statement) {
    return std::any_of(model.bindings.begin(), model.bindings.end(), [&](const model::Binding& binding) {
      return is_one(binding) && binding.span.source == statement.span.source &&
             binding.span.begin >= statement.span.begin && binding.span.end <= statement.span.end;
    });
  });
  std::erase_if(made.bindings, is_one);
  return made;
}

}  // namespace farol::apply
