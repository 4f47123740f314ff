#include "support/http_tenant.h"

#include <algorithm>
#include <utility>

namespace farol::testing {

using Json = nlohmann::json;

namespace {

const std::string rules_of_restrictions = "/v1.0/contact/restrictions/settings";
const std::string rules_of_hidings = "/v1.0/contact/contactHideSettings";
const std::string rules_of_fields = "/v1.0/contact/staffAttributes/visibilitySettings";
const std::string nodes = "/v2.0/storage/spaces/dentries/";
const std::string apps = "/v1.0/microApp/apps/";

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> parts;
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t comma = std::min(text.find(',', from), text.size());
    if (comma > from) parts.push_back(text.substr(from, comma - from));
    from = comma + 1;
  }
  return parts;
}

std::string as_text(const Json& id) { return id.is_string() ? id.get<std::string>() : id.dump(); }

Json numbers(const std::set<std::string>& ids) {
  Json list = Json::array();
  for (const std::string& id : ids) list.push_back(std::stoll(id));
  return list;
}

Json only(const Json& object, const std::vector<std::string>& keys) {
  Json made = Json::object();
  for (const std::string& key : keys) {
    if (object.contains(key)) made[key] = object[key];
  }
  return made;
}

Json page_of(const Json& items, std::size_t from, std::size_t size) {
  Json made = Json::array();
  for (std::size_t i = from; i < std::min(items.size(), from + size); ++i) made.push_back(items[i]);
  return made;
}

Json refusal(const std::string& code, const std::string& message) { return {{"code", code}, {"message", message}}; }
Json ok() { return {{"errcode", 0}, {"errmsg", "ok"}}; }

bool is_rule(const std::string& path) {
  return path == rules_of_restrictions || path == rules_of_hidings || path == rules_of_fields;
}

// The part of a path behind its head, cut at the next slash.
std::pair<std::string, std::string> parameter(const std::string& path, const std::string& head) {
  const std::string rest = path.substr(head.size());
  const std::size_t slash = std::min(rest.find('/'), rest.size());
  return {rest.substr(0, slash), rest.substr(slash)};
}

void merge(Json& into, const Json& values) {
  for (const auto& [key, value] : values.items()) {
    if (value.is_object()) {
      merge(into[key], value);
    } else {
      into[key] = value;
    }
  }
}

}  // namespace

HttpTenant::HttpTenant(std::string of) : corp(std::move(of)) {
  state.groups["1"] = "默认";
  state.roles["2"] = {"主管理员", "1", {}};
  state.roles["3"] = {"子管理员", "1", {}};
}

HttpReply HttpTenant::token(const HttpRequest& request) {
  const Json body = Json::parse(request.body, nullptr, false);
  const std::string head = "/v1.0/oauth2/", tail = "/token";
  const std::string of = request.path.substr(head.size(), request.path.size() - head.size() - tail.size());
  if (of != corp) return {400, refusal("invalid.corpId", "the app is not of this organisation").dump()};
  if (body.value("client_id", "") != app_key || body.value("client_secret", "") != app_secret)
    return {400, refusal("invalid.client", "无效的clientId或者clientSecret").dump()};
  return {200, Json{{"access_token", give_token()}, {"expires_in", 7200}}.dump()};
}

std::string HttpTenant::give_token() { return *valid_.insert("token-" + corp + "-" + std::to_string(++tokens)).first; }

void HttpTenant::meanwhile(const std::function<void()>& what) {
  mutex_.unlock();
  what();
  mutex_.lock();
}

bool HttpTenant::changes_something(const HttpRequest& request) const {
  static const std::set<std::string> old = {"/role/add_role_group",
                                            "/role/add_role",
                                            "/role/update_role",
                                            "/topapi/role/deleterole",
                                            "/topapi/role/addrolesforemps",
                                            "/topapi/role/removerolesforemps",
                                            "/topapi/role/scope/update",
                                            "/topapi/v2/department/update",
                                            "/topapi/attendance/group/modify",
                                            "/v1.0/contact/seniorSettings",
                                            "/v1.0/exclusive/trustedDevices",
                                            "/v1.0/exclusive/trustedDevices/remove",
                                            "/v1.0/im/sceneGroup/update"};
  if (request.method == "PUT" || request.method == "DELETE") return true;
  if (request.method != "POST") return false;
  if (old.contains(request.path) || is_rule(request.path)) return true;
  if (request.path.starts_with(apps)) return true;
  return request.path.starts_with(nodes) && !request.path.ends_with("/query");
}

