// The address book: who sees whom, and which fields of whom.
//
// People who hold no role cannot be named in a rule, so that no rule can be about them alone.
#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include "base/text.h"
#include "decide/decisions.h"
#include "model/contexts.h"
#include "target/dingtalk/config_builder.h"

namespace farol::dingtalk {

using base::Phrase;

namespace {

// The departments that a role sees, of those that the policy names and of all others.
struct View {
  std::vector<ObjectId> departments;  // sorted; those that it sees, `any other` included
  std::set<std::string> reach;        // of what it sees: self, department, company
  bool uniform = true;                // the reach is the same for all that it sees

  [[nodiscard]] bool reaches_all() const { return reach.size() == 3 || reach.empty(); }
};

// How a rule is called in the console: what it is about, cut between characters.
std::string rule_name(const std::string& target) { return "farol " + std::string(base::beginning_of(target, 40)); }

// A rule that a second run finds by its description.
StepIndex add_rule(ConfigBuilder& builder, const std::string& target, std::size_t batch, Request request,
                   const Texts& title, const Texts& value, const std::vector<Wanted>& wanted,
                   const Subjects& subjects) {
  const std::string numbered = batch == 0 ? target : target + " #" + std::to_string(batch);
  set(request.body, "name", text(rule_name(numbered)));
  const StepIndex index =
      builder.add_request(request_step(target, std::move(request), title, value), subjects.after, batch);
  builder[index].step.wanted = wanted;
  builder[index].has_description = true;
  return index;
}

// Adds a step that looks whether a rule restricts something that everybody may see.
StepIndex add_look(ConfigBuilder& builder, const std::string& target, FeatureId feature, Call list) {
  return builder.add_request(request_step(target + " open", read_back(list),
                                          texts(Phrase::step_open, {label(builder.model[feature])}),
                                          texts(Phrase::step_open_value)));
}

class Contacts {
 public:
  Contacts(ConfigBuilder& builder, FeatureId feature) : builder_(builder), model_(builder.model), feature_(feature) {}

