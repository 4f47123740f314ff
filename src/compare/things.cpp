#include "compare/things.h"

#include <algorithm>
#include <string_view>
#include <unordered_set>

namespace farol::compare {
namespace {

class Things {
 public:
  explicit Things(Difference& difference) : difference_(difference), model_(difference.vocabulary.model) {}

  void run(const Side& before, const Side& after) {
    const Mapping& old = difference_.vocabulary.before;
    const Mapping& now = difference_.vocabulary.after;
    for (std::size_t i = 0; i < model_.tiers.size(); ++i) {
      const ObjectId point{i};
      note(old.own_objects[i].is_none(), now.own_objects[i].is_none(), "tier", model_[point].name, {});
    }
    for (std::size_t i = 0; i < model_.roles.size(); ++i)
      note(old.own_roles[i].is_none(), now.own_roles[i].is_none(), "role", model_.roles[i].name, origin(RoleId{i}));
    // Documents leave out what a policy says nothing about.
    const bool whole = !before.decided && !after.decided;
    for (std::size_t i = 0; i < model_.features.size(); ++i) {
      if (whole && !model_.features[i].library)
        note(old.own_features[i].is_none(), now.own_features[i].is_none(), "feature", model_.features[i].name, {});
    }
    for (std::size_t i = model_.tiers.size(); i < model_.objects.size(); ++i) {
      const model::Object& object = model_.objects[i];
      if (object.name.empty()) continue;
      const std::string twin = object.kind == model::ActsOn::data ? model_[object.tier].name : std::string{};
      note(old.own_objects[i].is_none(), now.own_objects[i].is_none(), model::to_string(object.kind), object.name,
           twin);
      if (object.kind == model::ActsOn::data) note_moved(before, after, ObjectId{i});
    }
    for (std::size_t i = 0; whole && i < model_.contexts.size(); ++i) note_values(before, after, i);
  }

 private:
  void note(bool is_new, bool is_gone, std::string_view thing, const std::string& name, const std::string& compared) {
    if (name.empty() || is_new == is_gone) return;
    difference_.things.push_back({is_new ? VocabularyChange::Kind::added : VocabularyChange::Kind::removed,
                                  std::string{thing},
                                  name,
                                  compared,
                                  {}});
  }

  [[nodiscard]] std::string origin(RoleId role) const {
    std::string names;
    for (const RoleId parent : model_[role].inherits) names += (names.empty() ? "" : ", ") + model_[parent].name;
    return names;
  }

  void note_moved(const Side& before, const Side& after, ObjectId object) {
    const ObjectId old = difference_.vocabulary.before.own_objects[object.index()];
    const ObjectId now = difference_.vocabulary.after.own_objects[object.index()];
    if (old.is_none() || now.is_none()) return;
    const std::string& was = before.model[before.model[old].tier].name;
    const std::string& is = after.model[after.model[now].tier].name;
    const auto& tiers = difference_.vocabulary.before.objects[before.model.object_of(before.model[old].tier).index()];
    const ObjectId place = model_.object_of(model_[object].tier);
    if (std::find(tiers.begin(), tiers.end(), place) != tiers.end()) return;
    difference_.things.push_back({VocabularyChange::Kind::moved, "data", model_[object].name, was, is});
  }

  void note_values(const Side& before, const Side& after, std::size_t context) {
    const ContextId old = difference_.vocabulary.before.own_contexts[context];
    const ContextId now = difference_.vocabulary.after.own_contexts[context];
    const std::string& name = model_.contexts[context].name;
    if (!model_.contexts[context].library) note(old.is_none(), now.is_none(), "context", name, {});
    if (old.is_none() || now.is_none()) return;
    const auto& was = before.model[old].values;
    const auto& is = after.model[now].values;
    const std::unordered_set<std::string_view> before_names(was.begin(), was.end()), after_names(is.begin(), is.end());
    for (const std::string& value : is)
      note(!before_names.contains(value), false, "context", name + " is " + value, {});
    for (const std::string& value : was)
      note(false, !after_names.contains(value), "context", name + " is " + value, {});
  }

  Difference& difference_;
  const Model& model_;
};

}  // namespace

void add_things(const Side& before, const Side& after, Difference& difference) {
  Things{difference}.run(before, after);
}

}  // namespace farol::compare
