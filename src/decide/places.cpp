#include "decide/places.h"

#include <algorithm>
#include <map>
#include <tuple>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/sorted.h"

namespace farol::decide {
namespace {

constexpr std::string_view separator = " · ";

template <class Id>
std::string names_of(const Model& model, const std::vector<Id>& ids) {
  std::vector<std::string> names;
  for (const Id id : ids) names.push_back(name_of(model, id));
  return in_short(names);
}

// Alone, data without a tier or a class goes without saying.
std::string names_of(const Model& model, const std::vector<ObjectId>& objects) {
  std::vector<std::string> names;
  for (const ObjectId object : objects) {
    const bool nameless = objects.size() > 1 && name_of(model, object).empty();
    names.push_back(nameless ? "any other data" : name_of(model, object));
  }
  return in_short(names);
}

}  // namespace

std::string in_short(const std::vector<std::string>& names) {
  if (names.size() <= max_names) return fmt::format("{}", fmt::join(names, ", "));
  const std::vector<std::string> first(names.begin(), names.begin() + static_cast<std::ptrdiff_t>(max_names));
  return fmt::format("{} and {} more", fmt::join(first, ", "), names.size() - max_names);
}

std::string name_of(const Model& model, RoleId role) {
  return role == model.nobody() ? "whoever holds no role" : model[role].name;
}

std::string name_of(const Model& model, FeatureId feature) { return model[feature].name; }

std::string name_of(const Model& model, ObjectId object) {
  const model::Object& it = model[object];
  return it.other ? fmt::format("any other {}", to_string(it.kind)) : it.name;
}

std::string in_words(const Model& model, const Box& box) {
  std::vector<std::string> parts;
  for (const auto& [context, values] : box) {
    const model::Context& it = model[context];
    // Two words say "all but one" better than a list of all the others.
    const bool negated = values.size() + 1 == it.values.size() && values.size() > 1;
    std::vector<std::string> names;
    for (std::uint32_t value = 0; value < it.values.size(); ++value) {
      if (std::binary_search(values.begin(), values.end(), value) != negated) names.push_back(it.values[value]);
    }
    parts.push_back(fmt::format("{} is {}{}", it.name, negated ? "not " : "", fmt::join(names, " or ")));
  }
  return fmt::format("{}", fmt::join(parts, " and "));
}

std::string in_words(const Model& model, const std::vector<Box>& boxes) {
  if (boxes.size() == 1 && boxes.front().empty()) return "always";
  std::vector<std::string> parts;
  for (const Box& box : boxes) parts.push_back(in_words(model, box));
  if (parts.size() == 1) return parts.front();
  return fmt::format("({})", fmt::join(parts, ") or ("));
}

std::vector<ObjectId> objects_of(const Model& model, const Table& table, const Cell& cell, FeatureId feature) {
  std::vector<ObjectId> result;
  const auto lists = [](const Cell& candidate, ObjectId object) {
    return std::binary_search(candidate.objects.begin(), candidate.objects.end(), object);
  };
  for (const ObjectId object : model.objects_of(model[feature].acts_on)) {
    const bool listed =
        std::any_of(table.cells.begin(), table.cells.end(), [&](const Cell& other) { return lists(other, object); });
    if (lists(cell, listed ? object : twin_of(model, object))) result.push_back(object);
  }
  return result;
}

std::vector<diag::Text> lines_of(const Model& model, std::vector<Place> places) {
  using Boxes = std::vector<Box>;
  using Objects = std::vector<ObjectId>;
  // What is alike is joined: first objects, then roles, then features.
  std::map<std::tuple<FeatureId, RoleId, Boxes>, Objects> by_objects;
  for (const Place& place : places) {
    Objects& objects = by_objects[{place.feature, place.role, boxes_of(model, place.contexts, place.where)}];
    objects.insert(objects.end(), place.objects.begin(), place.objects.end());
  }
  std::map<std::tuple<FeatureId, Objects, Boxes>, std::vector<RoleId>> by_roles;
  for (auto& [key, objects] : by_objects) {
    const auto& [feature, role, boxes] = key;
    base::sort_unique(objects);
    by_roles[{feature, objects, boxes}].push_back(role);
  }
  std::map<std::tuple<std::vector<RoleId>, Objects, Boxes>, std::vector<FeatureId>> by_features;
  for (auto& [key, roles] : by_roles) {
    const auto& [feature, objects, boxes] = key;
    by_features[{roles, objects, boxes}].push_back(feature);
  }
  std::vector<diag::Text> lines;
  std::size_t shown = 0;
  for (const auto& [key, features] : by_features) {
    const auto& [roles, objects, boxes] = key;
    if (lines.size() == max_lines) {
      lines.push_back(fmt::format("and {} more", by_objects.size() - shown));
      break;
    }
    std::string line = names_of(model, roles);
    line.append(separator).append(names_of(model, features));
    const std::string on = names_of(model, objects);
    if (!on.empty()) line.append(separator).append(on);
    if (!(boxes.size() == 1 && boxes.front().empty())) line.append(separator).append(in_words(model, boxes));
    lines.push_back(std::move(line));
    shown += roles.size() * features.size();
  }
  return lines;
}

diag::Witness witness_of(const Model& model, const Place& place) {
  diag::Witness witness{name_of(model, place.role),
                        model[place.feature].name,
                        place.objects.empty() ? "" : name_of(model, place.objects.front()),
                        {}};
  for (const auto& [context, value] : values_at(model, place.contexts, place.where.first())) {
    witness.context.emplace_back(model[context].name, model[context].values[value]);
  }
  return witness;
}

std::string in_words(const diag::Witness& witness) {
  std::string text = witness.role;
  text.append(separator).append(witness.feature);
  if (!witness.object.empty()) text.append(separator).append(witness.object);
  for (const auto& [context, value] : witness.context) text.append(separator).append(context).append(" ").append(value);
  return text;
}

}  // namespace farol::decide
