#include "target/dingtalk/import_content.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/phrases.h"
#include "base/text.h"
#include "diag/messages_target.h"

namespace farol::dingtalk {
namespace {

// Blanks, dashes and underscores are written as people like: `check-in`, `Check in`.
std::string key_of(std::string_view text) {
  std::string key = base::fold_loosely(text);
  std::replace_if(
      key.begin(), key.end(), [](char c) { return c == '-' || c == '_' || c == '\n'; }, ' ');
  return key;
}

std::u32string letters_of(std::string_view key) {
  std::u32string letters;
  for (std::size_t at = 0; at < key.size();) {
    const base::CodePoint point = base::decode(key, at);
    at += point.size;
    letters += point.value;
  }
  std::sort(letters.begin(), letters.end());
  return letters;
}

// Enters a name; one that several features have means none of them.
template <class Map, class Key>
void enter(Map& map, Key key, const model::Feature* feature) {
  const auto [entry, is_new] = map.emplace(std::move(key), feature);
  if (!is_new && entry->second != feature) entry->second = nullptr;
}

}  // namespace

FeatureFinder::FeatureFinder(const model::Model& catalogue) {
  for (const model::Feature& feature : catalogue.features) {
    by_name_[key_of(feature.name)] = &feature;
    for (const base::Language language : base::all_languages) {
      const std::string title = key_of(feature.label(base::tag(language)));
      enter(by_name_, title, &feature);
      enter(by_letters_, letters_of(title), &feature);
    }
  }
}

const model::Feature* FeatureFinder::find(std::string_view text) const {
  const auto found = by_name_.find(key_of(text));
  return found == by_name_.end() ? nullptr : found->second;
}

const model::Feature* FeatureFinder::find_nearest(std::string_view text) const {
  const std::string key = key_of(text);
  const auto found = by_letters_.find(letters_of(key));
  if (found != by_letters_.end()) return found->second;
  // A slip or two of a long name; two short names are as near by chance.
  const std::size_t limit = std::min<std::size_t>(base::count_code_points(key) / 6, 2);
  for (std::size_t distance = 1; distance <= limit; ++distance) {
    for (const auto& [name, feature] : by_name_) {
      if (base::edit_distance(key, name, limit) == distance) return feature;
    }
  }
  return nullptr;
}

std::size_t TableContent::role(std::string_view title, bool is_nobody) {
  const auto [entry, is_new] = role_numbers_.emplace(base::fold_loosely(title), roles.size());
  if (is_new) roles.push_back({std::string(base::trimmed(title)), is_nobody});
  return entry->second;
}

const model::Feature* TableContent::known(const std::vector<std::string>& label) const {
  const auto whole = finder_.find(fmt::format("{}", fmt::join(label, ".")));
  if (whole != nullptr) return whole;
  const model::Feature* found = nullptr;
  for (const std::string& part : label) {
    const model::Feature* each = finder_.find(part);
    if (each == nullptr) continue;
    if (found != nullptr && found != each) return nullptr;
    found = each;
  }
  return found;
}

std::size_t TableContent::feature(const std::vector<std::string>& label, std::string_view section) {
  const model::Feature* feature = known(label);
  const std::string title = fmt::format("{}", fmt::join(label, ": "));
  const std::string key = feature != nullptr ? feature->name : "\x1f" + std::string(section) + "\x1f" + key_of(title);
  const auto [entry, is_new] = feature_numbers_.emplace(key, features.size());
  if (!is_new) return entry->second;
  features.push_back({feature, feature != nullptr ? std::string{} : title, {}, std::string(section), {}});
  if (feature == nullptr) {
    const model::Feature* nearest = label.empty() ? nullptr : finder_.find_nearest(label.back());
    if (nearest != nullptr) ask(message::import_meant(title, nearest->name, nearest->label(base::tag(language_))));
  }
  return entry->second;
}

std::size_t TableContent::feature_named(const std::string& name, const std::string& title) {
  const model::Feature* feature = finder_.find(name);
  const auto [entry, is_new] = feature_numbers_.emplace(feature != nullptr ? feature->name : name, features.size());
  if (is_new) features.push_back({feature, title, name, {}, {}});
  return entry->second;
}

void TableContent::set(std::size_t feature, std::size_t role, Cell cell) {
  auto& cells = features[feature].cells;
  if (cells.size() <= role) cells.resize(role + 1);
  Cell& there = cells[role];
  if (there.entries.empty() && there.doubt.empty()) {
    there = std::move(cell);
    return;
  }
  if (there.text == cell.text) return;
  ask(message::import_twice(name_of(features[feature]), roles[role].title, there.text, cell.text));
  there = stricter(there, cell);
}

void TableContent::fill() {
  for (TableFeature& feature : features) {
    feature.cells.resize(roles.size());
    for (Cell& cell : feature.cells) {
      if (cell.entries.empty() && cell.doubt.empty()) cell.entries.emplace_back();
    }
  }
}

const std::string& name_of(const TableFeature& feature) {
  return feature.known != nullptr ? feature.known->name : feature.title;
}

}  // namespace farol::dingtalk
