// Who has which files, apps and groups, as rules.
#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "diag/messages_target.h"
#include "target/dingtalk/bindings.h"
#include "target/dingtalk/enforcement.h"
#include "target/dingtalk/import_tenant.h"

namespace farol::dingtalk {

namespace {

// The roles of a node, each with what it has beyond the ones before it, as features of folders and of knowledge bases.
struct NodeRole {
  std::string_view role, folder, space;
};
constexpr NodeRole node_roles[] = {{"READER", "drive.read", "doc.read"},
                                   {"DOWNLOADER", "drive.download", "doc.copy"},
                                   {"EDITOR", "drive.write", "doc.write"},
                                   {"MANAGER", "drive.delete", "doc.delete"}};

}  // namespace

void TenantImporter::add_files() {
  Part part{said(message::import_folders()), {}};
  std::size_t number = 0;
  for (const auto& [node, live] : things(Call::file_list)) {
    const Records* grants = seen(message::import_of_node(node), live);
    if (grants == nullptr) continue;
    const Records* how = seen(message::import_of_inherited(node), tenant_.records_of(Call::file_inherit_read, node));
    const bool is_folder = how != nullptr && how->front().one("inheritance") == "BREAK";
    if (how != nullptr && !is_folder) ask(message::import_from_above(node));
    ++number;
    const std::string store = names_.make(fmt::format("store_{}", number), "store");
    const std::string data = names_.make(fmt::format("files_{}", number), "data");
    if (!bind("data", data, node)) continue;
    ++things_;
    declarations_ += fmt::format("store {} {{ on: dingtalk kind: {} }}\ndata {} {{ title: {} store: {} }}\n", store,
                                 is_folder ? "folder" : "space", data, quoted_text(node), store);
    std::vector<std::string_view> features;
    for (const NodeRole& level : node_roles) {
      features.push_back(is_folder ? level.folder : level.space);
      const auto who = grantees(node, *grants, level.role);
      if (who && !who->empty())
        part.text += fmt::format("allow {} to {} on {}\n", subjects(*who, false), fmt::join(features, ", "), data);
    }
    ask(message::import_whole_on_node(node));
  }
  if (number > 0) {
    if (!tenant_.operator_id.empty()) bind("tenant", "operator", tenant_.operator_id);
    if (!tenant_.corp.empty()) bind("tenant", "corp", tenant_.corp);
  }
  draft_.parts.push_back(std::move(part));
}

std::optional<std::set<std::size_t>> TenantImporter::grantees(const std::string& node, const Records& grants,
                                                              std::string_view role) {
  Ids departments, users;
  for (const Record& grant : grants) {
    if (grant.one("role.id") != role) continue;
    const std::string& type = grant.one("member.type");
    const std::string& id = grant.one("member.id");
    if (lapses(grant)) {
      ask(message::import_lapses(id, type, std::string(role), node, grant.one("duration")));
      continue;
    }
    if (type == "DEPT") {
      departments.insert(id);
    } else if (type == "USER") {
      users.insert(id);
    } else {
      ask(message::import_member_kind(id, type, std::string(role), node));
    }
  }
  auto made = subjects_of(message::import_of_permission(node), {}, departments, {});
  if (made && !users.empty()) made->insert(role_of(users));
  return made;
}

void TenantImporter::add_apps() {
  std::map<std::string, std::string> titles;
  if (const auto& apps = tenant_.records_of(Call::app_list); apps.value) {
    for (const Record& app : *apps.value) titles[app.one("agentId")] = app.one("name");
  }
  Part part{said(message::import_apps()), {}};
  for (const auto& [id, live] : things(Call::app_scope_read)) {
    const std::string title = titles.contains(id) ? titles[id] : "app_" + id;
    const Records* scopes = seen(message::import_of_app(title), live);
    if (scopes == nullptr) continue;
    const Record& scope = scopes->empty() ? Record{} : scopes->front();
    const std::string name = names_.make(title, "app");
    if (!bind("app", name, id)) continue;
    ++things_;
    declarations_ += fmt::format("app {} {{ title: {} }}\n", name, quoted_text(title));
    const Ids &roles = scope.all("roleIds"), &departments = scope.all("deptIds"), &users = scope.all("userIds");
    if (departments.contains("1")) {
      if (departments.size() + roles.size() + users.size() > 1) ask(message::import_everybody_uses(title));
      part.text += fmt::format("allow everyone to app.use on {}\n", name);
      continue;
    }
    const auto who = subjects_of(message::import_of_scope(title), roles, departments, users);
    if (!who) continue;
    part.text += who->empty() ? fmt::format("deny everyone to app.use on {}\n", name)
                              : fmt::format("allow {} to app.use on {}\n", subjects(*who, false), name);
  }
  draft_.parts.push_back(std::move(part));
}

void TenantImporter::add_groups() {
  Part part{said(message::import_groups()), {}};
  std::size_t number = 0;
  for (const auto& [id, live] : things(Call::group_read)) {
    const Records* groups = seen(message::import_of_group(id), live);
    if (groups == nullptr) continue;
    const Record& group = groups->empty() ? Record{} : groups->front();
    const std::string name = names_.make(fmt::format("group_{}", ++number), "group");
    if (!bind("group", name, id)) continue;
    ++things_;
    declarations_ += fmt::format("group {} {{ title: {} made_by_app: yes }}\n", name, quoted_text(id));
    for (const model::Feature& feature : catalogue_.features) {
      const auto enforcement = enforcement_of(catalogue_, feature, feature.kept_by);
      if (enforcement.request != "group_option" || enforcement.options.size() != 1) continue;
      const std::string path = "management_options." + enforcement.options.front().key;
      if (!group.shows(path)) continue;
      const bool closed = group.one(path) == enforcement.options.front().value;
      part.text += fmt::format("{} everyone to {} on {}\n", closed ? "deny" : "allow", feature.name, name);
    }
    ask(message::import_group_switches(id));
  }
  draft_.parts.push_back(std::move(part));
}

}  // namespace farol::dingtalk
