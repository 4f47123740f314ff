#include "compare/permissions_file.h"

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/sorted.h"
#include "decide/permission_json.h"
#include "model/contexts.h"

namespace farol::compare {
namespace {

using decide::Cell;
using decide::Effect;
using decide::Segment;
using Json = nlohmann::json;
using model::ActsOn;
using model::ContextId;
using model::ControlId;
using model::FeatureId;
using model::Model;
using model::ObjectId;
using model::RoleId;
using model::RuleId;
using model::TierId;

constexpr std::size_t max_problems = 20;
constexpr std::string_view known_schema = "farol-permissions-1";
constexpr int max_depth = 32;

// A value of the document, with its place for messages. What is missing or of another type is reported once and then
// reads as empty.
class Reader {
 public:
  explicit Reader(base::Language language) : language_(language) {}

  std::variant<PermissionsFile, NotPermissions> run(std::string_view text) {
    const auto depth = [](int level, Json::parse_event_t, Json&) { return level <= max_depth; };
    const Json document = Json::parse(text, depth, false);
    if (!document.is_object()) return NotPermissions{{"not a JSON document that `farol compile` writes"}};
    if (document.value("schema", Json{}) != known_schema)
      return NotPermissions{
          {fmt::format("`schema` is not `{}`: not a permissions.json of this version", known_schema)}};
    read_vocabulary(document);
    if (problems_.empty()) read_permissions(document);
    read_steps(document);
    if (problems_.empty()) return std::move(file_);
    return NotPermissions{problems_};
  }

 private:
  void complain(std::string_view place, std::string_view what) {
    if (problems_.size() < max_problems) problems_.push_back(fmt::format("{}: {}", place, what));
  }

  const Json& list(const Json& parent, const std::string& key, const std::string& place = {}) {
    static const Json empty = Json::array();
    const auto found = parent.find(key);
    if (found != parent.end() && found->is_array()) return *found;
    complain(place.empty() ? key : place + "." + key, "not a list");
    return empty;
  }

  std::string text(const Json& parent, const char* key, const std::string& place) {
    const auto found = parent.is_object() ? parent.find(key) : parent.end();
    if (found != parent.end() && found->is_string()) return found->get<std::string>();
    complain(place + "." + key, "not a text");
    return {};
  }

  static std::string text_or_nothing(const Json& parent, const char* key) {
    const auto found = parent.find(key);
    return found != parent.end() && found->is_string() ? found->get<std::string>() : std::string{};
  }

  // Each object of a list; anything else in it is reported.
  template <class Visit>
  void for_each(const Json& parent, const char* key, const Visit& visit) {
    std::size_t i = 0;
    for (const Json& each : list(parent, key)) {
      const std::string place = fmt::format("{}[{}]", key, i++);
      if (each.is_object()) {
        visit(each, place);
      } else {
        complain(place, "not an object");
      }
    }
  }

  void declare(model::Declared& declared, const Json& each, const std::string& place) {
    declared.name = text(each, "name", place);
    declared.doc = text_or_nothing(each, "doc");
    read_title(declared.title, each, declared.name);
  }

  static void read_title(model::Localized& title, const Json& each, const std::string& name) {
    const auto found = each.find("title");
    if (found == each.end() || !found->is_object()) return;
    for (const auto& [language, value] : found->items()) {
      if (!value.is_string()) continue;
      if (language == "default") {
        title.text = value.get<std::string>();
      } else {
        title.by_language.emplace_back(language, value.get<std::string>());
      }
    }
    if (title.text == name && title.by_language.empty()) title.text.clear();
  }

  template <class Thing>
  void sort_by_name(std::vector<Thing>& things, const char* key) {
    std::sort(things.begin(), things.end(), [](const auto& a, const auto& b) { return a.name < b.name; });
    for (std::size_t i = 1; i < things.size(); ++i) {
      if (things[i - 1].name == things[i].name) complain(key, fmt::format("`{}` is there twice", things[i].name));
    }
  }

