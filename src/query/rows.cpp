#include "query/rows.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <utility>

#include "document/document.h"
#include "query/answers.h"

namespace farol::query {
namespace {

using decide::Answer;
using document::Mark;
using model::FeatureId;
using model::KeptBy;
using model::Model;
using model::ObjectId;
using model::RoleId;

template <class Id>
bool lists(const std::vector<Id>& ids, Id id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

class RowReader {
 public:
  RowReader(const Model& model, const decide::Answers& answers, const MatrixOptions& options)
      : model_(model), answers_(answers), options_(options), everybody_(decide::all_roles(model)) {}

  // Returns false if the feature acts on nothing of what was asked for. `somebody` is set if some role, shown or not,
  // is not kept from the feature.
  bool read(FeatureId feature, const std::vector<RoleId>& roles, Row& row, bool& somebody) {
    row.feature = feature;
    group(feature);
    constexpr auto unseen = static_cast<std::uint32_t>(-1);
    std::vector<std::uint32_t> shown(first_.size(), unseen);  // by group: its place among the summaries
    std::set<KeptBy> keepers;
    for (const RoleId role : roles) {
      std::uint32_t& place = shown[group_of_[role.index()]];
      if (place == unseen) {
        place = static_cast<std::uint32_t>(row.summaries.size());
        row.summaries.push_back(summary(role, feature));
        for (const Answer& answer : row.summaries.back()) {
          const auto found = answers_.keepers(role, feature, answer.objects, answer.rules);
          keepers.insert(found.begin(), found.end());
        }
      }
      row.of_role.push_back(place);
    }
    row.kept_by.assign(keepers.begin(), keepers.end());
    if (row.kept_by.empty()) row.kept_by = answers_.keepers(feature);
    for (std::size_t i = 0; i < first_.size() && !somebody; ++i)
      somebody = shown[i] == unseen ? may(summary(first_[i], feature)) : may(row.summaries[shown[i]]);
    return !row.summaries.front().empty();
  }

 private:
  // Puts the roles with the same answers about a feature together.
  void group(FeatureId feature) {
    first_.clear();
    group_of_.clear();
    std::map<std::vector<std::uint32_t>, std::uint32_t> known;
    std::optional<std::uint32_t> silent;  // the group of those without answers, who are many
    const auto entries = answers_.by_role(feature);
    std::vector<std::uint32_t> own;
    for (auto entry = entries.begin(); const RoleId role : everybody_) {
      own.clear();
      for (; entry != entries.end() && entry->first == role; ++entry) own.push_back(entry->second);
      const auto next = static_cast<std::uint32_t>(first_.size());
      if (own.empty() && !silent) silent = next;
      const std::uint32_t group = own.empty() ? *silent : known.try_emplace(own, next).first->second;
      if (group == next) first_.push_back(role);
      group_of_.push_back(group);
    }
  }

  [[nodiscard]] std::vector<Answer> summary(RoleId role, FeatureId feature) const {
    return summary_of(model_, answers_, role, feature, Reasons::united,
                      [&](ObjectId object) { return is_wanted(object); });
  }

  [[nodiscard]] bool may(const std::vector<Answer>& answers) const {
    return std::any_of(answers.begin(), answers.end(), [&](const Answer& answer) {
      const Mark mark = mark_of(model_, answer);
      return mark == Mark::allow || mark == Mark::withheld || mark == Mark::platform;
    });
  }

  [[nodiscard]] bool is_wanted(ObjectId object) const {
    if (options_.tiers.empty() && options_.objects.empty()) return true;
    return lists(options_.tiers, model_[object].tier) || lists(options_.objects, object);
  }

  const Model& model_;
  const decide::Answers& answers_;
  const MatrixOptions& options_;
  const std::vector<RoleId> everybody_;
  // For the feature in hand: by role its group, and by group the first role of it.
  std::vector<std::uint32_t> group_of_;
  std::vector<RoleId> first_;
};

// Whoever holds no role has no column if the policy says nothing about them.
void drop_silent_nobody(Rows& rows) {
  for (const Row& row : rows.rows) {
    for (const Answer& answer : row.summaries[row.of_role.back()]) {
      if (answer.effect != decide::Effect::none) return;
    }
  }
  rows.roles.pop_back();
  for (Row& row : rows.rows) row.of_role.pop_back();
}

std::vector<model::ControlId> controls_of_every_allow(const Rows& rows) {
  std::vector<model::ControlId> everywhere;
  bool first = true;
  for (const Row& row : rows.rows) {
    for (const auto& answers : row.summaries) {
      for (const Answer& answer : answers) {
        if (answer.effect != decide::Effect::allow) continue;
        if (std::exchange(first, false)) everywhere = answer.controls;
        std::erase_if(everywhere, [&](model::ControlId control) { return !lists(answer.controls, control); });
      }
    }
  }
  return everywhere;
}

}  // namespace

Rows collect_rows(const Model& model, const decide::Decisions& decisions, const decide::Answers& answers,
                  const MatrixOptions& options) {
  Rows rows;
  rows.roles = options.roles.empty() ? decide::all_roles(model) : options.roles;
  std::sort(rows.roles.begin(), rows.roles.end());
  RowReader reader{model, answers, options};
  for (std::size_t i = 0; i < model.features.size(); ++i) {
    const FeatureId feature{i};
    if (!options.features.empty() && !lists(options.features, feature)) continue;
    if (!decide::is_stated(model, decisions, feature)) {
      rows.left_to_platform.push_back(feature);
      continue;
    }
    Row row;
    bool somebody = false;
    if (!reader.read(feature, rows.roles, row, somebody)) continue;
    if (!somebody) rows.nobody_may.push_back(feature);
    rows.rows.push_back(std::move(row));
  }
  if (options.roles.empty()) drop_silent_nobody(rows);
  rows.everywhere = controls_of_every_allow(rows);
  for (decide::AddedUp each : answers.added_up()) {
    const bool shown =
        std::any_of(each.held.begin(), each.held.end(), [&](RoleId role) { return lists(rows.roles, role); });
    std::erase_if(each.what, [&](const auto& what) {
      return std::none_of(rows.rows.begin(), rows.rows.end(),
                          [&](const Row& row) { return row.feature == what.first; });
    });
    if (shown && !each.what.empty()) rows.added_up.push_back(std::move(each));
  }
  return rows;
}

}  // namespace farol::query
