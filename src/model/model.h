// The one semantic truth of a policy: every name looked up, every list resolved to sets, no pointer into a tree.
// Filled once by `sema::resolve`, then read only. Analysis, outputs and diff see this and never the syntax.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/date.h"
#include "model/check.h"
#include "model/ids.h"
#include "model/terms.h"
#include "model/values.h"
#include "source/source_map.h"

namespace farol::model {

struct Attribute {
  std::string key;  // without a language: `title`
  std::string language;
  std::vector<Value> values;
  Span span;
};

// What every declared thing has. `attributes` is the block as checked against the schema of its kind, sorted by key.
struct Declared {
  std::string name;
  Localized title;  // empty: the name speaks for itself
  std::string doc;  // of `///`
  Span span;        // of the name
  bool library = false;
  std::vector<Attribute> attributes;

  // The title in a language, else the plain one, else the name: a name says more to a reader than a third language.
  [[nodiscard]] const std::string& label(std::string_view language) const;
  [[nodiscard]] const Attribute* find(std::string_view key) const;
};

struct Tier : Declared {};

struct Role : Declared {
  std::vector<RoleId> inherits;   // as written
  std::vector<RoleId> ancestors;  // sorted; itself included
  std::vector<RoleId> heirs;      // sorted; itself included
  TierId clearance;               // as written; none: that of what it inherits
  bool admin = false;             // `admin: yes` here or in a role that it inherits
  bool used = false;              // see `unused-role`
  bool uncertain = false;         // something about it was reported as wrong: no finding may rest on it
};

enum class ActsOn : std::uint8_t { data, tier, app, group, place, department, nothing };
inline constexpr std::size_t acts_on_count = 7;
[[nodiscard]] constexpr KindMask mask_of(ActsOn kind) {
  return static_cast<KindMask>(1U << static_cast<unsigned>(kind));
}
[[nodiscard]] std::string_view to_string(ActsOn kind);

// What holds an answer. `withheld`, which no declaration says: it is allowed, and what has to be set keeps it from
// these people nonetheless.
enum class KeptBy : std::uint8_t { api, console, people, nobody, withheld };
[[nodiscard]] std::string_view to_string(KeptBy kept_by);

struct Feature : Declared {
  ActsOn acts_on = ActsOn::nothing;
  bool privileged = false;
  std::vector<FeatureId> needs, excludes;  // `needs:` and `excludes:`, sorted, by what they name
  std::vector<ControlId> needs_controls, excludes_controls;
  std::optional<std::vector<ControlId>> controls;  // those that it can have, sorted; any if left out
  KeptBy kept_by = KeptBy::nobody;
  NamespaceId name_space;  // none at the top
  bool governed = false;   // an allow names it, whatever the dates
  bool uncertain = false;  // a statement that may be about it could not be read: no finding may rest on it
};

// The order of features: by the parts between the dots, so that those of a namespace are the range `first` to `last`.
[[nodiscard]] bool feature_less(std::string_view a, std::string_view b);

struct Namespace {
  std::string name;  // `meeting`
  NamespaceId parent;
  std::uint32_t first = 0, last = 0;
};

// A point that rules can be `on`: a tier's data without a class, a data class, an app …, or for the kinds that people
// name one by one, any other one; and the one point of the features that act on nothing.
struct Object : Declared {
  ActsOn kind = ActsOn::nothing;  // `tier` for a tier's own point
  TierId tier;                    // of `tier` and `data`
  bool other = false;             // any app (…) that is not declared; its name is empty
};

struct Context : Declared {
  std::vector<std::string> values;
  std::vector<Localized> value_titles;
};

struct Control : Declared {
  bool of_account = false;
  std::vector<ControlId> excludes;  // sorted
};

// `condition NAME = …`
struct NamedCondition : Declared {
  ConditionId condition;
  std::string text;  // canonical, of the condition
};

// Subjects × features × objects × condition, each list not multiplied out.
struct Area {
  std::vector<SubjectTermId> subjects;
  std::vector<FeatureTermId> features;
  std::vector<ObjectTermId> objects;
  ConditionId when;
};

// Where the parts of a rule stand, for labels and repairs. `objects` and the like are no place where left out.
struct AreaSpans {
  Span statement, subjects, subject_terms, features, feature_terms, objects, object_terms, when;
  bool subjects_except = false, features_except = false, objects_except = false;
};

enum class Verb : std::uint8_t { allow, deny, forbid, only };
[[nodiscard]] std::string_view to_string(Verb verb);

struct Rule {
  Verb verb = Verb::allow;
  Area area;
  std::vector<ControlId> controls;  // sorted
  std::optional<base::Date> from, until;
  Localized because;
  std::string kept_by;  // who keeps it where no setting does
  std::string label;    // empty: none
  bool final = false;
  std::string text;  // canonical, without the label: the same for every layout
  AreaSpans spans;
  Span verb_span;