  void read_vocabulary(const Json& document) {
    Model& model = file_.model;
    const auto day = base::parse_date(text(document, "as_of", "document"));
    if (!day) complain("as_of", "not a day");
    file_.decisions.as_of = day.value_or(base::Date{});
    if (const auto policy = document.find("policy"); policy != document.end() && policy->is_object())
      read_title(model.policy.title, *policy, {});
    for_each(document, "tiers",
             [&](const Json& each, const std::string& place) { declare(model.tiers.emplace_back(), each, place); });
    if (model.tiers.empty()) model.tiers.emplace_back();
    read_objects(document);
    for_each(document, "features", [&](const Json& each, const std::string& place) {
      model::Feature& feature = model.features.emplace_back();
      declare(feature, each, place);
      feature.library = !feature.title.empty();  // then the title is what somebody does
      feature.governed = each.value("governed", Json{}) == true;
      const auto kind = kind_named(text(each, "acts_on", place));
      if (!kind) complain(place + ".acts_on", "no kind of object");
      feature.acts_on = kind.value_or(ActsOn::nothing);
    });
    std::sort(model.features.begin(), model.features.end(),
              [](const auto& a, const auto& b) { return model::feature_less(a.name, b.name); });
    for_each(document, "contexts", [&](const Json& each, const std::string& place) {
      model::Context& context = model.contexts.emplace_back();
      declare(context, each, place);
      context.library = true;
      for (const Json& value : list(each, "values", place)) {
        if (!value.is_object()) continue;
        context.values.push_back(text(value, "name", place + ".values"));
        read_title(context.value_titles.emplace_back(), value, context.values.back());
      }
      if (context.values.empty()) complain(place, "a context without values");
    });
    sort_by_name(model.contexts, "contexts");
    for_each(document, "controls",
             [&](const Json& each, const std::string& place) { declare(model.controls.emplace_back(), each, place); });
    sort_by_name(model.controls, "controls");
    read_roles(document);
  }

  static std::optional<ActsOn> kind_named(std::string_view name) {
    for (std::size_t i = 0; i < model::acts_on_count; ++i) {
      if (to_string(static_cast<ActsOn>(i)) == name) return static_cast<ActsOn>(i);
    }
    return std::nullopt;
  }

  void read_objects(const Json& document) {
    Model& model = file_.model;
    for (std::size_t i = 0; i < model.tiers.size(); ++i) {
      model::Object object;
      static_cast<model::Declared&>(object) = model.tiers[i];
      object.kind = ActsOn::tier;
      object.tier = TierId{i};
      model.objects.push_back(std::move(object));
    }
    std::vector<model::Object> things;
    for_each(document, "data", [&](const Json& each, const std::string& place) {
      model::Object object;
      declare(object, each, place);
      object.kind = ActsOn::data;
      const std::string tier = text_or_nothing(each, "tier");
      const auto found =
          std::find_if(model.tiers.begin(), model.tiers.end(), [&](const auto& t) { return t.name == tier; });
      if (found == model.tiers.end()) complain(place + ".tier", fmt::format("there is no tier `{}`", tier));
      object.tier =
          found == model.tiers.end() ? TierId{0} : TierId{static_cast<std::size_t>(found - model.tiers.begin())};
      things.push_back(std::move(object));
    });
    for_each(document, "things", [&](const Json& each, const std::string& place) {
      model::Object object;
      declare(object, each, place);
      const auto kind = kind_named(text(each, "kind", place));
      if (!kind || *kind == ActsOn::data || *kind == ActsOn::tier || *kind == ActsOn::nothing)
        return complain(place + ".kind", "no kind of thing");
      object.kind = *kind;
      things.push_back(std::move(object));
    });
    for (const ActsOn kind : {ActsOn::data, ActsOn::app, ActsOn::group, ActsOn::place, ActsOn::department}) {
      std::vector<model::Object> some;
      std::copy_if(things.begin(), things.end(), std::back_inserter(some),
                   [&](const auto& each) { return each.kind == kind; });
      sort_by_name(some, "things");
      model.objects.insert(model.objects.end(), some.begin(), some.end());
    }
    for (const ActsOn kind : {ActsOn::app, ActsOn::group, ActsOn::place, ActsOn::department, ActsOn::nothing}) {
      model::Object object;
      object.kind = kind;
      object.other = kind != ActsOn::nothing;
      model.objects.push_back(std::move(object));
    }
    model.index_objects();
    for (std::size_t i = 0; i < model.objects.size(); ++i) {
      const auto name = decide::name_in_documents(model, ObjectId{i});
      // Tiers and data are one dimension.
      const bool tiered = model.objects[i].kind == ActsOn::tier;
      objects_[{tiered ? ActsOn::data : model.objects[i].kind, std::string{name}}] = ObjectId{i};
    }
  }

