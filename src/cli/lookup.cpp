#include "cli/lookup.h"

#include <algorithm>
#include <optional>

#include "base/text.h"
#include "diag/messages_cli.h"
#include "query/description.h"
#include "query/listing.h"

namespace farol::cli {
namespace {

UsageError unknown(std::string_view kind, const std::string& name, const std::vector<std::string_view>& candidates) {
  diag::Text problem = message::policy_has_no(std::string(kind), name);
  const bool has_nearest = base::find_nearest(name, candidates).has_value();
  constexpr std::size_t few = 8;
  if (!has_nearest && !candidates.empty() && candidates.size() <= few)
    return message::there_is_only(std::move(problem), as_names(candidates));
  return with_suggestion(std::move(problem), name, candidates);
}

template <class Table>
std::vector<std::string_view> names_of(const Table& table) {
  std::vector<std::string_view> names;
  for (const auto& declared : table) {
    if (!declared.name.empty()) names.push_back(declared.name);
  }
  return names;
}

// The things whose title in some language is what was typed; case and accents do not count.
template <class Table>
std::vector<std::size_t> titled(const Table& table, const std::string& text) {
  const std::string wanted = base::fold_loosely(text);
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < table.size(); ++i) {
    const bool fits = std::any_of(base::all_languages.begin(), base::all_languages.end(), [&](base::Language language) {
      return !table[i].name.empty() && base::fold_loosely(table[i].label(base::tag(language))) == wanted;
    });
    if (fits) found.push_back(i);
  }
  return found;
}

template <class Table>
UsageError several(std::string_view kind, const std::string& title, const Table& table,
                   const std::vector<std::size_t>& found) {
  std::vector<std::string_view> names;
  for (const std::size_t i : found) names.push_back(table[i].name);
  return message::title_of_several(title, std::string(kind), as_names(names));
}

// Tiers have no order by name: there are few.
std::optional<std::size_t> index_of(const std::vector<model::Tier>& tiers, std::string_view name) {
  for (std::size_t i = 0; i < tiers.size(); ++i) {
    if (!name.empty() && tiers[i].name == name) return i;
  }
  return std::nullopt;
}

}  // namespace

Looked<model::RoleId> look_up_role(const model::Model& model, const std::string& name) {
  if (const auto role = model.find_role(base::to_nfc(name))) return *role;
  const auto by_title = titled(model.roles, name);
  if (by_title.size() == 1) return model::RoleId{by_title.front()};
  if (!by_title.empty()) return several("role", name, model.roles, by_title);
  return unknown("role", name, names_of(model.roles));
}

Looked<model::FeatureId> look_up_feature(const model::Model& model, const std::string& name) {
  if (const auto feature = model.find_feature(base::to_nfc(name))) return *feature;
  const auto by_title = titled(model.features, name);
  if (by_title.size() == 1) return model::FeatureId{by_title.front()};
  if (!by_title.empty()) return several("feature", name, model.features, by_title);
  const auto group = look_up_features(model, name);
  const auto* features = std::get_if<std::vector<model::FeatureId>>(&group);
  if (features == nullptr) return std::get<UsageError>(group);
  std::vector<std::string_view> names;
  for (const model::FeatureId feature : *features) names.push_back(model[feature].name);
  return UsageError{message::is_a_group_of_features(name, as_names(names))};
}

Looked<std::vector<model::FeatureId>> look_up_features(const model::Model& model, const std::string& name) {
  if (const auto feature = model.find_feature(base::to_nfc(name))) return std::vector{*feature};
  std::string prefix = base::to_nfc(name);
  if (prefix.ends_with(".*")) prefix.resize(prefix.size() - 2);
  prefix += '.';
  std::vector<model::FeatureId> features;
  for (std::size_t i = 0; i < model.features.size(); ++i) {
    if (model.features[i].name.starts_with(prefix)) features.emplace_back(i);
  }
  if (!features.empty()) return features;
  for (const std::size_t i : titled(model.features, name)) features.emplace_back(i);
  if (!features.empty()) return features;
  std::vector<std::string_view> candidates = names_of(model.features);
  for (const model::Namespace& name_space : model.namespaces) candidates.push_back(name_space.name);
  return unknown("feature", name, candidates);
}

Looked<model::TierId> look_up_tier(const model::Model& model, const std::string& name) {
  if (const auto index = index_of(model.tiers, base::to_nfc(name))) return model::TierId{*index};
  if (const auto by_title = titled(model.tiers, name); by_title.size() == 1) return model::TierId{by_title.front()};
  return unknown("tier", name, names_of(model.tiers));
}

Looked<model::ObjectId> look_up_data(const model::Model& model, const std::string& name) {
  std::vector<std::string_view> candidates;
  for (const model::Object& object : model.objects) {
    if (object.kind == model::ActsOn::data && !object.other) candidates.push_back(object.name);
  }
  const auto object = model.find_object(base::to_nfc(name));
  if (object && model[*object].kind == model::ActsOn::data) return *object;
  for (const std::size_t i : titled(model.objects, name)) {
    if (model.objects[i].kind == model::ActsOn::data) return model::ObjectId{i};
  }
  return unknown("data", name, candidates);
}

Looked<model::ObjectId> look_up_object(const model::Model& model, const std::string& name) {
  if (const auto object = model.find_object(base::to_nfc(name))) return *object;
  const auto by_title = titled(model.objects, name);
  if (by_title.size() == 1) return model::ObjectId{by_title.front()};
  if (!by_title.empty()) return several("object", name, model.objects, by_title);
  return unknown("object", name, names_of(model.objects));
}

std::optional<std::string> name_of_title(const model::Model& model, const std::string& title) {
  std::vector<std::string> names;
  const auto add = [&](const auto& table) {
    for (const std::size_t i : titled(table, title)) {
      if (std::find(names.begin(), names.end(), table[i].name) == names.end()) names.push_back(table[i].name);
    }
  };
  add(model.roles);
  add(model.features);
  add(model.tiers);
  add(model.objects);
  add(model.contexts);
  add(model.controls);
  return names.size() == 1 ? std::optional(names.front()) : std::nullopt;
}

bool acts_on(const model::Model& model, model::FeatureId feature, const std::string& object) {
  const auto& possible = model.objects_of(model[feature].acts_on);
  const auto meant = query::find_objects(model, object);
  return std::any_of(meant.begin(), meant.end(), [&](model::ObjectId id) {
    return std::find(possible.begin(), possible.end(), id) != possible.end();
  });
}

}  // namespace farol::cli
