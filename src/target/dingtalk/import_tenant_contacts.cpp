// Who sees whom and which fields in the address book, as rules.
#include <algorithm>
#include <map>
#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "diag/messages_target.h"
#include "target/dingtalk/bindings.h"
#include "target/dingtalk/enforcement.h"
#include "target/dingtalk/import_tenant.h"

namespace farol::dingtalk {

void TenantImporter::add_contacts() {
  const Records* restrictions = seen(message::import_of_sight(), tenant_.records_of(Call::contact_restrict_list));
  const Records* rules = seen(message::import_of_hidden(), tenant_.records_of(Call::contact_hide_list));
  if (restrictions == nullptr || rules == nullptr) return;
  std::map<std::size_t, View> views;
  for (const Record& rule : *restrictions) {
    if (rule.is_on("active")) restrict(rule, views);
  }
  Hidings hidings;
  for (const Record& rule : *rules) {
    if (rule.is_on("active")) hide(rule, hidings);
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
  Part part{said(message::import_who_sees_whom()), {}};
  for (const auto& [view, who] : by_view) {
    if (view.nothing) continue;
    const bool with_nobody = view == nobody;
    if (!with_nobody && who.empty()) continue;
    part.text += fmt::format("allow {} to contacts.see{}\n", subjects(who, with_nobody), objects(view));
  }
  draft_.parts.push_back(std::move(part));
}

void TenantImporter::restrict(const Record& rule, std::map<std::size_t, View>& views) {
  const auto who = subjects_of(rule, Call::contact_restrict);
  if (!who) return;
  const diag::Text title = title_of(rule);
  if (!rule.all("excludeTagIds").empty() || !rule.all("excludeUserIds").empty())
    return ask(message::import_keeps_people(title));
  View view;
  const std::string& type = rule.one("type");
  if (type == "onlySelf") {
    view.nothing = true;
  } else if (type == "onlySelfDeptAndChild") {
    view.own = true;
  } else if (type == "excludeNode") {
    view.departments = rule.all("excludeDeptIds");
    for (const std::string& id : *view.departments) {
      if (!department_names_.contains(id)) return ask(message::import_keeps_department(title, id));
    }
    if (view.departments->empty()) view.nothing = true;
  } else {
    return ask(message::import_rule_kind(title, type));
  }
  // Two rules about the same people both hold, which no statement says.
  for (const std::size_t each : *who) {
    if (!views.try_emplace(each, view).second) ask(message::import_second_rule(title, "contacts.see"));
  }
}

void TenantImporter::hide(const Record& rule, Hidings& hidings) {
  const Ids& departments = rule.all("objectDeptIds");
  const diag::Text title = title_of(rule);
  if (departments.size() != 1 || !rule.all("objectTagIds").empty() || !rule.all("objectStaffIds").empty())
    return ask(message::import_hides_many(title));
  if (!department_names_.contains(*departments.begin()))
    return ask(message::import_hides_department(title, *departments.begin()));
  const auto seers = subjects_of(rule, Call::contact_hide);
  if (!seers) return;
  // Of two rules about one department both hold.
  const auto [known, is_first] = hidings.try_emplace(*departments.begin(), *seers);
  if (!is_first) std::erase_if(known->second, [&](std::size_t seer) { return !seers->contains(seer); });
}

std::string TenantImporter::subjects(const std::set<std::size_t>& who, bool with_nobody) const {
  std::vector<std::string> names;
  if (!with_nobody) {
    for (const std::size_t each : who) names.push_back(subjects_[each].name);
    return fmt::format("{}", fmt::join(names, ", "));
  }
  for (std::size_t i = 0; i < subjects_.size(); ++i) {
    if (!who.contains(i)) names.push_back(subjects_[i].name);
  }
  return names.empty() ? "everyone" : fmt::format("everyone except {}", fmt::join(names, ", "));
}

std::string TenantImporter::departments(const Ids& ids) const {
  std::vector<std::string> names;
  for (const std::string& id : ids) names.push_back(department_names_.at(id));
  return fmt::format("{}", fmt::join(names, ", "));
}

std::string TenantImporter::objects(const View& view) const {
  std::string text = " on ";
  text += view.departments ? departments(*view.departments) : "all";
  if (!view.departments && !view.hidden.empty()) text += " except " + departments(view.hidden);
  return text + (view.own ? " when reach is self or department" : "");
}

void TenantImporter::add_fields() {
  const Records* rules = seen(message::import_of_fields(), tenant_.records_of(Call::field_hide_list));
  if (rules == nullptr) return;
  std::map<std::string, std::string> features;  // by field
  for (const model::Feature& feature : catalogue_.features) {
    const auto enforcement = enforcement_of(catalogue_, feature, feature.kept_by);
    if (enforcement.request == "field_hiding" && enforcement.options.size() == 1)
      features[enforcement.options.front().key] = feature.name;
  }
  Part part{said(message::import_fields()), {}};
  std::set<std::string> done;
  for (const Record& rule : *rules) {
    if (!rule.is_on("active")) continue;
    const Ids& fields = rule.all("hideFields");
    const diag::Text title = title_of(rule);
    const Ids& of = rule.all("objectDeptIds");
    const bool of_all = of == Ids{"1"};
    const bool has_words =
        of_all || (!of.empty() && std::all_of(of.begin(), of.end(), [&](const std::string& department) {
          return department_names_.contains(department);
        }));
    if (fields.size() != 1 || !has_words || !rule.all("objectTagIds").empty() || !rule.all("objectStaffIds").empty()) {
      ask(message::import_hides_fields(title, {fields.begin(), fields.end()}));
      continue;
    }
    const auto feature = features.find(*fields.begin());
    if (feature == features.end()) {
      ask(message::import_hides_unknown(title, *fields.begin()));
      continue;
    }
    if (!done.insert(feature->second).second) {
      ask(message::import_second_rule(title, feature->second));
      continue;
    }
    const auto seers = subjects_of(rule, Call::field_hide);
    if (!seers) continue;
    if (seers->empty()) {
      part.text += fmt::format("deny everyone to {}{}\n", feature->second, of_all ? "" : " on " + departments(of));
    } else if (of_all) {
      part.text += fmt::format("allow {} to {} on all\n", subjects(*seers, false), feature->second);
    } else {
      // Whoever was allowed it for some departments would be refused it for all others.
      ask(message::import_hides_fields(title, {fields.begin(), fields.end()}));
    }
  }
  draft_.parts.push_back(std::move(part));
}

void TenantImporter::add_executives() {
  const std::string feature = "contacts.reach_executives";
  std::optional<Record> common;
  Ids protected_people;
  for (const auto& [user, live] : things(Call::executive_read)) {
    const Records* seen_here = seen(message::import_of_executive(user), live);
    if (seen_here == nullptr || seen_here->front().all("protectScenes").empty()) continue;
    if (common && common->fields != seen_here->front().fields) {
      ask(message::import_executive_differs(user));
      continue;
    }
    common = seen_here->front();
    protected_people.insert(user);
  }
  if (!common) return;
  Ids tags, departments, users;
  for (const std::string& id : common->all("seniorWhiteList.id")) {
    if (by_tag_.contains(id)) {
      tags.insert(id);
    } else if (department_names_.contains(id)) {
      departments.insert(id);
    } else {
      users.insert(id);
    }
  }
  const auto who = subjects_of(message::import_of_reach(), tags, departments, users);
  if (!who) return;
  bind("tenant", "executives", fmt::format("{}", fmt::join(protected_people, ",")));
  draft_.parts.push_back({said(message::import_executives()),
                          who->empty() ? fmt::format("deny everyone to {}\n", feature)
                                       : fmt::format("allow {} to {}\n", subjects(*who, false), feature)});
}

}  // namespace farol::dingtalk
