// permissions.json as data: the settings that a policy comes to, area by area of the console, and the decisions behind
// them. How a tenant gets there is a file of its own (steps_document.h). The same tables of fields write it, read it
// and make docs/permissions.schema.json.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/date.h"
#include "base/json_fields.h"
#include "model/model.h"
#include "target/dingtalk/admin_config.h"

namespace farol::dingtalk {

// The version of the document's form: it grows only when a reader of the old form would misread the new one.
inline constexpr std::string_view permissions_schema = "farol-permissions-2";

// The members are in the order of the keys. Names are those of the policy; texts are in one language, that of the
// document.
struct PermissionsDocument {
  enum class Effect : std::uint8_t { allow, deny };
  enum class ControlOf : std::uint8_t { account, permission };
  enum class SubjectKind : std::uint8_t { role, department, users };
  enum class Confidence : std::uint8_t { documented, low };
  enum class Severity : std::uint8_t { error, warning, note };
  using Whom = dingtalk::Wanted::Whom;
  // Alternatives of which one must hold: each context that is named must have one of its values. `{}` is always.
  using When = std::vector<base::JsonMembers<std::vector<std::string>>>;

  struct Generator {
    std::string version;
  };
  struct Library {
    std::string name;
    bool pack = false;
    std::string version;
  };
  struct Policy {
    std::string title;
    std::vector<std::string> jurisdiction;
    std::string sector;
    std::optional<std::int64_t> headcount;
    std::string account, edition, digest;
    std::vector<Library> libraries;
  };
  struct KeptCounts {
    std::size_t api = 0, console = 0, people = 0, nobody = 0, withheld = 0;
  };
  struct Summary {
    std::size_t rules = 0, permissions = 0;
    KeptCounts kept_by;
  };

  // What each declared thing has. The title is empty where the policy has none.
  struct Declared {
    std::string name, title, doc;
  };
  struct Tier : Declared {};
  struct Data : Declared {
    std::string tier;  // empty: the policy has no tiers
  };
  struct Thing : Declared {
    model::ActsOn kind = model::ActsOn::app;
  };
  struct Feature : Declared {
    model::ActsOn acts_on = model::ActsOn::nothing;
    bool governed = false;
  };
  struct ContextValue {
    std::string name, title;
  };
  struct Context : Declared {
    std::vector<ContextValue> values;
  };
  struct Control : Declared {
    ControlOf of = ControlOf::permission;
    std::optional<model::KeptBy> kept_by;  // nullopt: no permission requires it
    std::vector<std::string> steps;
  };
  struct Subject {
    SubjectKind kind = SubjectKind::role;
    std::string name;  // empty for people, whose names belong in a dated file of their own
  };
  struct Role : Declared {
    std::vector<std::string> inherits;
    std::vector<Subject> subjects;
    std::string clearance;
    bool admin = false;
  };

  // A role by its name; whoever holds none has no name.
  struct Holder {
    std::string role;
    bool operator==(const Holder&) const = default;
  };

  // For whom a setting has which value, and within which scope.
  struct Wanted {
    Whom whom = Whom::organisation;
    std::vector<Holder> roles;        // of `roles`
    std::vector<std::string> people;  // of `roles`: ids of those who are named by themselves
    std::string value, scope;         // the scope is empty where there is none
  };
  struct Setting {
    std::string menu, menu_means;  // in the words of the console, and in those of the reader
    Confidence menu_confidence = Confidence::low;
    std::string setting, setting_means;
    std::string what;  // of which feature or thing
    std::vector<Wanted> wanted;
    StepKind set_by = StepKind::console;
    std::vector<std::string> steps;
  };
  // What stands together in the console; no name: where nobody knows the menu.
  struct Area {
    std::string area, means;
    std::vector<Setting> settings;
  };

  // An answer of a decision, for each role, on each feature, on all objects.
  struct Row {
    std::vector<Holder> roles;
    std::vector<std::string> features, objects;
    model::KeptBy kept_by = model::KeptBy::nobody;
    std::optional<Reason> reason;  // why the platform does not do all of it
    std::vector<std::string> steps;
  };
  // What some rules decide together.
  struct Decision {
    std::vector<std::string> rules, because;
    Effect effect = Effect::deny;
    When when;
    std::vector<std::string> controls;
    std::optional<base::Date> expires;
    std::vector<Row> answers;
  };

  // What the policy says and the platform does not do: the rows of the decisions have the reason.
  struct Unsupported {
    Reason reason = Reason::nothing;
    std::string why;
    std::vector<std::string> features;
  };
  struct FeatureOnObjects {
    std::string feature;
    std::vector<std::string> objects;
  };
  // People with several roles for whom the platform does something else than the policy says.
  struct SeveralRoles {
    std::vector<std::string> roles, people;  // no people: it is assumed that there are some
    Effect effect = Effect::deny;            // what the policy says of them
    std::vector<FeatureOnObjects> what;
    std::vector<std::string> rules;
    std::string why;
  };
  struct Citation {
    std::string law, article, url;
    std::optional<base::Date> checked;
  };
  // Where the policy does not meet a check of its packs.
  struct Gap {
    std::string check, pack;
    Severity severity = Severity::note;
    std::string basis, confidence;
    std::vector<std::string> things;
    std::string message, remedy;
    std::vector<Citation> citations;
  };

  std::vector<std::string> read_me;
  Generator generator;
  base::Date as_of;
  base::Language language = base::Language::en;
  Policy policy;
  Summary summary;
  std::vector<Area> settings;
  std::vector<Tier> tiers;
  std::vector<Data> data;
  std::vector<Thing> things;
  std::vector<Feature> features;
  std::vector<Context> contexts;
  std::vector<Control> controls;
  std::vector<Role> roles;
  std::vector<Decision> decisions;
  std::vector<std::string> ungoverned;
  std::vector<Unsupported> unsupported;
  std::vector<SeveralRoles> several_roles;
  std::vector<Gap> gaps;
};

// The bytes of the file.
[[nodiscard]] std::string to_json(const PermissionsDocument& document);

// What is wrong with a file, each with its place: `permissions[3].effect: expected one of `allow`, `deny``.
struct NotPermissions {
  std::vector<std::string> problems;
};
// Reads a file of any origin, of this version. Keys that are not of it are passed over.
[[nodiscard]] std::variant<PermissionsDocument, NotPermissions> read_permissions(const base::JsonNode& root);

// docs/permissions.schema.json.
[[nodiscard]] std::string permissions_json_schema();

}  // namespace farol::dingtalk