HttpReply HttpTenant::answer(const HttpRequest& request) {
  const std::lock_guard lock{mutex_};
  HttpReply reply = reply_to(request);
  if (alter) alter(reply);
  return reply;
}

HttpReply HttpTenant::reply_to(const HttpRequest& request) {
  if (request.path.ends_with("/token")) {
    ++asked_tokens;
    const Fault what = token_fault ? token_fault(asked_tokens) : Fault::none;
    if (what == Fault::cut_before) return {200, "{}", 0};
    if (what == Fault::throttle) return {429, "<html>Too Many Requests</html>"};
    if (what == Fault::error_before) return {500, "oops"};
    HttpReply reply = token(request);
    if (what == Fault::half) reply.cut = static_cast<long>(60 + reply.body.size() / 2);
    return reply;
  }
  const auto header = request.headers.find("x-acs-dingtalk-access-token");
  const auto parameter = request.query.find("access_token");
  const std::string given = header != request.headers.end()    ? header->second
                            : parameter != request.query.end() ? parameter->second
                                                               : std::string{};
  const bool is_old = !request.path.starts_with("/v");
  const auto is_void = [&] {
    return is_old ? HttpReply{200, R"({"errcode":40014,"errmsg":"不合法的access_token"})"}
                  : HttpReply{401, refusal("InvalidAuthentication", "不合法的access_token").dump()};
  };
  if (!valid_.contains(given)) return is_void();
  const bool is_change = changes_something(request);
  const std::size_t number = ++requests;
  if (watch) watch(number, true);
  const Fault what = fault ? fault(number, is_change) : Fault::none;
  const bool is_done =
      what == Fault::none || what == Fault::cut_after || what == Fault::half || what == Fault::error_after;
  if (what == Fault::cut_before) return {200, "{}", 0};
  if (what == Fault::throttle) return {429, "<html>Too Many Requests</html>"};
  if (what == Fault::expire) {
    valid_.clear();
    return is_void();
  }
  if (what == Fault::too_often) {
    return is_old ? HttpReply{200, R"({"errcode":90018,"errmsg":"QPS"})"}
                  : HttpReply{403, refusal("Forbidden.AccessDenied.QpsLimitForAppkeyAndApi", "QPS").dump()};
  }
  if (month == 0) return {403, refusal("Forbidden.AccessDenied.ApiCountLimitForOrg", "used up").dump()};
  if (!is_old || request.path.starts_with("/topapi/im") || request.path.starts_with("/topapi/attendance")) --month;
  if (what == Fault::error_before) return {500, "oops"};
  const std::string code = what == Fault::refuse ? "Some.Code" : lacks ? lacks(request) : std::string{};
  if (!code.empty()) {
    const std::string why = "应用尚未开通所需的权限";
    return is_old ? HttpReply{200, Json{{"errcode", 88}, {"errmsg", why + ": requiredScopes=[" + code + "]"}}.dump()}
                  : HttpReply{403, Json{{"code", "Forbidden.AccessDenied.AccessTokenPermissionDenied"},
                                        {"message", why},
                                        {"accessdenieddetail", {{"requiredScopes", {code}}}}}
                                       .dump()};
  }
  const Json body = request.body.empty() ? Json::object() : Json::parse(request.body, nullptr, false);
  Json reply = ok();
  if (!is_change) {
    const State& seen = late_reads_ > 0 ? earlier_ : state;
    if (late_reads_ > 0) --late_reads_;
    const auto shown = show(request, body, seen);
    if (!shown) problems.push_back(request.method + " " + request.path);
    reply = shown ? *shown : refusal("NotFound", request.path);
  } else {
    ++changes;
    sent.push_back(request.method + " " + request.path + " " + request.body);
    if (is_done) {
      if (late > 0 && late_reads_ == 0) earlier_ = state, late_reads_ = late;
      reply = take(request, body);
    } else if (what == Fault::lie) {
      reply = is_old ? ok() : Json{{"success", true}, {"result", 1}};
    }
  }
  if (watch) watch(number, false);
  HttpReply answer{reply.contains("code") ? 400 : 200, reply.dump()};
  // This call answers nothing where it was done.
  if (request.path == "/v1.0/contact/seniorSettings" && is_change && answer.status == 200) answer.body.clear();
  if (what == Fault::error_after) return {500, "oops"};
  if (what == Fault::cut_after) answer.cut = 0;
  if (what == Fault::half) answer.cut = static_cast<long>(60 + answer.body.size() / 2);
  return answer;
}

