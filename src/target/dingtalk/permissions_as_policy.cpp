#include "target/dingtalk/permissions_as_policy.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/sorted.h"
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

// Tiers and data are one dimension.
ActsOn dimension_of(ActsOn kind) { return kind == ActsOn::tier ? ActsOn::data : kind; }

class Builder {
 public:
  explicit Builder(const Document& document) : document_(document) {}

  std::variant<PermissionsAsPolicy, NotPermissions> run() && {
    decisions_.as_of = document_.as_of;
    model_.policy.title = document_.policy.title;
    model_.policy.name = document_.policy.title.text;
    for (const Document::Library& library : document_.policy.libraries)
      model_.libraries.push_back({library.name, library.pack, library.version});
    for (const Document::Tier& tier : document_.tiers) add(model_.tiers, tier);
    if (model_.tiers.empty()) model_.tiers.emplace_back();
    add_objects();
    add_features();
    add_contexts();
    for (const Document::Control& control : document_.controls) add(model_.controls, control);
    sort_by_name(model_.controls, "controls");
    add_roles();
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
  static model::Localized title_of(const model::Localized& title, const std::string& name) {
    return title.text == name && title.by_language.empty() ? model::Localized{} : title;
  }

  template <class Thing>
  static Thing& add(std::vector<Thing>& things, const Document::Declared& declared) {
    Thing& thing = things.emplace_back();
    thing.name = declared.name;
    thing.doc = declared.doc;
    thing.title = title_of(declared.title, declared.name);
    return thing;
  }

  template <class Thing>
  void sort_by_name(std::vector<Thing>& things, std::string_view key) {
    std::sort(things.begin(), things.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    for (std::size_t i = 1; i < things.size(); ++i) {
      if (things[i - 1].name == things[i].name) complain(key, fmt::format("`{}` is there twice", things[i].name));
    }
  }

  // Returns the index of the thing with the name, or nullopt after a complaint.
  template <class Thing>
  std::optional<std::size_t> index_of(const std::vector<Thing>& things, std::string_view name, std::string_view place,
                                      std::string_view kind) {
    const auto found = std::find_if(things.begin(), things.end(), [&](const auto& each) { return each.name == name; });
    if (found != things.end()) return static_cast<std::size_t>(found - things.begin());
    complain(place, fmt::format("there is no {} `{}`", kind, name));
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
      object.tier = model::TierId{index_of(model_.tiers, data.tier, "data", "tier").value_or(0)};
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
    std::sort(model_.features.begin(), model_.features.end(),
              [](const auto& a, const auto& b) { return model::feature_less(a.name, b.name); });
  }

  void add_contexts() {
    for (const Document::Context& from : document_.contexts) {
      model::Context& context = add(model_.contexts, from);
      context.library = true;
      for (const Document::ContextValue& value : from.values) {
        context.values.push_back(value.name);
        context.value_titles.push_back(title_of(value.title, value.name));
      }
    }
    sort_by_name(model_.contexts, "contexts");
  }

  void add_roles() {
    std::map<std::string, const Document::Role*> by_name;
    for (const Document::Role& role : document_.roles) {
      model::Role& made = add(model_.roles, role);
      made.admin = role.admin;
      if (!role.clearance.empty()) {
        if (const auto tier = index_of(model_.tiers, role.clearance, "roles", "tier"))
          made.clearance = model::TierId{*tier};
      }
      by_name[role.name] = &role;
    }
    sort_by_name(model_.roles, "roles");
    std::vector<std::vector<std::uint32_t>> parents(model_.roles.size());
    for (std::size_t i = 0; i < parents.size(); ++i) {
      for (const std::string& name : by_name[model_.roles[i].name]->inherits) {
        if (const auto parent = index_of(model_.roles, name, "roles", "role"))
          parents[i].push_back(static_cast<std::uint32_t>(*parent));
      }
    }
    const model::RoleClosure closure = model::close_roles(model_.roles, parents);
    for (const auto& cycle : closure.cycles)
      complain("roles", fmt::format("`{}` inherits itself", model_.roles[cycle.front()].name));
    if (closure.too_large) complain("roles", "the roles inherit too much");
  }

  void add_permissions() {
    std::map<std::pair<FeatureId, RoleId>, std::vector<Entry>> entries;
    for (std::size_t i = 0; i < document_.permissions.size(); ++i) {
      const Document::Permission& from = document_.permissions[i];
      const std::string place = fmt::format("permissions[{}]", i);
      const auto feature = model_.find_feature(from.feature);
      const auto role = from.role.empty() ? std::optional{model_.nobody()} : model_.find_role(from.role);
      if (!feature) complain(place, fmt::format("there is no feature `{}`", from.feature));
      if (!role) complain(place, fmt::format("there is no role `{}`", from.role));
      if (feature && role) entries[{*feature, *role}].push_back(entry_of(from, place, model_[*feature].acts_on));
    }
    decisions_.tables.emplace_back();
    decisions_.rows.assign(model_.features.size(), {decide::TableId{0}, {}});
    for (const auto& [key, list] : entries) {
      decisions_.tables.push_back(table_of(list, key.first));
      decisions_.rows[key.first.index()].tables.emplace_back(key.second, decide::TableId{decisions_.tables.size() - 1});
    }
  }

  Entry entry_of(const Document::Permission& from, const std::string& place, ActsOn kind) {
    Entry entry;
    for (const std::string& name : from.objects) {
      const auto found = objects_.find({dimension_of(kind), name});
      if (found == objects_.end()) {
        complain(place, fmt::format("there is no object `{}`", name));
      } else {
        entry.objects.push_back(found->second);
      }
    }
    if (kind == ActsOn::nothing) entry.objects = model_.objects_of(ActsOn::nothing);
    base::sort_unique(entry.objects);
    entry.segment.effect = from.effect == Document::Effect::allow ? decide::Effect::allow : decide::Effect::deny;
    for (const auto& alternative : from.when) entry.when.push_back(box_of(alternative, place));
    for (const std::string& name : from.controls) {
      if (const auto control = index_of(model_.controls, name, place, "control"))
        entry.segment.controls.push_back(ControlId{*control});
    }
    base::sort_unique(entry.segment.controls);
    for (const std::string& reference : from.rules) entry.segment.rules.push_back(rule(reference, from.expires));
    base::sort_unique(entry.segment.rules);
    return entry;
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
      const auto context = index_of(model_.contexts, name, place, "context");
      if (!context) continue;
      const auto& known = model_.contexts[*context].values;
      auto& chosen = box[ContextId{*context}];
      for (const std::string& value : values) {
        const auto found = std::find(known.begin(), known.end(), value);
        if (found == known.end()) {
          complain(place, fmt::format("`{}` has no value `{}`", name, value));
        } else {
          chosen.push_back(static_cast<std::uint32_t>(found - known.begin()));
        }
      }
      base::sort_unique(chosen);
    }
    return {box.begin(), box.end()};
  }

  // Objects with the same entries share a cell; those without any say none, whatever their tier says.
  decide::Table table_of(const std::vector<Entry>& entries, FeatureId feature) {
    std::map<std::vector<std::size_t>, std::vector<ObjectId>> by_entries;
    for (const ObjectId object : model_.objects_of(model_[feature].acts_on)) {
      std::vector<std::size_t> own;
      for (std::size_t i = 0; i < entries.size(); ++i) {
        if (std::binary_search(entries[i].objects.begin(), entries[i].objects.end(), object)) own.push_back(i);
      }
      by_entries[own].push_back(object);
    }
    decide::Table table;
    for (const auto& [own, objects] : by_entries) {
      Cell cell = own.empty() ? decide::Decisions::no_cell() : cell_of(entries, own, model_[feature].name);
      cell.objects = objects;
      std::sort(cell.objects.begin(), cell.objects.end());
      table.cells.push_back(std::move(cell));
    }
    return table;
  }

  Cell cell_of(const std::vector<Entry>& entries, const std::vector<std::size_t>& own, const std::string& feature) {
    Cell cell;
    for (const std::size_t i : own) {
      for (const decide::Box& box : entries[i].when) {
        for (const auto& [context, values] : box) cell.contexts.push_back(context);
      }
    }
    base::sort_unique(cell.contexts);
    if (model::combinations(model_, cell.contexts) > model::max_combinations) {
      complain("permissions", fmt::format("too many combinations of contexts for `{}`", feature));
      return decide::Decisions::no_cell();
    }
    base::BitSet rest{model::combinations(model_, cell.contexts), true};
    for (const std::size_t i : own) {
      Segment segment = entries[i].segment;
      segment.where = decide::points_of(model_, entries[i].when, cell.contexts);
      if (!segment.where.is_subset_of(rest))
        complain("permissions", fmt::format("two entries for `{}` say different things of the same", feature));
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
  std::map<std::pair<ActsOn, std::string>, ObjectId> objects_;
  std::map<std::pair<std::string, std::optional<base::Date>>, std::size_t> rules_;
};

}  // namespace

std::variant<PermissionsAsPolicy, NotPermissions> as_policy(const PermissionsDocument& document) {
  return Builder{document}.run();
}

}  // namespace farol::dingtalk
