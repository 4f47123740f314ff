#include "target/dingtalk/permissions_document.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "model/localized_json.h"

// The words of the enumerations, in their order.
namespace farol {
namespace {

template <class Enumeration, std::size_t count>
std::array<std::string_view, count> words_by_to_string() {
  std::array<std::string_view, count> words;
  for (std::size_t i = 0; i < count; ++i) words[i] = to_string(static_cast<Enumeration>(i));
  return words;
}

}  // namespace

namespace model {
static std::array<std::string_view, acts_on_count> json_words(ActsOn) {
  return words_by_to_string<ActsOn, acts_on_count>();
}
static std::array<std::string_view, 5> json_words(KeptBy) { return words_by_to_string<KeptBy, 5>(); }
}  // namespace model

namespace decide {
static std::array<std::string_view, 12> json_words(Shortfall) { return words_by_to_string<Shortfall, 12>(); }
}  // namespace decide

namespace dingtalk {
namespace {

using base::constant;
using base::field;
using base::json_object;
using base::JsonEmpty;
using base::JsonList;
using base::JsonNode;
using base::JsonReading;
using base::JsonTextForm;
using base::JsonWriter;
using base::part;
using Document = PermissionsDocument;
using Layout = JsonWriter::Layout;

constexpr std::size_t bytes_of_permission = 400;           // about what one takes in the document
constexpr std::int64_t largest_number = 9007199254740991;  // that every reader of JSON keeps

constexpr JsonTextForm step_id{.name = "step_id", .pattern = "^s-[0-9a-f]{12}$"};
constexpr JsonTextForm key_form{.name = "key",
                                .pattern = "^(role|members|department|data|store|creator|app|group|place|tenant)\\..",
                                .description = "The name of an id of the tenant: role.hr"};
constexpr JsonTextForm digest_form{.pattern = "^sha256:[0-9a-f]{64}$"};
constexpr JsonTextForm path_form{.pattern = "^/[^?#\\s]*$", .excluded = "\\.\\."};

constexpr std::array<std::string_view, 4> thing_kinds{"app", "group", "place", "department"};
constexpr std::array<std::string_view, 3> control_keepers{"console", "people", "nobody"};
constexpr std::array<std::string_view, 3> unsupported_keepers{"people", "nobody", "withheld"};
constexpr std::array<std::string_view, 4> methods{"GET", "POST", "PUT", "DELETE"};
constexpr std::array<std::string_view, 4> hosts{"api.dingtalk.com", "oapi.dingtalk.com", "api.dingtalk.io",
                                                "oapi.dingtalk.io"};
constexpr std::array<std::string_view, 3> editions{"standard", "professional", "exclusive"};

constexpr base::JsonRules or_null{.empty = JsonEmpty::null};
constexpr base::JsonRules any_text_or_null{.empty = JsonEmpty::null, .text = &base::json_any_text};
constexpr base::JsonRules edition_rules{.empty = JsonEmpty::null, .words = editions};
constexpr base::JsonRules key_or_null{.empty = JsonEmpty::null, .text = &key_form};
constexpr base::JsonRules key_rules{.text = &key_form};
constexpr base::JsonRules each_on_a_line{.list = JsonList::lines, .min_items = 1};
constexpr base::JsonRules step_ids{.text = &step_id, .unique = true};
constexpr base::JsonRules unique_texts{.unique = true};
constexpr base::JsonRules at_least_one{.min_items = 1};

}  // namespace

static std::array<std::string_view, 2> json_words(Document::Effect) { return {"allow", "deny"}; }
static std::array<std::string_view, 2> json_words(Document::ControlOf) { return {"account", "permission"}; }
static std::array<std::string_view, 3> json_words(Document::SubjectKind) { return {"role", "department", "users"}; }
static std::array<std::string_view, 2> json_words(Document::Confidence) { return {"documented", "low"}; }
static std::array<std::string_view, 3> json_words(Document::Severity) { return {"error", "warning", "note"}; }
static std::array<std::string_view, 3> json_words(StepKind) { return words_by_to_string<StepKind, 3>(); }

// Values of requests -------------------------------------------------------------------------------------------------

static void write_json_value(JsonWriter& json, const Value::Object& members, const base::NoContext&) {
  write(json, object(members));
}

static void read_json_value(const JsonNode& node, Value& value, JsonReading& reading);

static void read_json_value(const JsonNode& node, Value::Object& members, JsonReading& reading) {
  if (node.kind != JsonNode::Kind::object) return reading.expect("an object", node);
  for (const auto& [key, member] : node.members) {
    const JsonReading::Inside inside{reading, {key}};
    members.push_back({key, {}});
    read_json_value(member, members.back().value, reading);
  }
}

static void read_json_list(const JsonNode& node, Value::List& values, JsonReading& reading) {
  for (std::size_t i = 0; i < node.items.size(); ++i) {
    const JsonReading::Inside inside{reading, {{}, i}};
    read_json_value(node.items[i], values.emplace_back(), reading);
  }
}

static void read_json_value(const JsonNode& node, Value& value, JsonReading& reading) {
  switch (node.kind) {
    case JsonNode::Kind::null: return reading.expect("a value", node);
    case JsonNode::Kind::boolean: value = boolean(node.text == "true"); return;
    case JsonNode::Kind::number: {
      std::int64_t read = 0;
      if (base::read_json_number(node, read, reading)) value = number(read);
      return;
    }
    case JsonNode::Kind::text: value = text(node.text); return;
    case JsonNode::Kind::list: read_json_list(node, value.data.emplace<Value::List>(), reading); return;
    case JsonNode::Kind::object: break;
  }
  if (const JsonNode* bind = node.find("bind")) {
    value.data = Unbound{bind->text};
  } else if (const JsonNode* parts = node.find("joined")) {
    read_json_list(*parts, value.data.emplace<Value::Joined>().parts, reading);
  } else {
    read_json_value(node, value.data.emplace<Value::Object>(), reading);
  }
}

static void write_json_value(JsonWriter& json, const Document::BoundIds& bound, const base::NoContext&) {
  if (bound.ids.empty()) return json.null();
  if (!bound.list) return json.string(bound.ids.front());
  json.strings(bound.ids);
}

static void read_json_value(const JsonNode& node, Document::BoundIds& bound, JsonReading& reading) {
  bound.list = node.kind == JsonNode::Kind::list;
  if (bound.list) {
    base::read_json(node, bound.ids, reading);
  } else if (node.kind != JsonNode::Kind::null) {
    base::read_json(node, bound.ids.emplace_back(), reading);
  }
}

namespace {

struct Bind {
  std::string bind;
};
constexpr auto json_fields(const Bind*) {
  return json_object("bind", Layout::line, field("bind", &Bind::bind, key_rules));
}
// A text, or an id that is missing.
struct JoinedPart {};
struct Joined {
  std::vector<JoinedPart> joined;
};
constexpr auto json_fields(const Joined*) {
  return json_object("joined", Layout::line, field("joined", &Joined::joined, at_least_one));
}

// Writes `"anyOf": […]` of what each function writes into an object.
void write_any_of(JsonWriter& json, const std::vector<base::JsonSchema::Write>& choices) {
  json.key("anyOf").begin_array();
  for (const auto& choice : choices) {
    json.begin_object(Layout::line);
    choice(json);
    json.end_object();
  }
  json.end_array();
}

void write_json_schema(base::JsonSchema& schema, JsonWriter& json, const JoinedPart*) {
  write_any_of(json, {[&](JsonWriter& choice) { base::write_text_schema(schema, choice, {}); },
                      [&](JsonWriter& choice) { base::write_schema<Bind>(schema, choice); }});
}

}  // namespace

static void write_json_schema(base::JsonSchema& schema, JsonWriter& json, const Document::BoundIds*) {
  write_any_of(
      json, {[](JsonWriter& choice) { choice.key("type").string("null"); },
             [&](JsonWriter& choice) { base::write_text_schema(schema, choice, {}); },
             [&](JsonWriter& choice) { base::write_schema<std::vector<std::string>>(schema, choice, at_least_one); }});
}

static void write_json_schema(base::JsonSchema& schema, JsonWriter& json, const Value::Object*);

static void write_json_schema(base::JsonSchema& schema, JsonWriter& json, const Value*) {
  schema.refer(json, "value", [&schema](JsonWriter& definition) {
    definition.key("description").string("JSON in which an id of the tenant may be missing.");
    write_any_of(definition, {[](JsonWriter& choice) { choice.key("type").string("boolean"); },
                              [](JsonWriter& choice) {
                                choice.key("type").string("integer");
                                choice.key("minimum").number(-largest_number);
                                choice.key("maximum").number(largest_number);
                              },
                              [](JsonWriter& choice) { choice.key("type").string("string"); },
                              [&](JsonWriter& choice) { base::write_schema<Bind>(schema, choice); },
                              [&](JsonWriter& choice) { base::write_schema<Joined>(schema, choice); },
                              [&](JsonWriter& choice) { base::write_schema<Value::List>(schema, choice); },
                              [&](JsonWriter& choice) { base::write_schema<Value::Object>(schema, choice); }});
  });
}

static void write_json_schema(base::JsonSchema& schema, JsonWriter& json, const Value::Object*) {
  schema.refer(json, "members", [&schema](JsonWriter& definition) {
    definition.key("type").string("object");
    definition.key("additionalProperties").begin_object(Layout::line);
    write_json_schema(schema, definition, static_cast<const Value*>(nullptr));
    definition.end_object();
  });
}

// The tables ---------------------------------------------------------------------------------------------------------

constexpr auto json_fields(const Document::ReadMe*) {
  return json_object("read_me", Layout::lines, field("en", &Document::ReadMe::en, each_on_a_line),
                     field("zh-Hant", &Document::ReadMe::zh_hant, each_on_a_line),
                     field("zh-Hans", &Document::ReadMe::zh_hans, each_on_a_line),
                     field("pt", &Document::ReadMe::pt, each_on_a_line));
}
constexpr auto json_fields(const Document::Generator*) {
  return json_object("generator", Layout::line, constant("name", "farol"),
                     field("version", &Document::Generator::version));
}
constexpr auto json_fields(const Document::Library*) {
  using It = Document::Library;
  return json_object("library", Layout::line, field("name", &It::name), field("pack", &It::pack),
                     field("version", &It::version, {.text = &base::json_any_text}));
}
constexpr auto json_fields(const Document::Policy*) {
  using It = Document::Policy;
  return json_object("policy", Layout::lines, field("title", &It::title), field("jurisdiction", &It::jurisdiction),
                     field("sector", &It::sector, any_text_or_null), field("headcount", &It::headcount),
                     field("account", &It::account, any_text_or_null), field("edition", &It::edition, any_text_or_null),
                     field("digest", &It::digest, {.text = &digest_form}), field("libraries", &It::libraries));
}
constexpr auto json_fields(const Document::KeptCounts*) {
  using It = Document::KeptCounts;
  return json_object("kept_counts", Layout::line, field("api", &It::api), field("console", &It::console),
                     field("people", &It::people), field("nobody", &It::nobody),
                     field("withheld", &It::withheld, {.may_be_absent = true}));
}
constexpr auto json_fields(const Document::Summary*) {
  using It = Document::Summary;
  return json_object("summary", Layout::lines, field("rules", &It::rules), field("permissions", &It::permissions),
                     field("kept_by", &It::kept_by));
}

// Name, title and documentation, then what the thing has besides.
template <class... Members>
constexpr auto declared_object(std::string_view name, Members... members) {
  using It = Document::Declared;
  return json_object(name, Layout::lines, field("name", &It::name), field("title", &It::title),
                     field("doc", &It::doc, any_text_or_null), members...);
}
constexpr auto json_fields(const Document::Tier*) { return declared_object("tier"); }
constexpr auto json_fields(const Document::Data*) {
  return declared_object("data", field("tier", &Document::Data::tier, or_null));
}
constexpr auto json_fields(const Document::Thing*) {
  return declared_object("thing", field("kind", &Document::Thing::kind, {.words = thing_kinds}));
}
constexpr auto json_fields(const Document::Feature*) {
  return declared_object("feature", field("acts_on", &Document::Feature::acts_on),
                         field("governed", &Document::Feature::governed));
}
constexpr auto json_fields(const Document::ContextValue*) {
  return json_object("context_value", Layout::line, field("name", &Document::ContextValue::name),
                     field("title", &Document::ContextValue::title));
}
constexpr auto json_fields(const Document::Context*) {
  return declared_object("context", field("values", &Document::Context::values, at_least_one));
}
constexpr auto json_fields(const Document::Control*) {
  using It = Document::Control;
  return declared_object("control", field("of", &It::of), field("kept_by", &It::kept_by, {.words = control_keepers}),
                         field("steps", &It::steps, {.text = &step_id}));
}
constexpr auto json_fields(const Document::Subject*) {
  return json_object("subject", Layout::line, field("kind", &Document::Subject::kind),
                     field("name", &Document::Subject::name, any_text_or_null));
}
constexpr auto json_fields(const Document::Role*) {
  using It = Document::Role;
  return declared_object("role", field("inherits", &It::inherits), field("subjects", &It::subjects, at_least_one),
                         field("clearance", &It::clearance, or_null), field("admin", &It::admin));
}
// What somebody or something keeps has at least one step.
static void write_kept_by_some_step(JsonWriter& schema) {
  schema.key("if").begin_object(Layout::line);
  schema.key("properties").begin_object();
  schema.key("kept_by").begin_object();
  schema.key("not").begin_object();
  // Nobody has a step where nobody keeps it, and people none where everybody may.
  schema.key("enum").strings(std::array<std::string_view, 2>{"nobody", "people"});
  for (int depth = 0; depth < 4; ++depth) schema.end_object();
  schema.key("then").begin_object(Layout::line);
  schema.key("properties").begin_object();
  schema.key("steps").begin_object();
  schema.key("minItems").number(1);
  for (int depth = 0; depth < 3; ++depth) schema.end_object();
}

constexpr auto json_fields(const Document::Permission*) {
  using It = Document::Permission;
  auto object =
      json_object("permission", Layout::lines, field("role", &It::role, or_null), field("feature", &It::feature),
                  field("objects", &It::objects, unique_texts), field("effect", &It::effect),
                  field("when", &It::when, at_least_one), field("controls", &It::controls),
                  field("expires", &It::expires), field("because", &It::because, {.list = JsonList::lines}),
                  field("rules", &It::rules, {.list = JsonList::lines_if_several, .min_items = 1}),
                  field("kept_by", &It::kept_by), field("steps", &It::steps, step_ids));
  object.write_conditions = write_kept_by_some_step;
  return object;
}

constexpr auto json_fields(const Document::Client*) {
  return json_object("client", Layout::line, field("package", &Document::Client::package),
                     field("method", &Document::Client::method));
}
constexpr auto json_fields(const Document::Request*) {
  using It = Document::Request;
  return json_object("request", Layout::lines, field("method", &It::method, {.words = methods}),
                     field("host", &It::host, {.words = hosts}), field("path", &It::path, {.text = &path_form}),
                     field("path_parameters", &It::path_parameters), field("query", &It::query),
                     field("body", &It::body, or_null), field("permission_code", &It::permission_code, or_null),
                     field("client", &It::client), field("documented", &It::documented));
}
constexpr auto json_fields(const Document::ApiPart*) {
  using It = Document::ApiPart;
  return json_object("api", Layout::lines, field("request", &It::request),
                     field("for_each", &It::for_each, key_or_null), field("only_reads", &It::only_reads),
                     field("check", &It::check), field("undo_request", &It::undo_request));
}
constexpr auto json_fields(const Document::ConsolePart*) {
  using It = Document::ConsolePart;
  return json_object("console", Layout::lines, field("menu", &It::menu, or_null),
                     field("menu_confidence", &It::menu_confidence), field("setting", &It::setting, or_null));
}
constexpr auto json_fields(const Document::Step*) {
  using It = Document::Step;
  return json_object("step", Layout::lines, field("id", &It::id, {.text = &step_id}), field("target", &It::target),
                     field("kind", &It::kind), field("after", &It::after, step_ids), field("title", &It::title),
                     field("value", &It::value, or_null), field("note", &It::note, or_null),
                     field("why", &It::why, {.list = JsonList::lines_if_several}), field("features", &It::features),
                     field("controls", &It::controls), part("kind", "api", &It::api),
                     part("kind", "console", &It::console), field("verify", &It::verify), field("undo", &It::undo),
                     field("evidence", &It::evidence), field("edition", &It::edition, edition_rules),
                     field("source", &It::source, or_null));
}

constexpr auto json_fields(const Document::Binding*) {
  using It = Document::Binding;
  return json_object("binding", Layout::lines, field("key", &It::key, key_rules), field("title", &It::title),
                     field("list", &It::list), field("value", &It::value), field("lookup", &It::lookup, or_null),
                     field("bind", &It::bind));
}
constexpr auto json_fields(const Document::UnsupportedPermission*) {
  using It = Document::UnsupportedPermission;
  return json_object("unsupported_permission", Layout::line, field("role", &It::role, or_null),
                     field("objects", &It::objects), field("effect", &It::effect),
                     field("when", &It::when, at_least_one),
                     field("kept_by", &It::kept_by, {.words = unsupported_keepers}));
}
constexpr auto json_fields(const Document::Unsupported*) {
  using It = Document::Unsupported;
  return json_object("unsupported", Layout::lines, field("feature", &It::feature), field("reason", &It::reason),
                     field("why", &It::why), field("permissions", &It::permissions, at_least_one));
}
constexpr auto json_fields(const Document::FeatureOnObjects*) {
  using It = Document::FeatureOnObjects;
  return json_object("feature_on_objects", Layout::line, field("feature", &It::feature),
                     field("objects", &It::objects));
}
constexpr auto json_fields(const Document::SeveralRoles*) {
  using It = Document::SeveralRoles;
  return json_object("several_roles", Layout::lines, field("roles", &It::roles), field("people", &It::people),
                     field("effect", &It::effect), field("what", &It::what, at_least_one), field("rules", &It::rules),
                     field("why", &It::why));
}
constexpr auto json_fields(const Document::Citation*) {
  using It = Document::Citation;
  return json_object("citation", Layout::lines, field("law", &It::law, or_null),
                     field("article", &It::article, or_null), field("url", &It::url, or_null),
                     field("checked", &It::checked));
}
constexpr auto json_fields(const Document::Gap*) {
  using It = Document::Gap;
  return json_object("gap", Layout::lines, field("check", &It::check), field("pack", &It::pack, or_null),
                     field("severity", &It::severity), field("basis", &It::basis, or_null),
                     field("confidence", &It::confidence, or_null), field("things", &It::things),
                     field("message", &It::message, or_null), field("remedy", &It::remedy, or_null),
                     field("citations", &It::citations));
}
constexpr auto json_fields(const Document::Requires*) {
  using It = Document::Requires;
  return json_object("requires", Layout::lines,
                     constant("app_type", "企业内部应用"),  // the only kind of app that has these permission codes
                     field("permission_codes", &It::permission_codes, {.list = JsonList::lines, .unique = true}),
                     field("sensitive_permission_codes", &It::sensitive_permission_codes, unique_texts),
                     field("editions", &It::editions, unique_texts), field("requests", &It::requests),
                     field("counted_requests", &It::counted_requests),
                     field("counted_requests_a_month", &It::counted_requests_a_month));
}
constexpr auto json_fields(const Document*) {
  using It = Document;
  return json_object("document", Layout::lines, field("read_me", &It::read_me), constant("schema", permissions_schema),
                     field("generator", &It::generator), field("as_of", &It::as_of), field("policy", &It::policy),
                     field("summary", &It::summary), field("tiers", &It::tiers), field("data", &It::data),
                     field("things", &It::things), field("features", &It::features), field("contexts", &It::contexts),
                     field("controls", &It::controls), field("roles", &It::roles), constant("default", "none"),
                     field("permissions", &It::permissions),
                     field("ungoverned", &It::ungoverned, {.list = JsonList::lines}), field("steps", &It::steps),
                     field("bindings", &It::bindings), field("unsupported", &It::unsupported),
                     field("several_roles", &It::several_roles, {.may_be_absent = true}),
                     field("gaps", &It::gaps, {.may_be_absent = true}), field("requires", &It::requirements));
}

std::string to_json(const PermissionsDocument& document) {
  return base::to_json(document, base::NoContext{}, document.permissions.size() * bytes_of_permission);
}

std::variant<PermissionsDocument, NotPermissions> read_permissions(std::string_view text) {
  const auto tree = base::read_json_tree(text);
  if (const auto* fault = std::get_if<base::JsonFault>(&tree)) {
    const std::string_view before = text.substr(0, fault->offset);
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    return NotPermissions{
        {fmt::format("not a JSON document that `farol compile` writes: line {}: {}", line, fault->reason)}};
  }
  const JsonNode& root = std::get<JsonNode>(tree);
  const JsonNode* schema = root.find("schema");
  if (schema == nullptr || schema->text != permissions_schema)
    return NotPermissions{
        {fmt::format("`schema` is not `{}`: not a permissions.json of this version", permissions_schema)}};
  PermissionsDocument document;
  JsonReading reading;
  base::read_json(root, document, reading);
  if (!reading.problems().empty()) return NotPermissions{reading.problems()};
  return document;
}

std::string permissions_json_schema() {
  base::JsonSchema schema;
  return schema.document(
      "urn:farol:schema:farol-permissions-1", "permissions.json of Farol",
      "The decisions of a policy, and what an administrator does so that DingTalk keeps them. Explained in "
      "docs/output-format.md.",
      [&](base::JsonWriter& json) { base::write_object_schema<PermissionsDocument>(schema, json); });
}

}  // namespace dingtalk
}  // namespace farol
