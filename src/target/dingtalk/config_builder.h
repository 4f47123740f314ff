// The configuration while it is being made. The functions of lower_*.cpp add steps and settings to it, each for one
// kind of request; at the end it is assembled (config_assembly.cpp).
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "decide/decisions.h"
#include "target/dingtalk/admin_config.h"
#include "target/dingtalk/bindings.h"
#include "target/dingtalk/enforcement.h"
#include "target/dingtalk/lower.h"
#include "target/dingtalk/step_kinds.h"

namespace farol::dingtalk {

using model::FeatureId;
using model::ObjectId;
using model::RoleId;

using StepIndex = std::size_t;

inline constexpr std::int64_t root_department = 1;  // of the address book: the whole organisation

// A step that is not complete: its id and the ids of the steps before it are set when all steps are known.
struct PlannedStep {
  Step step;
  Phase phase = Phase::people;
  std::vector<StepIndex> after;
  bool has_description = false;    // `farol ID` is put into its body, so that a second run finds it
  std::vector<Texts> value_lines;  // of a step that several permissions add to
  std::string group;               // the target without the number of the batch
  std::size_t batch = 0;           // which of the steps that set a long list together; 0 if one step sets it
};

// What the steps set for a feature on some objects.
struct Setting {
  model::KeptBy keeper = model::KeptBy::nobody;
  std::vector<RoleId> on;  // the roles that it lets through: sorted, `nobody` last
  // Roles that it lets through in fewer contexts than the policy, though it carries these contexts: sorted.
  std::vector<RoleId> inexact;
  bool keeps_conditions = false;  // people in charge keep them
  std::vector<StepIndex> steps;
  Reason if_off = Reason::organisation;   // why it is off for a role that the policy allows
  bool names_roles = false;               // it cannot name people without a role
  std::optional<Reason> missing;          // why there is no setting
  std::optional<StepIndex> without_role;  // what keeps it for whoever holds no role, who cannot be addressed
  bool names_people = false;              // people who are known to hold several roles are on its lists by themselves
  bool restricts = false;                 // what it takes from one role it takes from whoever has other roles besides

  bool operator==(const Setting&) const = default;
};

// People who hold several roles, and for whom a list of roles says something else than the policy: by their ids.
struct Apart {
  std::vector<std::string> out, in;  // must not be on the list, must be on it; sorted
};

class ConfigBuilder {
 public:
  ConfigBuilder(const model::Model& model, const decide::Decisions& decisions, const LowerOptions& options);

  const model::Model& model;
  const decide::Decisions& decisions;
  const LowerOptions options;
  const Bindings bindings;
  std::vector<Administrator> administrators;

  [[nodiscard]] const Enforcement& enforcement(FeatureId feature) const { return enforcements_[feature.index()]; }
  // The features that the policy says something about, in their order.
  [[nodiscard]] const std::vector<FeatureId>& stated() const { return stated_; }
  [[nodiscard]] std::vector<FeatureId> stated_with(std::string_view request) const;
  // Returns true if the edition that the policy names has the setting, or the policy names no edition.
  [[nodiscard]] bool has_edition(const Enforcement& enforcement) const;

  // Returns the roles that are allowed it in some context: sorted, `nobody` last.
  [[nodiscard]] const std::vector<RoleId>& allowed(FeatureId feature, ObjectId object);
  [[nodiscard]] bool is_allowed(RoleId role, FeatureId feature, ObjectId object);
  [[nodiscard]] bool is_everybody(const std::vector<RoleId>& roles) const;

  // What a role is in the tenant: its id, where it is bound, else what it is called there. Another name in the policy
  // changes neither; of two roles with one title the name tells them apart.
  [[nodiscard]] std::string name_in_tenant(RoleId role) const;

  // Somebody who is known to hold several roles.
  struct Known {
    std::string id;
    const decide::Together* together;
  };
  [[nodiscard]] const std::vector<Known>& known() const { return known_; }
  [[nodiscard]] const decide::Cell& cell(const decide::Together& together, FeatureId feature, ObjectId object);
  [[nodiscard]] bool is_allowed(const decide::Together& together, FeatureId feature, ObjectId object);
  // People who are bound to several roles do not get something that the policy allows them, by whatever is set.
  void keep_from(const decide::Together& together, FeatureId feature, ObjectId object) {
    kept_from_.insert({&together, feature, object});
  }
  // Those of the known who may not use a feature on all of the objects, though one of their roles may.
  [[nodiscard]] Apart refused(FeatureId feature, const std::vector<ObjectId>& objects);
  // Returns the objects that settings of a feature are made for: of a governed one all that it acts on, of any other
  // those on which everybody is refused it. What the policy says nothing of, no step sets.
  [[nodiscard]] const std::vector<ObjectId>& objects_of(FeatureId feature) const;
  // The same for several features that are set together and act on the same: objects that one of them is set for.
  [[nodiscard]] std::vector<ObjectId> objects_of(const std::vector<FeatureId>& features) const;
  [[nodiscard]] bool has_to_set(FeatureId feature, ObjectId object) const;
  // Leaves an object out of `objects_of`, since its setting is made elsewhere, or not at all.
  void leave_out(FeatureId feature, ObjectId object);
  // Takes into `objects_of` what is half said: of lists that give something to those who are named and lock nobody out.
  void take_in_half_said(FeatureId feature);
  // Returns the objects of a feature that no allow names on which some are refused it, and nothing is said of others.
  [[nodiscard]] const std::vector<ObjectId>& half_said(FeatureId feature) const;
  // Returns whom nothing is said of, or who is refused in some cases only: sorted, `nobody` last.
  [[nodiscard]] std::vector<RoleId> not_refused(FeatureId feature, ObjectId object) const;

