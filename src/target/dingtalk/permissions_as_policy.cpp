#include "target/dingtalk/permissions_as_policy.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/sorted.h"
#include "base/text.h"
#include "decide/permission_json.h"
#include "model/contexts.h"
#include "model/role_closure.h"

namespace farol::dingtalk {
namespace {

using decide::Cell;
using decide::Segment;
using model::ActsOn;
using model::ContextId;
using model::ControlId;
using model::FeatureId;
using model::Model;
using model::ObjectId;
using model::RoleId;
using model::RuleId;
using Document = PermissionsDocument;

constexpr std::size_t max_problems = 20;
// Bounds of the work, far above what a policy of the size that the language takes comes to: points of conditions that
// are looked at, objects in all tables together, and pairs of a role and a feature, since one line of the file can name
// every role and every feature.
constexpr std::size_t most_points = 100'000'000;
constexpr std::size_t most_objects = 64'000'000;
constexpr std::size_t most_pairs = 20'000'000;

// Tiers and data are one dimension.
ActsOn dimension_of(ActsOn kind) { return kind == ActsOn::tier ? ActsOn::data : kind; }

class Builder {
 public:
  explicit Builder(const Document& document) : document_(document) {}

  std::variant<PermissionsAsPolicy, NotPermissions> run() && {
    decisions_.as_of = document_.as_of;
    model_.policy.title.text = document_.policy.title;
    model_.policy.name = document_.policy.title;
    for (const Document::Library& library : document_.policy.libraries)
      model_.libraries.push_back({library.name, library.pack, library.version});
    for (const Document::Tier& tier : document_.tiers) add(model_.tiers, tier);
    check_names(model_.tiers, "tiers");
    if (model_.tiers.empty()) model_.tiers.emplace_back();  // without a name, as the tier of the data has none
    tiers_ = index_of(model_.tiers);
    add_objects();
    add_features();
    add_contexts();
    for (const Document::Control& control : document_.controls) add(model_.controls, control);
    sort_by_name(model_.controls, "controls");
    controls_ = index_of(model_.controls);
    if (problems_.empty()) add_roles();
    if (problems_.empty()) add_permissions();
    if (!problems_.empty()) return NotPermissions{std::move(problems_)};
    return PermissionsAsPolicy{std::move(model_), std::move(decisions_)};
  }

 private:
  struct Entry {
    std::vector<ObjectId> objects;
    std::vector<decide::Box> when;
    Segment segment;
  };

  void complain(std::string_view place, std::string_view what) {
    if (problems_.size() < max_problems) problems_.push_back(fmt::format("{}: {}", place, what));
  }

  // A title that only repeats the name is none.
  static model::Localized title_of(const std::string& title, const std::string& name) {
    return title == name ? model::Localized{} : model::Localized{title, {}};
  }

  template <class Thing>
  static Thing& add(std::vector<Thing>& things, const Document::Declared& declared) {
    Thing& thing = things.emplace_back();
    thing.name = declared.name;
    thing.doc = declared.doc;
    thing.title = title_of(declared.title, declared.name);
    return thing;
  }

  // As the language has them: a name says what it seems to say, and no two differ by their case alone.
  template <class Thing>
  void check_names(const std::vector<Thing>& things, std::string_view key) {
    std::map<std::string, std::string_view> folded;
    for (const Thing& thing : things) check_name(thing.name, key, folded);
  }
  void check_name(const std::string& name, std::string_view key, std::map<std::string, std::string_view>& folded) {
    const std::string shown = base::one_line(name);
    if (name.empty()) {
      complain(key, "a name is empty");
    } else if (shown != name || base::trimmed(name) != name) {
      complain(key, fmt::format("the name `{}` has characters that are not seen", shown));
    } else if (base::to_nfc(name) != name) {
      complain(key, fmt::format("the name `{}` is not in normal form C", name));
    }
    const auto [entry, fresh] = folded.try_emplace(base::fold_case(name), name);
    if (fresh) return;
    complain(key, entry->second == name
                      ? fmt::format("`{}` is there twice", shown)
                      : fmt::format("`{}` and `{}` differ by their case alone", base::one_line(entry->second), shown));
  }