  void read_roles(const Json& document) {
    Model& model = file_.model;
    std::map<std::string, std::vector<std::string>> parents;
    for_each(document, "roles", [&](const Json& each, const std::string& place) {
      model::Role& role = model.roles.emplace_back();
      declare(role, each, place);
      for (const Json& parent : list(each, "inherits", place)) {
        if (parent.is_string()) parents[role.name].push_back(parent.get<std::string>());
      }
    });
    sort_by_name(model.roles, "roles");
    for (model::Role& role : model.roles) {
      for (const std::string& name : parents[role.name]) {
        const auto parent = model.find_role(name);
        if (parent) {
          role.inherits.push_back(*parent);
        } else {
          complain("roles", fmt::format("there is no role `{}`", name));
        }
      }
    }
    for (std::size_t i = 0; i < model.roles.size(); ++i) {
      std::set<RoleId> seen{RoleId{i}};
      std::vector<RoleId> open{RoleId{i}};
      while (!open.empty()) {
        const RoleId role = open.back();
        open.pop_back();
        for (const RoleId parent : model[role].inherits) {
          if (seen.insert(parent).second) open.push_back(parent);
        }
      }
      model.roles[i].ancestors.assign(seen.begin(), seen.end());
      for (const RoleId ancestor : seen) model.roles[ancestor.index()].heirs.push_back(RoleId{i});
    }
  }

  struct Entry {
    std::vector<ObjectId> objects;
    std::vector<decide::Box> when;
    Segment segment;
  };

  void read_permissions(const Json& document) {
    Model& model = file_.model;
    std::map<std::pair<FeatureId, RoleId>, std::vector<Entry>> entries;
    for_each(document, "permissions", [&](const Json& each, const std::string& place) {
      const auto feature = model.find_feature(text(each, "feature", place));
      if (!feature) return complain(place + ".feature", "not among the features");
      const auto named = each.find("role");
      RoleId role = model.nobody();
      if (named != each.end() && named->is_string()) {
        const auto found = model.find_role(named->get<std::string>());
        if (!found) return complain(place + ".role", "not among the roles");
        role = *found;
      }
      entries[{*feature, role}].push_back(read_entry(each, place, model[*feature].acts_on));
    });
    file_.decisions.tables.emplace_back();
    file_.decisions.rows.assign(model.features.size(), {decide::TableId{0}, {}});
    for (const auto& [key, list] : entries) {
      file_.decisions.tables.push_back(
          table_of(list, model[key.first].acts_on, fmt::format("{}", model[key.first].name)));
      file_.decisions.rows[key.first.index()].tables.emplace_back(key.second,
                                                                  decide::TableId{file_.decisions.tables.size() - 1});
    }
  }

  Entry read_entry(const Json& each, const std::string& place, ActsOn kind) {
    const Model& model = file_.model;
    Entry entry;
    for (const Json& name : list(each, "objects", place)) {
      const auto found =
          objects_.find({kind == ActsOn::tier ? ActsOn::data : kind, name.is_string() ? name.get<std::string>() : ""});
      if (found == objects_.end()) {
        complain(place + ".objects", "an object that is not declared");
      } else {
        entry.objects.push_back(found->second);
      }
    }
    if (kind == ActsOn::nothing) entry.objects = model.objects_of(ActsOn::nothing);
    base::sort_unique(entry.objects);
    const std::string effect = text(each, "effect", place);
    if (effect != "allow" && effect != "deny") complain(place + ".effect", "neither allow nor deny");
    entry.segment.effect = effect == "allow" ? Effect::allow : Effect::deny;
    for (const Json& box : list(each, "when", place)) entry.when.push_back(read_box(box, place + ".when"));
    for (const Json& name : list(each, "controls", place)) {
      const auto found = std::find_if(model.controls.begin(), model.controls.end(),
                                      [&](const model::Control& control) { return name == control.name; });
      if (found == model.controls.end()) {
        complain(place + ".controls", "not among the controls");
      } else {
        entry.segment.controls.push_back(ControlId{static_cast<std::size_t>(found - model.controls.begin())});
      }
    }
    base::sort_unique(entry.segment.controls);
    const std::string expires = text_or_nothing(each, "expires");
    const auto day = base::parse_date(expires);
    if (!expires.empty() && !day) complain(place + ".expires", "not a day");
    for (const Json& reference : list(each, "rules", place)) {
      if (reference.is_string()) entry.segment.rules.push_back(rule(reference.get<std::string>(), day));
    }
    base::sort_unique(entry.segment.rules);
    return entry;
  }

  // A label is a name; anything else is the rule's text.
  RuleId rule(const std::string& reference, const std::optional<base::Date>& until) {
    const auto [entry, fresh] = rules_.try_emplace({reference, until}, file_.model.rules.size());
    if (fresh) {
      model::Rule rule;
      rule.text = reference;
      if (reference.find(' ') == std::string::npos) rule.label = reference;
      rule.until = until;
      file_.model.rules.push_back(std::move(rule));
    }
    return RuleId{entry->second};
  }