Json HttpTenant::take_role(const std::string& path, const Json& body) {
  if (path == "/role/add_role_group") {
    const std::string id = next_id();
    state.groups[id] = body["name"];
    ++made["group " + state.groups[id]];
    return {{"errcode", 0}, {"groupId", std::stoll(id)}};
  }
  if (path == "/role/add_role") {
    const std::string group = as_text(body["groupId"]);
    if (!state.groups.contains(group)) return {{"errcode", 400002}, {"errmsg", "no group " + group}};
    const std::string id = next_id();
    state.roles[id] = {body["roleName"], group, {}};
    ++made["role " + state.roles[id].name];
    return {{"errcode", 0}, {"roleId", std::stoll(id)}};
  }
  const auto known = [&](const std::string& id) { return state.roles.contains(id); };
  if (path == "/role/update_role") {
    if (!known(as_text(body["roleId"]))) return {{"errcode", 400002}, {"errmsg", "no such role"}};
    state.roles[as_text(body["roleId"])].name = body["roleName"];
  } else if (path == "/topapi/role/deleterole") {
    const auto role = state.roles.find(as_text(body["role_id"]));
    if (role != state.roles.end() && !role->second.members.empty())
      return {{"errcode", 1002}, {"errmsg", "the role has members"}};
    if (role != state.roles.end()) state.roles.erase(role);
  } else if (path == "/topapi/role/scope/update") {
    auto& members = state.roles[as_text(body["role_id"])].members;
    const auto member = members.find(body["userid"].get<std::string>());
    if (member == members.end()) return {{"errcode", 400002}, {"errmsg", "not a member"}};
    member->second.clear();
    for (const std::string& department : split(body["dept_ids"])) member->second.insert(department);
  } else {
    const auto users = split(body["userIds"]);
    if (users.size() > 20) return {{"errcode", 400002}, {"errmsg", "too many"}};
    for (const std::string& role : split(body["roleIds"])) {
      if (!known(role)) return {{"errcode", 400002}, {"errmsg", "no role " + role}};
      for (const std::string& user : users) {
        if (path == "/topapi/role/addrolesforemps") {
          state.roles[role].members[user];
        } else {
          state.roles[role].members.erase(user);
        }
      }
    }
  }
  return ok();
}

Json HttpTenant::take_node(const HttpRequest& request, const Json& body, const std::string& node,
                           const std::string& rest) {
  if (!request.query.contains("unionId")) return refusal("param.error", "unionId");
  // Where nothing comes from above, whoever changes it has to manage it.
  const auto person = people.find(request.query.at("unionId"));
  const auto how = state.inheritance.find(node);
  if (person != people.end() && how != state.inheritance.end() && how->second == "BREAK") {
    const auto own = state.grants[node].find("USER " + person->second);
    const bool manages =
        own != state.grants[node].end() && (own->second.contains("OWNER") || own->second.contains("MANAGER"));
    if (!manages) return refusal("permissionDenied", "用户缺少授权的权限");
  }
  if (rest == "/permissions/inheritances") {
    state.inheritance[node] = body["inheritance"];
    return {{"success", true}};
  }
  if (body["members"].size() > 30) return refusal("param.error", "too many members");
  auto& grants = state.grants[node];
  for (const Json& member : body["members"]) {
    const std::string key = member["type"].get<std::string>() + " " + member["id"].get<std::string>();
    const std::string role = body["roleId"];
    // The documentation: without the role that is held, nothing is removed. No page says that adding one lowers
    // anybody.
    std::set<std::string>& roles = grants[key];
    if (rest == "/permissions/remove") {
      roles.erase(role);
    } else if (request.method == "PUT") {
      roles = {role};
    } else {
      roles.insert(role);
    }
    if (roles.empty()) grants.erase(key);
  }
  return {{"success", true}};
}

