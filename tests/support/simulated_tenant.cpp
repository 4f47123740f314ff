#include "support/simulated_tenant.h"

#include <algorithm>

#include <fmt/format.h>

#include "target/dingtalk/bindings.h"
#include "target/dingtalk/requests.h"

namespace farol::testing {

using dingtalk::Call;
using dingtalk::Value;
using Json = nlohmann::json;

namespace {

std::vector<std::string> split(const std::string& text) {
  std::vector<std::string> parts;
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t comma = std::min(text.find(',', from), text.size());
    if (comma > from) parts.push_back(text.substr(from, comma - from));
    from = comma + 1;
  }
  return parts;
}

std::string as_text(const Json& id) {
  return id.is_string() ? id.get<std::string>() : std::to_string(id.get<std::int64_t>());
}

Json numbers(const std::set<std::string>& ids) {
  Json list = Json::array();
  for (const std::string& id : ids) list.push_back(std::stoll(id));
  return list;
}

// Only the documented fields of an answer.
Json only(const Json& object, const std::vector<std::string>& keys) {
  Json made = Json::object();
  for (const std::string& key : keys) {
    if (object.contains(key)) made[key] = object[key];
  }
  return made;
}

}  // namespace

SimulatedTenant::SimulatedTenant(const model::Model& model) : model_(model) {
  groups["1"] = "默认";
  roles["2"] = {"主管理员", "1", {}};
  roles["3"] = {"子管理员", "1", {}};
  for (const model::Binding& binding : model.bindings) {
    if (dingtalk::find_fault(binding)) continue;
    if (binding.kind == "department") departments[binding.id] = binding.name;
    if (binding.kind == "app") apps[binding.id].departments.insert("1");  // a new app is open to everybody
    if (binding.kind == "tenant" && binding.name == "role_group") groups[binding.id] = "farol";
    if (binding.kind != "role") continue;
    const auto role = model.find_role(binding.name);
    if (!role) continue;
    const std::string& title = model[*role].title.text;
    if (model[*role].find("department") != nullptr) {
      departments[binding.id] = binding.name;
    } else {
      roles[binding.id] = {title.empty() ? binding.name : title, "1", {}};
    }
  }
}

std::optional<Json> SimulatedTenant::resolved(const Value& value, const Each& each) const {
  if (const auto* text = std::get_if<std::string>(&value.data)) return Json(*text);
  if (const auto* number = std::get_if<std::int64_t>(&value.data)) return Json(*number);
  if (const auto* truth = std::get_if<bool>(&value.data)) return Json(*truth);
  if (const auto* unbound = std::get_if<dingtalk::Unbound>(&value.data)) {
    if (unbound->key == each.key) return Json(each.id);
    const auto made = made_.find(unbound->key);
    return made == made_.end() ? std::nullopt : std::optional(Json(std::stoll(made->second)));
  }
  if (const auto* joined = std::get_if<Value::Joined>(&value.data)) {
    std::string all;
    for (const Value& part : joined->parts) {
      const auto one = resolved(part, each);
      if (!one) return std::nullopt;
      all += (all.empty() ? "" : ",") + as_text(*one);
    }
    return Json(all);
  }
  if (const auto* list = std::get_if<Value::List>(&value.data)) {
    Json made = Json::array();
    for (const Value& part : *list) {
      auto one = resolved(part, each);
      if (!one) return std::nullopt;
      made.push_back(std::move(*one));
    }
    return made;
  }
  Json made = Json::object();
  for (const dingtalk::Member& member : std::get<Value::Object>(value.data)) {
    auto one = resolved(member.value, each);
    if (!one) return std::nullopt;
    made[member.key] = std::move(*one);
  }
  return made;
}

void SimulatedTenant::apply(const dingtalk::AdminConfig& config) {
  const dingtalk::Bindings bindings{model_};
  for (const dingtalk::Step& step : config.steps) {
    if (!step.request || step.only_reads) continue;
    if (step.for_each.empty()) {
      send(*step.request, {});
    } else {
      for (const std::string& id : bindings.ids(step.for_each)) send(*step.request, {step.for_each, id});
    }
  }
}

