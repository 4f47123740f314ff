#include "query/description.h"

#include <algorithm>
#include <map>

#include "base/json_writer.h"
#include "decide/permissions.h"
#include "document/words.h"
#include "query/fields.h"
#include "source/place.h"

namespace farol::query {
namespace {

using base::Phrase;
using model::Model;
using Value = Description::Value;

// More than these are counted, not listed.
constexpr std::size_t most_values = 12;

template <class Table>
std::optional<std::size_t> index_of(const Table& table, std::string_view name) {
  const auto found = std::find_if(table.begin(), table.end(), [&](const auto& each) { return each.name == name; });
  if (name.empty() || found == table.end()) return std::nullopt;
  return static_cast<std::size_t>(found - table.begin());
}

template <class Table>
std::optional<std::size_t> index_of_label(const Table& table, std::string_view label) {
  const auto found = std::find_if(table.begin(), table.end(), [&](const auto& each) { return each.label == label; });
  if (label.empty() || found == table.end()) return std::nullopt;
  return static_cast<std::size_t>(found - table.begin());
}

class Describer {
 public:
  Describer(const Model& model, const decide::Decisions& decisions, const source::SourceMap& sources,
            base::Language language)
      : model_(model), decisions_(decisions), sources_(sources), words_(model, language) {}

  Description run(const Thing& thing) {
    std::visit([this](const auto& each) { describe(each); }, thing);
    return std::move(result_);
  }

 private:
  void begin(std::string_view kind, const model::Declared& declared) {
    result_.kind = kind;
    const auto phrase = base::find_phrase("kind_" + result_.kind);
    result_.words = phrase ? std::string{words_.text(*phrase)} : result_.kind;
    result_.name = declared.name;
    result_.title = words_.title(declared);
    result_.doc = declared.doc;
  }

  // An empty list is no field.
  void add(std::string_view key, std::vector<Value> values) {
    if (values.empty()) return;
    const auto phrase = base::find_phrase("attribute_" + std::string{key});
    result_.fields.push_back({std::string{key}, std::string{phrase ? words_.text(*phrase) : key}, std::move(values)});
  }
  void add(std::string_view key, const std::string& value) { add(key, {{value, value}}); }

  template <class Id>
  [[nodiscard]] std::vector<Value> named(const std::vector<Id>& ids) const {
    std::vector<Value> values;
    for (const Id id : ids) values.push_back({model_[id].name, words_.title_and_name(model_[id])});
    return values;
  }

  [[nodiscard]] Value yes_or_no(bool value) const {
    return {value ? "yes" : "no", std::string{words_.text(value ? Phrase::yes : Phrase::no)}};
  }

  [[nodiscard]] Value value_of(std::string_view key, const model::Value& value) const {
    if (const auto* flag = std::get_if<bool>(&value)) return yes_or_no(*flag);
    std::string raw;
    if (const auto* text = std::get_if<std::string>(&value)) raw = *text;
    if (const auto* number = std::get_if<model::Number>(&value)) raw = number->text;
    if (const auto* day = std::get_if<base::Date>(&value)) raw = base::to_string(*day);
    if (const auto* span = std::get_if<base::Duration>(&value)) raw = base::to_string(*span);
    if (const auto* reference = std::get_if<model::Reference>(&value)) raw = reference->name;
    if (const auto* word = std::get_if<model::Word>(&value)) {
      raw = word->text;
      std::string identifier{key};
      identifier += "_" + raw;
      if (const auto phrase = base::find_phrase(identifier)) {
        std::string words{words_.text(*phrase)};
        if (const auto means = base::find_phrase(identifier + "_means"))
          words = words_(Phrase::name_in_brackets, {words, words_.text(*means)});
        return {raw, words};
      }
    }
    return {raw, raw};
  }

  // What the block says, in the language where it says it in that; `handled` are said otherwise.
  void add_attributes(const model::Declared& declared, const std::vector<std::string_view>& handled) {
    for (std::size_t i = 0; i < declared.attributes.size(); ++i) {
      const model::Attribute& first = declared.attributes[i];
      if (i > 0 && declared.attributes[i - 1].key == first.key) continue;
      if (first.key == "title" || std::find(handled.begin(), handled.end(), first.key) != handled.end()) continue;
      const model::Attribute* chosen = nullptr;
      for (const model::Attribute& each : declared.attributes) {
        if (each.key != first.key) continue;
        if (each.language == base::tag(words_.language()) || (each.language.empty() && chosen == nullptr))
          chosen = &each;
      }
      if (chosen == nullptr) chosen = &first;
      std::vector<Value> values;
      for (const model::Value& value : chosen->values) values.push_back(value_of(first.key, value));
      add(first.key, std::move(values));
    }
  }

  void add_place(source::Span span) {
    if (!span.is_none()) add("declared", source::place_of(sources_, span));
  }

