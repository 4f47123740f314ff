// permissions.json as data: the decisions of a policy for programs, and for the administrators who apply them. The same
// tables of fields write it, read it and make docs/permissions.schema.json.
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
#include "base/language_texts.h"
#include "model/model.h"
#include "target/dingtalk/admin_config.h"
#include "target/dingtalk/value.h"

namespace farol::dingtalk {

// The version of the document's form: it grows only when a reader of the old form would misread the new one.
inline constexpr std::string_view permissions_schema = "farol-permissions-1";

// The members are in the order of the keys. Names are those of the policy; texts are as people read them.
struct PermissionsDocument {
  enum class Effect : std::uint8_t { allow, deny };
  enum class ControlOf : std::uint8_t { account, permission };
  enum class SubjectKind : std::uint8_t { role, department, users };
  enum class Confidence : std::uint8_t { documented, low };
  enum class Severity : std::uint8_t { error, warning, note };
  // Alternatives of which one must hold: each context that is named must have one of its values. `{}` is always.
  using When = std::vector<base::JsonMembers<std::vector<std::string>>>;

  struct ReadMe {
    std::vector<std::string> en, zh_hant, zh_hans, pt;
  };
  struct Generator {
    std::string version;
  };
  struct Library {
    std::string name;
    bool pack = false;
    std::string version;
  };
  struct Policy {
    model::Localized title;
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

  // What each declared thing has. The title is the name if the policy has none.
  struct Declared {
    std::string name;
    model::Localized title;
    std::string doc;
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
    std::string name;
    model::Localized title;
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

  struct Permission {
    std::string role;  // empty: whoever holds no role
    std::string feature;
    std::vector<std::string> objects;
    Effect effect = Effect::deny;
    When when;
    std::vector<std::string> controls;
    std::optional<base::Date> expires;
    std::vector<model::Localized> because;
    std::vector<std::string> rules;
    model::KeptBy kept_by = model::KeptBy::nobody;
    std::vector<std::string> steps;
  };

  struct Client {
    std::string package, method;
  };
  struct Request {
    std::string method, host, path;
    Value::Object path_parameters, query, body;
    std::string permission_code;
    std::optional<Client> client;
    bool documented = false;
  };
  struct ApiPart {
    Request request;
    std::string for_each;
    bool only_reads = false;
    std::optional<Request> check, undo_request;
  };
  struct ConsolePart {
    std::string menu;
    Confidence menu_confidence = Confidence::low;
    std::string setting;
  };
  struct Step {
    std::string id, target;
    StepKind kind = StepKind::people;
    std::vector<std::string> after;
    base::LanguageTexts title, value, note;
    std::vector<std::string> why, features, controls;
    std::optional<ApiPart> api;          // if `kind` is `api`
    std::optional<ConsolePart> console;  // if `kind` is `console`
    base::LanguageTexts verify, undo, evidence;
    std::string edition, source;
  };

  // Ids of the tenant that the policy binds; none yet if `ids` is empty.
  struct BoundIds {
    std::vector<std::string> ids;
    bool list = false;  // written as a list, even if it is one id
  };
  // An id of the tenant that some step needs.
  struct Binding {
    std::string key;
    base::LanguageTexts title;
    bool list = false;
    BoundIds value;
    std::string lookup, bind;
  };
  struct UnsupportedPermission {
    std::string role;
    std::vector<std::string> objects;
    Effect effect = Effect::deny;
    When when;
    model::KeptBy kept_by = model::KeptBy::nobody;
  };
  // What the policy says about a feature and the platform does not do.
  struct Unsupported {
    std::string feature;
    Reason reason = Reason::nothing;
    base::LanguageTexts why;
    std::vector<UnsupportedPermission> permissions;
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
    base::LanguageTexts why;
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
    model::Localized message, remedy;
    std::vector<Citation> citations;
  };
  struct Requires {
    std::vector<std::string> permission_codes, sensitive_permission_codes, editions;
    std::size_t requests = 0, counted_requests = 0, counted_requests_a_month = 0;
  };

  ReadMe read_me;
  Generator generator;
  base::Date as_of;
  Policy policy;
  Summary summary;
  std::vector<Tier> tiers;
  std::vector<Data> data;
  std::vector<Thing> things;
  std::vector<Feature> features;
  std::vector<Context> contexts;
  std::vector<Control> controls;
  std::vector<Role> roles;
  std::vector<Permission> permissions;
  std::vector<std::string> ungoverned;
  std::vector<Step> steps;
  std::vector<Binding> bindings;
  std::vector<Unsupported> unsupported;
  std::vector<SeveralRoles> several_roles;
  std::vector<Gap> gaps;
  Requires requirements;
};

// The bytes of the file.
[[nodiscard]] std::string to_json(const PermissionsDocument& document);

// What is wrong with a file, each with its place: `permissions[3].effect: expected one of `allow`, `deny``.
struct NotPermissions {
  std::vector<std::string> problems;
};
// Reads a file of any origin. Keys that are not of this version are passed over.
[[nodiscard]] std::variant<PermissionsDocument, NotPermissions> read_permissions(std::string_view text);

// docs/permissions.schema.json.
[[nodiscard]] std::string permissions_json_schema();

}  // namespace farol::dingtalk
