#include "query/description.h"

#include <algorithm>
#include <set>
#include <utility>

#include "base/json_writer.h"
#include "document/words.h"
#include "source/place.h"

namespace farol::query {
namespace {

using base::Phrase;
using document::Words;
using model::Model;
using Value = Description::Value;

// Of more values than these only the number is given.
constexpr std::size_t most_values = 12;

// The thing of a table whose name, or label, it is.
template <class Id, class Table, class Member>
bool find_in(const Table& table, Member member, std::string_view name, std::optional<NamedThing>& found) {
  for (std::size_t i = 0; i < table.size() && !found && !name.empty(); ++i) {
    if (table[i].*member == name) found = Id{i};
  }
  return found.has_value();
}

// Fills a description; one overload of `describe` for each kind of thing.
class Describer {
 public:
  Describer(const Model& model, const decide::Answers& answers, const source::SourceMap& sources,
            base::Language language)
      : model_(model), answers_(answers), sources_(sources), words_(model, language) {}

  void describe(model::FeatureId id) {
    const model::Feature& feature = model_[id];
    begin("feature", feature);
    add("acts_on", {{std::string{to_string(feature.acts_on)}, kind_acted_on(feature.acts_on)}});
    add("needs", named(feature.needs));
    std::vector<Value> excluded = named(feature.excludes);
    for (Value& value : named(feature.excludes_controls)) excluded.push_back(std::move(value));
    add("excludes", std::move(excluded));
    if (feature.controls) add("controls", named(*feature.controls));
    add("kept_by", {{std::string{to_string(feature.kept_by)}, words_.kept_by_in_full(feature.kept_by)}});
    add_attributes(feature, {"acts_on", "needs", "excludes", "controls", "kept_by"});
    if (!model_.roles.empty()) add("allowed_to", allowed_to(id));
    add_statements([&](const model::Area& area, const auto&) {
      return std::any_of(area.features.begin(), area.features.end(), [&](auto term) {
        return model_[term].base != model::FeatureTerm::Base::everything && contains(model_, model_[term], id);
      });
    });
    add_place_in_policy(feature);
  }

