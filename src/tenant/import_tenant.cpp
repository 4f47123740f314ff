// The inverse of lowering: from settings of a tenant to statements whose steps set just that.
#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "dingtalk/bindings.h"
#include "dingtalk/enforcement.h"
#include "tenant/comparison.h"
#include "tenant/import.h"

namespace farol::tenant {
namespace {

constexpr std::size_t max_departments = 500;
constexpr std::size_t max_named = 5;

std::string some(const std::vector<std::string>& names) {
  const std::vector<std::string> first(names.begin(),
                                       names.begin() + static_cast<std::ptrdiff_t>(std::min(names.size(), max_named)));
  return fmt::format("{}{}", fmt::join(first, ", "),
                     names.size() > max_named ? fmt::format(" and {} more", names.size() - max_named) : "");
}

// A role of the policy that is being made.
struct Subject {
  std::string name;
  std::string tag, department;  // ids, of which it has at most one
  std::set<std::string> members;
};

class Importer {
 public:
  Importer(const Tenant& tenant, const model::Model& catalogue, std::string_view version, Names names)
      : tenant_(tenant), catalogue_(catalogue), names_(std::move(names)) {
    draft_.declarations = fmt::format("policy {} {{ }}\n\nuse dingtalk {}\n", quoted_text("Imported tenant"), version);
  }

  Draft run() {
    add_departments();
    add_roles();
    add_contacts();
    add_fields();
    add_executives();
    add_files();
    add_apps();
    add_groups();
    if (!tenant_.meetings.empty())
      ask("what scheduled meetings are about: their settings were read, but a policy says them of a class of data");
    for (const auto& [platform, devices] : tenant_.devices) {
      if (devices.value && !devices.value->empty())
        ask(fmt::format("{} trusted devices ({}) are registered: that sign-in needs one is a setting of the console",
                        devices.value->size(), platform));
    }
    finish_declarations();
    ask("settings of the console that no call shows: recording, watermarks, screenshots, second factor, export of the "
        "address book and of approvals, "
        "sharing outside, external groups, rules of the address book that were made in the console");
    ask("why any of this is so: no `because` can be read from a tenant");
    return std::move(draft_);
  }

 private:
  void ask(std::string question) {
    if (std::find(draft_.questions.begin(), draft_.questions.end(), question) == draft_.questions.end())
      draft_.questions.push_back(std::move(question));
  }

  // Whether an id can be bound; a question where it cannot.
  bool bind(const std::string& kind, const std::string& name, const std::string& id) {
    const model::Binding binding{kind, name, id, {}};
    if (const auto fault = dingtalk::find_fault(binding)) {
      ask(fmt::format("the id of {} {} {}: it is left out", kind, name, *fault));
      return false;
    }
    draft_.bindings += fmt::format("bind {} {} to {}\n", kind, name, quoted_text(id));
    return true;
  }

  void add_departments() {
    if (!tenant_.departments.value) {
      why("the departments", tenant_.departments.why_not);
      return;
    }
    std::vector<std::string> left_out;
    for (const Department& each : *tenant_.departments.value) {
      if (department_names_.size() == max_departments) {
        left_out.push_back(each.name);
        continue;
      }
      const std::string name = names_.make(each.name, "department");
      if (!bind("department", name, each.id)) continue;
      department_names_[each.id] = name;
      declarations_ += fmt::format("department {} {{ title: {} }}\n", name, quoted_text(each.name));
    }
    if (!left_out.empty())
      ask(fmt::format("{} departments beyond the first {} are left out: {}", left_out.size(), max_departments,
                      some(left_out)));
  }

  void why(std::string_view what, const std::optional<Note>& note) {
    std::string because = note ? std::string(base::text(note->phrase, base::Language::en)) : "";
    if (note && !note->details.empty())
      because = base::fill(note->phrase, base::Language::en, {note->details[0], {}, {}});
    ask(fmt::format("{} are not known: {}", what, because));
  }

  void add_roles() {
    if (!tenant_.roles.value) {
      why("the roles", tenant_.roles.why_not);
      return;
    }
    for (const Role& role : tenant_.roles.value->roles) {
      // The platform's own; no call gives them to anybody.
      if (is_built_in(role.name)) continue;
      Subject subject{names_.make(role.name, "role"), role.id, {}, {}};
      if (!bind("role", subject.name, role.id)) continue;
      std::string block = fmt::format(" title: {}", quoted_text(role.name));
      const auto members = seen_of(tenant_.members, role.id);
      if (members.value) {
        for (const Member& member : *members.value) subject.members.insert(member.id);
        if (!members.value->empty()) bind_members(subject);
        block += manages(subject, *members.value);
      } else {
        why(fmt::format("the members of the role {}", role.name), members.why_not);
      }
      declarations_ += fmt::format("role {} {{{} }}\n", subject.name, block);
      by_tag_[role.id] = subjects_.size();
      subjects_.push_back(std::move(subject));
    }
  }