  // Rules and guardrails that say something about it.
  template <class Names>
  void add_statements(Names names) {
    std::vector<Value> values;
    std::size_t more = 0;
    const auto note = [&](const std::string& reference, source::Span span) {
      if (values.size() == most_values) {
        ++more;
        return;
      }
      values.push_back({reference, words_.join({reference, source::place_of(sources_, span)}, Phrase::list_semicolon)});
    };
    for (const model::Rule& rule : model_.rules) {
      if (names(rule.area, rule.controls)) note(words_.rule(rule), rule.spans.statement);
    }
    for (const model::Guardrail& guardrail : model_.guardrails) {
      if (!names(guardrail.area, guardrail.controls)) continue;
      note(document::name_of_statement(guardrail.label, guardrail.text), guardrail.spans.statement);
    }
    if (more > 0) values.back().words = words_(Phrase::explain_and_more, {values.back().words, std::to_string(more)});
    add("named_by", std::move(values));
  }

  void describe(model::FeatureId id) {
    const model::Feature& feature = model_[id];
    begin("feature", feature);
    const std::string_view kind = to_string(feature.acts_on);
    add("acts_on", {{std::string{kind}, acts_on_words(feature.acts_on)}});
    add("needs", named(feature.needs));
    add("excludes", excluded(feature));
    if (feature.controls) add("controls", named(*feature.controls));
    add("kept_by",
        {{std::string{to_string(feature.kept_by)},
          words_(Phrase::name_in_brackets, {words_.kept_by(feature.kept_by), words_.kept_by_means(feature.kept_by)})}});
    add_attributes(feature, {"acts_on", "needs", "excludes", "controls", "kept_by"});
    if (!model_.roles.empty()) add_allowed(id);
    add_statements([&](const model::Area& area, const auto&) {
      return std::any_of(area.features.begin(), area.features.end(), [&](auto term) {
        return model_[term].base != model::FeatureTerm::Base::everything && contains(model_, model_[term], id);
      });
    });
    if (!feature.library) add_place(feature.span);
  }

  [[nodiscard]] std::string acts_on_words(model::ActsOn kind) const {
    const auto phrase = base::find_phrase("kind_" + std::string{to_string(kind)});
    return std::string{phrase ? words_.text(*phrase) : words_.text(Phrase::nothing_here)};
  }

  [[nodiscard]] std::vector<Value> excluded(const model::Feature& feature) const {
    std::vector<Value> values = named(feature.excludes);
    for (Value& value : named(feature.excludes_controls)) values.push_back(std::move(value));
    return values;
  }

  // Roles to which it is allowed on something, in some case.
  void add_allowed(model::FeatureId id) {
    std::map<const decide::Table*, bool> known;
    std::vector<Value> values;
    std::size_t more = 0;
    for (const model::RoleId role : decide::all_roles(model_)) {
      const decide::Table& table = decisions_.table(role, id);
      const auto [entry, fresh] = known.try_emplace(&table, false);
      if (fresh) entry->second = allows_something(table);
      if (!entry->second) continue;
      if (values.size() == most_values) {
        ++more;
      } else if (role == model_.nobody()) {
        values.push_back({"everyone", words_(Phrase::whoever_holds_none)});
      } else {
        values.push_back({model_[role].name, words_.title_and_name(model_[role])});
      }
    }
    if (more > 0) values.back().words = words_(Phrase::explain_and_more, {values.back().words, std::to_string(more)});
    if (values.empty()) {
      const bool governed = model_[id].governed;
      values.push_back({"", std::string{words_.text(governed ? Phrase::nobody : Phrase::not_governed)}});
    }
    add("allowed_to", std::move(values));
  }

  static bool allows_something(const decide::Table& table) {
    return std::any_of(table.cells.begin(), table.cells.end(), [](const decide::Cell& cell) {
      return std::any_of(cell.segments.begin(), cell.segments.end(),
                         [](const auto& segment) { return segment.effect == decide::Effect::allow; });
    });
  }

  void describe(model::NamespaceId id) {
    const model::Namespace& space = model_[id];
    result_.kind = "feature_group";
    result_.words = words_.text(Phrase::kind_feature_group);
    result_.name = space.name;
    result_.title = words_.name_space(space.name);
    std::vector<Value> values;
    for (std::uint32_t i = space.first; i < space.last; ++i)
      values.push_back({model_.features[i].name, words_.title_and_name(model_.features[i])});
    add("features", std::move(values));
  }

