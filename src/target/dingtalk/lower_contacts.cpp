// The address book: who sees whom, and which fields of whom.
//
// People who hold no role cannot be named in a rule, so that no rule can be about them alone.
#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "decide/decisions.h"
#include "model/contexts.h"
#include "target/dingtalk/draft.h"

namespace farol::dingtalk {

using base::Phrase;

namespace {

// What a role sees, of the departments that the policy names and of all others.
struct View {
  std::vector<ObjectId> departments;  // sorted; those that it sees, `any other` included
  std::set<std::string> reach;        // of what it sees: self, department, company
  bool uniform = true;                // the reach is the same for all that it sees

  [[nodiscard]] bool reaches_all() const { return reach.size() == 3 || reach.empty(); }
};

// The values of the catalogue's context `reach` in which an object is allowed; all of them where no rule names it.
std::set<std::string> reach_of(const Draft& draft, RoleId role, FeatureId feature, ObjectId department) {
  const decide::Cell& cell = draft.decisions.cell(draft.model, role, feature, department);
  const auto& carries = draft.enforcement(feature).carries;
  std::set<std::string> values;
  for (const decide::Segment& segment : cell.segments) {
    if (segment.effect != decide::Effect::allow) continue;
    const std::size_t count = model::combinations(draft.model, cell.contexts);
    for (std::size_t combination = 0; combination < count; ++combination) {
      if (!segment.where.test(combination)) continue;
      bool names_reach = false;
      for (const auto& [context, value] : model::values_at(draft.model, cell.contexts, combination)) {
        if (!std::binary_search(carries.begin(), carries.end(), context)) continue;
        names_reach = true;
        values.insert(draft.model[context].values[value]);
      }
      if (!names_reach) return {"company", "department", "self"};
    }
  }
  return values;
}

// How a rule is called in the console: what it is about, cut between characters.
std::string rule_name(const std::string& target) {
  std::size_t end = std::min<std::size_t>(target.size(), 40);
  while (end < target.size() && (static_cast<unsigned char>(target[end]) & 0xC0U) == 0x80U) --end;
  return "farol " + target.substr(0, end);
}

class Contacts {
 public:
  Contacts(Draft& draft, FeatureId feature) : draft_(draft), model_(draft.model), feature_(feature) {}

  void run() {
    for (std::size_t i = 0; i < model_.roles.size(); ++i) views_.push_back(view_of(RoleId{i}));
    find_hidden();
    for (std::size_t i = 0; i < views_.size(); ++i) restrict(RoleId{i});
    for (const auto& [rule, roles] : rules_) add_rules(rule, roles);
    for (const ObjectId department : hidden_) hide(department);
    if (steps_.empty()) steps_.push_back(add_look());

    for (const ObjectId department : draft_.objects_of(feature_)) {
      Setting setting;
      setting.keeper = draft_.enforcement(feature_).kept_by;
      setting.steps = steps_;
      setting.if_off = Reason::implied;
      setting.on = draft_.allowed(feature_, department);
      setting.names_roles = true;
      // A department that is hidden from some is hidden from whoever holds no role: a rule cannot name them.
      const bool hidden = std::find(hidden_.begin(), hidden_.end(), department) != hidden_.end();
      if (hidden && !setting.on.empty() && setting.on.back() == model_.nobody()) setting.on.pop_back();
      setting.inexact.assign(inexact_.begin(), inexact_.end());
      if (is_unfit_) setting.missing = Reason::too_many;
      if (!std::binary_search(setting.on.begin(), setting.on.end(), model_.nobody())) setting.without_role = accounts();
      draft_.set(feature_, department, setting);
    }
  }

 private:
  // A rule of the address book, but for whom it is about.
  struct Rule {
    std::string type;                   // onlySelf, onlySelfDeptAndChild, excludeNode
    std::vector<ObjectId> departments;  // of excludeNode: those that stay visible
    bool operator==(const Rule&) const = default;
    bool operator<(const Rule& other) const {
      return std::tie(type, departments) < std::tie(other.type, other.departments);
    }
  };

  [[nodiscard]] View view_of(RoleId role) {
    View view;
    for (const ObjectId department : draft_.objects_of(feature_)) {
      if (!draft_.is_allowed(role, feature_, department)) continue;
      const std::set<std::string> reach = reach_of(draft_, role, feature_, department);
      view.uniform = view.uniform && (view.departments.empty() || view.reach == reach);
      view.reach.insert(reach.begin(), reach.end());
      view.departments.push_back(department);
    }
    return view;
  }

  [[nodiscard]] ObjectId other() const {
    for (const ObjectId department : draft_.objects_of(feature_)) {
      if (model_[department].other) return department;
    }
    return {};
  }
  [[nodiscard]] bool sees_others(const View& view) const {
    return std::find(view.departments.begin(), view.departments.end(), other()) != view.departments.end();
  }