void SimulatedTenant::send(const dingtalk::Request& request, const Each& each) {
  const auto path = resolved(dingtalk::object(request.path), each);
  const auto query = resolved(dingtalk::object(request.query), each);
  // The group of a role that is made with it is known once it is made.
  const auto body = resolved(dingtalk::object(request.body), each);
  if (!path || !query || !body) return;
  const auto keep_rule = [&](std::vector<Json>& rules) {
    Json rule = *body;
    rule["id"] = std::stoll(next_id());
    rules.push_back(std::move(rule));
  };
  switch (request.call) {
    case Call::role_group_add: {
      const std::string id = next_id();
      groups[id] = (*body)["name"];
      made_["tenant.role_group"] = id;
      break;
    }
    case Call::role_add: {
      const std::string id = next_id();
      const std::string name = (*body)["roleName"];
      roles[id] = {name, as_text((*body)["groupId"]), {}};
      for (const model::Role& role : model_.roles) {
        if ((role.title.text.empty() ? role.name : role.title.text) == name) made_["role." + role.name] = id;
      }
      break;
    }
    case Call::role_rename: roles[as_text((*body)["roleId"])].name = (*body)["roleName"]; break;
    case Call::role_members_add:
      for (const std::string& role : split((*body)["roleIds"])) {
        for (const std::string& user : split((*body)["userIds"])) roles[role].members[user];
      }
      break;
    case Call::role_scope_update: {
      auto& members = roles[as_text((*body)["role_id"])].members;
      const auto member = members.find((*body)["userid"].get<std::string>());
      if (member == members.end()) break;
      member->second.clear();
      for (const std::string& department : split((*body)["dept_ids"])) member->second.insert(department);
      break;
    }
    case Call::contact_restrict: keep_rule(restrictions); break;
    case Call::contact_hide: keep_rule(hidings); break;
    case Call::field_hide: keep_rule(fields); break;
    case Call::executive_protect: executives[(*body)["seniorStaffId"]] = *body; break;
    case Call::file_inherit: inheritance[(*path)["dentryUuid"]] = (*body)["inheritance"]; break;
    case Call::file_grant:
      for (const Json& member : (*body)["members"]) {
        auto& has =
            grants[(*path)["dentryUuid"]][member["type"].get<std::string>() + " " + member["id"].get<std::string>()];
        has.insert((*body)["roleId"].get<std::string>());
      }
      break;
    case Call::app_scope: {
      Scope& scope = apps[(*path)["agentId"]];
      const auto change = [&](const char* add, const char* remove, std::set<std::string>& ids) {
        for (const Json& id : body->value(add, Json::array())) ids.insert(as_text(id));
        for (const Json& id : body->value(remove, Json::array())) ids.erase(as_text(id));
      };
      change("addRoleIds", "delRoleIds", scope.roles);
      change("addDeptIds", "delDeptIds", scope.departments);
      change("addUserIds", "delUserIds", scope.users);
      scope.administrators_only = body->value("onlyAdminVisible", scope.administrators_only);
      break;
    }
    case Call::group_update: chats[(*body)["open_conversation_id"]] = (*body)["management_options"]; break;
    case Call::meeting_update: meetings[(*body)["scheduleConferenceId"]] = (*body)["scheduleConfSettingModel"]; break;
    case Call::device_trust: devices[(*body)["platform"]][(*body)["macAddress"]] = (*body)["status"]; break;
    default: break;
  }
}

namespace {

// Calls as an export has them.
class Exporter {
 public:
  Exporter(const SimulatedTenant& tenant, std::size_t page) : tenant_(tenant), page_(page) {}