  [[nodiscard]] bool is_live(base::Date day) const { return (!from || *from <= day) && (!until || day <= *until); }
  // How outputs refer to it.
  [[nodiscard]] const std::string& reference() const { return label.empty() ? text : label; }
};

// `roles X = …` and its like. Rules hold what it stands for; the name is kept for advice, and for people who ask.
struct NamedSet : Declared {
  enum class Kind : std::uint8_t { roles, features, objects };
  Kind kind = Kind::roles;
  std::string text;  // canonical, of the statement
  bool used = false;
  // What it stands for, in the order written: one of these, and none where it could not be read.
  std::vector<SubjectTerm> roles;
  std::vector<FeatureTerm> features;
  std::vector<ObjectTerm> objects;
};

struct Guardrail {
  enum class Kind : std::uint8_t { never, always, require };
  Kind kind = Kind::never;
  Area area;
  std::vector<ControlId> controls;  // of `require`
  Localized because;
  std::string label;
  std::string text;
  AreaSpans spans;
};

struct Separation {
  std::vector<RoleId> roles;  // one of the two is empty
  std::vector<FeatureId> features;
  std::uint32_t at_most = 1;
  Localized because;
  std::string label;
  std::string text;
  Span span;
};

struct Expectation {
  enum class Effect : std::uint8_t { allow, deny, none };
  Effect effect = Effect::allow;
  Area area;
  std::vector<ControlId> controls;
  std::optional<base::Date> day;  // the day that it is about, if that is not the day of the decisions
  std::string text;
  AreaSpans spans;
};

// `expect [no] finding ID [for THINGS]`
struct FindingExpectation {
  bool absent = false;
  std::string finding;
  std::vector<std::string> things;  // each of them; empty: anything
  std::string text;                 // canonical
  Span span;
};

struct Test {
  std::string name;
  std::vector<Expectation> expectations;
  std::vector<FindingExpectation> findings;
  Span span;
};

struct Waiver {
  std::string finding;
  std::vector<std::string> things;
  std::optional<base::Date> until;
  Localized because;
  std::string by, instead;
  Span span;
};

// `severity { … }`
struct SeveritySetting {
  std::string finding;
  std::string setting;  // `error`, `warning` or `off`
  Span span;
};

// Stores, facts, bindings: what no later stage of the language itself needs, kept for packs and reports.
struct Entity : Declared {
  std::string kind;
};

struct Binding {
  std::string kind, name, id;
  Span span;
};

// A statement of the organisation's own files in its one spelling: equal for every layout.
struct StatementText {
  enum class Kind : std::uint8_t {
    policy,
    use,
    drop,
    tiers,
    declaration,  // of a role, data, a feature …
    context,
    condition,
    set,
    bind,
    fact,  // and `severity { … }`
    rule,
    guardrail,
    require,
    separate,
    test,
    waive,
    words,
    check,
  };
  Kind kind = Kind::rule;
  std::string text;        // with label, `final` and all translations
  std::uint32_t body = 0;  // where in the text the statement itself begins, behind label and `final`
  std::string doc;         // of `///`
  Span span;

