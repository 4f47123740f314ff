#include "target/dingtalk/steps_document.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "target/dingtalk/document_words.h"
#include "target/dingtalk/value_json.h"

namespace farol::dingtalk {
namespace {

using base::part;
using Steps = StepsDocument;

constexpr std::size_t bytes_of_step = 1500;  // about what one takes in the document

constexpr base::JsonTextForm path_form{.pattern = "^/[^?#\\s]*$", .excluded = "\\.\\."};
constexpr std::array<std::string_view, 4> methods{"GET", "POST", "PUT", "DELETE"};
constexpr std::array<std::string_view, 4> addresses{"api.dingtalk.com", "oapi.dingtalk.com", "api.dingtalk.io",
                                                    "oapi.dingtalk.io"};
constexpr std::array<std::string_view, 2> token_places{"header x-acs-dingtalk-access-token", "query access_token"};

constexpr base::JsonRules any_text{.text = &base::json_any_text};
constexpr base::JsonRules key_rules{.text = &key_form};
constexpr base::JsonRules key_or_null{.empty = JsonEmpty::null, .text = &key_form};
constexpr base::JsonRules ids_of_steps{.text = &step_id_form, .unique = true};
constexpr base::JsonRules unique_codes{.unique = true};
constexpr base::JsonRules some_sentences{.list = JsonList::lines, .min_items = 1};

}  // namespace

static std::array<std::string_view, 2> json_words(Region) { return {"mainland", "international"}; }
static std::array<std::string_view, 2> json_words(Host) { return {"api", "oapi"}; }
static std::array<std::string_view, 2> json_words(Reply) { return {"json", "nothing"}; }
static std::array<std::string_view, 4> json_words(FieldMatch) { return {"same", "has", "lacks", "equal"}; }

static void write_json_value(JsonWriter& json, const Value& value, const base::NoContext&) { write(json, value); }

static void write_json_value(JsonWriter& json, const Steps::BoundIds& bound, const base::NoContext&) {
  if (bound.ids.empty()) return json.null();
  if (!bound.list) return json.string(bound.ids.front());
  json.strings(bound.ids);
}
static void read_json_value(const JsonNode& node, Steps::BoundIds& bound, JsonReading& reading) {
  bound.list = node.kind == JsonNode::Kind::list;
  if (bound.list) {
    base::read_json(node, bound.ids, reading);
  } else if (node.kind != JsonNode::Kind::null) {
    base::read_json(node, bound.ids.emplace_back(), reading);
  }
}
static void write_json_schema(base::JsonSchema& schema, JsonWriter& json, const Steps::BoundIds*) {
  json.key("anyOf").begin_array();
  base::write_schema_object<std::string>(schema, json, {});
  base::write_schema_object<std::vector<std::string>>(schema, json, {.min_items = 1});
  json.begin_object(Layout::line);
  json.key("type").string("null");
  json.end_object();
  json.end_array();
}

// The tables ---------------------------------------------------------------------------------------------------------

constexpr auto json_fields(const Steps::Policy*) {
  using It = Steps::Policy;
  return json_object("policy", Layout::lines, field("title", &It::title, any_text),
                     field("account", &It::account, any_text_or_null), field("edition", &It::edition, any_text_or_null),
                     field("digest", &It::digest, {.text = &digest_form}));
}
constexpr auto json_fields(const Steps::HostOf*) {
  using It = Steps::HostOf;
  return json_object("host", Layout::line, field("address", &It::address, {.words = addresses}),
                     field("token", &It::token, {.words = token_places}));
}
constexpr auto json_fields(const Steps::Hosts*) {
  return json_object("hosts", Layout::lines, field("api", &Steps::Hosts::api), field("oapi", &Steps::Hosts::oapi));
}
constexpr auto json_fields(const Steps::Limits*) {
  return json_object("limits", Layout::line, field("requests_a_second", &Steps::Limits::a_second),
                     field("counted_requests_a_month", &Steps::Limits::a_month));
}
constexpr auto json_fields(const Steps::Tenant*) {
  using It = Steps::Tenant;
  return json_object("tenant", Layout::lines, field("region", &It::region), field("corp", &It::corp),
                     constant("content_type", "application/json"), field("hosts", &It::hosts),
                     field("limits", &It::limits));
}
constexpr auto json_fields(const Steps::Requires*) {
  using It = Steps::Requires;
  return json_object("requires", Layout::lines,
                     constant("app_type", "企业内部应用"),  // the only kind of app that has these permission codes
                     field("permission_codes", &It::permission_codes, {.list = JsonList::lines, .unique = true}),
                     field("sensitive_permission_codes", &It::sensitive_permission_codes, unique_codes),
                     field("editions", &It::editions, unique_codes), field("requests", &It::requests),
                     field("counted_requests", &It::counted_requests));
}
constexpr auto json_fields(const Steps::Evidence*) {
  using It = Steps::Evidence;
  return json_object("evidence", Layout::lines, field("api", &It::api), field("console", &It::console),
                     field("people", &It::people));
}
constexpr auto json_fields(const Steps::SignOf*) {
  return json_object("sign", Layout::line, field("pointer", &Steps::SignOf::pointer),
                     field("must_be_zero", &Steps::SignOf::must_be_zero));
}
constexpr auto json_fields(const Steps::Shown*) {
  using It = Steps::Shown;
  return json_object("shown", Layout::line, field("field", &It::field), field("of", &It::set_by),
                     field("wanted", &It::wanted), field("match", &It::match));
}
constexpr auto json_fields(const Steps::Client*) {
  return json_object("client", Layout::line, field("package", &Steps::Client::package),
                     field("method", &Steps::Client::method));
}
constexpr auto json_fields(const Steps::SentenceOf*) {
  return json_object("page_says", Layout::line, field("day", &Steps::SentenceOf::day),
                     field("sentence", &Steps::SentenceOf::sentence));
}
constexpr auto json_fields(const Steps::CallOf*) {
  using It = Steps::CallOf;
  return json_object("call", Layout::lines, field("name", &It::name), field("method", &It::method, {.words = methods}),
                     field("host", &It::host), field("path", &It::path, {.text = &path_form}),
                     field("permission_code", &It::permission_code, or_null), field("only_reads", &It::only_reads),
                     field("documented", &It::documented), field("counted", &It::counted), field("reply", &It::reply),
                     field("refused_by", &It::signs, {.list = JsonList::line}),
                     field("shown_at", &It::shown_at, any_text), field("shows", &It::shows),
                     field("client", &It::client), field("source", &It::source, or_null),
                     field("page_says", &It::page_says));
}
constexpr auto json_fields(const Steps::RequestOf*) {
  using It = Steps::RequestOf;
  return json_object("request", Layout::line, field("call", &It::call), field("path", &It::path, if_any),
                     field("query", &It::query, if_any), field("body", &It::body, if_any));
}
constexpr auto json_fields(const Steps::ProducedBy*) {
  return json_object("produced", Layout::line, field("bind", &Steps::ProducedBy::bind),
                     field("pointer", &Steps::ProducedBy::pointer));
}
constexpr auto json_fields(const Steps::ApiPart*) {
  using It = Steps::ApiPart;
  return json_object("api", Layout::lines, field("request", &It::request),
                     field("for_each", &It::for_each, key_or_null), field("only_reads", &It::only_reads),
                     field("produces", &It::produces), field("check", &It::check),
                     field("undo_request", &It::undo_request));
}
constexpr auto json_fields(const Steps::ConsolePart*) {
  using It = Steps::ConsolePart;
  return json_object("console", Layout::lines, field("menu", &It::menu, or_null),
                     field("menu_confidence", &It::menu_confidence), field("setting", &It::setting, or_null),
                     field("source", &It::source, or_null));
}
constexpr auto json_fields(const Steps::Step*) {
  using It = Steps::Step;
  return json_object("step", Layout::lines, field("id", &It::id, {.text = &step_id_form}), field("target", &It::target),
                     field("kind", &It::kind), field("after", &It::after, ids_of_steps), field("title", &It::title),
                     field("value", &It::value, or_null), field("note", &It::note, or_null),
                     field("why", &It::why, {.list = JsonList::lines_if_several}), field("features", &It::features),
                     field("controls", &It::controls), part("kind", "api", &It::api),
                     part("kind", "console", &It::console), field("verify", &It::verify), field("undo", &It::undo),
                     field("edition", &It::edition, {.empty = JsonEmpty::null, .words = edition_words}));
}
constexpr auto json_fields(const Steps::LookupBy*) {
  using It = Steps::LookupBy;
  return json_object("lookup", Layout::line, field("request", &It::request), field("items", &It::items, any_text),
                     field("name", &It::name, if_any), field("is", &It::is, if_any), field("id", &It::id));
}
constexpr auto json_fields(const Steps::Binding*) {
  using It = Steps::Binding;
  return json_object("binding", Layout::lines, field("key", &It::key, key_rules), field("title", &It::title),
                     field("value", &It::value), field("bind", &It::bind), field("found_by", &It::found_by, or_null),
                     field("lookup", &It::lookup));
}
constexpr auto json_fields(const Steps*) {
  using It = Steps;
  return json_object("document", Layout::lines, field("read_me", &It::read_me, some_sentences),
                     constant("schema", steps_schema), field("generator", &It::generator), field("as_of", &It::as_of),
                     field("language", &It::language), field("policy", &It::policy), field("tenant", &It::tenant),
                     field("requires", &It::requirements), field("evidence", &It::evidence),
                     field("bindings", &It::bindings), field("calls", &It::calls), field("steps", &It::steps));
}

std::string to_json(const StepsDocument& document) {
  return base::to_json(document, base::NoContext{}, document.steps.size() * bytes_of_step);
}

std::variant<StepsDocument, NotPermissions> read_steps(std::string_view text) {
  const auto tree = base::read_json_tree(text);
  const JsonNode* root = std::get_if<JsonNode>(&tree);
  const JsonNode* schema = root == nullptr ? nullptr : root->find("schema");
  if (schema == nullptr || schema->text != steps_schema)
    return NotPermissions{{fmt::format("`schema` is not `{}`: not a steps.json of this version", steps_schema)}};
  StepsDocument document;
  JsonReading reading;
  base::read_json(*root, document, reading);
  if (!reading.problems().empty()) return NotPermissions{reading.problems()};
  return document;
}

std::string steps_json_schema() {
  base::JsonSchema schema;
  return schema.document("urn:farol:schema:farol-steps-1", "steps.json of Farol",
                         "How a tenant of DingTalk gets to the settings of permissions.json. Explained in "
                         "docs/output-format.md.",
                         [&](JsonWriter& json) { base::write_object_schema<StepsDocument>(schema, json); });
}

}  // namespace farol::dingtalk
