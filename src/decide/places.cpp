#include "decide/places.h"

#include <algorithm>
#include <map>
#include <tuple>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/sorted.h"
#include "diag/messages_decide.h"

namespace farol::decide {
namespace {

using diag::Text;

Text words(std::string name) { return message::verbatim(std::move(name)); }

template <class Id>
Text names_of(const Model& model, const std::vector<Id>& ids) {
  std::vector<Text> names;
  for (const Id id : ids) names.push_back(name_of(model, id));
  return names.size() == 1 ? names.front() : message::listed(std::move(names));
}

// Alone, data without a tier or a class goes without saying.
Text names_of(const Model& model, const std::vector<ObjectId>& objects) {
  std::vector<Text> names;
  for (const ObjectId object : objects) {
    names.push_back(name_of(model, object));
    if (names.back().empty()) names.back() = objects.size() > 1 ? message::other_data() : Text{};
  }
  if (objects.empty()) return {};
  return objects.size() == 1 ? names.front() : message::listed(std::move(names));
}

}  // namespace

Text name_of(const Model& model, RoleId role) {
  return role == model.nobody() ? message::no_role() : words(model[role].name);
}

Text quoted_name(const Model& model, RoleId role) {
  return role == model.nobody() ? message::no_role() : message::quoted(model[role].name);
}

Text name_of(const Model& model, FeatureId feature) { return words(model[feature].name); }

Text name_of(const Model& model, ObjectId object) {
  const model::Object& it = model[object];
  if (it.other) return message::other_object(std::string{to_string(it.kind)});
  return it.name.empty() ? Text{} : words(it.name);
}

std::string plain_name(std::string_view name) { return std::string{name}; }

std::string in_words(const Model& model, const Box& box, NamePrinter written) {
  std::vector<std::string> parts;
  for (const auto& [context, values] : box) {
    const model::Context& it = model[context];
    // Two words say "all but one" better than a list of all the others.
    const bool negated = values.size() + 1 == it.values.size() && values.size() > 1;
    std::vector<std::string> names;
    for (std::uint32_t value = 0; value < it.values.size(); ++value) {
      if (std::binary_search(values.begin(), values.end(), value) != negated)
        names.push_back(written(it.values[value]));
    }
    parts.push_back(fmt::format("{} is {}{}", written(it.name), negated ? "not " : "", fmt::join(names, " or ")));
  }
  return fmt::format("{}", fmt::join(parts, " and "));
}

std::string in_words(const Model& model, const std::vector<Box>& boxes, NamePrinter written) {
  if (boxes.size() == 1 && boxes.front().empty()) return "always";
  std::vector<std::string> parts;
  for (const Box& box : boxes) parts.push_back(in_words(model, box, written));
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

std::vector<Text> lines_of(const Model& model, std::vector<Place> places) {
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
  std::vector<Text> lines;
  std::size_t shown = 0;
  for (const auto& [key, features] : by_features) {
    const auto& [roles, objects, boxes] = key;
    if (lines.size() == max_lines) {
      lines.push_back(message::and_more(by_objects.size() - shown));
      break;
    }
    std::vector<Text> parts{names_of(model, roles), names_of(model, features)};
    if (Text on = names_of(model, objects); !on.empty()) parts.push_back(std::move(on));
    if (!(boxes.size() == 1 && boxes.front().empty())) parts.push_back(words(in_words(model, boxes)));
    lines.push_back(message::point(std::move(parts)));
    shown += roles.size() * features.size();
  }
  return lines;
}

diag::Witness witness_of(const Model& model, const Place& place) {
  diag::Witness witness;
  witness.role = name_of(model, place.role);
  witness.feature = model[place.feature].name;
  if (!place.objects.empty()) witness.object = name_of(model, place.objects.front());
  for (const auto& [context, value] : values_at(model, place.contexts, place.where.first())) {
    witness.context.emplace_back(model[context].name, model[context].values[value]);
  }
  return witness;
}

}  // namespace farol::decide