  decide::Box read_box(const Json& json, const std::string& place) {
    const Model& model = file_.model;
    std::map<ContextId, std::vector<std::uint32_t>> box;
    if (!json.is_object()) {
      complain(place, "not an object");
      return {};
    }
    for (const auto& [name, values] : json.items()) {
      const auto context = std::find_if(model.contexts.begin(), model.contexts.end(),
                                        [&name = name](const model::Context& each) { return each.name == name; });
      if (context == model.contexts.end()) {
        complain(place, fmt::format("there is no context `{}`", name));
        continue;
      }
      auto& chosen = box[ContextId{static_cast<std::size_t>(context - model.contexts.begin())}];
      for (const Json& value : values) {
        const auto found = std::find_if(context->values.begin(), context->values.end(),
                                        [&value = value](const std::string& known) { return value == known; });
        if (found == context->values.end()) {
          complain(place, fmt::format("`{}` has no such value", name));
        } else {
          chosen.push_back(static_cast<std::uint32_t>(found - context->values.begin()));
        }
      }
      base::sort_unique(chosen);
    }
    return {box.begin(), box.end()};
  }

  // Objects with the same entries share a cell; those without any say none, whatever their tier says.
  decide::Table table_of(const std::vector<Entry>& entries, ActsOn kind, const std::string& feature) {
    std::map<std::vector<std::size_t>, std::vector<ObjectId>> by_entries;
    for (const ObjectId object : file_.model.objects_of(kind)) {
      std::vector<std::size_t> own;
      for (std::size_t i = 0; i < entries.size(); ++i) {
        if (std::binary_search(entries[i].objects.begin(), entries[i].objects.end(), object)) own.push_back(i);
      }
      by_entries[own].push_back(object);
    }
    decide::Table table;
    for (const auto& [own, objects] : by_entries) {
      Cell cell = own.empty() ? decide::Decisions::no_cell() : cell_of(entries, own, feature);
      cell.objects = objects;
      std::sort(cell.objects.begin(), cell.objects.end());
      table.cells.push_back(std::move(cell));
    }
    return table;
  }

  Cell cell_of(const std::vector<Entry>& entries, const std::vector<std::size_t>& own, const std::string& feature) {
    const Model& model = file_.model;
    Cell cell;
    for (const std::size_t i : own) {
      for (const decide::Box& box : entries[i].when) {
        for (const auto& [context, values] : box) cell.contexts.push_back(context);
      }
    }
    base::sort_unique(cell.contexts);
    if (model::combinations(model, cell.contexts) > model::max_combinations) {
      complain("permissions", fmt::format("too many combinations of contexts for `{}`", feature));
      return decide::Decisions::no_cell();
    }
    base::BitSet rest{model::combinations(model, cell.contexts), true};
    for (const std::size_t i : own) {
      Segment segment = entries[i].segment;
      segment.where = decide::points_of(model, entries[i].when, cell.contexts);
      if (!segment.where.is_subset_of(rest))
        complain("permissions", fmt::format("two entries for `{}` say different things of the same", feature));
      segment.where &= rest;
      rest -= segment.where;
      if (segment.where.any()) cell.segments.push_back(std::move(segment));
    }
    if (rest.any()) cell.segments.push_back({Effect::none, {}, {}, rest});
    return cell;
  }

  void read_steps(const Json& document) {
    for_each(document, "steps", [&](const Json& each, const std::string& place) {
      Step step{text(each, "id", place),
                text(each, "target", place),
                text(each, "kind", place),
                in_language(each, "title"),
                in_language(each, "value"),
                in_language(each, "undo"),
                each.value("only_reads", Json{}) == true};
      file_.steps.push_back(std::move(step));
    });
  }

  [[nodiscard]] std::string in_language(const Json& each, const char* key) const {
    const auto found = each.find(key);
    if (found == each.end() || !found->is_object()) return {};
    return text_or_nothing(*found, std::string{base::tag(language_)}.c_str());
  }

  base::Language language_;
  PermissionsFile file_;
  std::vector<std::string> problems_;
  std::map<std::pair<ActsOn, std::string>, ObjectId> objects_;
  std::map<std::pair<std::string, std::optional<base::Date>>, std::size_t> rules_;
};

}  // namespace

std::variant<PermissionsFile, NotPermissions> read_permissions(std::string_view text, base::Language language) {
  return Reader{language}.run(text);
}

}  // namespace farol::compare
