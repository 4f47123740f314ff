#include "query/rows.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

namespace farol::query {
namespace {

using model::FeatureId;
using model::Model;
using model::ObjectId;
using model::RoleId;

template <class Id>
bool lists(const std::vector<Id>& ids, Id id) {
  return std::find(ids.begin(), ids.end(), id) != ids.end();
}

bool says_something(const std::vector<Answer>& answers) {
  return std::any_of(answers.begin(), answers.end(),
                     [](const Answer& answer) { return answer.mark == Mark::allow || answer.mark == Mark::deny; });
}

// Not that the policy allows it, but that it does not keep somebody from it.
bool leaves_open(const std::vector<Answer>& answers) {
  return std::any_of(answers.begin(), answers.end(),
                     [](const Answer& answer) { return answer.mark == Mark::allow || answer.mark == Mark::platform; });
}

class Collector {
 public:
  Collector(const Model& model, const decide::Decisions& decisions, const MatrixOptions& options)
      : model_(model), decisions_(decisions), options_(options) {}

  Rows run() {
    const auto everybody = decide::all_roles(model_);
    rows_.roles = options_.roles.empty() ? everybody : options_.roles;
    std::sort(rows_.roles.begin(), rows_.roles.end());
    for (std::size_t i = 0; i < model_.features.size(); ++i) {
      const FeatureId feature{i};
      if (!options_.features.empty() && !lists(options_.features, feature)) continue;
      if (decide::is_stated(model_, decisions_, feature)) {
        add_row(feature, everybody);
      } else {
        rows_.left_to_platform.push_back(feature);
      }
    }
    if (options_.roles.empty()) drop_silent_nobody();
    find_everywhere();
    return std::move(rows_);
  }

 private:
  // A feature that acts on nothing of what was asked for has no row.
  void add_row(FeatureId feature, const std::vector<RoleId>& everybody) {
    known_.clear();
    Row row{feature, {}};
    for (const RoleId role : rows_.roles) row.answers.push_back(answers(role, feature));
    if (row.answers.front().empty()) return;
    const bool somebody = std::any_of(everybody.begin(), everybody.end(),
                                      [&](RoleId role) { return leaves_open(answers(role, feature)); });
    if (!somebody) rows_.nobody_may.push_back(feature);
    rows_.rows.push_back(std::move(row));
  }

  // Most roles share their decisions about a feature with others, so each table is read once.
  const std::vector<Answer>& answers(RoleId role, FeatureId feature) {
    const auto [known, fresh] = known_.try_emplace(&decisions_.table(role, feature));
    if (!fresh) return known->second;
    for (Answer& answer : answers_of(model_, decisions_, role, feature)) {
      std::erase_if(answer.objects, [&](ObjectId object) { return !is_wanted(object); });
      if (!answer.objects.empty()) known->second.push_back(std::move(answer));
    }
    return known->second;
  }

  [[nodiscard]] bool is_wanted(ObjectId object) const {
    if (options_.tiers.empty() && options_.objects.empty()) return true;
    return lists(options_.tiers, model_[object].tier) || lists(options_.objects, object);
  }

  void drop_silent_nobody() {
    const bool speaks = std::any_of(rows_.rows.begin(), rows_.rows.end(),
                                    [](const Row& row) { return says_something(row.answers.back()); });
    if (speaks) return;
    rows_.roles.pop_back();
    for (Row& row : rows_.rows) row.answers.pop_back();
  }

  void find_everywhere() {
    bool first = true;
    for (const Row& row : rows_.rows) {
      for (const auto& answers : row.answers) {
        for (const Answer& answer : answers) {
          if (answer.mark != Mark::allow) continue;
          if (std::exchange(first, false)) {
            rows_.everywhere = answer.controls;
          } else {
            std::erase_if(rows_.everywhere, [&](model::ControlId control) { return !lists(answer.controls, control); });
          }
        }
      }
    }
  }

  const Model& model_;
  const decide::Decisions& decisions_;
  const MatrixOptions& options_;
  std::unordered_map<const decide::Table*, std::vector<Answer>> known_;  // for the feature in hand
  Rows rows_;
};

}  // namespace

Rows collect_rows(const Model& model, const decide::Decisions& decisions, const MatrixOptions& options) {
  return Collector{model, decisions, options}.run();
}

}  // namespace farol::query
