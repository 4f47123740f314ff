#include "support/simulated_tenant.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "apply/planning.h"
#include "apply/session.h"
#include "target/dingtalk/bindings.h"
#include "target/dingtalk/requests.h"
#include "target/dingtalk/tenant_export.h"

namespace farol::testing {

using Json = nlohmann::json;

SimulatedTenant::SimulatedTenant(const model::Model& model) : HttpTenant("ding1"), model_(model) {
  month = static_cast<std::size_t>(-1);
  for (const model::Binding& binding : model.bindings) {
    if (dingtalk::find_fault(binding)) continue;
    if (binding.kind == "department") state.departments[binding.id] = binding.name;
    if (binding.kind == "app") state.apps[binding.id].departments.insert("1");  // a new app is open to everybody
    if (binding.kind == "place") state.attendance[binding.id] = Json::object();
    if (binding.kind == "tenant" && binding.name == "role_group") state.groups[binding.id] = "farol";
    if (binding.kind != "role") continue;
    const auto role = model.find_role(binding.name);
    if (!role) continue;
    const std::string& title = model[*role].title.text;
    if (model[*role].find("department") != nullptr) {
      state.departments[binding.id] = binding.name;
    } else {
      state.roles[binding.id] = {title.empty() ? binding.name : title, "1", {}};
    }
  }
}

Json SimulatedTenant::send(HttpRequest request) {
  const std::string token = give_token();
  request.headers["x-acs-dingtalk-access-token"] = token;
  const HttpReply reply = answer(request);
  return reply.body.empty() ? Json::object() : Json::parse(reply.body);
}

void SimulatedTenant::apply(const dingtalk::AdminConfig& config) {
  const dingtalk::Bindings bindings{model_};
  for (const dingtalk::Step& step : config.steps) {
    if (!step.request || step.only_reads) continue;
    std::vector<std::string> each{""};
    if (!step.for_each.empty()) each = bindings.ids(step.for_each);
    for (const std::string& id : each) {
      std::map<std::string, std::string> ids = made_;
      if (!id.empty()) ids[step.for_each] = id;
      const dingtalk::Request request = farol::apply::resolved(*step.request, ids);
      if (!dingtalk::unbound(request).empty()) continue;
      HttpRequest its{std::string(info(request.call).method), path_of(request), {}, {}, {}};
      for (const auto& [key, value] : request.query) its.query[key] = farol::apply::query_text(value);
      if (!request.body.empty()) its.body = to_json(dingtalk::object(request.body));
      const Json reply = send(std::move(its));
      for (const char* key : {"groupId", "roleId"}) {
        if (!step.makes.empty() && reply.contains(key)) made_[step.makes] = reply[key].dump();
      }
    }
  }
}

// Calls as an export has them.
class Exporter {
 public:
  Exporter(SimulatedTenant& tenant, std::size_t page) : tenant_(tenant), page_(page) { tenant.page = page; }

  std::string run() {
    // What is asked changes nothing of it.
    const HttpTenant::State state = tenant_.state;
    by_offset("/topapi/role/list", Json::object());
    for (const auto& [id, role] : state.roles) by_offset("/topapi/role/simplelist", {{"role_id", std::stoll(id)}});
    ask("POST", "/topapi/v2/department/listsub", Json(), {{"dept_id", 1}});
    for (const auto& [id, name] : state.departments)
      ask("POST", "/topapi/v2/department/listsub", Json(), {{"dept_id", std::stoll(id)}});
    by_token("/v1.0/contact/restrictions/settings", "nextToken");
    by_token("/v1.0/contact/contactHideSettings", "nextToken");
    by_token("/v1.0/contact/staffAttributes/visibilitySettings", "nextCursor");
    for (const auto& [user, setting] : state.executives)
      ask("GET", "/v1.0/contact/seniorSettings", {{"seniorStaffId", user}}, Json());
    files(state);
    ask("GET", "/v1.0/microApp/allInnerApps", Json(), Json());
    for (const auto& [id, scope] : state.apps) ask("GET", "/v1.0/microApp/apps/" + id + "/scopes", Json(), Json());
    for (const auto& [id, options] : state.groups_of_chat)
      ask("POST", "/topapi/im/chat/scenegroup/get", Json(), {{"open_conversation_id", id}});
    for (const auto& [id, options] : state.meetings)
      ask("GET", "/v1.0/conference/scheduleConferences/settings", {{"scheduleConferenceId", id}}, Json());
    if (!state.attendance.empty()) by_offset("/topapi/attendance/getsimplegroups", Json::object());
    for (const char* platform : {"Mac", "Win"}) devices(platform);
    for (const auto& [user, controls] : state.controls)
      ask("POST", "/v1.0/exclusive/soc/functionHitStatuses/check", {{"userId", user}}, Json());
    if (tenant_.backwards) std::reverse(calls_.begin(), calls_.end());
    const Json document{{"format", dingtalk::export_format}, {"version", 1}, {"collected", time()}, {"calls", calls_}};
    return document.dump(2) + "\n";
  }

