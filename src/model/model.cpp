#include "model/model.h"

#include <algorithm>

namespace farol::model {
namespace {

template <class Table>
std::optional<std::size_t> find_sorted(const Table& table, std::string_view name) {
  const auto found = std::lower_bound(table.begin(), table.end(), name,
                                      [](const auto& item, std::string_view wanted) { return item.name < wanted; });
  if (found == table.end() || found->name != name) return std::nullopt;
  return static_cast<std::size_t>(found - table.begin());
}

const std::string* find_language(const Localized& text, std::string_view language) {
  const auto found = std::find_if(text.by_language.begin(), text.by_language.end(),
                                  [&](const auto& entry) { return entry.first == language; });
  return found == text.by_language.end() ? nullptr : &found->second;
}

}  // namespace

bool feature_less(std::string_view a, std::string_view b) {
  return std::lexicographical_compare(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) {
    const auto rank = [](char c) { return c == '.' ? 0 : static_cast<int>(static_cast<unsigned char>(c)) + 1; };
    return rank(x) < rank(y);
  });
}

const std::string& Localized::in(std::string_view language) const {
  if (const std::string* own = find(language)) return *own;
  if (text.empty() && !by_language.empty()) return by_language.front().second;
  return text;
}

const std::string* Localized::find(std::string_view language) const {
  if (const std::string* own = find_language(*this, language)) return own;
  // Readers of one Chinese script can read the other; that is nearer to them than English.
  const std::string_view sister = language == "zh-Hans" ? "zh-Hant" : language == "zh-Hant" ? "zh-Hans" : "";
  return sister.empty() ? nullptr : find_language(*this, sister);
}

const std::string& Declared::label(std::string_view language) const {
  if (const std::string* own = title.find(language)) return *own;
  return title.text.empty() ? name : title.text;
}

const Attribute* Declared::find(std::string_view key) const {
  const auto found = std::find_if(attributes.begin(), attributes.end(),
                                  [&](const Attribute& attribute) { return attribute.key == key; });
  return found == attributes.end() ? nullptr : &*found;
}

std::string_view to_string(ActsOn kind) {
  switch (kind) {
    case ActsOn::data: return "data";
    case ActsOn::tier: return "tier";
    case ActsOn::app: return "app";
    case ActsOn::group: return "group";
    case ActsOn::place: return "place";
    case ActsOn::department: return "department";
    case ActsOn::nothing: return "nothing";
  }
  return "";
}

std::string_view to_string(KeptBy kept_by) {
  switch (kept_by) {
    case KeptBy::api: return "api";
    case KeptBy::console: return "console";
    case KeptBy::people: return "people";
    case KeptBy::nobody: return "nobody";
    case KeptBy::withheld: return "withheld";
  }
  return "";
}

std::string_view to_string(Verb verb) {
  switch (verb) {
    case Verb::allow: return "allow";
    case Verb::deny: return "deny";
    case Verb::forbid: return "forbid";
    case Verb::only: return "only";
  }
  return "";
}

bool Model::is_ancestor(RoleId ancestor, RoleId role) const {
  if (ancestor == role) return true;
  if (role.index() >= roles.size()) return false;
  const auto& all = (*this)[role].ancestors;
  return std::binary_search(all.begin(), all.end(), ancestor);
}

std::optional<RoleId> Model::find_role(std::string_view name) const {
  const auto found = find_sorted(roles, name);
  return found ? std::optional{RoleId{*found}} : std::nullopt;
}

std::optional<FeatureId> Model::find_feature(std::string_view name) const {
  const auto found =
      std::lower_bound(features.begin(), features.end(), name,
                       [](const Feature& item, std::string_view wanted) { return feature_less(item.name, wanted); });
  if (found == features.end() || found->name != name) return std::nullopt;
  return FeatureId{static_cast<std::size_t>(found - features.begin())};
}

std::optional<NamespaceId> Model::find_namespace(std::string_view name) const {
  const auto found =
      std::find_if(namespaces.begin(), namespaces.end(), [&](const Namespace& space) { return space.name == name; });
  if (found == namespaces.end()) return std::nullopt;
  return NamespaceId{static_cast<std::size_t>(found - namespaces.begin())};
}

std::optional<ObjectId> Model::find_object(std::string_view name) const {
  if (name.empty()) return std::nullopt;
  const auto found =
      std::find_if(objects.begin(), objects.end(), [&](const Object& object) { return object.name == name; });
  if (found == objects.end()) return std::nullopt;
  return ObjectId{static_cast<std::size_t>(found - objects.begin())};
}

void Model::index_objects() {
  for (auto& list : objects_of_) list.clear();
  for (std::size_t i = 0; i < objects.size(); ++i) {
    objects_of_[static_cast<std::size_t>(objects[i].kind)].push_back(ObjectId{i});
  }
  // Features that act on data act on every tier's own data first, then on the classes.
  const auto& tier_points = objects_of(ActsOn::tier);
  auto& data = objects_of_[static_cast<std::size_t>(ActsOn::data)];
  data.insert(data.begin(), tier_points.begin(), tier_points.end());
}

}  // namespace farol::model