  void describe(model::NamespaceId id) {
    const model::Namespace& space = model_[id];
    begin("feature_group", space.name, words_.name_space(space.name));
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
    add("inherited_by", limited(named(heirs)));
    if (role.admin) add("admin", {yes_or_no(true)});
    add_attributes(role, {"admin"});
    for (const model::Separation& separation : model_.separations) {
      if (std::find(separation.roles.begin(), separation.roles.end(), id) != separation.roles.end())
        add("separated", {statement(separation.label, separation.text, separation.span)});
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
    add_statements_about(model_.object_of(id));
    add_place(tier.span);
  }

  void describe(model::ObjectId id) {
    const model::Object& object = model_[id];
    begin(to_string(object.kind), object);
    if (object.kind == model::ActsOn::data && !model_[object.tier].name.empty())
      add("tier", {{model_[object.tier].name, words_.title_and_name(model_[object.tier])}});
    add_attributes(object, {});
    if (const model::Attribute* stores = object.find("store")) add_stores(*stores);
    add_statements_about(id);
    add_place(object.span);
  }

  void describe(model::ContextId id) {
    const model::Context& context = model_[id];
    begin("context", context);
    std::vector<Value> values;
    std::vector<std::string_view> handled;
    for (std::size_t i = 0; i < context.values.size(); ++i) {
      const std::string& name = context.values[i];
      const model::Localized& title = context.value_titles[i];
      values.push_back({name, title.empty() ? name : words_(Phrase::name_in_brackets, {words_.in(title), name})});
      handled.push_back(name);
    }
    add("values", std::move(values));
    add_attributes(context, handled);
    add_statements([&](const model::Area& area, const auto&) {
      const auto& contexts = model_[area.when].contexts;
      return std::binary_search(contexts.begin(), contexts.end(), id);
    });
    add_place_in_policy(context);
  }

  void describe(model::ControlId id) {
    const model::Control& control = model_[id];
    begin("control", control);
    add_attributes(control, {});
    add_statements([&](const model::Area&, const std::vector<model::ControlId>& controls) {
      return std::binary_search(controls.begin(), controls.end(), id);
    });
    add_place_in_policy(control);
  }

  void describe(base::Id<model::NamedCondition> id) {
    const model::NamedCondition& condition = model_.named_conditions[id.index()];
    begin("condition", condition);
    add("meaning", {{condition.text, words_.condition_or_always(model_[condition.condition])}});
    add("text", condition.text);
    add_place(condition.span);
  }

  void describe(base::Id<model::NamedSet> id) {
    const model::NamedSet& set = model_.sets[id.index()];
    switch (set.kind) {
      case model::NamedSet::Kind::roles:
        begin("role_list", set);
        add("meaning", members(model_.roles, set.roles));
        break;
      case model::NamedSet::Kind::features:
        begin("feature_list", set);
        add("meaning", members(model_.features, set.features));
        break;
      case model::NamedSet::Kind::objects:
        begin("object_list", set);
        add("meaning", members(model_.objects, set.objects));
        break;
    }
    add("text", set.text);
    add_place_in_policy(set);
  }

  void describe(base::Id<model::Entity> id) {
    const model::Entity& entity = model_.entities[id.index()];
    begin(entity.kind == "store" ? "store" : "fact", entity);
    if (entity.kind != "store") result_.words = words_(Phrase::name_in_brackets, {result_.words, entity.kind});
    add_attributes(entity, {});
    add_place(entity.span);
  }

  void describe(model::RuleId id) {
    const model::Rule& rule = model_[id];
    describe_labelled(rule.label, rule.text, rule.because, rule.spans.statement);
  }
  void describe(base::Id<model::Guardrail> id) {
    const model::Guardrail& guardrail = model_.guardrails[id.index()];
    describe_labelled(guardrail.label, guardrail.text, guardrail.because, guardrail.spans.statement);
  }
  void describe(base::Id<model::Separation> id) {
    const model::Separation& separation = model_.separations[id.index()];
    describe_labelled(separation.label, separation.text, separation.because, separation.span);
  }

  Description take() { return std::move(result_); }

 private:
  void begin(std::string_view kind, const std::string& name, std::string title) {
    result_.kind = kind;
    result_.words = document::word("kind", kind, words_.language());
    result_.name = name;
    result_.title = std::move(title);
  }
  void begin(std::string_view kind, const model::Declared& declared) {
    begin(kind, declared.name, words_.title(declared));
    result_.doc = declared.doc;
  }

  // An empty list adds no field.
  void add(std::string_view key, std::vector<Value> values) {
    if (!values.empty())
      result_.fields.push_back(
          {std::string{key}, document::word("attribute", key, words_.language()), std::move(values)});
  }
  void add(std::string_view key, const std::string& value) { add(key, {{value, value}}); }

  // What the catalogue declares has no place in the policy.
  void add_place_in_policy(const model::Declared& declared) {
    if (!declared.library) add_place(declared.span);
  }
  void add_place(source::Span span) {
    if (!span.is_none()) add("declared", source::place_of(sources_, span));
  }

  template <class Id>
  [[nodiscard]] std::vector<Value> named(const std::vector<Id>& ids) const {
    std::vector<Value> values;
    for (const Id id : ids) values.push_back({model_[id].name, words_.title_and_name(model_[id])});
    return values;
  }

  // What a named list stands for, thing by thing.
  template <class Thing, class Term>
  [[nodiscard]] std::vector<Value> members(const std::vector<Thing>& things, const std::vector<Term>& terms) const {
    std::vector<Value> values;
    for (std::size_t i = 0; i < things.size(); ++i) {
      const base::Id<Thing> id{i};
      if (things[i].name.empty() ||
          std::none_of(terms.begin(), terms.end(), [&](const Term& term) { return contains(model_, term, id); }))
        continue;
      values.push_back({things[i].name, words_.title_and_name(things[i])});
    }
    return limited(std::move(values));
  }

  // The first values; the last of them says how many more there are.
  [[nodiscard]] std::vector<Value> limited(std::vector<Value> values) const {
    if (values.size() <= most_values) return values;
    const std::string more = std::to_string(values.size() - most_values);
    values.resize(most_values);
    values.back().words = words_(Phrase::explain_and_more, {values.back().words, more});
    return values;
  }

  [[nodiscard]] Value yes_or_no(bool value) const { return {value ? "yes" : "no", words_.yes_or_no(value)}; }

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
      const std::string identifier = std::string{key} + "_" + raw;
      if (const auto phrase = base::find_phrase(identifier)) {
        const auto means = base::find_phrase(identifier + "_means");
        return {raw, means ? words_(Phrase::name_in_brackets, {words_.text(*phrase), words_.text(*means)})
                           : words_(*phrase)};
      }
    }
    return {raw, raw};
  }

