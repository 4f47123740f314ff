// Who has which files, apps and groups, as rules.
#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "target/dingtalk/bindings.h"
#include "target/dingtalk/enforcement.h"
#include "target/dingtalk/importer.h"

namespace farol::dingtalk {

void Importer::add_files() {
  Part part{"Folders and knowledge bases", {}};
  std::size_t number = 0;
  for (const auto& [node, seen] : tenant_.grants) {
    if (!seen.value) {
      why(fmt::format("the permissions on {}", node), seen.why_not);
      continue;
    }
    const auto how = seen_of(tenant_.inheritance, node);
    const bool is_folder = how.value && *how.value == "BREAK";
    if (!how.value) why(fmt::format("what {} takes from the folder above", node), how.why_not);
    ++number;
    const std::string store = names_.make(fmt::format("store_{}", number), "store");
    const std::string data = names_.make(fmt::format("files_{}", number), "data");
    if (!bind("data", data, node)) continue;
    declarations_ += fmt::format("store {} {{ on: dingtalk kind: {} }}\ndata {} {{ title: {} store: {} }}\n", store,
                                 is_folder ? "folder" : "space", data, quoted_text(node), store);
    static constexpr std::string_view roles[] = {"READER", "DOWNLOADER", "EDITOR", "MANAGER"};
    static constexpr std::string_view folder[] = {"drive.read", "drive.download", "drive.write", "drive.delete"};
    static constexpr std::string_view space[] = {"doc.read", "doc.copy", "doc.write", "doc.delete"};
    for (std::size_t level = 0; level < std::size(roles); ++level) {
      Ids departments, users;
      for (const Grant& grant : *seen.value) {
        if (grant.role != roles[level]) continue;
        if (grant.type == "DEPT") {
          departments.insert(grant.id);
        } else if (grant.type == "USER") {
          users.insert(grant.id);
        } else {
          ask(fmt::format("{} {} has {} on {}, which a policy cannot say", grant.type, grant.id, grant.role, node));
        }
      }
      const auto who = grantees(fmt::format("a permission on {}", node), departments, users);
      if (!who || who->empty()) continue;
      const auto& features = is_folder ? folder : space;
      part.text += fmt::format("allow {} to {} on {}\n", subjects(*who, false),
                               fmt::join(std::vector<std::string_view>(features, features + level + 1), ", "), data);
    }
    ask(fmt::format("whether the whole organisation has a permission on {}: the call does not show it", node));
  }
  if (number > 0) {
    if (!tenant_.operator_id.empty()) bind("tenant", "operator", tenant_.operator_id);
    if (!tenant_.corp.empty()) bind("tenant", "corp", tenant_.corp);
  }
  draft_.parts.push_back(std::move(part));
}

std::optional<std::set<std::size_t>> Importer::grantees(const std::string& what, const Ids& departments, Ids users) {
  std::set<std::size_t> made;
  for (std::size_t i = 0; i < subjects_.size() && !users.empty(); ++i) {
    const Subject& subject = subjects_[i];
    if (subject.tag.empty() || subject.members != users) continue;
    made.insert(i);
    users.clear();
  }
  const auto rest = subjects_of(what, {}, departments, users);
  if (!rest) return std::nullopt;
  made.insert(rest->begin(), rest->end());
  return made;
}

void Importer::add_apps() {
  std::map<std::string, std::string> titles;
  if (tenant_.apps.value) {
    for (const App& app : *tenant_.apps.value) titles[app.id] = app.name;
  }
  Part part{"Apps", {}};
  for (const auto& [id, seen] : tenant_.app_scopes) {
    const std::string title = titles.contains(id) ? titles[id] : "app " + id;
    if (!seen.value) {
      why(fmt::format("the people who may use {}", title), seen.why_not);
      continue;
    }
    const std::string name = names_.make(title, "app");
    if (!bind("app", name, id)) continue;
    declarations_ += fmt::format("app {} {{ title: {} }}\n", name, quoted_text(title));
    if (seen.value->departments.contains("1")) {
      if (seen.value->departments.size() + seen.value->roles.size() + seen.value->users.size() > 1)
        ask(fmt::format("everybody may use {}, so that whom it names besides is left out", title));
      part.text += fmt::format("allow everyone to app.use on {}\n", name);
      continue;
    }
    const auto who = subjects_of(fmt::format("the scope of the app {}", title), seen.value->roles,
                                 seen.value->departments, seen.value->users);
    if (!who) continue;
    if (who->empty()) {
      part.text += fmt::format("deny everyone to app.use on {}\n", name);
    } else {
      part.text += fmt::format("allow {} to app.use on {}\n", subjects(*who, false), name);
    }
  }
  draft_.parts.push_back(std::move(part));
}

void Importer::add_groups() {
  Part part{"Groups", {}};
  std::size_t number = 0;
  for (const auto& [id, seen] : tenant_.groups) {
    if (!seen.value) {
      why(fmt::format("the settings of the group {}", id), seen.why_not);
      continue;
    }
    const std::string name = names_.make(fmt::format("group_{}", ++number), "group");
    if (!bind("group", name, id)) continue;
    declarations_ += fmt::format("group {} {{ title: {} }}\n", name, quoted_text(id));
    for (const model::Feature& feature : catalogue_.features) {
      const auto enforcement = dingtalk::enforcement_of(catalogue_, feature, feature.kept_by);
      if (enforcement.request != "group_option" || enforcement.options.size() != 1) continue;
      const auto set = seen.value->find(enforcement.options.front().key);
      if (set == seen.value->end()) continue;
      const bool closed = set->second == enforcement.options.front().value;
      part.text += fmt::format("{} everyone to {} on {}\n", closed ? "deny" : "allow", feature.name, name);
    }
    ask(fmt::format(
        "switches of the group {} that the call does not show: who adds people, pins, calls meetings and the like",
        id));
  }
  draft_.parts.push_back(std::move(part));
}

}  // namespace farol::dingtalk
