#include "check/checked_things.h"

#include <algorithm>
#include <cstdlib>

#include "check/missing_facts.h"

namespace farol::check {
namespace {

using Listed = Thing::Table;

// Data of every category but these is about people.
constexpr std::string_view impersonal[] = {"business_secret", "credential"};

bool is_personal(const model::Object& data) {
  const model::Attribute* category = data.find("category");
  return category != nullptr &&
         std::any_of(category->values.begin(), category->values.end(), [](const model::Value& value) {
           const auto* word = std::get_if<model::Word>(&value);
           return word != nullptr &&
                  std::find(std::begin(impersonal), std::end(impersonal), word->text) == std::end(impersonal);
         });
}

}  // namespace

CheckedThings::CheckedThings(const model::Model& model) : model_(model) {
  const auto add = [this](std::string_view kind, Listed table, std::size_t index, std::string_view name) {
    const Thing thing{table, static_cast<std::uint32_t>(index)};
    by_kind_[kind].push_back(thing);
    if (!name.empty()) by_name_.emplace(name, thing);
  };
  if (!model.policy.name.empty()) add("policy", Listed::policy, 0, {});
  for (std::size_t i = 0; i < model.tiers.size(); ++i) {
    if (!model.tiers[i].name.empty()) add("tier", Listed::tier, i, model.tiers[i].name);
  }
  for (std::size_t i = 0; i < model.objects.size(); ++i) {
    const model::Object& object = model.objects[i];
    const bool named = object.kind != model::ActsOn::tier && object.kind != model::ActsOn::nothing && !object.other;
    if (named) add(to_string(object.kind), Listed::object, i, object.name);
  }
  for (std::size_t i = 0; i < model.roles.size(); ++i) add("role", Listed::role, i, model.roles[i].name);
  for (std::size_t i = 0; i < model.features.size(); ++i) add("feature", Listed::feature, i, model.features[i].name);
  for (std::size_t i = 0; i < model.controls.size(); ++i) add("control", Listed::control, i, model.controls[i].name);
  for (std::size_t i = 0; i < model.entities.size(); ++i)
    add(model.entities[i].kind, Listed::entity, i, model.entities[i].name);
}

const std::vector<Thing>& CheckedThings::of_kind(std::string_view kind) const {
  static const std::vector<Thing> none;
  const auto found = by_kind_.find(kind);
  return found == by_kind_.end() ? none : found->second;
}

std::optional<Thing> CheckedThings::find(std::string_view name) const {
  const auto found = by_name_.find(name);
  return found == by_name_.end() ? std::nullopt : std::optional(found->second);
}

const model::Declared& CheckedThings::declared(Thing thing) const {
  switch (thing.table) {
    case Listed::policy: break;
    case Listed::tier: return model_.tiers[thing.index];
    case Listed::object: return model_.objects[thing.index];
    case Listed::role: return model_.roles[thing.index];
    case Listed::feature: return model_.features[thing.index];
    case Listed::control: return model_.controls[thing.index];
    case Listed::entity: return model_.entities[thing.index];
  }
  return model_.policy;
}

const std::string& CheckedThings::label(Thing thing, std::string_view language) const {
  const std::string& label = declared(thing).label(language);
  return label.empty() && thing.table == Listed::entity ? model_.entities[thing.index].kind : label;
}

void CheckedThings::append(Thing thing, std::string_view key, std::vector<Item>& items) const {
  if (append_derived(thing, key, items)) return;
  const model::Attribute* attribute = declared(thing).find(key);
  if (attribute == nullptr) return;
  for (const model::Value& value : attribute->values) append(value, items);
}

bool CheckedThings::append_of_role(Thing thing, std::string_view key, std::vector<Item>& items) const {
  const model::Role& role = model_.roles[thing.index];
  if (key == "inherits") {
    // Through others too; a role does not inherit itself.
    for (const model::RoleId ancestor : role.ancestors) {
      if (ancestor.value != thing.index) items.emplace_back(Thing{Listed::role, ancestor.value});
    }
    return true;
  }
  if (key == "everybody") {
    items.emplace_back(is_everybodys(role));
    return true;
  }
  if (key == "admin") {
    items.emplace_back(role.admin);
    return true;
  }
  if (key == "clearance") {
    // Left out, it is the highest of the inherited ones.
    std::optional<std::uint32_t> highest;
    if (!role.clearance.is_none()) {
      highest = role.clearance.value;
    } else {
      for (const model::RoleId ancestor : role.ancestors) {
        const model::TierId clearance = model_[ancestor].clearance;
        if (!clearance.is_none()) highest = std::max(highest.value_or(0), clearance.value);
      }
    }
    if (highest) items.emplace_back(Thing{Listed::tier, *highest});
    return true;
  }
  return false;
}

bool CheckedThings::append_derived(Thing thing, std::string_view key, std::vector<Item>& items) const {
  const model::Declared& declared = this->declared(thing);
  if (key == "name") {
    if (!declared.name.empty()) items.emplace_back(std::string_view(declared.name));
    return true;
  }
  if (key == "title") {
    items.emplace_back(std::string_view(declared.label({})));
    return true;
  }
  if (thing.table == Listed::object && model_.objects[thing.index].kind == model::ActsOn::data) {
    const model::Object& data = model_.objects[thing.index];
    if (key == "tier") {
      if (!model_[data.tier].name.empty()) items.emplace_back(Thing{Listed::tier, data.tier.value});
      return true;
    }
    if (key == "personal") {
      items.emplace_back(is_personal(data));
      return true;
    }
    if (key == "regions") {
      append_regions(thing.index, items);
      return true;
    }
  }
  if (thing.table == Listed::role && append_of_role(thing, key, items)) return true;
  if (key == "packs" && thing.table == Listed::policy) {
    for (const model::UsedLibrary& library : model_.libraries) {
      if (library.pack) items.emplace_back(std::string_view(library.name));
    }
    return true;
  }
  if (key == "together" && thing.table == Listed::entity && model_.entities[thing.index].kind == "transfer") {
    append_together(model_.entities[thing.index], items);
    return true;
  }
  if (key == "items" && thing.table == Listed::entity && model_.entities[thing.index].kind == "metadata") {
    const model::Attribute* attribute = declared.find("item");
    items.emplace_back(attribute == nullptr ? 0.0 : static_cast<double>(attribute->values.size()));
    return true;
  }
  if (thing.table == Listed::feature && key == "governed") {
    items.emplace_back(model_.features[thing.index].governed);
    return true;
  }
  return false;
}

bool CheckedThings::is_everybodys(const model::Role& role) const {
  if (const model::Attribute* said = role.find("everybody")) {
    const auto* yes = std::get_if<bool>(&said->values.front());
    return yes != nullptr && *yes;
  }
  // Both lists have the role itself in them.
  return role.ancestors.size() <= 1 && 2 * (role.heirs.size() - 1) > model_.roles.size() - 1;
}

// Wherever data is said to be: in its stores, with processors that are given it, at both ends of its transfers.
void CheckedThings::append_regions(std::uint32_t data, std::vector<Item>& items) const {
  const Thing self{Listed::object, data};
  std::vector<Item> stores;
  append(self, "store", stores);
  for (const Item& store : stores) {
    if (const auto* thing = std::get_if<Thing>(&store)) append(*thing, "region", items);
  }
  for (std::size_t i = 0; i < model_.entities.size(); ++i) {
    const model::Entity& entity = model_.entities[i];
    if (entity.kind != "processor" && entity.kind != "transfer") continue;
    const Thing thing{Listed::entity, static_cast<std::uint32_t>(i)};
    std::vector<Item> about;
    append(thing, "data", about);
    if (std::find(about.begin(), about.end(), Item{self}) == about.end()) continue;
    for (const std::string_view end : {"region", "from", "to"}) append(thing, end, items);
  }
}

// The people of all transfers that leave by the same path.
void CheckedThings::append_together(const model::Entity& transfer, std::vector<Item>& items) const {
  const auto path_of = [](const model::Entity& each) {
    const model::Attribute* path = each.find("path");
    return path == nullptr ? std::nullopt : std::optional(path->values.front());
  };
  double sum = 0;
  for (const model::Entity& each : model_.entities) {
    const model::Attribute* people = each.kind == "transfer" ? each.find("people") : nullptr;
    if (people == nullptr || path_of(each) != path_of(transfer)) continue;
    std::vector<Item> number;
    append(people->values.front(), number);
    sum += std::get<double>(number.front());
  }
  items.emplace_back(sum);
}

void CheckedThings::append(const model::Value& value, std::vector<Item>& items) const {
  if (const auto* flag = std::get_if<bool>(&value)) items.emplace_back(*flag);
  if (const auto* number = std::get_if<model::Number>(&value))
    items.emplace_back(std::strtod(number->text.c_str(), nullptr));
  if (const auto* day = std::get_if<base::Date>(&value)) items.emplace_back(*day);
  if (const auto* length = std::get_if<base::Duration>(&value)) items.emplace_back(*length);
  // What `farol init --facts` leaves to be filled in is no answer.
  if (const auto* text = std::get_if<std::string>(&value); text != nullptr && *text != left_open)
    items.emplace_back(std::string_view(*text));
  if (const auto* word = std::get_if<model::Word>(&value)) items.emplace_back(Word{word->text});
  if (const auto* reference = std::get_if<model::Reference>(&value)) {
    if (const auto thing = find(reference->name)) items.emplace_back(*thing);
  }
}

namespace {

struct Days {
  std::int64_t least = 0, most = 0;
};

// Months have 28 to 31 days; `count` of them in a row lie within two days of their mean.
Days days_of(const base::Duration& length) {
  using Unit = base::Duration::Unit;
  constexpr std::int64_t most = 1'000'000;
  const std::int64_t count = std::clamp(length.count, std::int64_t{0}, most);
  switch (length.unit) {
    case Unit::days: return {count, count};
    case Unit::weeks: return {7 * count, 7 * count};
    case Unit::months:
    case Unit::years: {
      const std::int64_t months = length.unit == Unit::years ? 12 * count : count;
      const std::int64_t mean = months * 146097 / 4800;
      return months == 0 ? Days{0, 0} : Days{mean - 2, mean + 2};
    }
  }
  return {};
}

std::optional<std::int64_t> months_of(const base::Duration& length) {
  if (length.unit == base::Duration::Unit::months) return length.count;
  if (length.unit == base::Duration::Unit::years) return 12 * length.count;
  return std::nullopt;
}

}  // namespace

bool is_longer(const base::Duration& a, const base::Duration& b) {
  const auto months_a = months_of(a), months_b = months_of(b);
  if (months_a && months_b) return *months_a > *months_b;
  return days_of(a).least > days_of(b).most;
}

}  // namespace farol::check