  void bind_members(const Subject& subject) {
    bind("members", subject.name, fmt::format("{}", fmt::join(subject.members, ",")));
  }

  // A policy says for all members which departments they manage; a tenant for each.
  std::string manages(const Subject& subject, const std::vector<Member>& members) {
    if (members.empty()) return {};
    const bool equal = std::all_of(members.begin(), members.end(),
                                   [&](const Member& each) { return each.manages == members.front().manages; });
    if (!equal) {
      ask(fmt::format("members of {} manage different departments; a policy says for a role what all of them manage",
                      subject.name));
      return {};
    }
    std::vector<std::string> names;
    for (const std::string& id : members.front().manages) {
      const auto known = department_names_.find(id);
      if (known == department_names_.end()) {
        ask(fmt::format("members of {} manage the department {}, which is not in the export", subject.name, id));
        return {};
      }
      names.push_back(known->second);
    }
    return names.empty() ? "" : fmt::format(" manages: {}", fmt::join(names, ", "));
  }

  // The role that stands for a department or for some people; made at the first use.
  std::optional<std::size_t> of_department(const std::string& id) {
    if (const auto known = by_department_.find(id); known != by_department_.end()) return known->second;
    const auto name = department_names_.find(id);
    if (name == department_names_.end()) return std::nullopt;
    Subject subject{names_.make("in_" + name->second, "members"), {}, id, {}};
    declarations_ += fmt::format("role {} {{ department: {} }}\n", subject.name, name->second);
    by_department_[id] = subjects_.size();
    subjects_.push_back(std::move(subject));
    return subjects_.size() - 1;
  }
  std::size_t of_people(const std::set<std::string>& users) {
    if (const auto known = by_people_.find(users); known != by_people_.end()) return known->second;
    Subject subject{names_.make("people_" + std::to_string(by_people_.size() + 1), "people"), {}, {}, users};
    declarations_ += fmt::format("role {} {{ members: {} }}\n", subject.name,
                                 quoted_text(fmt::format("{}", fmt::join(users, ", "))));
    bind_members(subject);
    by_people_[users] = subjects_.size();
    subjects_.push_back(std::move(subject));
    return subjects_.size() - 1;
  }

  // Roles for the lists of a rule; nothing where one of them is not known.
  std::optional<std::set<std::size_t>> subjects_of(const std::string& what, const Ids& tags, const Ids& departments,
                                                   const Ids& users) {
    std::set<std::size_t> made;
    for (const std::string& tag : tags) {
      const auto known = by_tag_.find(tag);
      if (known == by_tag_.end()) {
        ask(fmt::format("{} names the role {}, which is not known", what, tag));
        return std::nullopt;
      }
      made.insert(known->second);
    }
    for (const std::string& department : departments) {
      const auto known = of_department(department);
      if (!known) {
        ask(fmt::format("{} names the department {}, which is not known", what, department));
        return std::nullopt;
      }
      made.insert(*known);
    }
    if (!users.empty()) made.insert(of_people(users));
    return made;
  }

  static const Ids& list_of(const ContactRule& rule, const std::string& list) {
    static const Ids none;
    const auto found = rule.lists.find(list);
    return found == rule.lists.end() ? none : found->second;
  }
  static std::string name_of(const ContactRule& rule) {
    return fmt::format("the rule `{}` of the address book", rule.name.empty() ? rule.id : rule.name);
  }

  // What a subject may see: nothing at all, or these; `others` are departments beyond those that have a name.
  struct View {
    bool nothing = false;
    bool own = false;                // its own department only
    std::optional<Ids> departments;  // these only
    Ids hidden;                      // all but these
    auto operator<=>(const View&) const = default;
  };