  void run() {
    for (std::size_t i = 0; i < model_.roles.size(); ++i) {
      const RoleId role{i};
      views_.push_back(view_of([&](ObjectId department) -> const decide::Cell& {
        return builder_.decisions.cell(model_, role, feature_, department);
      }));
    }
    find_hidden();
    for (std::size_t i = 0; i < views_.size(); ++i) {
      bool is_exact = true;
      if (const auto rule = rule_for(views_[i], is_exact)) rules_[*rule].emplace_back(i);
      if (!is_exact) inexact_.insert(RoleId{i});
    }
    for (const ConfigBuilder::Known& known : builder_.known()) {
      bool is_exact = true;
      known_rules_.push_back(rule_for(view_of([&](ObjectId department) -> const decide::Cell& {
                                        return builder_.cell(*known.together, feature_, department);
                                      }),
                                      is_exact));
      if (known_rules_.back()) rules_.try_emplace(*known_rules_.back());
    }
    for (const auto& [rule, roles] : rules_) add_rules(rule, roles);
    for (const ObjectId department : hidden_) hide(department);
    if (steps_.empty()) steps_.push_back(add_look(builder_, "contacts", feature_, Call::contact_restrict_list));

    for (const ObjectId department : builder_.objects_of(feature_)) {
      Setting setting = by_request(builder_, feature_, {});
      setting.on = builder_.allowed(feature_, department);
      setting.steps = steps_;
      setting.if_off = Reason::implied;
      setting.restricts = true;
      // A department that is hidden from some is hidden from whoever holds no role: a rule cannot name them.
      const bool hidden = std::find(hidden_.begin(), hidden_.end(), department) != hidden_.end();
      if (hidden && !setting.on.empty() && setting.on.back() == model_.nobody()) setting.on.pop_back();
      setting.inexact.assign(inexact_.begin(), inexact_.end());
      if (is_unfit_) setting.missing = Reason::too_many;
      if (!std::binary_search(setting.on.begin(), setting.on.end(), model_.nobody())) setting.without_role = accounts();
      builder_.set(feature_, department, setting);
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

  // Of a role, or of somebody with several: `cell_of` says what holds for them in a department.
  template <class CellOf>
  [[nodiscard]] View view_of(const CellOf& cell_of) {
    View view;
    for (const ObjectId department : builder_.objects_of(feature_)) {
      const decide::Cell& cell = cell_of(department);
      if (!decide::allows_something(cell)) continue;
      const std::set<std::string> reach = reach_of(builder_, cell, feature_);
      view.uniform = view.uniform && (view.departments.empty() || view.reach == reach);
      view.reach.insert(reach.begin(), reach.end());
      view.departments.push_back(department);
    }
    return view;
  }

  [[nodiscard]] ObjectId other() const {
    for (const ObjectId department : builder_.objects_of(feature_)) {
      if (model_[department].other) return department;
    }
    return {};
  }
  [[nodiscard]] bool sees_others(const View& view) const {
    return std::find(view.departments.begin(), view.departments.end(), other()) != view.departments.end();
  }

  // Departments that somebody who sees all others does not see.
  void find_hidden() {
    for (const ObjectId department : builder_.objects_of(feature_)) {
      const bool hidden = std::any_of(views_.begin(), views_.end(), [&](const View& view) {
        return sees_others(view) &&
               std::find(view.departments.begin(), view.departments.end(), department) == view.departments.end();
      });
      if (hidden) hidden_.push_back(department);
    }
  }

  // The rule for whoever has this view; nullopt if nothing restricts them.
  [[nodiscard]] std::optional<Rule> rule_for(const View& view, bool& is_exact) const {
    const std::set<std::string> own_department = {"department", "self"};
    // The nearest that the platform has: everybody sees themselves.
    if (view.departments.empty()) return Rule{"onlySelf", {}};
    const bool all = view.departments.size() == builder_.objects_of(feature_).size();
    if (view.reaches_all() && view.uniform) {
      if (sees_others(view)) return std::nullopt;  // but for what is hidden
      return Rule{"excludeNode", view.departments};
    }
    if (all && view.uniform && view.reach == own_department) return Rule{"onlySelfDeptAndChild", {}};
    is_exact = all && view.uniform && view.reach == std::set<std::string>{"self"};
    return Rule{"onlySelf", {}};
  }

  // Restrictions on several roles of somebody hold together, so that a rule must not reach whom it is not for.
  [[nodiscard]] Apart apart_of(const Rule& rule, const std::vector<RoleId>& roles) const {
    Apart apart;
    const auto& known = builder_.known();
    for (std::size_t i = 0; i < known.size(); ++i) {
      const auto& held = known[i].together->held;
      const bool here = std::any_of(held.begin(), held.end(), [&](RoleId role) {
        return std::find(roles.begin(), roles.end(), role) != roles.end();
      });
      const bool is_for = known_rules_[i] == rule;
      if (here && !is_for) apart.out.push_back(known[i].id);
      if (!here && is_for) apart.in.push_back(known[i].id);
    }
    return apart;
  }

  void add_rules(const Rule& rule, const std::vector<RoleId>& roles) {
    if (rule.departments.size() > limits::contact_departments) {
      is_unfit_ = true;
      return;
    }
    std::size_t batch = 0;
    const Apart apart = apart_of(rule, roles);
    std::vector<Texts> who;
    if (!roles.empty()) who.push_back(labels(model_, roles));
    for (const std::string& id : apart.in) who.push_back(same(id));
    for (const Subjects& some :
         batches_of_all(subjects_of(builder_, roles, true, apart), subject_lists_of(Call::contact_restrict).most)) {
      Value::Object body{{"type", text(rule.type)}, {"active", boolean(true)}};
      for (const Option& option : builder_.enforcement(feature_).options)
        set(body, option.key, boolean(option.value == "true"));
      add_lists(body, Call::contact_restrict, some);
      if (!rule.departments.empty()) {
        Value::List departments;
        for (const ObjectId department : rule.departments)
          departments.push_back(builder_.bindings.number("department." + model_[department].name));
        body.push_back({"excludeDeptIds", list(std::move(departments))});
      }
      const Texts value = rule.departments.empty() ? same(rule.type) : labels(model_, rule.departments);
      steps_.push_back(add_rule(builder_, "contacts " + rule.type + names(rule.departments), ++batch,
                                with_body(Call::contact_restrict, std::move(body)),
                                texts(Phrase::pair, {label(model_[feature_]), list(who)}), value,
                                {wanted_by(roles, apart.in, same(rule.type), departments_of(rule))}, some));
      builder_[steps_.back()].step.about = label(model_[feature_]);
    }
  }

  // Those that stay visible; of a rule about one's own department none.
  [[nodiscard]] Texts departments_of(const Rule& rule) const {
    return rule.departments.empty() ? Texts{} : labels(model_, rule.departments);
  }

  void hide(ObjectId department) {
    const auto& seers = builder_.allowed(feature_, department);
    const Subjects subjects = subjects_of(builder_, seers, true, builder_.refused(feature_, {department}));
    if (subjects.size() > subject_lists_of(Call::contact_hide).most) {
      is_unfit_ = true;
      return;
    }
    Value::Object body{
        {"active", boolean(true)}, {"hideInSearch", boolean(true)}, {"hideInUserProfile", boolean(true)}};
    body.push_back({"objectDeptIds", list({builder_.bindings.number("department." + model_[department].name)})});
    add_lists(body, Call::contact_hide, subjects);
    steps_.push_back(add_rule(builder_, "contacts hidden " + model_[department].name, 0,
                              with_body(Call::contact_hide, std::move(body)),
                              texts(Phrase::pair, {label(model_[feature_]), label(model_, department)}),
                              whom(builder_, seers), wanted_of(builder_, seers), subjects));
  }

  [[nodiscard]] std::string names(const std::vector<ObjectId>& departments) const {
    std::string all;
    for (const ObjectId department : departments) all += " " + model_[department].name;
    return all;
  }

  StepIndex accounts() {
    Step step =
        people_step("accounts without a role", texts(Phrase::step_accounts), texts(Phrase::step_accounts_value));
    step.note = texts(Phrase::step_accounts_note);
    return builder_.add(Phase::people, std::move(step));
  }

  ConfigBuilder& builder_;
  const model::Model& model_;
  FeatureId feature_;
  std::vector<View> views_;  // by role
  std::vector<ObjectId> hidden_;
  std::map<Rule, std::vector<RoleId>> rules_;
  std::vector<std::optional<Rule>> known_rules_;  // of the people who are known to hold several roles
  std::set<RoleId> inexact_;
  std::vector<StepIndex> steps_;
  bool is_unfit_ = false;  // a rule would need more names than the platform takes
};

// Fields that are hidden from all but some: of a department, or of everybody.
struct HiddenField {
  FeatureId feature;
  Call call;
  std::vector<RoleId> seers;
  std::vector<ObjectId> departments;

  [[nodiscard]] bool by_scene() const { return call == Call::field_hide_by_scene; }
};

// Returns the ids of the departments, in parts that one rule takes. The root means all others and those inside it.
std::vector<Value::List> department_ids(const ConfigBuilder& builder, const std::vector<ObjectId>& departments) {
  std::vector<Value::List> parts;
  const bool all =
      std::any_of(departments.begin(), departments.end(), [&](ObjectId each) { return builder.model[each].other; });
  if (all) return {{number(root_department)}};
  for (const ObjectId department : departments) {
    if (parts.empty() || parts.back().size() == limits::contact_departments) parts.emplace_back();
    parts.back().push_back(builder.bindings.number("department." + builder.model[department].name));
  }
  return parts;
}

StepIndex add_field_rule(ConfigBuilder& builder, const HiddenField& field, const Value::List& departments,
                         std::size_t batch, const Subjects& subjects) {
  const model::Feature& feature = builder.model[field.feature];
  Value::List fields;
  for (const Option& option : builder.enforcement(field.feature).options) fields.push_back(text(option.key));
  Value::Object body{{"hideFields", list(std::move(fields))}, {"objectDeptIds", list(departments)}};
  set(body, field.by_scene() ? "chatSubtitleConfig.active" : "active", boolean(true));
  add_lists(body, field.call, subjects);
  const bool all = builder.model[field.departments.back()].other;
  const std::string about = all ? "everybody" : builder.model[field.departments.front()].name;
  return add_rule(builder, "fields " + feature.name + " " + about, batch, with_body(field.call, std::move(body)),
                  texts(Phrase::pair, {label(feature), labels(builder.model, field.departments)}),
                  whom(builder, field.seers), wanted_of(builder, field.seers), subjects);
}

// Those who may see the field in some departments and not in the others do not see it: the rule is one for all.
Apart refused_sight(ConfigBuilder& builder, const HiddenField& field) {
  std::vector<ObjectId> departments = field.departments;
  for (const ObjectId department : builder.objects_of(field.feature)) {
    if (builder.model[department].other) departments.push_back(department);
  }
  return builder.refused(field.feature, departments);
}

void lower_hidden_field(ConfigBuilder& builder, const HiddenField& field) {
  Setting setting = by_request(builder, field.feature, field.seers);
  setting.if_off = Reason::implied;
  if (field.by_scene()) setting.missing = Reason::undocumented;
  if (!field.by_scene() || builder.options.allow_undocumented) {
    if (builder.is_everybody(field.seers)) {
      setting.steps.push_back(
          add_look(builder, "fields " + builder.model[field.feature].name, field.feature, Call::field_hide_list));
    } else if (const Subjects subjects = subjects_of(builder, field.seers, true, refused_sight(builder, field));
               subjects.size() > subject_lists_of(field.call).most) {
      setting.missing = Reason::too_many;
    } else {
      std::size_t batch = 0;
      for (const Value::List& some : department_ids(builder, field.departments))
        setting.steps.push_back(add_field_rule(builder, field, some, ++batch, subjects));
    }
  }
  builder.set(field.feature, field.departments, setting);
}

}  // namespace

std::set<std::string> reach_of(const ConfigBuilder& builder, RoleId role, FeatureId feature, ObjectId department) {
  return reach_of(builder, builder.decisions.cell(builder.model, role, feature, department), feature);
}

std::set<std::string> reach_of(const ConfigBuilder& builder, const decide::Cell& cell, FeatureId feature) {
  const auto& carries = builder.enforcement(feature).carries;
  std::set<std::string> values;
  for (const decide::Segment& segment : cell.segments) {
    if (segment.effect != decide::Effect::allow) continue;
    const std::size_t count = model::combinations(builder.model, cell.contexts);
    for (std::size_t combination = 0; combination < count; ++combination) {
      if (!segment.where.test(combination)) continue;
      bool names_reach = false;
      for (const auto& [context, value] : model::values_at(builder.model, cell.contexts, combination)) {
        if (!std::binary_search(carries.begin(), carries.end(), context)) continue;
        names_reach = true;
        values.insert(builder.model[context].values[value]);
      }
      if (!names_reach) return {"company", "department", "self"};
    }
  }
  return values;
}

void lower_contacts(ConfigBuilder& builder, const std::vector<FeatureId>& features) {
  for (const FeatureId feature : features) Contacts{builder, feature}.run();
}

void lower_hidden_fields(ConfigBuilder& builder, const std::vector<FeatureId>& features) {
  for (const FeatureId feature : features) {
    const bool by_scene = builder.enforcement(feature).request == "field_hiding_by_scene";
    // Departments with the same people who see the field share a rule; the rule for all others is one for everybody, so
    // that whom it hides the field from does not see it in any department.
    std::map<std::vector<RoleId>, std::vector<ObjectId>> by_seers;
    const auto& departments = builder.objects_of(feature);
    const auto other = std::find_if(departments.begin(), departments.end(),
                                    [&](ObjectId department) { return builder.model[department].other; });
    const std::vector<RoleId> see_others =
        other == departments.end() ? std::vector<RoleId>{} : builder.allowed(feature, *other);
    for (const ObjectId department : departments) {
      std::vector<RoleId> seers;
      const auto& allowed = builder.allowed(feature, department);
      std::set_intersection(allowed.begin(), allowed.end(), see_others.begin(), see_others.end(),
                            std::back_inserter(seers));
      by_seers[seers].push_back(department);
    }
    for (const auto& [seers, some] : by_seers)
      lower_hidden_field(builder, {feature, by_scene ? Call::field_hide_by_scene : Call::field_hide, seers, some});
  }
}

void lower_executives(ConfigBuilder& builder, const std::vector<FeatureId>& features) {
  for (const FeatureId feature : features) {
    const ObjectId object = builder.objects_of(feature).front();
    const auto& allowed = builder.allowed(feature, object);
    const bool open = builder.is_everybody(allowed);
    Setting setting = by_request(builder, feature, allowed);
    const Subjects subjects =
        open ? Subjects{} : subjects_of(builder, allowed, true, builder.refused(feature, {object}));
    if (subjects.size() > subject_lists_of(Call::executive_protect).most) {
      setting.missing = Reason::too_many;
      builder.set(feature, object, setting);
      continue;
    }
    const std::string each = "tenant.executives";
    Value::Object body{{"open", boolean(!open)}, {"seniorStaffId", {Unbound{each}}}};
    if (!open) {
      Value::List scenes;
      for (const Option& option : builder.enforcement(feature).options) scenes.push_back(text(option.key));
      body.push_back({"protectScenes", list(std::move(scenes))});
    }
    add_lists(body, Call::executive_protect, subjects);
    const model::Feature& declared = builder.model[feature];
    Step step = request_step("executives " + declared.name, with_body(Call::executive_protect, std::move(body)),
                             label(declared), whom(builder, allowed));
    step.wanted = wanted_of(builder, allowed);
    step.for_each = each;
    if (subjects.is_snapshot) step.note = texts(Phrase::step_snapshot);
    setting.steps.push_back(builder.add_request(std::move(step), subjects.after));
    builder.set(feature, object, setting);
  }
}

}  // namespace farol::dingtalk
