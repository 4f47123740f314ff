#include "compare/vocabulary.h"

#include <algorithm>
#include <list>
#include <map>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <unordered_set>

#include "base/phrases.h"
#include "base/sorted.h"
#include "model/contexts.h"

namespace farol::compare {
namespace {

using model::ActsOn;
using model::Declared;

std::string_view text_of(const model::Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return *text;
  if (const auto* reference = std::get_if<model::Reference>(&value)) return reference->name;
  if (const auto* word = std::get_if<model::Word>(&value)) return word->text;
  return {};
}

// Maps the names of the earlier policy to those of the later one.
class Renames {
 public:
  Renames(const Model& before, const Model& after, const std::vector<Rename>& recognised) {
    for (const Rename& rename : recognised) note(rename);
    find("role", before.roles, after.roles);
    find("feature", before.features, after.features);
    find("context", before.contexts, after.contexts);
    find("control", before.controls, after.controls);
  }

  template <class Table>
  void find(std::string_view kind, const Table& before, const Table& after) {
    std::unordered_set<std::string_view> old_names, new_names;
    for (const auto& thing : before) old_names.insert(thing.name);
    for (const auto& thing : after) new_names.insert(thing.name);
    for (const auto& thing : after) {
      const model::Attribute* was = thing.find("was");
      if (was == nullptr || old_names.contains(thing.name)) continue;
      for (const model::Value& value : was->values) {
        const std::string old{text_of(value)};
        if (old_names.contains(old) && !new_names.contains(old)) note({std::string{kind}, old, thing.name, true});
      }
    }
  }

  // Each name once, on both sides.
  void note(const Rename& rename) {
    if (after_.contains({rename.kind, rename.before}) || before_.contains({rename.kind, rename.after})) return;
    after_[{rename.kind, rename.before}] = rename.after;
    before_[{rename.kind, rename.after}] = rename.before;
    all_.push_back(rename);
  }

  [[nodiscard]] const std::string& now(std::string_view kind, const std::string& old) const {
    const auto found = after_.find({std::string{kind}, old});
    return found == after_.end() ? old : found->second;
  }
  [[nodiscard]] std::vector<Rename> all() const {
    auto all = all_;
    std::sort(all.begin(), all.end(),
              [](const Rename& a, const Rename& b) { return std::tie(a.kind, a.after) < std::tie(b.kind, b.after); });
    return all;
  }

 private:
  std::map<std::pair<std::string, std::string>, std::string> after_, before_;
  std::vector<Rename> all_;
};

// A thing of both sides, by its index in either.
struct Pair {
  std::optional<std::size_t> before, after;
};

// The things of both sides in the order of `less`, which looks at names.
template <class Table, class Less>
std::vector<Pair> pair_up(const Table& before, const Table& after, std::string_view kind, const Renames& renames,
                          Less less) {
  std::map<std::string, Pair, Less> by_name(less);
  for (std::size_t i = 0; i < before.size(); ++i) by_name[renames.now(kind, before[i].name)].before = i;
  for (std::size_t i = 0; i < after.size(); ++i) by_name[after[i].name].after = i;
  std::vector<Pair> pairs;
  for (const auto& [name, pair] : by_name) pairs.push_back(pair);
  return pairs;
}

class Uniter {
 public:
  Uniter(const Model& before, const Model& after, const std::vector<Rename>& recognised)
      : before_(before), after_(after), renames_(before, after, recognised) {}

  Vocabulary run() {
    result_.model.policy = after_.policy;
    unite_tiers();
    unite_roles();
    unite_features();
    unite_objects();
    unite_contexts();
    unite_controls();
    result_.renames = renames_.all();
    return std::move(result_);
  }

 private:
  static constexpr auto by_text = [](const std::string& a, const std::string& b) { return a < b; };