  // Adds a step, or finds the one with the same target. Steps that set a long list in parts have one target and are
  // numbered from 1; ` #NUMBER` is added to the target.
  StepIndex add(Phase phase, Step step, std::vector<StepIndex> after = {}, std::size_t batch = 0);
  // The same for a step that sends a request, in the phase of its call.
  StepIndex add_request(Step step, std::vector<StepIndex> after = {}, std::size_t batch = 0);
  [[nodiscard]] PlannedStep& operator[](StepIndex index) { return steps_[index]; }

  void set(FeatureId feature, ObjectId object, const Setting& setting);
  void set(FeatureId feature, const std::vector<ObjectId>& objects, const Setting& setting);
  [[nodiscard]] bool is_set(FeatureId feature, ObjectId object) const;

  // Makes the result. It is called once, after all settings are made.
  [[nodiscard]] Lowered assemble();

 private:
  // What a table says of one object in all, whatever the rules: what has to be kept there.
  struct Door {
    std::size_t setting = 0;                // position in `settings_`
    bool opens = false;                     // something is let through
    bool leaks = false;                     // the same setting lets through what no rule of the policy allows
    std::vector<model::ContextId> depends;  // on what it depends whether it is open; sorted
  };
  [[nodiscard]] std::map<ObjectId, Door> doors_of(FeatureId feature, const decide::Table& table) const;
  // What keeps an answer for one of its roles, behind this door. Steps are places in `steps_`.
  [[nodiscard]] decide::Enforcement enforcement_for(const decide::Answer& answer, RoleId role, const Door& door) const;
  [[nodiscard]] const Setting* missing_setting(FeatureId feature) const;
  void find_said(FeatureId feature);
  void keep(FeatureId feature);
  void keep(const decide::Answer& answer, const std::vector<RoleId>& roles, const std::map<ObjectId, Door>& doors);
  void add_answer(decide::Answer answer);
  void tell_people(decide::Answer& answer);
  void say_to_people();
  // What is left of people with several roles for whom the settings add up to something else.
  [[nodiscard]] std::vector<decide::AddedUp> add_up();
  void add_up(const decide::Together& together, FeatureId feature, std::vector<decide::AddedUp>& found);
  void look_for(const std::vector<decide::AddedUp>& added_up);
  void keep_controls(AdminConfig& config);
  void require_codes(AdminConfig& config);
  void order(AdminConfig& config);
  void require(AdminConfig& config) const;

  std::vector<Enforcement> enforcements_;  // by feature
  std::vector<FeatureId> stated_;
  std::unordered_map<std::string_view, std::size_t> roles_by_title_;
  struct Said {
    std::vector<ObjectId> whole, half;
  };
  std::map<FeatureId, Said> said_;  // of features that are stated, and that no allow names
  std::set<std::tuple<const decide::Together*, FeatureId, ObjectId>> kept_from_;  // see `keep_from`
  std::map<std::pair<FeatureId, ObjectId>, std::vector<RoleId>> allowed_;
  std::vector<Known> known_;
  std::map<std::tuple<const decide::Together*, FeatureId, ObjectId>, decide::Cell> cells_of_people_;
  std::vector<Setting> settings_;
  std::map<std::pair<FeatureId, ObjectId>, std::size_t> setting_of_;
  std::vector<PlannedStep> steps_;
  std::vector<decide::Answer> answers_;                  // their steps are places in `steps_` until `order`
  std::vector<std::pair<StepIndex, std::size_t>> told_;  // steps of people, with the answers of the feature in hand
  std::unordered_map<std::string, StepIndex> by_target_;
};

// Of some roles, those that a request can name as roles, and those that are departments or people there.
struct Subjects {
  Value::List tags, departments, users;
  bool is_snapshot = false;      // people stand for roles
  std::vector<StepIndex> after;  // steps that make the roles

