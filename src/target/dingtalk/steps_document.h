// steps.json as data: how a tenant gets to the settings of permissions.json, for programs that send requests and for
// those who make the rest by hand. The same tables of fields write it, read it and make docs/steps.schema.json.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/date.h"
#include "base/json_fields.h"
#include "target/dingtalk/admin_config.h"
#include "target/dingtalk/permissions_document.h"
#include "target/dingtalk/replies.h"
#include "target/dingtalk/tenant_fields.h"
#include "target/dingtalk/value.h"

namespace farol::dingtalk {

// The version of the document's form: it grows only when a reader of the old form would misread the new one.
inline constexpr std::string_view steps_schema = "farol-steps-1";

// The members are in the order of the keys. Texts are in one language, that of the document; lines are separated by a
// line feed. Places in replies are written as replies.h says.
struct StepsDocument {
  struct Policy {
    std::string title, account, edition, digest;
  };
  // Where the requests go, and where the token of each is.
  struct HostOf {
    std::string address, token;
  };
  struct Hosts {
    HostOf api, oapi;
  };
  struct Limits {
    std::size_t a_second = 0, a_month = 0;
  };
  struct Tenant {
    Region region = Region::mainland;
    Value corp;
    Hosts hosts;
    Limits limits;
  };
  struct Requires {
    std::vector<std::string> permission_codes, sensitive_permission_codes, editions;
    std::size_t requests = 0, counted_requests = 0;
  };
  struct Evidence {
    std::string api, console, people;
  };

  struct SignOf {
    std::string pointer;
    bool must_be_zero = false;
  };
  // A field of what a call shows, and the field of a step's request that it must be like.
  struct Shown {
    std::string field, set_by, wanted;
    FieldMatch match = FieldMatch::same;
  };
  struct Client {
    std::string package, method;
  };
  struct SentenceOf {
    base::Date day;
    std::string sentence;
  };
  // What is the same of all requests with one call.
  struct CallOf {
    std::string name, method;
    Host host = Host::api;
    std::string path, permission_code;
    bool only_reads = false, documented = false, counted = false;
    Reply reply = Reply::data;
    std::vector<SignOf> signs;
    std::optional<std::string> shown_at;
    std::vector<Shown> shows;
    std::optional<Client> client;
    std::string source;
    std::optional<SentenceOf> page_says;
  };
  struct RequestOf {
    std::string call;
    Value::Object path, query, body;
  };
  struct ProducedBy {
    std::string bind, pointer;
  };
  struct ApiPart {
    RequestOf request;
    std::string for_each;
    bool only_reads = false;
    std::optional<ProducedBy> produces;
    std::optional<RequestOf> check, undo_request;
  };
  struct ConsolePart {
    std::string menu;
    PermissionsDocument::Confidence menu_confidence = PermissionsDocument::Confidence::low;
    std::string setting, source;
  };
  struct Step {
    std::string id, target;
    StepKind kind = StepKind::people;
    std::vector<std::string> after;
    std::string title, value, note;
    std::vector<std::string> why, features, controls;
    std::optional<ApiPart> api;          // if `kind` is `api`
    std::optional<ConsolePart> console;  // if `kind` is `console`
    std::string verify, undo, edition;
  };

  // Ids of the tenant that the policy binds; none yet if `ids` is empty.
  struct BoundIds {
    std::vector<std::string> ids;
    bool list = false;  // written as a list, even if it is one id
  };
  // How ids are found by what their things are called: the items at `items` of the reply, of which the one called
  // `is` has the id.
  struct LookupBy {
    RequestOf request;
    std::string items, name, is, id;  // no name: all items
  };
  // An id of the tenant that some step needs.
  struct Binding {
    std::string key, title;
    BoundIds value;
    std::string bind, found_by;  // the statement, and the call, also where no program can send it
    std::optional<LookupBy> lookup;
  };

  std::vector<std::string> read_me;
  PermissionsDocument::Generator generator;
  base::Date as_of;
  base::Language language = base::Language::en;
  Policy policy;
  Tenant tenant;
  Requires requirements;
  Evidence evidence;
  std::vector<Binding> bindings;
  std::vector<CallOf> calls;
  std::vector<Step> steps;
};

// The bytes of the file.
[[nodiscard]] std::string to_json(const StepsDocument& document);
// Reads a file of any origin. Keys that are not of this version are passed over.
[[nodiscard]] std::variant<StepsDocument, NotPermissions> read_steps(std::string_view text);
// docs/steps.schema.json.
[[nodiscard]] std::string steps_json_schema();

}  // namespace farol::dingtalk