  template <class Thing>
  void sort_by_name(std::vector<Thing>& things, std::string_view key) {
    check_names(things, key);
    std::sort(things.begin(), things.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
  }

  // Where a name is among the things; they are not touched any more.
  using Index = std::unordered_map<std::string_view, std::size_t>;
  template <class Thing>
  static Index index_of(const std::vector<Thing>& things) {
    Index index;
    for (std::size_t i = 0; i < things.size(); ++i) index.emplace(things[i].name, i);
    return index;
  }
  // Returns the index of the thing with the name, or nullopt after a complaint.
  std::optional<std::size_t> find(const Index& index, std::string_view name, std::string_view place,
                                  std::string_view kind) {
    const auto found = index.find(name);
    if (found != index.end()) return found->second;
    complain(place, fmt::format("there is no {} `{}`", kind, base::one_line(name)));
    return std::nullopt;
  }

  void add_objects() {
    for (std::size_t i = 0; i < model_.tiers.size(); ++i) {
      model::Object& object = model_.objects.emplace_back();
      static_cast<model::Declared&>(object) = model_.tiers[i];
      object.kind = ActsOn::tier;
      object.tier = model::TierId{i};
    }
    std::map<ActsOn, std::vector<model::Object>> by_kind;
    for (const Document::Data& data : document_.data) {
      model::Object& object = add(by_kind[ActsOn::data], data);
      object.kind = ActsOn::data;
      object.tier = model::TierId{find(tiers_, data.tier, "data", "tier").value_or(0)};
    }
    for (const Document::Thing& thing : document_.things) {
      if (dimension_of(thing.kind) == ActsOn::data || thing.kind == ActsOn::nothing)
        complain("things", fmt::format("`{}` is no app, group, place or department", thing.name));
      add(by_kind[thing.kind], thing).kind = thing.kind;
    }
    for (auto& [kind, objects] : by_kind) {
      sort_by_name(objects, kind == ActsOn::data ? "data" : "things");
      model_.objects.insert(model_.objects.end(), objects.begin(), objects.end());
    }
    for (const ActsOn kind : {ActsOn::app, ActsOn::group, ActsOn::place, ActsOn::department, ActsOn::nothing}) {
      model::Object& object = model_.objects.emplace_back();
      object.kind = kind;
      object.other = kind != ActsOn::nothing;
    }
    model_.index_objects();
    for (std::size_t i = 0; i < model_.objects.size(); ++i) {
      const auto name = decide::name_in_documents(model_, ObjectId{i});
      objects_[{dimension_of(model_.objects[i].kind), std::string{name}}] = ObjectId{i};
    }
  }

  void add_features() {
    for (const Document::Feature& from : document_.features) {
      model::Feature& feature = add(model_.features, from);
      feature.library = !feature.title.empty();  // then the title is what somebody does
      feature.governed = from.governed;
      feature.acts_on = from.acts_on;
    }
    check_names(model_.features, "features");
    std::sort(model_.features.begin(), model_.features.end(),
              [](const auto& a, const auto& b) { return model::feature_less(a.name, b.name); });
  }

  void add_contexts() {
    for (const Document::Context& from : document_.contexts) {
      model::Context& context = add(model_.contexts, from);
      context.library = true;
      std::map<std::string, std::string_view> folded;
      for (const Document::ContextValue& value : from.values) {
        check_name(value.name, "contexts", folded);
        context.values.push_back(value.name);
        context.value_titles.push_back(title_of(value.title, value.name));
      }
      if (context.values.size() > model::max_combinations)
        complain("contexts",
                 fmt::format("`{}` has more than {} values", base::one_line(from.name), model::max_combinations));
    }
    sort_by_name(model_.contexts, "contexts");
    contexts_ = index_of(model_.contexts);
    for (const model::Context& context : model_.contexts) {
      Index& values = values_.emplace_back();
      for (std::size_t i = 0; i < context.values.size(); ++i) values.emplace(context.values[i], i);
    }
  }

  void add_roles() {
    std::map<std::string, const Document::Role*> by_name;
    for (const Document::Role& role : document_.roles) {
      model::Role& made = add(model_.roles, role);
      made.admin = role.admin;
      if (!role.clearance.empty()) {
        if (const auto tier = find(tiers_, role.clearance, "roles", "tier")) made.clearance = model::TierId{*tier};
      }
      by_name[role.name] = &role;
    }
    sort_by_name(model_.roles, "roles");
    const Index roles = index_of(model_.roles);
    std::vector<std::vector<std::uint32_t>> parents(model_.roles.size());
    for (std::size_t i = 0; i < parents.size(); ++i) {
      for (const std::string& name : by_name[model_.roles[i].name]->inherits) {
        if (const auto parent = find(roles, name, "roles", "role"))
          parents[i].push_back(static_cast<std::uint32_t>(*parent));
      }
    }
    const model::RoleClosure closure = model::close_roles(model_.roles, parents);
    for (const auto& cycle : closure.cycles)
      complain("roles", fmt::format("`{}` inherits itself", model_.roles[cycle.front()].name));
    if (closure.too_large)
      complain("roles",
               fmt::format("the roles inherit from each other more than {} times", model::most_inherited_pairs));
  }

  // What the file says of a feature: each role with an entry that is for it, by its place among all entries.
  using Said = std::vector<std::pair<RoleId, std::uint32_t>>;

  void add_permissions() {
    std::vector<Said> said(model_.features.size());
    std::size_t pairs = 0;
    for (std::size_t i = 0; i < document_.decisions.size(); ++i) {
      const Document::Decision& from = document_.decisions[i];
      const Segment segment = segment_of(from, fmt::format("decisions[{}]", i));
      const std::vector<decide::Box> when = boxes_of(from, fmt::format("decisions[{}]", i));
      for (std::size_t j = 0; j < from.answers.size(); ++j) {
        const std::string place = fmt::format("decisions[{}].answers[{}]", i, j);
        const Document::Row& row = from.answers[j];
        const std::vector<RoleId> roles = roles_of(row, place);
        pairs += roles.size() * row.features.size();
        if (pairs > most_pairs)
          return complain(place, fmt::format("more than {} answers, one for each role and feature", most_pairs));
        std::map<ActsOn, std::uint32_t> entries;  // features that act on the same share one
        for (const std::string& name : row.features) {
          const auto feature = model_.find_feature(name);
          if (!feature) {
            complain(place, fmt::format("there is no feature `{}`", base::one_line(name)));
            continue;
          }
          const ActsOn kind = model_[*feature].acts_on;
          const auto [entry, fresh] = entries.try_emplace(kind, static_cast<std::uint32_t>(all_entries_.size()));
          if (fresh) all_entries_.push_back({objects_of(row, place, kind), when, segment});
          for (const RoleId role : roles) said[feature->index()].emplace_back(role, entry->second);
        }
        if (problems_.size() == max_problems) return;
      }
    }
    add_tables(said);
  }

  // Roles and features of which the file says the same share a table.
  void add_tables(std::vector<Said>& said) {
    std::map<std::vector<std::uint32_t>, decide::TableId> tables;
    std::size_t objects = 0;
    decisions_.tables.emplace_back();
    decisions_.rows.assign(model_.features.size(), {decide::TableId{0}, {}});
    for (std::size_t i = 0; i < said.size(); ++i) {
      Said& of_feature = said[i];
      std::stable_sort(of_feature.begin(), of_feature.end(),
                       [](const auto& a, const auto& b) { return a.first < b.first; });
      for (std::size_t at = 0; at < of_feature.size();) {
        const RoleId role = of_feature[at].first;
        std::vector<std::uint32_t> entries;
        for (; at < of_feature.size() && of_feature[at].first == role; ++at) entries.push_back(of_feature[at].second);
        const auto [table, fresh] = tables.try_emplace(entries, decisions_.tables.size());
        if (fresh) {
          objects += model_.objects_of(model_.features[i].acts_on).size();
          if (objects > most_objects)
            return complain("decisions", fmt::format("more than {} objects in all answers together", most_objects));
          decisions_.tables.push_back(table_of(entries, FeatureId{i}));
          if (!problems_.empty()) return;
        }
        decisions_.rows[i].tables.emplace_back(role, table->second);
      }
      of_feature = {};
    }
  }

  std::vector<RoleId> roles_of(const Document::Row& row, const std::string& place) {
    std::vector<RoleId> roles;
    for (const Document::Holder& holder : row.roles) {
      const auto role = holder.role.empty() ? std::optional{model_.nobody()} : model_.find_role(holder.role);
      if (role) {
        roles.push_back(*role);
      } else {
        complain(place, fmt::format("there is no role `{}`", base::one_line(holder.role)));
      }
    }
    return roles;
  }

  std::vector<ObjectId> objects_of(const Document::Row& row, const std::string& place, ActsOn kind) {
    std::vector<ObjectId> objects;
    for (const std::string& name : row.objects) {
      const auto found = objects_.find({dimension_of(kind), name});
      if (found == objects_.end()) {
        complain(place, fmt::format("there is no object `{}`", base::one_line(name)));
      } else {
        objects.push_back(found->second);
      }
    }
    if (kind == ActsOn::nothing) return model_.objects_of(ActsOn::nothing);
    base::sort_unique(objects);
    return objects;
  }

  Segment segment_of(const Document::Decision& from, const std::string& place) {
    Segment segment;
    segment.effect = from.effect == Document::Effect::allow ? decide::Effect::allow : decide::Effect::deny;
    for (const std::string& name : from.controls) {
      if (const auto control = find(controls_, name, place, "control")) segment.controls.push_back(ControlId{*control});
    }
    base::sort_unique(segment.controls);
    for (const std::string& reference : from.rules) segment.rules.push_back(rule(reference, from.expires));
    base::sort_unique(segment.rules);
    return segment;
  }

  std::vector<decide::Box> boxes_of(const Document::Decision& from, const std::string& place) {
    std::vector<decide::Box> when;
    if (from.when.size() > model::max_combinations) {
      complain(place, fmt::format("more than {} alternatives of `when`", model::max_combinations));
      return when;
    }
    for (const auto& alternative : from.when) when.push_back(box_of(alternative, place));
    base::sort_unique(when);
    return when;
  }

  // A label is a name; anything else is the rule's text.
  RuleId rule(const std::string& reference, const std::optional<base::Date>& until) {
    const auto [entry, fresh] = rules_.try_emplace({reference, until}, model_.rules.size());
    if (fresh) {
      model::Rule& rule = model_.rules.emplace_back();
      rule.text = reference;
      if (reference.find(' ') == std::string::npos) rule.label = reference;
      rule.until = until;
    }
    return RuleId{entry->second};
  }

  decide::Box box_of(const Document::When::value_type& alternative, const std::string& place) {
    std::map<ContextId, std::vector<std::uint32_t>> box;
    for (const auto& [name, values] : alternative) {
      const auto context = find(contexts_, name, place, "context");
      if (!context) continue;
      auto& chosen = box[ContextId{*context}];
      for (const std::string& value : values) {
        const auto found = values_[*context].find(value);
        if (found == values_[*context].end()) {
          complain(place, fmt::format("`{}` has no value `{}`", name, base::one_line(value)));
        } else {
          chosen.push_back(static_cast<std::uint32_t>(found->second));
        }
      }
      base::sort_unique(chosen);
    }
    return {box.begin(), box.end()};
  }

  // Objects with the same entries share a cell; those without any say none, whatever their tier says.
  decide::Table table_of(const std::vector<std::uint32_t>& entries, FeatureId feature) {
    std::map<ObjectId, std::vector<std::uint32_t>> named;
    for (const std::uint32_t entry : entries) {
      for (const ObjectId object : all_entries_[entry].objects) named[object].push_back(entry);
    }
    std::map<std::vector<std::uint32_t>, std::vector<ObjectId>> by_entries;
    for (const ObjectId object : model_.objects_of(model_[feature].acts_on)) {
      const auto found = named.find(object);
      by_entries[found == named.end() ? std::vector<std::uint32_t>{} : found->second].push_back(object);
    }
    decide::Table table;
    for (const auto& [own, objects] : by_entries) {
      Cell cell = own.empty() ? decide::Decisions::no_cell() : cell_of(own, model_[feature].name);
      cell.objects = objects;
      std::sort(cell.objects.begin(), cell.objects.end());
      table.cells.push_back(std::move(cell));
    }
    return table;
  }

  Cell cell_of(const std::vector<std::uint32_t>& own, const std::string& feature) {
    Cell cell;
    for (const std::uint32_t entry : own) {
      for (const decide::Box& box : all_entries_[entry].when) {
        for (const auto& [context, values] : box) cell.contexts.push_back(context);
      }
    }
    base::sort_unique(cell.contexts);
    if (model::combinations(model_, cell.contexts) > model::max_combinations) {
      complain("decisions", fmt::format("too many combinations of contexts for `{}`", feature));
      return decide::Decisions::no_cell();
    }
    base::BitSet rest{model::combinations(model_, cell.contexts), true};
    for (const std::uint32_t i : own) {
      const Entry& entry = all_entries_[i];
      points_ += rest.size() * (1 + entry.when.size());
      if (points_ > most_points || !problems_.empty()) {
        if (problems_.empty()) complain("decisions", fmt::format("more than {} cases to compare", most_points));
        return decide::Decisions::no_cell();
      }
      Segment segment = entry.segment;
      segment.where = decide::points_of(model_, entry.when, cell.contexts);
      if (!segment.where.is_subset_of(rest))
        complain("decisions", fmt::format("two entries for `{}` say different things of the same", feature));
      segment.where &= rest;
      rest -= segment.where;
      if (segment.where.any()) cell.segments.push_back(std::move(segment));
    }
    if (rest.any()) cell.segments.push_back({decide::Effect::none, {}, {}, rest});
    return cell;
  }

  const Document& document_;
  Model model_;
  decide::Decisions decisions_;
  std::vector<std::string> problems_;
  std::vector<Entry> all_entries_;
  Index tiers_, controls_, contexts_;
  std::vector<Index> values_;  // of each context
  std::size_t points_ = 0;     // looked at so far
  std::map<std::pair<ActsOn, std::string>, ObjectId> objects_;
  std::map<std::pair<std::string, std::optional<base::Date>>, std::size_t> rules_;
};

}  // namespace

std::variant<PermissionsAsPolicy, NotPermissions> as_policy(const PermissionsDocument& document) {
  return Builder{document}.run();
}

}  // namespace farol::dingtalk