  // Tiers are in the order of the later policy. A tier that only the earlier one has comes after its predecessor there.
  void unite_tiers() {
    match_tiers();
    std::list<std::string> order;
    std::unordered_map<std::string, std::list<std::string>::iterator> places;
    for (const model::Tier& tier : after_.tiers) places.emplace(tier.name, order.insert(order.end(), tier.name));
    auto next = order.begin();
    for (const model::Tier& tier : before_.tiers) {
      const std::string& name = renames_.now("tier", tier.name);
      auto place = places.find(name);
      if (place == places.end()) {
        if (tier.name.empty()) continue;  // it became all of them
        place = places.emplace(name, order.insert(next, name)).first;
      }
      next = std::next(place->second);
    }
    if (after_.tiers.size() == 1 && after_.tiers.front().name.empty() && order.size() > 1) order.erase(places.at({}));
    std::unordered_map<std::string_view, TierId> ids;
    for (const std::string& name : order) ids.emplace(name, TierId{ids.size()});
    result_.model.tiers.resize(order.size());
    const auto place = [&](const model::Tier& tier, const std::string& name) {
      const auto id = ids.find(name);
      if (id == ids.end()) return TierId::none();
      result_.model.tiers[id->second.index()] = tier;
      return id->second;
    };
    // A tier that both have is as the later policy has it.
    for (const model::Tier& tier : before_.tiers) before_tiers_.push_back(place(tier, renames_.now("tier", tier.name)));
    for (const model::Tier& tier : after_.tiers) after_tiers_.push_back(place(tier, tier.name));
  }

  // Between tiers that both have, as many that are gone as are new: they were renamed.
  void match_tiers() {
    const auto gaps = [&](const std::vector<model::Tier>& tiers, const std::vector<model::Tier>& other,
                          std::vector<std::string>& anchors) {
      std::unordered_set<std::string_view> others;
      for (const model::Tier& tier : other) others.insert(tier.name);
      std::vector<std::vector<std::string>> result(1);
      for (const model::Tier& tier : tiers) {
        if (others.contains(tier.name)) {
          anchors.push_back(tier.name);
          result.emplace_back();
        } else if (!tier.name.empty()) {
          result.back().push_back(tier.name);
        }
      }
      return result;
    };
    std::vector<std::string> old_anchors, new_anchors;
    const auto old_gaps = gaps(before_.tiers, after_.tiers, old_anchors);
    const auto new_gaps = gaps(after_.tiers, before_.tiers, new_anchors);
    if (old_anchors != new_anchors) return;
    for (std::size_t i = 0; i < old_gaps.size(); ++i) {
      if (old_gaps[i].size() != new_gaps[i].size()) continue;
      for (std::size_t k = 0; k < old_gaps[i].size(); ++k)
        renames_.note({"tier", old_gaps[i][k], new_gaps[i][k], false});
    }
  }

  // A table that is sorted by name on both sides: the later thing where there is one. The pairs are in the order of the
  // vocabulary.
  template <class Thing, class Id, class Less>
  std::vector<Pair> unite_table(std::string_view kind, std::vector<Thing> Model::*table, std::vector<Id> Mapping::*ids,
                                std::vector<Id> Mapping::*own, Less less) {
    const auto pairs = pair_up(before_.*table, after_.*table, kind, renames_, less);
    (result_.before.*ids).assign((before_.*table).size(), Id::none());
    (result_.after.*ids).assign((after_.*table).size(), Id::none());
    const auto link = [&](Mapping& mapping, const std::optional<std::size_t>& index, std::size_t joint) {
      (mapping.*own).push_back(index ? Id{*index} : Id::none());
      if (index) (mapping.*ids)[*index] = Id{joint};
    };
    for (std::size_t joint = 0; joint < pairs.size(); ++joint) {
      link(result_.before, pairs[joint].before, joint);
      link(result_.after, pairs[joint].after, joint);
      (result_.model.*table).push_back(later(table, pairs[joint]));
    }
    return pairs;
  }
  template <class Thing>
  [[nodiscard]] const Thing& later(std::vector<Thing> Model::*table, const Pair& pair) const {
    return pair.after ? (after_.*table)[*pair.after] : (before_.*table)[*pair.before];
  }