  std::string run() {
    roles();
    departments();
    const std::vector<std::string> common = {"id", "name", "description", "active", "excludeDeptIds", "excludeTagIds"};
    rules(tenant_.restrictions, "/v1.0/contact/restrictions/settings", "nextToken", {},
          with(common, {"type", "restrictInSearch", "restrictInUserProfile", "subjectDeptIds", "subjectTagIds",
                        "subjectUserIds", "excludeUserIds"}));
    const std::vector<std::string> objects = {"objectDeptIds", "objectTagIds", "objectStaffIds", "excludeStaffIds"};
    rules(tenant_.hidings, "/v1.0/contact/contactHideSettings", "nextToken", {}, with(common, objects));
    rules(tenant_.fields, "/v1.0/contact/staffAttributes/visibilitySettings", "nextCursor", -1,
          with(with(common, objects), {"hideFields"}));
    for (const auto& [user, setting] : tenant_.executives) executive(user, setting);
    files();
    apps();
    for (const auto& [id, options] : tenant_.chats) {
      Json shown = Json::object();
      const Json documented = only(options, {"chat_banned_type", "searchable", "validation_type",
                                             "mention_all_authority", "management_type", "show_history_type"});
      for (const auto& [key, value] : documented.items()) shown[key] = std::to_string(value.get<int>());
      add("POST", "/topapi/im/chat/scenegroup/get", Json(), {{"open_conversation_id", id}},
          {{"errcode", 0},
           {"success", true},
           {"result", {{"title", "x"}, {"open_conversation_id", id}, {"management_options", shown}}}});
    }
    for (const auto& [id, options] : tenant_.meetings) meeting(id, options);
    for (const char* platform : {"Mac", "Win"}) devices(platform);
    if (tenant_.backwards) std::reverse(calls_.begin(), calls_.end());
    const Json document{{"format", "farol-tenant-export"},
                        {"version", 1},
                        {"collected", tenant_.time.value_or("2026-11-24T09:00:00Z")},
                        {"calls", calls_}};
    return document.dump(2) + "\n";
  }

 private:
  static std::vector<std::string> with(std::vector<std::string> all, const std::vector<std::string>& more) {
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }

  void add(const std::string& method, const std::string& path, const Json& query, const Json& body, Json response) {
    if (tenant_.has_unknown_fields) response["somethingNew"] = {{"a", Json::array({1, 2})}};
    Json call{{"method", method},
              {"path", path},
              {"query", query},
              {"body", body},
              {"time", tenant_.time.value_or("2026-11-24T09:00:00Z")},
              {"response", std::move(response)}};
    calls_.push_back(std::move(call));
  }

  // In the order of the platform, which promises none.
  Json ordered(Json items) const {
    if (tenant_.backwards) std::reverse(items.begin(), items.end());
    for (Json& item : items) {
      if (!item.is_object()) continue;
      if (tenant_.time) item["gmtModified"] = *tenant_.time;
      if (tenant_.has_unknown_fields) item["somethingNew"] = true;
      if (tenant_.backwards) {
        for (auto& [key, value] : item.items()) {
          if (value.is_array()) std::reverse(value.begin(), value.end());
        }
      }
    }
    return items;
  }
  Json part(const Json& items, std::size_t from) const {
    Json made = Json::array();
    for (std::size_t i = from; i < std::min(items.size(), from + page_); ++i) made.push_back(items[i]);
    return made;
  }

  void by_offset(const std::string& path, const Json& about, const Json& items) {
    for (std::size_t from = 0;; from += page_) {
      Json body = about;
      body["offset"] = from;
      body["size"] = page_;
      const bool more = from + page_ < items.size();
      add("POST", path, Json(), body,
          {{"errcode", 0}, {"errmsg", "ok"}, {"result", {{"hasMore", more}, {"list", part(items, from)}}}});
      if (!more) return;
    }
  }