Json HttpTenant::take_thing(const HttpRequest& request, const Json& body) {
  const std::string& path = request.path;
  if (path == "/v1.0/contact/seniorSettings") {
    state.executives[body["seniorStaffId"]] = body;
    return ok();
  }
  if (path == "/topapi/v2/department/update") {
    const std::string id = as_text(body["dept_id"]);
    if (!state.departments.contains(id)) return {{"errcode", 60003}, {"errmsg", "no such department"}};
    merge(state.options_of_department[id], only(body, {"hide_dept", "outer_dept"}));
    return ok();
  }
  if (path == "/v1.0/im/sceneGroup/update") {
    merge(state.groups_of_chat[body["open_conversation_id"]], body["management_options"]);
    return {{"success", true}};
  }
  if (path == "/v1.0/conference/scheduleConferences/settings") {
    merge(state.meetings[body["scheduleConferenceId"]], body["scheduleConfSettingModel"]);
    return {{"success", true}};
  }
  if (path == "/topapi/attendance/group/modify") {
    const std::string id = as_text(body["top_group"]["id"]);
    if (!state.attendance.contains(id)) return {{"errcode", 400002}, {"errmsg", "no such group"}};
    merge(state.attendance[id], body["top_group"]);
    return ok();
  }
  if (path == "/v1.0/exclusive/trustedDevices") {
    auto& devices = state.devices[body["platform"]];
    if (devices.contains(body["macAddress"])) return refusal("insert.repeat.error", "重复插入");
    devices[body["macAddress"]] = body;
    ++made["device " + body["macAddress"].get<std::string>()];
    return {{"success", true}};
  }
  for (auto& [platform, devices] : state.devices) devices.erase(body["macAddress"]);
  return {{"success", true}};
}

Json HttpTenant::take(const HttpRequest& request, const Json& body) {
  const std::string& path = request.path;
  if (path.starts_with("/role/") || path.starts_with("/topapi/role/")) return take_role(path, body);
  if (is_rule(path)) {
    auto& rules = state.rules[path];
    std::string id = body.contains("id") ? as_text(body["id"]) : std::string{};
    if (!id.empty() && !rules.contains(id)) return refusal("parameter.error", "no such rule");
    if (id.empty()) id = next_id(), ++made["rule " + body.value("description", "") + " " + body.value("name", "")];
    Json& rule = rules[id];
    merge(rule, body);
    rule["id"] = std::stoll(id);
    if (!rule.contains("active")) rule["active"] = true;
    return {{"result", std::stoll(id)}};
  }
  for (const std::string& rules : {rules_of_restrictions, rules_of_hidings, rules_of_fields}) {
    if (request.method != "DELETE" || !path.starts_with(rules + "/")) continue;
    state.rules[rules].erase(path.substr(rules.size() + 1));
    return {{"result", true}};
  }
  if (path.starts_with(nodes)) {
    const auto [node, rest] = parameter(path, nodes);
    return take_node(request, body, node, rest);
  }
  if (path.starts_with(apps)) {
    Scope& scope = state.apps[parameter(path, apps).first];
    const auto change = [&](const char* add, const char* remove, std::set<std::string>& ids) {
      for (const Json& id : body.value(add, Json::array())) ids.insert(as_text(id));
      for (const Json& id : body.value(remove, Json::array())) ids.erase(as_text(id));
    };
    change("addRoleIds", "delRoleIds", scope.roles);
    change("addDeptIds", "delDeptIds", scope.departments);
    change("addUserIds", "delUserIds", scope.users);
    scope.administrators_only = body.value("onlyAdminVisible", scope.administrators_only);
    return {{"result", true}};
  }
  return take_thing(request, body);
}