  void describe(model::RoleId id) {
    const model::Role& role = model_[id];
    begin("role", role);
    add("inherits", named(role.inherits));
    std::vector<model::RoleId> heirs = role.heirs;
    std::erase(heirs, id);
    std::vector<Value> heir_values = named(heirs);
    if (heir_values.size() > most_values) {
      const std::size_t more = heir_values.size() - most_values;
      heir_values.resize(most_values);
      heir_values.back().words = words_(Phrase::explain_and_more, {heir_values.back().words, std::to_string(more)});
    }
    add("inherited_by", std::move(heir_values));
    if (role.admin) add("admin", {yes_or_no(true)});
    add_attributes(role, {"admin"});
    for (const model::Separation& separation : model_.separations) {
      if (std::find(separation.roles.begin(), separation.roles.end(), id) == separation.roles.end()) continue;
      const std::string& reference = separation.label.empty() ? separation.text : separation.label;
      add("separated", {{reference, words_.join({reference.substr(0, reference.find(" because")),
                                                 source::place_of(sources_, separation.span)},
                                                Phrase::list_semicolon)}});
    }
    add_statements([&](const model::Area& area, const auto&) {
      return std::any_of(area.subjects.begin(), area.subjects.end(), [&](auto term) {
        return model_[term].base != model::SubjectTerm::Base::everyone && contains(model_, model_[term], id);
      });
    });
    add_place(role.span);
  }

  void describe(model::TierId id) {
    const model::Tier& tier = model_[id];
    begin("tier", tier);
    std::vector<model::ObjectId> on_it;
    for (const model::ObjectId object : model_.objects_of(model::ActsOn::data)) {
      if (model_[object].kind == model::ActsOn::data && model_[object].tier == id) on_it.push_back(object);
    }
    add("data", named(on_it));
    add_statements([&](const model::Area& area, const auto&) { return names_object(area, model_.object_of(id)); });
    add_place(tier.span);
  }

  void describe(model::ObjectId id) {
    const model::Object& object = model_[id];
    begin(to_string(object.kind), object);
    if (object.kind == model::ActsOn::data && !model_[object.tier].name.empty())
      add("tier", {{model_[object.tier].name, words_.title_and_name(model_[object.tier])}});
    add_attributes(object, {});
    if (const model::Attribute* stores = object.find("store")) add_stores(*stores);
    add_statements([&](const model::Area& area, const auto&) { return names_object(area, id); });
    add_place(object.span);
  }

  // Where it lies says who can get at it.
  void add_stores(const model::Attribute& stores) {
    for (const model::Value& value : stores.values) {
      const auto* reference = std::get_if<model::Reference>(&value);
      if (reference == nullptr) continue;
      for (const model::Entity& entity : model_.entities) {
        if (entity.kind == "store" && entity.name == reference->name) add_attributes(entity, {});
      }
    }
  }

  [[nodiscard]] bool names_object(const model::Area& area, model::ObjectId id) const {
    return std::any_of(area.objects.begin(), area.objects.end(), [&](auto term) {
      return model_[term].base != model::ObjectTerm::Base::all && contains(model_, model_[term], id);
    });
  }

  void describe(model::ContextId id) {
    const model::Context& context = model_[id];
    begin("context", context);
    std::vector<Value> values;
    std::vector<std::string_view> handled;
    for (std::size_t i = 0; i < context.values.size(); ++i) {
      handled.push_back(context.values[i]);
      const model::Localized& title = context.value_titles[i];
      values.push_back(
          {context.values[i], title.empty() ? context.values[i]
                                            : words_(Phrase::name_in_brackets, {words_.in(title), context.values[i]})});
    }
    add("values", std::move(values));
    add_attributes(context, handled);
    add_statements([&](const model::Area& area, const auto&) {
      const auto& contexts = model_[area.when].contexts;
      return std::binary_search(contexts.begin(), contexts.end(), id);
    });
    if (!context.library) add_place(context.span);
  }

  void describe(model::ControlId id) {
    const model::Control& control = model_[id];
    begin("control", control);
    add_attributes(control, {});
    add_statements([&](const model::Area&, const std::vector<model::ControlId>& controls) {
      return std::binary_search(controls.begin(), controls.end(), id);
    });
    if (!control.library) add_place(control.span);
  }

  void describe(ConditionIndex at) {
    const model::NamedCondition& condition = model_.named_conditions[at.index];
    begin("condition", condition);
    const model::Condition& set = model_[condition.condition];
    const auto boxes = decide::boxes_of(model_, set.contexts, set.where);
    const std::string in_words = words_.condition(boxes);
    add("meaning", {{condition.text, in_words.empty() ? words_(Phrase::always) : in_words}});
    add("text", condition.text);
    add_place(condition.span);
  }

  void describe(EntityIndex at) {
    const model::Entity& entity = model_.entities[at.index];
    begin(entity.kind == "store" ? "store" : "fact", entity);
    if (entity.kind != "store") result_.words = words_(Phrase::name_in_brackets, {result_.words, entity.kind});
    add_attributes(entity, {});
    add_place(entity.span);
  }