  void unite_roles() {
    const auto pairs = unite_table("role", &Model::roles, &Mapping::roles, &Mapping::own_roles, by_text);
    for (std::size_t joint = 0; joint < pairs.size(); ++joint) {
      model::Role& role = result_.model.roles[joint];
      const auto& ids = pairs[joint].after ? result_.after.roles : result_.before.roles;
      for (RoleId& parent : role.inherits) parent = ids[parent.index()];
      for (RoleId& ancestor : role.ancestors) ancestor = ids[ancestor.index()];
      base::sort_unique(role.ancestors);
      role.heirs.clear();
      role.clearance = TierId::none();
    }
    for (std::size_t joint = 0; joint < pairs.size(); ++joint) {
      for (const RoleId ancestor : result_.model.roles[joint].ancestors)
        result_.model.roles[ancestor.index()].heirs.push_back(RoleId{joint});
    }
    // `nobody` comes last on both sides.
    result_.before.roles.push_back(result_.model.nobody());
    result_.after.roles.push_back(result_.model.nobody());
    result_.before.own_roles.push_back(before_.nobody());
    result_.after.own_roles.push_back(after_.nobody());
  }

  void unite_features() {
    const auto pairs =
        unite_table("feature", &Model::features, &Mapping::features, &Mapping::own_features,
                    [](const std::string& a, const std::string& b) { return model::feature_less(a, b); });
    for (std::size_t joint = 0; joint < pairs.size(); ++joint) {
      model::Feature& feature = result_.model.features[joint];
      const auto& [old, now] = pairs[joint];
      feature.governed = (now && after_.features[*now].governed) || (old && before_.features[*old].governed);
      feature.needs.clear();
      feature.excludes.clear();
      feature.needs_controls.clear();
      feature.excludes_controls.clear();
      feature.controls.reset();
      feature.name_space = model::NamespaceId::none();
    }
  }

  void unite_objects() {
    const auto all = [](const Model& side, ActsOn kind) {
      std::vector<model::Object> result;
      std::vector<std::size_t> ids;
      for (std::size_t i = 0; i < side.objects.size(); ++i) {
        if (side.objects[i].kind != kind || side.objects[i].other || side.objects[i].name.empty()) continue;
        result.push_back(side.objects[i]);
        ids.push_back(i);
      }
      return std::pair{std::move(result), std::move(ids)};
    };
    Model& model = result_.model;
    result_.before.objects.resize(before_.objects.size());
    result_.after.objects.resize(after_.objects.size());
    for (std::size_t t = 0; t < model.tiers.size(); ++t) {
      model::Object object;
      static_cast<Declared&>(object) = model.tiers[t];
      object.kind = ActsOn::tier;
      object.tier = TierId{t};
      add(std::move(object), tier_object(before_tiers_, t), tier_object(after_tiers_, t));
    }
    for (const ActsOn kind : {ActsOn::data, ActsOn::app, ActsOn::group, ActsOn::place, ActsOn::department}) {
      const auto [old_things, old_ids] = all(before_, kind);
      const auto [new_things, new_ids] = all(after_, kind);
      const std::string_view name = model::to_string(kind);
      renames_.find(name, old_things, new_things);
      for (const auto& [old, now] : pair_up(old_things, new_things, name, renames_, by_text)) {
        model::Object object = now ? new_things[*now] : old_things[*old];
        if (kind == ActsOn::data) object.tier = joint_tier(now ? after_tiers_ : before_tiers_, object.tier);
        add(std::move(object), old ? std::optional{old_ids[*old]} : std::nullopt,
            now ? std::optional{new_ids[*now]} : std::nullopt);
      }
    }
    for (const ActsOn kind : {ActsOn::app, ActsOn::group, ActsOn::place, ActsOn::department, ActsOn::nothing}) {
      model::Object object;
      object.kind = kind;
      object.other = kind != ActsOn::nothing;
      const auto own = [&](const Model& side) -> std::optional<std::size_t> {
        for (std::size_t i = 0; i < side.objects.size(); ++i) {
          if (side.objects[i].kind == kind && side.objects[i].other == object.other) return i;
        }
        return std::nullopt;
      };
      add(object, own(before_), own(after_));
    }
    model.index_objects();
    spread_nameless(before_, result_.before);
    spread_nameless(after_, result_.after);
  }

  static std::optional<std::size_t> tier_object(const std::vector<TierId>& tiers, std::size_t joint) {
    const auto found = std::find(tiers.begin(), tiers.end(), TierId{joint});
    if (found == tiers.end()) return std::nullopt;
    return static_cast<std::size_t>(found - tiers.begin());  // a tier's own point has the tier's number
  }