std::optional<Json> HttpTenant::show_old(const HttpRequest& request, const Json& body, const State& seen) const {
  const std::string& path = request.path;
  const auto by_offset = [&](const Json& items, const char* list) {
    const auto from = body.value("offset", std::size_t{0});
    const std::size_t asked = body.value("size", page);
    return Json{{"errcode", 0},
                {"result", {{"hasMore", from + asked < items.size()}, {list, page_of(items, from, asked)}}}};
  };
  if (path == "/topapi/role/list") {
    Json groups = Json::array();
    for (const auto& [id, name] : seen.groups) {
      Json roles = Json::array();
      for (const auto& [role, each] : seen.roles) {
        if (each.group == id) roles.push_back({{"id", std::stoll(role)}, {"name", each.name}});
      }
      groups.push_back({{"groupId", std::stoll(id)}, {"name", name}, {"roles", roles}});
    }
    return by_offset(groups, "list");
  }
  if (path == "/topapi/role/simplelist") {
    Json members = Json::array();
    const auto role = seen.roles.find(as_text(body["role_id"]));
    if (role == seen.roles.end()) return Json{{"errcode", 400002}, {"errmsg", "no such role"}};
    for (const auto& [user, manages] : role->second.members) {
      Json scopes = Json::array();
      for (const std::string& department : manages) scopes.push_back({{"dept_id", std::stoll(department)}});
      members.push_back({{"userid", user}, {"name", "Name"}, {"manageScopes", scopes}});
    }
    return by_offset(members, "list");
  }
  if (path == "/topapi/v2/department/listsub") {
    Json below = Json::array();
    for (const auto& [id, name] : seen.departments) {
      if (as_text(body["dept_id"]) == "1") below.push_back({{"dept_id", std::stoll(id)}, {"name", name}});
    }
    return Json{{"errcode", 0}, {"result", below}};
  }
  if (path == "/topapi/v2/department/get") {
    Json department{{"dept_id", body["dept_id"]}, {"hide_dept", false}, {"outer_dept", false}};
    const auto options = seen.options_of_department.find(as_text(body["dept_id"]));
    if (options != seen.options_of_department.end()) merge(department, options->second);
    return Json{{"errcode", 0}, {"result", department}};
  }
  if (path == "/topapi/user/listadmin") return Json{{"errcode", 0}, {"result", Json::array()}};
  if (path == "/topapi/attendance/getsimplegroups") {
    Json groups = Json::array();
    for (const auto& [id, options] : seen.attendance) {
      Json group = only(options, {"disable_check_when_rest", "enable_emp_select_class"});
      group["group_id"] = std::stoll(id);
      groups.push_back(std::move(group));
    }
    return by_offset(groups, "groups");
  }
  if (path != "/topapi/im/chat/scenegroup/get") return std::nullopt;
  Json options = Json::object();
  const auto chat = seen.groups_of_chat.find(as_text(body["open_conversation_id"]));
  if (chat != seen.groups_of_chat.end())
    options = only(chat->second, {"chat_banned_type", "searchable", "validation_type", "mention_all_authority",
                                  "management_type", "show_history_type"});
  for (auto& [key, value] : options.items()) value = as_text(value);
  return Json{{"errcode", 0}, {"success", true}, {"result", {{"management_options", options}}}};
}

std::optional<Json> HttpTenant::show_node(const Json& body, const State& seen, const std::string& node,
                                          const std::string& rest) const {
  if (rest == "/permissions/inheritances") {
    const auto how = seen.inheritance.find(node);
    return Json{{"inheritance", how == seen.inheritance.end() ? "PASS_ON" : how->second}};
  }
  if (rest != "/permissions/query") return std::nullopt;
  Json items = Json::array();
  if (const auto grants = seen.grants.find(node); grants != seen.grants.end()) {
    for (const auto& [member, roles] : grants->second) {
      const std::size_t blank = member.find(' ');
      if (member.substr(0, blank) == "ORG") continue;  // the list leaves the organisation out
      for (const std::string& role : roles)
        items.push_back({{"member", {{"type", member.substr(0, blank)}, {"id", member.substr(blank + 1)}}},
                         {"role", {{"id", role}}}});
    }
  }
  const Json option = body.value("option", Json::object());
  const auto size = option.value("maxResults", std::size_t{30});
  const auto from = static_cast<std::size_t>(std::stoul(option.value("nextToken", std::string("0"))));
  Json reply{{"permissions", page_of(items, from, size)}};
  if (from + size < items.size()) reply["nextToken"] = std::to_string(from + size);
  return reply;
}