  void add_labelled(const std::string& label, const std::string& text, const model::Localized& because,
                    source::Span span) {
    result_.kind = "statement";
    result_.words = words_.text(Phrase::kind_statement);
    result_.name = label;
    result_.title = label;
    add("text", text.substr(0, text.find(" because")));
    if (!because.empty()) add("because", words_.in(because));
    add_place(span);
  }

  void describe(model::RuleId id) {
    const model::Rule& rule = model_[id];
    add_labelled(rule.label, rule.text, rule.because, rule.spans.statement);
  }
  void describe(GuardrailIndex at) {
    const model::Guardrail& guardrail = model_.guardrails[at.index];
    add_labelled(guardrail.label, guardrail.text, guardrail.because, guardrail.spans.statement);
  }
  void describe(SeparationIndex at) {
    const model::Separation& separation = model_.separations[at.index];
    add_labelled(separation.label, separation.text, separation.because, separation.span);
  }

  const Model& model_;
  const decide::Decisions& decisions_;
  const source::SourceMap& sources_;
  document::Words words_;
  Description result_;
};

}  // namespace

std::optional<Thing> find_thing(const Model& model, std::string_view name) {
  if (const auto role = model.find_role(name)) return *role;
  if (const auto feature = model.find_feature(name)) return *feature;
  if (const auto tier = index_of(model.tiers, name)) return model::TierId{*tier};
  if (const auto object = model.find_object(name)) return *object;
  if (const auto context = index_of(model.contexts, name)) return model::ContextId{*context};
  if (const auto control = index_of(model.controls, name)) return model::ControlId{*control};
  if (const auto condition = index_of(model.named_conditions, name)) return ConditionIndex{*condition};
  if (const auto entity = index_of(model.entities, name)) return EntityIndex{*entity};
  // A group of features may share its name with anything: `device.*` is never taken for the context.
  std::string_view space = name;
  if (space.ends_with(".*")) space.remove_suffix(2);
  if (const auto group = model.find_namespace(space)) return *group;
  if (const auto rule = index_of_label(model.rules, name)) return model::RuleId{*rule};
  if (const auto guardrail = index_of_label(model.guardrails, name)) return GuardrailIndex{*guardrail};
  if (const auto separation = index_of_label(model.separations, name)) return SeparationIndex{*separation};
  return std::nullopt;
}

std::vector<std::string_view> names_of_things(const Model& model) {
  std::vector<std::string_view> names;
  const auto add = [&](std::string_view name) {
    if (!name.empty()) names.push_back(name);
  };
  for (const auto& each : model.roles) add(each.name);
  for (const auto& each : model.features) add(each.name);
  for (const auto& each : model.namespaces) add(each.name);
  for (const auto& each : model.objects) add(each.name);
  for (const auto& each : model.contexts) add(each.name);
  for (const auto& each : model.controls) add(each.name);
  for (const auto& each : model.named_conditions) add(each.name);
  for (const auto& each : model.entities) add(each.name);
  for (const auto& each : model.rules) add(each.label);
  for (const auto& each : model.guardrails) add(each.label);
  for (const auto& each : model.separations) add(each.label);
  return names;
}

Description describe(const Model& model, const decide::Decisions& decisions, const source::SourceMap& sources,
                     const Thing& thing, base::Language language) {
  return Describer{model, decisions, sources, language}.run(thing);
}

std::string render_text(const Description& description, base::Language language, bool color) {
  std::vector<std::string_view> titles;
  for (const auto& field : description.fields) titles.push_back(field.title);
  Fields out{color, titles};
  const std::string name = description.title == description.name
                               ? description.name
                               : base::fill(Phrase::name_in_brackets, language, {description.title, description.name});
  out.bold(base::fill(Phrase::pair, language, {name, description.words}));
  if (!description.doc.empty()) out.line(description.doc);
  for (const auto& field : description.fields) {
    std::string_view title = field.title;
    for (const auto& value : field.values) {
      out.field(title, value.words);
      title = {};
    }
  }
  return out.take();
}

std::string render_json(const Description& description, base::Date as_of) {
  base::JsonWriter json;
  json.begin_object();
  json.key("as_of").string(base::to_string(as_of));
  json.key("kind").string(description.kind);
  json.key("name").string(description.name);
  json.key("title").string(description.title);
  if (!description.doc.empty()) json.key("doc").string(description.doc);
  json.key("fields").begin_array();
  for (const auto& field : description.fields) {
    json.begin_object();
    json.key("key").string(field.key);
    json.key("values").begin_array(base::JsonWriter::Layout::line);
    for (const auto& value : field.values) json.string(value.raw.empty() ? value.words : value.raw);
    json.end_array();
    json.key("text").begin_array(base::JsonWriter::Layout::line);
    for (const auto& value : field.values) json.string(value.words);
    json.end_array();
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json.take();
}

}  // namespace farol::query