  void roles() {
    Json groups = Json::array();
    for (const auto& [id, name] : tenant_.groups) {
      Json roles = Json::array();
      for (const auto& [role, each] : tenant_.roles) {
        if (each.group == id) roles.push_back({{"id", std::stoll(role)}, {"name", each.name}});
      }
      groups.push_back({{"groupId", std::stoll(id)}, {"name", name}, {"roles", roles}});
    }
    by_offset("/topapi/role/list", Json::object(), ordered(groups));
    for (const auto& [role, each] : tenant_.roles) {
      Json members = Json::array();
      for (const auto& [user, manages] : each.members) {
        Json scopes = Json::array();
        for (const std::string& department : manages)
          scopes.push_back({{"dept_id", std::stoll(department)}, {"name", "x"}});
        members.push_back({{"userid", user}, {"name", "Name of " + user}, {"manageScopes", scopes}});
      }
      by_offset("/topapi/role/simplelist", {{"role_id", std::stoll(role)}}, ordered(members));
    }
  }

  void departments() {
    Json below = Json::array();
    for (const auto& [id, name] : tenant_.departments)
      below.push_back({{"dept_id", std::stoll(id)}, {"name", name}, {"parent_id", 1}});
    add("POST", "/topapi/v2/department/listsub", Json(), {{"dept_id", 1}},
        {{"errcode", 0}, {"result", ordered(below)}});
    for (const auto& [id, name] : tenant_.departments)
      add("POST", "/topapi/v2/department/listsub", Json(), {{"dept_id", std::stoll(id)}},
          {{"errcode", 0}, {"result", Json::array()}});
  }

  void rules(const std::vector<Json>& all, const std::string& path, const std::string& next, std::optional<int> first,
             const std::vector<std::string>& keys) {
    Json items = Json::array();
    for (const Json& rule : all) items.push_back(only(rule, keys));
    items = ordered(items);
    for (std::size_t from = 0;; from += page_) {
      Json query{{"maxResults", page_}};
      if (from > 0) {
        query["nextToken"] = from;
      } else if (first) {
        query["nextToken"] = *first;
      }
      const bool more = from + page_ < items.size();
      add("GET", path, query, Json(),
          {{"hasMore", more}, {next, more ? from + page_ : 0}, {"list", part(items, from)}});
      if (!more) return;
    }
  }

  void executive(const std::string& user, const Json& setting) {
    Json list = Json::array();
    int type = 0;
    for (const char* key : {"permitStaffIds", "permitDeptIds", "permitTagIds"}) {
      ++type;
      for (const Json& id : setting.value(key, Json::array()))
        list.push_back({{"id", as_text(id)}, {"type", type}, {"name", "x"}});
    }
    const bool open = setting["open"];
    add("GET", "/v1.0/contact/seniorSettings", {{"seniorStaffId", user}}, Json(),
        {{"seniorStaffId", user},
         {"protectScenes", open ? setting.value("protectScenes", Json::array()) : Json::array()},
         {"seniorWhiteList", open ? ordered(list) : Json::array()}});
  }

  void files() {
    std::set<std::string> nodes;
    for (const auto& [node, how] : tenant_.inheritance) nodes.insert(node);
    for (const auto& [node, members] : tenant_.grants) nodes.insert(node);
    for (const auto& each : tenant_.bound_nodes()) nodes.insert(each);
    for (const std::string& node : nodes) {
      const std::string path = "/v2.0/storage/spaces/dentries/" + node + "/permissions";
      const auto how = tenant_.inheritance.find(node);
      add("GET", path + "/inheritances", {{"unionId", "u"}}, Json(),
          {{"inheritance", how == tenant_.inheritance.end() ? "PASS_ON" : how->second}});
      Json items = Json::array({{{"dentryUuid", node},
                                 {"member", {{"type", "USER"}, {"id", "owner"}}},
                                 {"role", {{"id", "OWNER"}, {"name", "x"}}}}});
      if (const auto members = tenant_.grants.find(node); members != tenant_.grants.end()) {
        for (const auto& [member, roles] : members->second) {
          const std::size_t blank = member.find(' ');
          // The organisation is not in the list.
          if (member.substr(0, blank) == "ORG") continue;
          for (const std::string& role : roles)
            items.push_back({{"dentryUuid", node},
                             {"member", {{"type", member.substr(0, blank)}, {"id", member.substr(blank + 1)}}},
                             {"role", {{"id", role}, {"name", "x"}}}});
        }
      }
      items = ordered(items);
      for (std::size_t from = 0;; from += page_) {
        Json option{{"maxResults", page_}};
        if (from > 0) option["nextToken"] = "t" + std::to_string(from);
        Json response{{"permissions", part(items, from)}};
        const bool more = from + page_ < items.size();
        if (more) response["nextToken"] = "t" + std::to_string(from + page_);
        add("POST", path + "/query", {{"unionId", "u"}}, {{"option", option}}, response);
        if (!more) break;
      }
    }
  }