  // What the block says, in the language if it says it in that; `handled` are given otherwise.
  void add_attributes(const model::Declared& declared, const std::vector<std::string_view>& handled) {
    const std::string_view language = base::tag(words_.language());
    for (std::size_t i = 0; i < declared.attributes.size(); ++i) {
      const model::Attribute& first = declared.attributes[i];
      if (i > 0 && declared.attributes[i - 1].key == first.key) continue;
      if (first.key == "title" || std::find(handled.begin(), handled.end(), first.key) != handled.end()) continue;
      const model::Attribute* chosen = nullptr;
      for (const model::Attribute& each : declared.attributes) {
        if (each.key != first.key) continue;
        if (each.language == language || (each.language.empty() && chosen == nullptr)) chosen = &each;
      }
      if (chosen == nullptr) chosen = &first;
      std::vector<Value> values;
      for (const model::Value& value : chosen->values) values.push_back(value_of(first.key, value));
      add(first.key, std::move(values));
    }
  }

  [[nodiscard]] Value statement(const std::string& label, const std::string& text, source::Span span) const {
    const std::string name = document::name_of_statement(label, text);
    return {label.empty() ? text : label,
            words_.join({name, source::place_of(sources_, span)}, Phrase::list_semicolon)};
  }

  // Rules and guardrails that say something about it.
  template <class Names>
  void add_statements(Names names) {
    std::vector<Value> values;
    const auto add_if = [&](const auto& each) {
      if (!names(each.area, each.controls)) return;
      values.push_back(statement(each.label, each.text, each.spans.statement));
      values.back().raw = document::name_of_statement(each.label, each.text);
    };
    for (const model::Rule& rule : model_.rules) add_if(rule);
    for (const model::Guardrail& guardrail : model_.guardrails) add_if(guardrail);
    add("named_by", limited(std::move(values)));
  }
  void add_statements_about(model::ObjectId id) {
    add_statements([&](const model::Area& area, const auto&) {
      return std::any_of(area.objects.begin(), area.objects.end(), [&](auto term) {
        return model_[term].base != model::ObjectTerm::Base::all && contains(model_, model_[term], id);
      });
    });
  }

  [[nodiscard]] std::string kind_acted_on(model::ActsOn kind) const {
    if (kind == model::ActsOn::nothing) return words_(Phrase::nothing_here);
    return document::word("kind", to_string(kind), words_.language());
  }

  // Roles to which it is allowed on something, in some case.
  [[nodiscard]] std::vector<Value> allowed_to(model::FeatureId id) const {
    std::set<model::RoleId> roles;
    for (const decide::Answer& answer : answers_.of(id)) {
      if (answer.effect == decide::Effect::allow) roles.insert(answer.roles.begin(), answer.roles.end());
    }
    if (roles.empty()) return {{"", words_(model_[id].governed ? Phrase::nobody : Phrase::not_governed)}};
    std::vector<Value> values;
    for (const model::RoleId role : roles)
      values.push_back({role == model_.nobody() ? "everyone" : model_[role].name, words_.full_name_of(role)});
    return limited(std::move(values));
  }

  // The location of data says who can get at it.
  void add_stores(const model::Attribute& stores) {
    for (const model::Value& value : stores.values) {
      const auto* reference = std::get_if<model::Reference>(&value);
      if (reference == nullptr) continue;
      for (const model::Entity& entity : model_.entities) {
        if (entity.kind == "store" && entity.name == reference->name) add_attributes(entity, {});
      }
    }
  }