  [[nodiscard]] std::size_t size() const { return tags.size() + departments.size() + users.size(); }
};
// Leaves out whoever holds no role, whom no request can name. A role with somebody who must not be there is named by
// its other members.
[[nodiscard]] Subjects subjects_of(ConfigBuilder& builder, const std::vector<RoleId>& roles, bool takes_roles,
                                   const Apart& apart = {});
// At most `count` values from a place on.
[[nodiscard]] Value::List part(const Value::List& all, std::size_t first, std::size_t count);
// Each list in parts of at most so many; the lists go through in step.
[[nodiscard]] std::vector<Subjects> batches(const Subjects& subjects, std::size_t most_of_each);
// In parts of at most so many altogether.
[[nodiscard]] std::vector<Subjects> batches_of_all(const Subjects& subjects, std::size_t most);
// Adds the lists that are not empty to the body of a request, under the keys of its call.
void add_lists(Value::Object& body, Call call, const Subjects& subjects);

// Lowering, one function for each kind of request or for a few that become one request. `features` are those that the
// policy states and that name the kind. What none of them sets, lower_settings_by_hand does.
struct RequestKind {
  std::vector<std::string_view> names;  // as the catalogue has them: `request: folder_role`
  void (*lower)(ConfigBuilder& builder, const std::vector<FeatureId>& features);
};
[[nodiscard]] const std::vector<RequestKind>& request_kinds();
void lower_roles(ConfigBuilder& builder);
void lower_folders(ConfigBuilder& builder, const std::vector<FeatureId>& features);
void lower_spaces(ConfigBuilder& builder, const std::vector<FeatureId>& features);
void lower_contacts(ConfigBuilder& builder, const std::vector<FeatureId>& features);
void lower_hidden_fields(ConfigBuilder& builder, const std::vector<FeatureId>& features);
void lower_executives(ConfigBuilder& builder, const std::vector<FeatureId>& features);
void lower_apps(ConfigBuilder& builder, const std::vector<FeatureId>& features);
void lower_groups(ConfigBuilder& builder, const std::vector<FeatureId>& features);
void lower_attendance(ConfigBuilder& builder, const std::vector<FeatureId>& features);
void lower_meetings(ConfigBuilder& builder, const std::vector<FeatureId>& features);
void lower_administrators(ConfigBuilder& builder, const std::vector<FeatureId>& features);
void lower_devices(ConfigBuilder& builder, const std::vector<FeatureId>& features);
void lower_settings_by_hand(ConfigBuilder& builder);
// Sets aside what no setting can do without deciding what the policy leaves open. It comes before all others.
void set_aside_half_said(ConfigBuilder& builder);

// The values of the catalogue's context `reach` in which an object is allowed; all of them where no rule names it.
[[nodiscard]] std::set<std::string> reach_of(const ConfigBuilder& builder, RoleId role, FeatureId feature,
                                             ObjectId object);
// The same of a cell, which may be that of somebody with several roles.
[[nodiscard]] std::set<std::string> reach_of(const ConfigBuilder& builder, const decide::Cell& cell, FeatureId feature);
// What a request sets for a feature: on for these roles, of whom it can name all but whoever holds no role.
[[nodiscard]] Setting by_request(const ConfigBuilder& builder, FeatureId feature, const std::vector<RoleId>& allowed);
// By hand, for some objects of a feature: where a request covers only what the policy names.
[[nodiscard]] Setting by_hand(ConfigBuilder& builder, FeatureId feature, const std::vector<ObjectId>& objects);
// By the people who keep some objects, such as the owners of groups; they tell the objects apart.
void leave_to_owners(ConfigBuilder& builder, FeatureId feature, const std::vector<ObjectId>& objects,
                     base::Phrase note = base::Phrase::step_owners_note);

// "everybody", "nobody", or the names of the roles.
[[nodiscard]] Texts whom(const ConfigBuilder& builder, const std::vector<RoleId>& roles);
// The same as data: who has something by a setting, and who has not.
[[nodiscard]] std::vector<Wanted> wanted_of(const ConfigBuilder& builder, const std::vector<RoleId>& on,
                                            const Texts& scope = {});
// A value that some roles and people have.
[[nodiscard]] Wanted wanted_by(std::vector<RoleId> roles, std::vector<std::string> people, Texts value,
                               Texts scope = {});
// Steps of one kind, with what all of that kind share: for a request, the row of its call in step_kinds.def.
[[nodiscard]] Step request_step(std::string target, Request request, Texts title, Texts value);
[[nodiscard]] Step console_step(std::string target, const Enforcement& enforcement, Texts title, Texts value);
[[nodiscard]] Step people_step(std::string target, Texts title, Texts value);

}  // namespace farol::dingtalk