  [[nodiscard]] std::string_view without_label() const { return std::string_view(text).substr(body); }
  [[nodiscard]] bool is_final() const { return std::string_view(text).substr(0, body).ends_with("final "); }
};

struct UsedLibrary {
  std::string name;
  bool pack = false;
  std::string version;
};

class Model {
 public:
  Declared policy;  // `name` is the title as written; empty without a `policy` statement
  std::vector<UsedLibrary> libraries;
  std::vector<Tier> tiers;  // lowest first; never empty: without `tiers` one nameless tier
  std::vector<Role> roles;  // sorted by name, as the following
  std::vector<Feature> features;
  std::vector<Namespace> namespaces;
  std::vector<Object> objects;  // tiers first, in their order, then data, apps …, the others, nothing
  std::vector<Context> contexts;
  std::vector<Control> controls;
  std::vector<Entity> entities;

  std::vector<SubjectTerm> subject_terms;  // interned: equal ids mean equal sets
  std::vector<FeatureTerm> feature_terms;
  std::vector<ObjectTerm> object_terms;
  std::vector<Condition> conditions;  // the first is "always"
  bool roles_are_excepted = false;    // some list of roles has an `except`
  std::vector<NamedSet> sets;
  std::vector<NamedCondition> named_conditions;  // sorted by name; those that could be read
  std::optional<ConditionId> asked;              // the condition of a question, such as `explain --when`

  std::vector<Rule> rules;  // in the order of their text, so that nothing depends on layout
  std::vector<Guardrail> guardrails;
  std::vector<Separation> separations;
  std::vector<Test> tests;
  std::vector<Waiver> waivers;
  std::vector<SeveritySetting> severities;  // sorted by finding, each once
  std::vector<Check> checks;                // by id
  std::vector<Parameter> parameters;        // by pack and name
  std::vector<Binding> bindings;

  // Every statement of the organisation's own files, sorted by text: what a digest is made of, and what a comparison
  // has to account for. `include` is none: how a policy is spread over files is layout.
  std::vector<StatementText> canonical;

  // Whoever holds no role: the id after the last role.
  [[nodiscard]] RoleId nobody() const { return RoleId{roles.size()}; }
  [[nodiscard]] bool is_ancestor(RoleId ancestor, RoleId role) const;  // or the same
  // The objects that features of a kind act on. For `data`: tiers, then data classes.
  [[nodiscard]] const std::vector<ObjectId>& objects_of(ActsOn kind) const {
    return objects_of_[static_cast<std::size_t>(kind)];
  }
  [[nodiscard]] ObjectId object_of(TierId tier) const { return ObjectId{tier.index()}; }

  [[nodiscard]] const Role& operator[](RoleId id) const { return roles[id.index()]; }
  [[nodiscard]] const Feature& operator[](FeatureId id) const { return features[id.index()]; }
  [[nodiscard]] const Namespace& operator[](NamespaceId id) const { return namespaces[id.index()]; }
  [[nodiscard]] const Tier& operator[](TierId id) const { return tiers[id.index()]; }
  [[nodiscard]] const Object& operator[](ObjectId id) const { return objects[id.index()]; }
  [[nodiscard]] const Context& operator[](ContextId id) const { return contexts[id.index()]; }
  [[nodiscard]] const Control& operator[](ControlId id) const { return controls[id.index()]; }
  [[nodiscard]] const SubjectTerm& operator[](SubjectTermId id) const { return subject_terms[id.index()]; }
  [[nodiscard]] const FeatureTerm& operator[](FeatureTermId id) const { return feature_terms[id.index()]; }
  [[nodiscard]] const ObjectTerm& operator[](ObjectTermId id) const { return object_terms[id.index()]; }
  [[nodiscard]] const Condition& operator[](ConditionId id) const { return conditions[id.index()]; }
  [[nodiscard]] const Rule& operator[](RuleId id) const { return rules[id.index()]; }

  [[nodiscard]] std::optional<RoleId> find_role(std::string_view name) const;
  [[nodiscard]] std::optional<FeatureId> find_feature(std::string_view name) const;
  [[nodiscard]] std::optional<NamespaceId> find_namespace(std::string_view name) const;
  [[nodiscard]] std::optional<ObjectId> find_object(std::string_view name) const;

  // To be called once when roles, objects and features stand: makes the derived tables.
  void index_objects();

 private:
  std::vector<ObjectId> objects_of_[acts_on_count];
};

}  // namespace farol::model