  void apps() {
    Json list = Json::array();
    for (const auto& [id, scope] : tenant_.apps) list.push_back({{"agentId", std::stoll(id)}, {"name", "app " + id}});
    add("GET", "/v1.0/microApp/allInnerApps", Json(), Json(), {{"appList", ordered(list)}});
    for (const auto& [id, scope] : tenant_.apps) {
      Json users = Json::array();
      for (const std::string& user : scope.users) users.push_back(user);
      add("GET", "/v1.0/microApp/apps/" + id + "/scopes", Json(), Json(),
          {{"result",
            {{"roleIds", numbers(scope.roles)},
             {"deptIds", numbers(scope.departments)},
             {"userIds", users},
             {"onlyAdminVisible", scope.administrators_only}}}});
    }
  }

  void meeting(const std::string& id, const Json& options) {
    Json shown = only(options, {"confAllowedCorpId", "lockRoom", "screenShareForbidden", "muteOnJoin"});
    if (options.contains("moziConfVirtualExtraSetting"))
      shown["moziConfVirtualExtraSetting"] =
          only(options["moziConfVirtualExtraSetting"],
               {"waitingRoom", "joinBeforeHost", "enableChat", "lockNick", "enableWebAnonymousJoin"});
    add("GET", "/v1.0/conference/scheduleConferences/settings", {{"scheduleConferenceId", id}}, Json(),
        {{"scheduleConfSettingModel", shown}});
  }

  void devices(const std::string& platform) {
    Json items = Json::array();
    if (const auto found = tenant_.devices.find(platform); found != tenant_.devices.end()) {
      for (const auto& [address, status] : found->second)
        items.push_back({{"macAddress", address},
                         {"platform", platform},
                         {"status", status},
                         {"userId", "0"},
                         {"title", "farol"},
                         {"createTime", 1}});
    }
    items = ordered(items);
    for (std::size_t page = 1;; ++page) {
      const std::size_t from = (page - 1) * page_;
      add("POST", "/v1.0/exclusive/trustedDevices/query", Json(),
          {{"pageNumber", page}, {"pageSize", page_}, {"platform", platform}},
          {{"currentPage", page}, {"pageSize", page_}, {"total", items.size()}, {"data", part(items, from)}});
      if (page * page_ >= items.size()) return;
    }
  }

  const SimulatedTenant& tenant_;
  std::size_t page_;
  std::vector<Json> calls_;
};

}  // namespace

std::set<std::string> SimulatedTenant::bound_nodes() const {
  // Nobody can ask for them without somebody who may see them.
  if (!dingtalk::Bindings{model_}.is_bound("tenant.operator")) return {};
  std::set<std::string> nodes;
  for (const model::Binding& binding : model_.bindings) {
    if ((binding.kind == "store" || binding.kind == "data") && !dingtalk::find_fault(binding)) nodes.insert(binding.id);
  }
  return nodes;
}

std::string SimulatedTenant::exported(std::size_t page) const { return Exporter{*this, page}.run(); }

}  // namespace farol::testing
