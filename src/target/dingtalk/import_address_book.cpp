// Who sees whom and which fields in the address book, as rules.
#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "target/dingtalk/bindings.h"
#include "target/dingtalk/enforcement.h"
#include "target/dingtalk/importer.h"

namespace farol::dingtalk {

void Importer::add_contacts() {
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

void Importer::restrict(const ContactRule& rule, std::map<std::size_t, View>& views) {
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

void Importer::hide(const ContactRule& rule, std::vector<std::pair<std::string, std::set<std::size_t>>>& hidings) {
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

std::string Importer::subjects(const std::set<std::size_t>& who, bool with_nobody) const {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < subjects_.size(); ++i) {
    if (who.contains(i) != with_nobody) names.push_back(subjects_[i].name);
  }
  if (!with_nobody) return fmt::format("{}", fmt::join(names, ", "));
  return names.empty() ? "everyone" : fmt::format("everyone except {}", fmt::join(names, ", "));
}

std::string Importer::objects(const View& view) const {
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

void Importer::add_fields() {
  if (!tenant_.hidden_fields.value) return why("the rules about fields that are hidden", tenant_.hidden_fields.why_not);
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
      ask(fmt::format("{} hides {} of some people only, or several fields; a policy says one field for everybody here",
                      name_of(rule), fmt::join(fields, ", ")));
      continue;
    }
    const auto feature = features.find(*fields.begin());
    if (feature == features.end()) {
      ask(fmt::format("{} hides the field {}, which has no feature in the catalogue", name_of(rule), *fields.begin()));
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

void Importer::add_executives() {
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

}  // namespace farol::dingtalk