  // Departments that somebody who sees all others does not see.
  void find_hidden() {
    for (const ObjectId department : draft_.objects_of(feature_)) {
      const bool hidden = std::any_of(views_.begin(), views_.end(), [&](const View& view) {
        return sees_others(view) &&
               std::find(view.departments.begin(), view.departments.end(), department) == view.departments.end();
      });
      if (hidden) hidden_.push_back(department);
    }
  }

  void restrict(RoleId role) {
    const View& view = views_[role.index()];
    const std::set<std::string> own_department = {"department", "self"};
    if (view.departments.empty()) {
      // The nearest that the platform has: everybody sees themselves.
      rules_[{"onlySelf", {}}].push_back(role);
      return;
    }
    const bool all = view.departments.size() == draft_.objects_of(feature_).size();
    if (view.reaches_all() && view.uniform) {
      if (sees_others(view)) return;  // but for what is hidden
      rules_[{"excludeNode", view.departments}].push_back(role);
      return;
    }
    if (all && view.uniform && view.reach == own_department) {
      rules_[{"onlySelfDeptAndChild", {}}].push_back(role);
      return;
    }
    const bool is_exact = all && view.uniform && view.reach == std::set<std::string>{"self"};
    if (!is_exact) inexact_.insert(role);
    rules_[{"onlySelf", {}}].push_back(role);
  }

  void add_rules(const Rule& rule, const std::vector<RoleId>& roles) {
    if (rule.departments.size() > limits::contact_exceptions) {
      is_unfit_ = true;
      return;
    }
    std::size_t batch = 0;
    for (const Subjects& some : batches_of_all(subjects_of(draft_, roles, true), limits::contact_subjects)) {
      Value::Object body{{"type", text(rule.type)}, {"active", boolean(true)}};
      for (const Option& option : draft_.enforcement(feature_).options)
        set(body, option.key, boolean(option.value == "true"));
      if (!some.tags.empty()) body.push_back({"subjectTagIds", list(some.tags)});
      if (!some.departments.empty()) body.push_back({"subjectDeptIds", list(some.departments)});
      if (!some.users.empty()) body.push_back({"subjectUserIds", list(some.users)});
      if (!rule.departments.empty()) {
        Value::List departments;
        for (const ObjectId department : rule.departments)
          departments.push_back(draft_.bindings.number("department." + model_[department].name));
        body.push_back({"excludeDeptIds", list(std::move(departments))});
      }
      const std::string target = "contacts " + rule.type + names(rule.departments) + " #" + std::to_string(++batch);
      const Texts value = rule.departments.empty() ? same(rule.type) : labels(model_, rule.departments);
      add_rule(target, {Call::contact_restrict, {}, {}, std::move(body)}, Call::contact_restrict_list,
               texts(Phrase::pair, {label(model_[feature_]), labels(model_, roles)}), value, some);
    }
  }

  void hide(ObjectId department) {
    const auto& seers = draft_.allowed(feature_, department);
    const Subjects subjects = subjects_of(draft_, seers, true);
    const std::vector<Subjects> parts = batches_of_all(subjects, limits::contact_exceptions);
    if (parts.size() > 1) {
      is_unfit_ = true;
      return;
    }
    Value::Object body{
        {"active", boolean(true)}, {"hideInSearch", boolean(true)}, {"hideInUserProfile", boolean(true)}};
    body.push_back({"objectDeptIds", list({draft_.bindings.number("department." + model_[department].name)})});
    if (!subjects.tags.empty()) body.push_back({"excludeTagIds", list(subjects.tags)});
    if (!subjects.departments.empty()) body.push_back({"excludeDeptIds", list(subjects.departments)});
    if (!subjects.users.empty()) body.push_back({"excludeStaffIds", list(subjects.users)});
    add_rule("contacts hidden " + model_[department].name, {Call::contact_hide, {}, {}, std::move(body)},
             Call::contact_hide_list, texts(Phrase::pair, {label(model_[feature_]), label(model_, department)}),
             seers.empty() ? texts(Phrase::step_nobody) : texts(Phrase::step_only, {labels(model_, seers)}), subjects);
  }

  void add_rule(const std::string& target, Request request, Call reads, const Texts& title, const Texts& value,
                const Subjects& subjects) {
    set(request.body, "name", text(rule_name(target)));
    Step step = request_step(target, std::move(request), title, value);
    step.check = Request{reads, {}, {{"maxResults", number(limits::page)}}, {}};
    step.note = texts(Phrase::step_console_or);
    step.undo = texts(Phrase::step_undo_rule);
    const StepIndex index = draft_.add(Phase::contacts, std::move(step), subjects.after);
    draft_[index].has_description = true;
    steps_.push_back(index);
  }

