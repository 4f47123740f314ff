#include "target/dingtalk/permissions_document.h"

#include <array>
#include <utility>

#include <fmt/format.h>

#include "target/dingtalk/document_words.h"

namespace farol::dingtalk {
namespace {

using Document = PermissionsDocument;

constexpr std::size_t bytes_of_decision = 600;    // about what one takes in the document
constexpr std::size_t most_answers = 16'000'000;  // far above what a policy of the size that the language takes has

constexpr std::array<std::string_view, 4> thing_kinds{"app", "group", "place", "department"};
constexpr std::array<std::string_view, 3> control_keepers{"console", "people", "nobody"};
constexpr std::array<std::string_view, 2> setters{"api", "console"};

constexpr base::JsonRules any_text_if_any{.empty = JsonEmpty::omitted, .text = &base::json_any_text};
constexpr base::JsonRules each_on_a_line{.list = JsonList::lines, .min_items = 1};
constexpr base::JsonRules step_ids{.text = &step_id_form, .unique = true};
constexpr base::JsonRules unique_texts{.unique = true};
constexpr base::JsonRules at_least_one{.min_items = 1};

}  // namespace

static std::array<std::string_view, 2> json_words(Document::ControlOf) { return {"account", "permission"}; }
static std::array<std::string_view, 3> json_words(Document::Severity) { return {"error", "warning", "note"}; }

static void write_json_value(JsonWriter& json, const Document::Holder& holder, const base::NoContext&) {
  if (holder.role.empty()) return json.null();
  json.string(holder.role);
}
static void read_json_value(const JsonNode& node, Document::Holder& holder, JsonReading& reading) {
  if (node.kind != JsonNode::Kind::null) base::read_json(node, holder.role, reading);
}
static void write_json_schema(base::JsonSchema& schema, JsonWriter& json, const Document::Holder*) {
  base::write_schema<std::string>(schema, json, or_null);
}

// The tables ---------------------------------------------------------------------------------------------------------

constexpr auto json_fields(const Document::Library*) {
  using It = Document::Library;
  return json_object("library", Layout::line, field("name", &It::name), field("pack", &It::pack),
                     field("version", &It::version, {.text = &base::json_any_text}));
}
constexpr auto json_fields(const Document::Policy*) {
  using It = Document::Policy;
  return json_object("policy", Layout::lines, field("title", &It::title, any_text_if_any),
                     field("jurisdiction", &It::jurisdiction), field("sector", &It::sector, any_text_or_null),
                     field("headcount", &It::headcount), field("account", &It::account, any_text_or_null),
                     field("edition", &It::edition, any_text_or_null),
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
constexpr auto declared_object(std::string_view name, Layout layout, Members... members) {
  using It = Document::Declared;
  return json_object(name, layout, field("name", &It::name), field("title", &It::title, any_text_if_any),
                     field("doc", &It::doc, any_text_if_any), members...);
}
constexpr auto json_fields(const Document::Tier*) { return declared_object("tier", Layout::line); }
constexpr auto json_fields(const Document::Data*) {
  return declared_object("data", Layout::line, field("tier", &Document::Data::tier, or_null));
}
constexpr auto json_fields(const Document::Thing*) {
  return declared_object("thing", Layout::line, field("kind", &Document::Thing::kind, {.words = thing_kinds}));
}
constexpr auto json_fields(const Document::Feature*) {
  return declared_object("feature", Layout::line, field("acts_on", &Document::Feature::acts_on),
                         field("governed", &Document::Feature::governed));
}
constexpr auto json_fields(const Document::ContextValue*) {
  return json_object("context_value", Layout::line, field("name", &Document::ContextValue::name),
                     field("title", &Document::ContextValue::title, any_text_if_any));
}
constexpr auto json_fields(const Document::Context*) {
  return declared_object("context", Layout::lines, field("values", &Document::Context::values, at_least_one));
}
constexpr auto json_fields(const Document::Control*) {
  using It = Document::Control;
  return declared_object("control", Layout::lines, field("of", &It::of),
                         field("kept_by", &It::kept_by, {.words = control_keepers}),
                         field("steps", &It::steps, {.text = &step_id_form}));
}
constexpr auto json_fields(const Document::Subject*) {
  return json_object("subject", Layout::line, field("kind", &Document::Subject::kind),
                     field("name", &Document::Subject::name, any_text_or_null));
}
constexpr auto json_fields(const Document::Role*) {
  using It = Document::Role;
  return declared_object("role", Layout::line, field("inherits", &It::inherits),
                         field("subjects", &It::subjects, at_least_one), field("clearance", &It::clearance, or_null),
                         field("admin", &It::admin));
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

constexpr auto json_fields(const Document::Row*) {
  using It = Document::Row;
  auto object = json_object("answer", Layout::line, field("roles", &It::roles, at_least_one),
                            field("features", &It::features, {.min_items = 1, .unique = true}),
                            field("objects", &It::objects, unique_texts), field("kept_by", &It::kept_by),
                            field("reason", &It::reason, if_any), field("steps", &It::steps, step_ids));
  object.write_conditions = write_kept_by_some_step;
  return object;
}
constexpr auto json_fields(const Document::Decision*) {
  using It = Document::Decision;
  return json_object("decision", Layout::lines,
                     field("rules", &It::rules, {.list = JsonList::lines_if_several, .min_items = 1}),
                     field("because", &It::because, {.list = JsonList::lines_if_several}), field("effect", &It::effect),
                     field("when", &It::when, at_least_one), field("controls", &It::controls),
                     field("expires", &It::expires), field("answers", &It::answers, at_least_one));
}

constexpr auto json_fields(const Document::Wanted*) {
  using It = Document::Wanted;
  return json_object("wanted", Layout::line, field("for", &It::whom), field("roles", &It::roles, if_any),
                     field("people", &It::people, if_any), field("value", &It::value, any_text_if_any),
                     field("scope", &It::scope, if_any));
}
constexpr auto json_fields(const Document::Setting*) {
  using It = Document::Setting;
  return json_object("setting", Layout::lines, field("menu", &It::menu, or_null),
                     field("menu_means", &It::menu_means, if_any), field("menu_confidence", &It::menu_confidence),
                     field("setting", &It::setting, or_null), field("setting_means", &It::setting_means, if_any),
                     field("what", &It::what), field("wanted", &It::wanted, at_least_one),
                     field("set_by", &It::set_by, {.words = setters}), field("steps", &It::steps, step_ids));
}
constexpr auto json_fields(const Document::Area*) {
  using It = Document::Area;
  return json_object("area", Layout::lines, field("area", &It::area, or_null), field("means", &It::means, if_any),
                     field("settings", &It::settings, at_least_one));
}
constexpr auto json_fields(const Document::Unsupported*) {
  using It = Document::Unsupported;
  return json_object("unsupported", Layout::line, field("reason", &It::reason), field("why", &It::why),
                     field("features", &It::features, {.min_items = 1, .unique = true}));
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
constexpr auto json_fields(const Document*) {
  using It = Document;
  return json_object("document", Layout::lines, field("read_me", &It::read_me, each_on_a_line),
                     constant("schema", permissions_schema), field("generator", &It::generator),
                     field("as_of", &It::as_of), field("language", &It::language), field("policy", &It::policy),
                     field("summary", &It::summary), field("settings", &It::settings), field("tiers", &It::tiers),
                     field("data", &It::data), field("things", &It::things), field("features", &It::features),
                     field("contexts", &It::contexts), field("controls", &It::controls), field("roles", &It::roles),
                     constant("default", "none"), field("decisions", &It::decisions),
                     field("ungoverned", &It::ungoverned), field("unsupported", &It::unsupported),
                     field("several_roles", &It::several_roles), field("gaps", &It::gaps));
}

std::string to_json(const PermissionsDocument& document) {
  return base::to_json(document, base::NoContext{}, document.decisions.size() * bytes_of_decision);
}

std::variant<PermissionsDocument, NotPermissions> read_permissions(const JsonNode& root) {
  PermissionsDocument document;
  JsonReading reading;
  base::read_json(root, document, reading);
  std::size_t answers = 0;
  for (const Document::Decision& decision : document.decisions) {
    for (const Document::Row& row : decision.answers) answers += row.roles.size() * row.features.size();
  }
  if (answers > most_answers) reading.complain(fmt::format("more than {} answers in `decisions`", most_answers));
  if (!reading.problems().empty()) return NotPermissions{reading.problems()};
  return document;
}

std::string permissions_json_schema() {
  base::JsonSchema schema;
  return schema.document("urn:farol:schema:farol-permissions-2", "permissions.json of Farol",
                         "The settings that a policy comes to on DingTalk, and the decisions behind them. Explained in "
                         "docs/output-format.md.",
                         [&](base::JsonWriter& json) { base::write_object_schema<PermissionsDocument>(schema, json); });
}

}  // namespace farol::dingtalk