  void add_contacts() {
    if (!tenant_.restrictions.value || !tenant_.hidings.value) {
      if (!tenant_.restrictions.value) why("the rules about who sees whom", tenant_.restrictions.why_not);
      if (!tenant_.hidings.value) why("the rules about who is hidden", tenant_.hidings.why_not);
      return;
    }
    std::map<std::size_t, View> views;
    for (const ContactRule& rule : *tenant_.restrictions.value) {
      if (rule.active) restrict(rule, views);
    }
    std::vector<std::pair<std::string, std::set<std::size_t>>> hidings;
    for (const ContactRule& rule : *tenant_.hidings.value) {
      if (rule.active) hide(rule, hidings);
    }
    View nobody;
    for (const auto& [department, seers] : hidings) {
      nobody.hidden.insert(department);
      for (std::size_t i = 0; i < subjects_.size(); ++i) {
        if (!seers.contains(i)) views[i].hidden.insert(department);
      }
    }
    std::map<View, std::set<std::size_t>> by_view;
    for (std::size_t i = 0; i < subjects_.size(); ++i) by_view[views[i]].insert(i);
    by_view.try_emplace(nobody);
    Part part{"Who sees whom in the address book", {}};
    for (const auto& [view, who] : by_view) {
      if (view.nothing) continue;
      const bool with_nobody = view == nobody;
      if (!with_nobody && who.empty()) continue;
      part.text += fmt::format("allow {} to contacts.see{}\n", subjects(who, with_nobody), objects(view));
    }
    draft_.parts.push_back(std::move(part));
  }

  void restrict(const ContactRule& rule, std::map<std::size_t, View>& views) {
    const auto who = subjects_of(name_of(rule), list_of(rule, "subjectTagIds"), list_of(rule, "subjectDeptIds"),
                                 list_of(rule, "subjectUserIds"));
    if (!who) return;
    if (!list_of(rule, "excludeTagIds").empty() || !list_of(rule, "excludeUserIds").empty())
      return ask(fmt::format("{} keeps some roles or people in sight, which a policy cannot say", name_of(rule)));
    View view;
    if (rule.type == "onlySelf") {
      view.nothing = true;
    } else if (rule.type == "onlySelfDeptAndChild") {
      view.own = true;
    } else if (rule.type == "excludeNode") {
      view.departments = list_of(rule, "excludeDeptIds");
      for (const std::string& id : *view.departments) {
        if (!department_names_.contains(id))
          return ask(fmt::format("{} keeps the department {} in sight, which is not known", name_of(rule), id));
      }
      if (view.departments->empty()) view.nothing = true;
    } else {
      return ask(fmt::format("{} is of a kind that is not documented: {}", name_of(rule), rule.type));
    }
    for (const std::size_t each : *who) views[each] = view;
  }

  void hide(const ContactRule& rule, std::vector<std::pair<std::string, std::set<std::size_t>>>& hidings) {
    const Ids& departments = list_of(rule, "objectDeptIds");
    if (departments.size() != 1 || !list_of(rule, "objectTagIds").empty() || !list_of(rule, "objectStaffIds").empty())
      return ask(
          fmt::format("{} hides roles, people or several departments, which a policy says of one department at a time",
                      name_of(rule)));
    if (!department_names_.contains(*departments.begin()))
      return ask(fmt::format("{} hides the department {}, which is not known", name_of(rule), *departments.begin()));
    const auto seers = subjects_of(name_of(rule), list_of(rule, "excludeTagIds"), list_of(rule, "excludeDeptIds"),
                                   list_of(rule, "excludeStaffIds"));
    if (seers) hidings.emplace_back(*departments.begin(), *seers);
  }

  // `a, b`, or `everyone except c` where whoever holds no role is among them.
  [[nodiscard]] std::string subjects(const std::set<std::size_t>& who, bool with_nobody) const {
    std::vector<std::string> names;
    for (std::size_t i = 0; i < subjects_.size(); ++i) {
      if (who.contains(i) != with_nobody) names.push_back(subjects_[i].name);
    }
    if (!with_nobody) return fmt::format("{}", fmt::join(names, ", "));
    return names.empty() ? "everyone" : fmt::format("everyone except {}", fmt::join(names, ", "));
  }

  [[nodiscard]] std::string objects(const View& view) const {
    const auto named = [&](const Ids& ids) {
      std::vector<std::string> names;
      for (const std::string& id : ids) names.push_back(department_names_.at(id));
      return fmt::format("{}", fmt::join(names, ", "));
    };
    std::string text = " on ";
    text += view.departments ? named(*view.departments) : "all";
    if (!view.departments && !view.hidden.empty()) text += " except " + named(view.hidden);
    return text + (view.own ? " when reach is self or department" : "");
  }