  [[nodiscard]] std::string names(const std::vector<ObjectId>& departments) const {
    std::string all;
    for (const ObjectId department : departments) all += " " + model_[department].name;
    return all;
  }

  StepIndex add_look() {
    Step step =
        request_step("contacts open", {Call::contact_restrict_list, {}, {{"maxResults", number(limits::page)}}, {}},
                     texts(Phrase::step_open, {label(model_[feature_])}), texts(Phrase::step_open_value));
    step.only_reads = true;
    step.note = texts(Phrase::step_console_or);
    step.undo = texts(Phrase::step_undo_none);
    return draft_.add(Phase::contacts, std::move(step));
  }

  StepIndex accounts() {
    Step step =
        people_step("accounts without a role", texts(Phrase::step_accounts), texts(Phrase::step_accounts_value));
    step.note = texts(Phrase::step_accounts_note);
    return draft_.add(Phase::people, std::move(step));
  }

  Draft& draft_;
  const model::Model& model_;
  FeatureId feature_;
  std::vector<View> views_;  // by role
  std::vector<ObjectId> hidden_;
  std::map<Rule, std::vector<RoleId>> rules_;
  std::set<RoleId> inexact_;
  std::vector<StepIndex> steps_;
  bool is_unfit_ = false;  // a rule would need more names than the platform takes
};

// Fields that are hidden from all but some: of a department, or of everybody.
class HiddenField {
 public:
  HiddenField(Draft& draft, FeatureId feature, bool by_scene)
      : draft_(draft), model_(draft.model), feature_(feature), by_scene_(by_scene) {}

  void run() {
    // Departments with the same people who see the field share a rule; the rule for all others is one for everybody, so
    // that whom it hides the field from does not see it in any department.
    std::map<std::vector<RoleId>, std::vector<ObjectId>> by_seers;
    std::vector<RoleId> see_others;
    for (const ObjectId department : draft_.objects_of(feature_)) {
      if (model_[department].other) see_others = draft_.allowed(feature_, department);
    }
    for (const ObjectId department : draft_.objects_of(feature_)) {
      std::vector<RoleId> seers;
      const auto& allowed = draft_.allowed(feature_, department);
      std::set_intersection(allowed.begin(), allowed.end(), see_others.begin(), see_others.end(),
                            std::back_inserter(seers));
      by_seers[seers].push_back(department);
    }
    for (const auto& [seers, departments] : by_seers) lower(seers, departments);
  }

 private:
  void lower(const std::vector<RoleId>& seers, const std::vector<ObjectId>& departments) {
    Setting setting;
    setting.keeper = draft_.enforcement(feature_).kept_by;
    setting.on = seers;
    setting.names_roles = true;
    if (!draft_.is_everybody(seers)) std::erase(setting.on, model_.nobody());
    setting.if_off = Reason::implied;
    if (by_scene_ && !draft_.options.allow_undocumented) {
      setting.missing = Reason::undocumented;
      draft_.set(feature_, departments, setting);
      return;
    }
    if (by_scene_) setting.missing = Reason::undocumented;
    if (draft_.is_everybody(seers)) {
      setting.steps.push_back(add_look());
      draft_.set(feature_, departments, setting);
      return;
    }
    const Subjects subjects = subjects_of(draft_, seers, true);
    if (subjects.size() > limits::contact_exceptions) {
      setting.missing = Reason::too_many;
      draft_.set(feature_, departments, setting);
      return;
    }
    std::size_t batch = 0;
    for (const Value::List& some : departments_of(departments))
      setting.steps.push_back(add_rule(seers, departments, some, ++batch, subjects));
    draft_.set(feature_, departments, setting);
  }

  // Their ids, in parts that one rule takes; the root stands for all others and for those inside it.
  [[nodiscard]] std::vector<Value::List> departments_of(const std::vector<ObjectId>& departments) const {
    constexpr std::int64_t root = 1;
    std::vector<Value::List> parts;
    const bool all =
        std::any_of(departments.begin(), departments.end(), [&](ObjectId each) { return model_[each].other; });
    if (all) return {{number(root)}};
    for (const ObjectId department : departments) {
      if (parts.empty() || parts.back().size() == limits::contact_subjects) parts.emplace_back();
      parts.back().push_back(draft_.bindings.number("department." + model_[department].name));
    }
    return parts;
  }