std::optional<Json> HttpTenant::show(const HttpRequest& request, const Json& body, const State& seen) const {
  const std::string& path = request.path;
  if (!path.starts_with("/v")) return show_old(request, body, seen);
  if (is_rule(path)) {
    static const std::vector<std::string> keys = {"id",
                                                  "name",
                                                  "description",
                                                  "active",
                                                  "type",
                                                  "restrictInSearch",
                                                  "restrictInUserProfile",
                                                  "subjectDeptIds",
                                                  "subjectTagIds",
                                                  "subjectUserIds",
                                                  "excludeDeptIds",
                                                  "excludeTagIds",
                                                  "excludeUserIds",
                                                  "objectDeptIds",
                                                  "objectTagIds",
                                                  "objectStaffIds",
                                                  "excludeStaffIds",
                                                  "hideFields"};
    Json items = Json::array();
    if (const auto rules = seen.rules.find(path); rules != seen.rules.end()) {
      for (const auto& [id, rule] : rules->second) items.push_back(only(rule, keys));
    }
    const auto token = request.query.find("nextToken");
    const long asked = token == request.query.end() ? 0 : std::stol(token->second);
    const auto from = static_cast<std::size_t>(std::max(asked, 0L));
    const bool more = from + page < items.size();
    const char* next = path == rules_of_fields ? "nextCursor" : "nextToken";
    return Json{{"hasMore", more}, {next, more ? from + page : 0}, {"list", page_of(items, from, page)}};
  }
  if (path == "/v1.0/exclusive/soc/functionHitStatuses/check") {
    const auto found = seen.controls.find(request.query.at("userId"));
    if (found != seen.controls.end()) return found->second;
    return Json{{"success", true}, {"result", {{"controlStatus", 1}, {"controlList", Json::array()}}}};
  }
  if (path == "/v1.0/contact/seniorSettings") {
    const auto found = seen.executives.find(request.query.at("seniorStaffId"));
    Json list = Json::array();
    Json scenes = Json::array();
    if (found != seen.executives.end() && found->second.value("open", false)) {
      int type = 0;
      scenes = found->second.value("protectScenes", Json::array());
      for (const char* key : {"permitStaffIds", "permitDeptIds", "permitTagIds"}) {
        ++type;
        for (const Json& id : found->second.value(key, Json::array()))
          list.push_back({{"id", as_text(id)}, {"type", type}});
      }
    }
    return Json{
        {"seniorStaffId", request.query.at("seniorStaffId")}, {"protectScenes", scenes}, {"seniorWhiteList", list}};
  }
  if (path.starts_with(nodes)) {
    const auto [node, rest] = parameter(path, nodes);
    return show_node(body, seen, node, rest);
  }
  if (path == "/v1.0/microApp/allInnerApps") {
    Json list = Json::array();
    for (const auto& [id, scope] : seen.apps) list.push_back({{"agentId", std::stoll(id)}, {"name", "app " + id}});
    return Json{{"appList", list}};
  }
  if (path.starts_with(apps)) {
    const auto found = seen.apps.find(parameter(path, apps).first);
    if (found == seen.apps.end() && !has_every_app) return refusal("app.not.found", path);
    const Scope scope = found == seen.apps.end() ? Scope{{}, {"1"}, {}, false} : found->second;
    return Json{{"result",
                 {{"roleIds", numbers(scope.roles)},
                  {"deptIds", numbers(scope.departments)},
                  {"userIds", scope.users},
                  {"onlyAdminVisible", scope.administrators_only}}}};
  }
  if (path == "/v1.0/conference/scheduleConferences/settings") {
    const auto found = seen.meetings.find(request.query.at("scheduleConferenceId"));
    const Json options = found == seen.meetings.end() ? Json::object() : found->second;
    Json shown = only(options, {"confAllowedCorpId", "lockRoom", "screenShareForbidden", "muteOnJoin"});
    shown["moziConfVirtualExtraSetting"] =
        only(options.value("moziConfVirtualExtraSetting", Json::object()),
             {"waitingRoom", "joinBeforeHost", "enableChat", "lockNick", "enableWebAnonymousJoin"});
    return Json{{"scheduleConfSettingModel", shown}};
  }
  if (path != "/v1.0/exclusive/trustedDevices/query") return std::nullopt;
  Json items = Json::array();
  if (const auto devices = seen.devices.find(body["platform"]); devices != seen.devices.end()) {
    for (const auto& [address, device] : devices->second)
      items.push_back({{"macAddress", address}, {"status", device["status"]}, {"userId", device["userId"]}});
  }
  const auto size = body.value("pageSize", std::size_t{100});
  const std::size_t from = (body.value("pageNumber", std::size_t{1}) - 1) * size;
  return Json{{"total", items.size()}, {"data", page_of(items, from, size)}};
}

}  // namespace farol::testing
