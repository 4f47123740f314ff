#include "compare/renames.h"

#include <algorithm>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>

#include "base/ids.h"
#include "compare/translate.h"
#include "decide/answers.h"
#include "decide/overlay.h"

namespace farol::compare {
namespace {

using decide::Cell;
using decide::Decisions;
using decide::Effect;
using decide::Segment;

bool same_declaration(const model::Declared& a, const model::Declared& b) {
  const auto same = [](const model::Attribute& x, const model::Attribute& y) {
    return x.key == y.key && x.language == y.language && x.values == y.values;
  };
  return a.attributes.size() == b.attributes.size() &&
         std::equal(a.attributes.begin(), a.attributes.end(), b.attributes.begin(), same);
}

bool same_answers(const Model& model, const Cell& a, const Cell& b) {
  bool differ = false;
  const bool compared = decide::overlay(
      model, a, b, [](const Segment& x, const Segment& y) { return !decide::same_answer(x, y); },
      [&](const Segment&, const Segment&, const std::vector<ContextId>&, const base::BitSet&) { differ = true; });
  return compared && !differ;
}

class Recogniser {
 public:
  Recogniser(const Side& before, const Side& after, const Vocabulary& vocabulary)
      : model_(vocabulary.model),
        vocabulary_(vocabulary),
        old_(translate(vocabulary, vocabulary.before, before.model, before.decisions).decisions),
        now_(translate(vocabulary, vocabulary.after, after.model, after.decisions).decisions) {}

  std::vector<Rename> run() {
    std::vector<Rename> result;
    match(
        "role", model_.roles, vocabulary_.before.own_roles, vocabulary_.after.own_roles,
        [&](std::size_t a, std::size_t b) { return is_same_role(RoleId{a}, RoleId{b}); }, result);
    match(
        "feature", model_.features, vocabulary_.before.own_features, vocabulary_.after.own_features,
        [&](std::size_t a, std::size_t b) { return is_same_feature(FeatureId{a}, FeatureId{b}); }, result);
    return result;
  }

 private:
  template <class Table, class Id>
  static void match(const std::string& kind, const Table& table, const std::vector<Id>& before,
                    const std::vector<Id>& after, const std::function<bool(std::size_t, std::size_t)>& is_same,
                    std::vector<Rename>& result) {
    std::vector<std::size_t> gone, fresh;
    for (std::size_t i = 0; i < table.size(); ++i) {
      if (table[i].library) continue;
      if (after[i].is_none()) gone.push_back(i);
      if (before[i].is_none()) fresh.push_back(i);
    }
    const auto only = [](const std::vector<std::size_t>& candidates, const auto& fits) -> std::optional<std::size_t> {
      std::optional<std::size_t> found;
      for (const std::size_t candidate : candidates) {
        if (!fits(candidate)) continue;
        if (found) return std::nullopt;
        found = candidate;
      }
      return found;
    };
    if (gone.size() * fresh.size() > max_pairs) return;
    for (const std::size_t old : gone) {
      const auto now = only(fresh, [&](std::size_t other) { return is_same(old, other); });
      if (!now) continue;
      const auto back = only(gone, [&](std::size_t other) { return is_same(other, *now); });
      if (back) result.push_back({kind, table[old].name, table[*now].name, false});
    }
  }

  [[nodiscard]] bool is_same_role(RoleId old, RoleId now) const {
    if (!same_declaration(model_[old], model_[now]) || model_[old].inherits != model_[now].inherits) return false;
    if (!model_[old].title.empty()) return true;
    bool anything = false;
    for (const model::FeatureId feature : base::ids(model_.features)) {
      if (!is_same_cell(old, feature, now, feature, anything)) return false;
    }
    // Roles of which nothing is said are as good as any other.
    return anything;
  }

  [[nodiscard]] bool is_same_feature(FeatureId old, FeatureId now) const {
    if (!same_declaration(model_[old], model_[now]) || model_[old].acts_on != model_[now].acts_on) return false;
    if (!model_[old].title.empty()) return true;
    bool anything = false;
    for (const RoleId role : decide::all_roles(model_)) {
      if (!is_same_cell(role, old, role, now, anything)) return false;
    }
    return anything;
  }

  bool is_same_cell(RoleId old_role, FeatureId old_feature, RoleId new_role, FeatureId new_feature,
                    bool& anything) const {
    for (const ObjectId object : model_.objects_of(model_[new_feature].acts_on)) {
      const Cell& a = old_.cell(model_, old_role, old_feature, object);
      const Cell& b = now_.cell(model_, new_role, new_feature, object);
      if (!same_answers(model_, a, b)) return false;
      anything = anything || a.segments.front().effect != Effect::none || a.segments.size() > 1;
    }
    return true;
  }

  static constexpr std::size_t max_pairs = 10'000;
  const Model& model_;
  const Vocabulary& vocabulary_;
  Decisions old_, now_;
};

template <class Id>
bool any_none(const std::vector<Id>& ids) {
  return std::any_of(ids.begin(), ids.end(), [](Id id) { return id.is_none(); });
}

// What is bound to an id of the tenant and has another name on the other side, where it is bound to the same id.
std::vector<Rename> bound_alike(const Model& before, const Model& after) {
  const auto declares = [](const Model& model, const model::Binding& binding) -> const model::Declared* {
    if (binding.kind == "role") {
      const auto role = model.find_role(binding.name);
      return role ? &model[*role] : nullptr;
    }
    const auto object = model.find_object(binding.name);
    return object && model::to_string(model[*object].kind) == binding.kind ? &model[*object] : nullptr;
  };
  std::map<std::pair<std::string, std::string>, std::vector<const model::Binding*>> olds, news;  // by kind and id
  const auto collect = [&](const Model& own, const Model& other, auto& into) {
    for (const model::Binding& binding : own.bindings) {
      const model::Declared* declared = declares(own, binding);
      const bool kept = other.find_role(binding.name).has_value() || other.find_object(binding.name).has_value();
      if (declared != nullptr && !kept && declared->find("was") == nullptr)
        into[{binding.kind, binding.id}].push_back(&binding);
    }
  };
  collect(before, after, olds);
  collect(after, before, news);
  std::vector<Rename> result;
  for (const auto& [key, old] : olds) {
    const auto now = news.find(key);
    if (now == news.end() || old.size() != 1 || now->second.size() != 1) continue;
    result.push_back({key.first, old.front()->name, now->second.front()->name, false, true});
  }
  return result;
}

}  // namespace

Vocabulary recognise(const Side& before, const Side& after) {
  const std::vector<Rename> bound = bound_alike(before.model, after.model);
  Vocabulary vocabulary = unite(before.model, after.model, bound);
  const bool possible = (any_none(vocabulary.before.own_roles) && any_none(vocabulary.after.own_roles)) ||
                        (any_none(vocabulary.before.own_features) && any_none(vocabulary.after.own_features));
  if (!possible) return vocabulary;
  auto renames = Recogniser{before, after, vocabulary}.run();
  if (renames.empty()) return vocabulary;
  renames.insert(renames.begin(), bound.begin(), bound.end());
  return unite(before.model, after.model, renames);
}

}  // namespace farol::compare