  StepIndex add_rule(const std::vector<RoleId>& seers, const std::vector<ObjectId>& departments, const Value::List& ids,
                     std::size_t batch, const Subjects& subjects) {
    const Enforcement& enforcement = draft_.enforcement(feature_);
    Value::List fields;
    for (const Option& option : enforcement.options) fields.push_back(text(option.key));
    Value::Object body{{"hideFields", list(std::move(fields))}, {"objectDeptIds", list(ids)}};
    if (by_scene_) {
      set(body, "chatSubtitleConfig.active", boolean(true));
    } else {
      set(body, "active", boolean(true));
    }
    if (!subjects.tags.empty()) body.push_back({"excludeTagIds", list(subjects.tags)});
    if (!subjects.departments.empty()) body.push_back({"excludeDeptIds", list(subjects.departments)});
    if (!subjects.users.empty())
      body.push_back({by_scene_ ? "excludeUserIds" : "excludeStaffIds", list(subjects.users)});

    const std::string& name = model_[feature_].name;
    const bool all = model_[departments.back()].other;
    std::string target = "fields " + name + " " + (all ? "everybody" : model_[departments.front()].name);
    target += " #" + std::to_string(batch);
    set(body, "name", text(rule_name(target)));
    const Call call = by_scene_ ? Call::field_hide_by_scene : Call::field_hide;
    Step step =
        request_step(target, {call, {}, {}, std::move(body)},
                     texts(Phrase::pair, {label(model_[feature_]), labels(model_, departments)}),
                     seers.empty() ? texts(Phrase::step_nobody) : texts(Phrase::step_only, {labels(model_, seers)}));
    if (by_scene_) {
      step.note = texts(Phrase::step_unverified);
      step.verify = texts(Phrase::step_verify_try);
    } else {
      step.check = listing();
      step.note = texts(Phrase::step_console_or);
    }
    step.undo = texts(Phrase::step_undo_rule);
    const StepIndex index = draft_.add(Phase::contacts, std::move(step), subjects.after);
    draft_[index].has_description = true;
    return index;
  }

  static Request listing() {
    return {Call::field_hide_list, {}, {{"maxResults", number(limits::page)}, {"nextToken", number(-1)}}, {}};
  }

  StepIndex add_look() {
    Step step = request_step("fields " + model_[feature_].name + " open", listing(),
                             texts(Phrase::step_open, {label(model_[feature_])}), texts(Phrase::step_open_value));
    step.only_reads = true;
    step.note = texts(Phrase::step_console_or);
    step.undo = texts(Phrase::step_undo_none);
    return draft_.add(Phase::contacts, std::move(step));
  }

  Draft& draft_;
  const model::Model& model_;
  FeatureId feature_;
  bool by_scene_;
};

}  // namespace

void lower_contacts(Draft& draft) {
  for (const FeatureId feature : draft.stated_with("contact_restriction")) Contacts{draft, feature}.run();
}

void lower_hidden_fields(Draft& draft, std::string_view request) {
  for (const FeatureId feature : draft.stated_with(request))
    HiddenField{draft, feature, request == "field_hiding_by_scene"}.run();
}

void lower_executives(Draft& draft) {
  for (const FeatureId feature : draft.stated_with("executive_mode")) {
    const ObjectId object = draft.objects_of(feature).front();
    const auto& allowed = draft.allowed(feature, object);
    const bool open = draft.is_everybody(allowed);
    Setting setting;
    setting.keeper = draft.enforcement(feature).kept_by;
    setting.on = allowed;
    setting.names_roles = true;
    if (!open) std::erase(setting.on, draft.model.nobody());
    Value::Object body{{"open", boolean(!open)}, {"seniorStaffId", {Unbound{"tenant.executives"}}}};
    const Subjects subjects = open ? Subjects{} : subjects_of(draft, allowed, true);
    if (subjects.size() > limits::executive_permits) {
      setting.missing = Reason::too_many;
      draft.set(feature, object, setting);
      continue;
    }
    if (!open) {
      Value::List scenes;
      for (const Option& option : draft.enforcement(feature).options) scenes.push_back(text(option.key));
      body.push_back({"protectScenes", list(std::move(scenes))});
    }
    if (!subjects.tags.empty()) body.push_back({"permitTagIds", list(subjects.tags)});
    if (!subjects.departments.empty()) body.push_back({"permitDeptIds", list(subjects.departments)});
    if (!subjects.users.empty()) body.push_back({"permitStaffIds", list(subjects.users)});
    const model::Feature& declared = draft.model[feature];
    Step step =
        request_step("executives " + declared.name, {Call::executive_protect, {}, {}, std::move(body)}, label(declared),
                     open              ? texts(Phrase::step_everybody)
                     : allowed.empty() ? texts(Phrase::step_nobody)
                                       : texts(Phrase::step_only, {labels(draft.model, allowed)}));
    step.for_each = "tenant.executives";
    step.check = Request{Call::executive_read, {}, {{"seniorStaffId", {Unbound{"tenant.executives"}}}}, {}};
    if (subjects.is_snapshot) step.note = texts(Phrase::step_snapshot);
    setting.steps.push_back(draft.add(Phase::contacts, std::move(step), subjects.after));
    draft.set(feature, object, setting);
  }
}

}  // namespace farol::dingtalk