  // A data class of a policy without tiers stands at the lowest, for want of a better one.
  static TierId joint_tier(const std::vector<TierId>& tiers, TierId own) {
    const TierId tier = tiers[own.index()];
    return tier.is_none() ? TierId{0} : tier;
  }

  void add(model::Object object, std::optional<std::size_t> old, std::optional<std::size_t> now) {
    const ObjectId joint{result_.model.objects.size()};
    result_.model.objects.push_back(std::move(object));
    result_.before.own_objects.push_back(old ? ObjectId{*old} : ObjectId::none());
    result_.after.own_objects.push_back(now ? ObjectId{*now} : ObjectId::none());
    if (old) result_.before.objects[*old].push_back(joint);
    if (now) result_.after.objects[*now].push_back(joint);
  }

  // All data of a policy without tiers: whatever tier the other side sorts it into.
  void spread_nameless(const Model& side, Mapping& mapping) {
    if (side.tiers.size() != 1 || !side.tiers.front().name.empty()) return;
    for (std::size_t t = 0; t < result_.model.tiers.size(); ++t) {
      const ObjectId joint{t};
      auto& objects = mapping.objects.front();
      if (std::find(objects.begin(), objects.end(), joint) == objects.end()) objects.push_back(joint);
      mapping.own_objects[t] = ObjectId{0};
    }
  }

  void unite_contexts() {
    const auto pairs = unite_table("context", &Model::contexts, &Mapping::contexts, &Mapping::own_contexts, by_text);
    for (std::size_t joint = 0; joint < pairs.size(); ++joint) {
      model::Context& context = result_.model.contexts[joint];
      const auto& [old, now] = pairs[joint];
      std::vector<std::uint32_t> old_values, new_values;
      if (old && now) {
        unite_values(before_.contexts[*old], after_.contexts[*now], context, old_values, new_values);
      } else {
        for (std::uint32_t i = 0; i < context.values.size(); ++i) (old ? old_values : new_values).push_back(i);
      }
      result_.before.own_values.push_back(std::move(old_values));
      result_.after.own_values.push_back(std::move(new_values));
    }
  }

  // A request that was told as an old value may be told as a new one from now on. Values beyond the bound of
  // combinations are left out: what depends on a context with so many is not compared.
  static void unite_values(const model::Context& old, const model::Context& now, model::Context& both,
                           std::vector<std::uint32_t>& old_values, std::vector<std::uint32_t>& new_values) {
    both.values.clear();
    both.value_titles.clear();
    for (std::uint32_t i = 0; i < now.values.size() && both.values.size() <= model::max_combinations; ++i) {
      const auto found = std::find(old.values.begin(), old.values.end(), now.values[i]);
      if (found != old.values.end()) {
        both.values.push_back(now.values[i]);
        both.value_titles.push_back(now.value_titles[i]);
        old_values.push_back(static_cast<std::uint32_t>(found - old.values.begin()));
        new_values.push_back(i);
        continue;
      }
      for (std::uint32_t k = 0; k < old.values.size(); ++k) {
        model::Localized title;
        for (const base::Language language : base::all_languages) {
          const auto in = [&](const model::Context& context, std::uint32_t value) {
            const model::Localized& own = context.value_titles[value];
            return own.empty() ? context.values[value] : own.in(base::tag(language));
          };
          std::string text = base::fill(base::Phrase::diff_new_value, language, {in(now, i), in(old, k)});
          if (language == base::Language::en) {
            title.text = std::move(text);
          } else {
            title.by_language.emplace_back(base::tag(language), std::move(text));
          }
        }
        std::sort(title.by_language.begin(), title.by_language.end());
        both.values.push_back(now.values[i]);
        both.value_titles.push_back(std::move(title));
        old_values.push_back(k);
        new_values.push_back(i);
      }
    }
  }

  void unite_controls() {
    unite_table("control", &Model::controls, &Mapping::controls, &Mapping::own_controls, by_text);
    for (model::Control& control : result_.model.controls) control.excludes.clear();
  }

  const Model& before_;
  const Model& after_;
  Renames renames_;
  std::vector<TierId> before_tiers_, after_tiers_;
  Vocabulary result_;
};

}  // namespace

Vocabulary unite(const Model& before, const Model& after, const std::vector<Rename>& recognised) {
  return Uniter{before, after, recognised}.run();
}

}  // namespace farol::compare