 private:
  [[nodiscard]] std::string time() const { return tenant_.time.value_or("2026-11-24T09:00:00Z"); }

  Json ask(const std::string& method, const std::string& path, const Json& query, const Json& body) {
    HttpRequest request{method, path, {}, {}, body.is_null() ? std::string{} : body.dump()};
    for (const auto& [key, value] : query.items())
      request.query[key] = value.is_string() ? value.get<std::string>() : value.dump();
    const Json reply = tenant_.send(std::move(request));
    Json response = changed(reply);
    if (tenant_.has_unknown_fields) response["somethingNew"] = {{"a", Json::array({1, 2})}};
    calls_.push_back({{"method", method},
                      {"path", path},
                      {"query", query},
                      {"body", body},
                      {"time", time()},
                      {"response", std::move(response)}});
    return reply;
  }

  // At another time, with more than is documented, and in the order of the platform, which promises none.
  Json changed(Json value) const {
    for (Json& each : value) {
      if (each.is_structured()) each = changed(std::move(each));
    }
    if (!value.is_array()) return value;
    if (tenant_.backwards) std::reverse(value.begin(), value.end());
    for (Json& item : value) {
      if (!item.is_object()) continue;
      if (tenant_.time) item["gmtModified"] = *tenant_.time;
      if (tenant_.has_unknown_fields) item["somethingNew"] = true;
    }
    return value;
  }

  void by_offset(const std::string& path, Json body) {
    body["size"] = page_;
    for (std::size_t from = 0;; from += page_) {
      body["offset"] = from;
      if (!ask("POST", path, Json(), body)["result"]["hasMore"].get<bool>()) return;
    }
  }

  void by_token(const std::string& path, const char* next) {
    Json query{{"maxResults", page_}};
    if (next == std::string("nextCursor")) query["nextToken"] = -1;
    while (true) {
      const Json reply = ask("GET", path, query, Json());
      if (!reply["hasMore"].get<bool>()) return;
      query["nextToken"] = reply[next];
    }
  }

  void files(const HttpTenant::State& state) {
    std::set<std::string> nodes = tenant_.bound_nodes();
    for (const auto& [node, how] : state.inheritance) nodes.insert(node);
    for (const auto& [node, members] : state.grants) nodes.insert(node);
    for (const std::string& node : nodes) {
      const std::string path = "/v2.0/storage/spaces/dentries/" + node + "/permissions";
      ask("GET", path + "/inheritances", {{"unionId", "u"}}, Json());
      Json option{{"maxResults", page_}};
      while (true) {
        const Json reply = ask("POST", path + "/query", {{"unionId", "u"}}, {{"option", option}});
        if (!reply.contains("nextToken")) break;
        option["nextToken"] = reply["nextToken"];
      }
    }
  }

  void devices(const std::string& platform) {
    for (std::size_t page = 1;; ++page) {
      const Json reply = ask("POST", "/v1.0/exclusive/trustedDevices/query", Json(),
                             {{"pageNumber", page}, {"pageSize", page_}, {"platform", platform}});
      if (page * page_ >= reply["total"].get<std::size_t>()) return;
    }
  }

  SimulatedTenant& tenant_;
  std::size_t page_;
  std::vector<Json> calls_;
};

std::set<std::string> SimulatedTenant::bound_nodes() const {
  // Nobody can ask for them without somebody who may see them.
  if (!dingtalk::Bindings{model_}.is_bound("tenant.operator")) return {};
  std::set<std::string> nodes;
  for (const model::Binding& binding : model_.bindings) {
    if ((binding.kind == "store" || binding.kind == "data") && !dingtalk::find_fault(binding)) nodes.insert(binding.id);
  }
  return nodes;
}

std::string SimulatedTenant::exported(std::size_t page_size) { return Exporter{*this, page_size}.run(); }

}  // namespace farol::testing
