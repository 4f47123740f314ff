#include "decide/answers.h"

#include <algorithm>
#include <iterator>
#include <tuple>

#include "base/sorted.h"
#include "decide/boxes.h"

namespace farol::decide {
namespace {

bool says_something(const Segment& segment) { return segment.effect != Effect::none; }

}  // namespace

std::string_view to_string(Shortfall shortfall) {
  switch (shortfall) {
    case Shortfall::condition: return "condition";
    case Shortfall::objects: return "objects";
    case Shortfall::organisation: return "organisation";
    case Shortfall::implied: return "implied";
    case Shortfall::unnamed: return "unnamed";
    case Shortfall::too_many: return "too_many";
    case Shortfall::elsewhere: return "elsewhere";
    case Shortfall::edition: return "edition";
    case Shortfall::narrower: return "narrower";
    case Shortfall::unsaid: return "unsaid";
    case Shortfall::undocumented: return "undocumented";
    case Shortfall::nothing: break;
  }
  return "nothing";
}

base::Phrase phrase_of(Shortfall shortfall) {
  using base::Phrase;
  switch (shortfall) {
    case Shortfall::condition: return Phrase::reason_condition;
    case Shortfall::objects: return Phrase::reason_objects;
    case Shortfall::organisation: return Phrase::reason_organisation;
    case Shortfall::implied: return Phrase::reason_implied;
    case Shortfall::unnamed: return Phrase::reason_unnamed;
    case Shortfall::too_many: return Phrase::reason_too_many;
    case Shortfall::elsewhere: return Phrase::reason_elsewhere;
    case Shortfall::edition: return Phrase::reason_edition;
    case Shortfall::narrower: return Phrase::reason_narrower;
    case Shortfall::unsaid: return Phrase::reason_unsaid;
    case Shortfall::undocumented: return Phrase::reason_undocumented;
    case Shortfall::nothing: break;
  }
  return Phrase::reason_nothing;
}

bool withholds(Shortfall shortfall) {
  switch (shortfall) {
    case Shortfall::organisation:
    case Shortfall::implied:
    case Shortfall::unnamed:
    case Shortfall::narrower: return true;
    case Shortfall::condition:
    case Shortfall::objects:
    case Shortfall::too_many:
    case Shortfall::elsewhere:
    case Shortfall::edition:
    case Shortfall::unsaid:
    case Shortfall::undocumented:
    case Shortfall::nothing: break;
  }
  return false;
}

Answers::Answers(std::vector<Answer> list, std::vector<AddedUp> added_up)
    : list_(std::move(list)), added_up_(std::move(added_up)) {
  std::size_t count = 0;
  for (const Answer& answer : list_) count += answer.roles.size();
  by_role_.reserve(count);
  // The list is in the order of the features already.
  for (std::uint32_t i = 0; i < list_.size();) {
    const FeatureId feature = list_[i].feature;
    const auto first = static_cast<std::ptrdiff_t>(by_role_.size());
    for (; i < list_.size() && list_[i].feature == feature; ++i) {
      for (const RoleId role : list_[i].roles) by_role_.emplace_back(role, i);
    }
    std::sort(by_role_.begin() + first, by_role_.end());
  }
}

std::span<const Answer> Answers::of(FeatureId feature) const {
  const auto first = std::lower_bound(list_.begin(), list_.end(), feature,
                                      [](const Answer& answer, FeatureId wanted) { return answer.feature < wanted; });
  const auto last = std::find_if(first, list_.end(), [&](const Answer& answer) { return answer.feature != feature; });
  return {list_.data() + (first - list_.begin()), static_cast<std::size_t>(last - first)};
}

std::span<const std::pair<RoleId, std::uint32_t>> Answers::by_role(FeatureId feature) const {
  const auto feature_of = [&](const auto& entry) { return list_[entry.second].feature; };
  const auto first =
      std::partition_point(by_role_.begin(), by_role_.end(), [&](const auto& e) { return feature_of(e) < feature; });
  const auto last =
      std::partition_point(first, by_role_.end(), [&](const auto& e) { return feature_of(e) == feature; });
  return {by_role_.data() + (first - by_role_.begin()), static_cast<std::size_t>(last - first)};
}

std::vector<const Answer*> Answers::of(RoleId role, FeatureId feature) const {
  const auto key = [&](const auto& entry) { return std::pair{list_[entry.second].feature, entry.first}; };
  const std::pair wanted{feature, role};
  auto entry = std::lower_bound(by_role_.begin(), by_role_.end(), wanted,
                                [&](const auto& each, const auto& asked) { return key(each) < asked; });
  std::vector<const Answer*> answers;
  for (; entry != by_role_.end() && key(*entry) == wanted; ++entry) answers.push_back(&list_[entry->second]);
  return answers;
}

std::vector<model::KeptBy> Answers::keepers(RoleId role, FeatureId feature, const std::vector<ObjectId>& objects,
                                            const std::vector<RuleId>& rules) const {
  std::vector<model::KeptBy> keepers;
  for (const Answer* answer : of(role, feature)) {
    const bool about = std::find_first_of(answer->objects.begin(), answer->objects.end(), objects.begin(),
                                          objects.end()) != answer->objects.end();
    if (about && std::includes(rules.begin(), rules.end(), answer->rules.begin(), answer->rules.end()))
      keepers.push_back(answer->enforcement.kept_by);
  }
  base::sort_unique(keepers);
  return keepers;
}

std::vector<ObjectId> Answers::withheld(RoleId role, FeatureId feature) const {
  std::vector<ObjectId> objects;
  for (const Answer* answer : of(role, feature)) {
    if (is_withheld(*answer)) objects.insert(objects.end(), answer->objects.begin(), answer->objects.end());
  }
  base::sort_unique(objects);
  return objects;
}

std::vector<model::KeptBy> Answers::keepers(FeatureId feature) const {
  std::vector<model::KeptBy> keepers;
  for (const Answer& answer : of(feature)) keepers.push_back(answer.enforcement.kept_by);
  base::sort_unique(keepers);
  return keepers;
}

std::optional<base::Date> last_day(const Model& model, const std::vector<RuleId>& rules) {
  std::optional<base::Date> last;
  for (const RuleId rule : rules) {
    const auto& until = model[rule].until;
    if (!until) return std::nullopt;
    if (!last || *last < *until) last = until;
  }
  return last;
}

std::vector<std::vector<ObjectId>> objects_by_cell(const Model& model, const Table& table, model::ActsOn kind) {
  std::vector<std::vector<ObjectId>> result(table.cells.size());
  const auto cell_of = [&](ObjectId object) {
    for (std::size_t i = 0; i < table.cells.size(); ++i) {
      const auto& listed = table.cells[i].objects;
      if (std::binary_search(listed.begin(), listed.end(), object)) return i;
    }
    return table.cells.size();
  };
  for (const ObjectId object : model.objects_of(kind)) {
    std::size_t cell = cell_of(object);
    if (cell == table.cells.size()) cell = cell_of(twin_of(model, object));
    if (cell < table.cells.size()) result[cell].push_back(object);
  }
  return result;
}

std::vector<Answer> answers_in(const Model& model, const Table& table, FeatureId feature) {
  std::vector<Answer> result;
  if (table.cells.empty()) return result;
  const auto objects = objects_by_cell(model, table, model[feature].acts_on);
  for (std::size_t i = 0; i < table.cells.size(); ++i) {
    const Cell& cell = table.cells[i];
    for (const Segment& segment : cell.segments) {
      if (segment.effect == Effect::none || objects[i].empty()) continue;
      Answer answer{feature,
                    {},
                    objects[i],
                    segment.effect,
                    narrow(model, {cell.contexts, segment.where}),
                    segment.controls,
                    segment.rules,
                    last_day(model, segment.rules),
                    {}};
      const auto same = std::find_if(result.begin(), result.end(), [&](const Answer& other) {
        return std::tie(other.effect, other.controls, other.rules, other.when) ==
               std::tie(answer.effect, answer.controls, answer.rules, answer.when);
      });
      if (same == result.end()) {
        result.push_back(std::move(answer));
      } else {
        same->objects.insert(same->objects.end(), objects[i].begin(), objects[i].end());
      }
    }
  }
  for (Answer& answer : result) std::sort(answer.objects.begin(), answer.objects.end());
  sort_canonically(model, result, [](const Answer& a, const Answer& b) { return a.rules < b.rules; });
  return result;
}

std::size_t count_segments(const Decisions& decisions) {
  std::size_t count = 0;
  for (const Table& table : decisions.tables) {
    for (const Cell& cell : table.cells)
      count += static_cast<std::size_t>(std::count_if(cell.segments.begin(), cell.segments.end(), says_something));
  }
  return count;
}

bool is_stated(const Model& model, const Decisions& decisions, FeatureId feature) {
  if (model[feature].governed) return true;
  return decisions.any_table(feature, [](const Table& table) {
    return std::any_of(table.cells.begin(), table.cells.end(), [](const Cell& cell) {
      return std::any_of(cell.segments.begin(), cell.segments.end(), says_something);
    });
  });
}

std::vector<RoleId> all_roles(const Model& model) {
  std::vector<RoleId> result;
  for (std::size_t i = 0; i <= model.roles.size(); ++i) result.push_back(RoleId{i});
  return result;
}

}  // namespace farol::decide