  void add_fields() {
    if (!tenant_.hidden_fields.value)
      return why("the rules about fields that are hidden", tenant_.hidden_fields.why_not);
    std::map<std::string, std::string> features;  // by field
    for (const model::Feature& feature : catalogue_.features) {
      const auto enforcement = dingtalk::enforcement_of(catalogue_, feature, feature.kept_by);
      if (enforcement.request == "field_hiding" && enforcement.options.size() == 1)
        features[enforcement.options.front().key] = feature.name;
    }
    Part part{"Fields of people", {}};
    std::set<std::string> done;
    for (const ContactRule& rule : *tenant_.hidden_fields.value) {
      if (!rule.active) continue;
      const Ids& fields = list_of(rule, "hideFields");
      const bool of_all = list_of(rule, "objectDeptIds") == Ids{"1"} && list_of(rule, "objectTagIds").empty() &&
                          list_of(rule, "objectStaffIds").empty();
      if (fields.size() != 1 || !of_all) {
        ask(fmt::format(
            "{} hides {} of some people only, or several fields; a policy says one field for everybody here",
            name_of(rule), fmt::join(fields, ", ")));
        continue;
      }
      const auto feature = features.find(*fields.begin());
      if (feature == features.end()) {
        ask(fmt::format("{} hides the field {}, which has no feature in the catalogue", name_of(rule),
                        *fields.begin()));
        continue;
      }
      if (!done.insert(feature->second).second) {
        ask(fmt::format("{} is the second one about {}", name_of(rule), feature->second));
        continue;
      }
      auto seers = subjects_of(name_of(rule), list_of(rule, "excludeTagIds"), list_of(rule, "excludeDeptIds"),
                               list_of(rule, "excludeStaffIds"));
      if (!seers) continue;
      part.text += seers->empty() ? fmt::format("deny everyone to {}\n", feature->second)
                                  : fmt::format("allow {} to {} on all\n", subjects(*seers, false), feature->second);
    }
    draft_.parts.push_back(std::move(part));
  }

  void add_executives() {
    if (tenant_.executives.empty()) return;
    const std::string feature = "contacts.reach_executives";
    std::optional<Executive> common;
    Ids protected_people;
    for (const auto& [user, executive] : tenant_.executives) {
      if (!executive.value) {
        why(fmt::format("the settings of the executive {}", user), executive.why_not);
        continue;
      }
      if (executive.value->scenes.empty()) continue;
      if (common && (common->scenes != executive.value->scenes || common->permitted != executive.value->permitted)) {
        ask(fmt::format(
            "the executive {} is protected otherwise than the others; a policy says one thing for all of them", user));
        continue;
      }
      common = *executive.value;
      protected_people.insert(user);
    }
    if (!common) return;
    Ids tags, departments, users;
    for (const std::string& id : common->permitted) {
      if (by_tag_.contains(id)) {
        tags.insert(id);
      } else if (department_names_.contains(id)) {
        departments.insert(id);
      } else {
        users.insert(id);
      }
    }
    const auto who = subjects_of("the list of those who reach executives", tags, departments, users);
    if (!who) return;
    bind("tenant", "executives", fmt::format("{}", fmt::join(protected_people, ",")));
    draft_.parts.push_back(
        {"Who reaches the executives", who->empty() ? fmt::format("deny everyone to {}\n", feature)
                                                    : fmt::format("allow {} to {}\n", subjects(*who, false), feature)});
  }

  void add_files() {
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

  // People who are just the members of a role are that role: so it was set.
  std::optional<std::set<std::size_t>> grantees(const std::string& what, const Ids& departments, Ids users) {
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

  void add_apps() {
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

  void add_groups() {
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

  void finish_declarations() {
    if (!declarations_.empty()) draft_.declarations += "\n" + declarations_;
  }

  const Tenant& tenant_;
  const model::Model& catalogue_;
  Names names_;
  Draft draft_;
  std::string declarations_;
  std::map<std::string, std::string> department_names_;
  std::vector<Subject> subjects_;
  std::map<std::string, std::size_t> by_tag_, by_department_;
  std::map<std::set<std::string>, std::size_t> by_people_;
};

}  // namespace

Draft draft_from_tenant(const Tenant& tenant, const model::Model& catalogue, std::string_view version, Names names) {
  return Importer{tenant, catalogue, version, std::move(names)}.run();
}

}  // namespace farol::tenant