  void describe_labelled(const std::string& label, const std::string& text, const model::Localized& because,
                         source::Span span) {
    begin("statement", label, label);
    add("text", document::name_of_statement({}, text));
    if (!because.empty()) add("because", words_.in(because));
    add_place(span);
  }

  const Model& model_;
  const decide::Answers& answers_;
  const source::SourceMap& sources_;
  Words words_;
  Description result_;
};

}  // namespace

std::optional<NamedThing> find_thing(const Model& model, std::string_view name) {
  if (const auto role = model.find_role(name)) return *role;
  if (const auto feature = model.find_feature(name)) return *feature;
  std::optional<NamedThing> found;
  if (find_in<model::TierId>(model.tiers, &model::Tier::name, name, found)) return found;
  if (const auto object = model.find_object(name)) return *object;
  if (find_in<model::ContextId>(model.contexts, &model::Context::name, name, found) ||
      find_in<model::ControlId>(model.controls, &model::Control::name, name, found) ||
      find_in<base::Id<model::NamedCondition>>(model.named_conditions, &model::NamedCondition::name, name, found) ||
      find_in<base::Id<model::NamedSet>>(model.sets, &model::NamedSet::name, name, found) ||
      find_in<base::Id<model::Entity>>(model.entities, &model::Entity::name, name, found))
    return found;
  // A group of features may share its name with anything: `device.*` is never taken for the context.
  std::string_view space = name;
  if (space.ends_with(".*")) space.remove_suffix(2);
  if (const auto group = model.find_namespace(space)) return *group;
  find_in<model::RuleId>(model.rules, &model::Rule::label, name, found) ||
      find_in<base::Id<model::Guardrail>>(model.guardrails, &model::Guardrail::label, name, found) ||
      find_in<base::Id<model::Separation>>(model.separations, &model::Separation::label, name, found);
  return found;
}

std::vector<std::string_view> names_of_things(const Model& model) {
  std::vector<std::string_view> names;
  const auto add = [&](const auto& table, auto member) {
    for (const auto& each : table) {
      if (!(each.*member).empty()) names.push_back(each.*member);
    }
  };
  add(model.roles, &model::Role::name);
  add(model.features, &model::Feature::name);
  add(model.namespaces, &model::Namespace::name);
  add(model.objects, &model::Object::name);
  add(model.contexts, &model::Context::name);
  add(model.controls, &model::Control::name);
  add(model.named_conditions, &model::NamedCondition::name);
  add(model.sets, &model::NamedSet::name);
  add(model.entities, &model::Entity::name);
  add(model.rules, &model::Rule::label);
  add(model.guardrails, &model::Guardrail::label);
  add(model.separations, &model::Separation::label);
  return names;
}

Description describe(const Model& model, const decide::Answers& answers, const source::SourceMap& sources,
                     const NamedThing& thing, base::Language language) {
  Describer describer{model, answers, sources, language};
  std::visit([&](const auto& id) { describer.describe(id); }, thing);
  return describer.take();
}

document::Document description_document(const Description& description, base::Language language) {
  document::Document document;
  document.language = language;
  const std::string name = description.title == description.name
                               ? description.name
                               : base::fill(Phrase::name_in_brackets, language, {description.title, description.name});
  document.title = base::fill(Phrase::pair, language, {name, description.words});
  if (!description.doc.empty()) document.lead.emplace_back(description.doc);
  document::Fields fields;
  for (const Description::Field& field : description.fields) {
    document::Cell cell;
    for (const Value& value : field.values) cell.lines.emplace_back(value.words);
    fields.push_back({field.title, std::move(cell)});
  }
  document.add_section().add(std::move(fields));
  return document;
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
  for (const Description::Field& field : description.fields) {
    std::vector<std::string_view> raw, words;
    for (const Value& value : field.values) {
      raw.push_back(value.raw.empty() ? value.words : value.raw);
      words.push_back(value.words);
    }
    json.begin_object();
    json.key("key").string(field.key);
    json.key("values").strings(raw);
    json.key("text").strings(words);
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json.take();
}

}  // namespace farol::query
