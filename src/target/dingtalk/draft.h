// The configuration while it is being made: what the builders of one kind of request each (lower_*.cpp) add to.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "decide/decisions.h"
#include "target/dingtalk/admin_config.h"
#include "target/dingtalk/bindings.h"
#include "target/dingtalk/enforcement.h"
#include "target/dingtalk/lower.h"

namespace farol::dingtalk {

using model::FeatureId;
using model::ObjectId;
using model::RoleId;

// The order of the steps: what a group needs comes before it.
enum class Phase : std::uint8_t {
  codes,
  sensitive_codes,
  role_groups,
  roles,
  members,
  scopes,
  account,
  inheritance,
  files,
  contacts,
  apps,
  groups,
  attendance,
  meetings,
  devices,
  console,
  people
};

using StepIndex = std::size_t;

// A step that is not complete: its id and the ids of those before it come last.
struct DraftStep {
  Step step;
  Phase phase = Phase::people;
  std::vector<StepIndex> after;
  bool has_description = false;    // `farol ID` is put into its body, so that a second run finds it
  std::vector<Texts> value_lines;  // of a step that several permissions add to
};

// What is set for a feature on some objects.
struct Setting {
  model::KeptBy keeper = model::KeptBy::nobody;
  std::vector<RoleId> on;  // sorted, `nobody` last: whom it lets through
  std::vector<RoleId>
      inexact;  // sorted: whom it lets through in fewer contexts than the policy, though it carries them
  bool keeps_conditions = false;  // people in charge are told them
  std::vector<StepIndex> steps;
  Reason if_off = Reason::organisation;   // why it is off for a role that the policy allows
  bool names_roles = false;               // it cannot name people without a role
  std::optional<Reason> missing;          // there is none
  std::optional<StepIndex> without_role;  // what keeps it for whoever holds no role, who cannot be addressed
};

class Draft {
 public:
  Draft(const model::Model& model, const decide::Decisions& decisions, const LowerOptions& options);

  const model::Model& model;
  const decide::Decisions& decisions;
  const LowerOptions options;
  const Bindings bindings;

  [[nodiscard]] const Enforcement& enforcement(FeatureId feature) const { return enforcements_[feature.index()]; }
  // The features that the policy says something about, in their order.
  [[nodiscard]] const std::vector<FeatureId>& stated() const { return stated_; }
  [[nodiscard]] std::vector<FeatureId> stated_with(std::string_view request) const;
  // Whether the edition that the policy names has it; unknown editions do.
  [[nodiscard]] bool has_edition(const Enforcement& enforcement) const;

  // Whoever is allowed it in some context: sorted, whoever holds no role last.
  [[nodiscard]] const std::vector<RoleId>& allowed(FeatureId feature, ObjectId object);
  [[nodiscard]] bool is_allowed(RoleId role, FeatureId feature, ObjectId object);
  [[nodiscard]] bool is_everybody(const std::vector<RoleId>& roles) const;
  [[nodiscard]] const std::vector<ObjectId>& objects_of(FeatureId feature) const {
    return model.objects_of(model[feature].acts_on);
  }

  // The step with this target, made by `make` where it is new.
  StepIndex add(Phase phase, Step step, std::vector<StepIndex> after = {});
  [[nodiscard]] DraftStep& operator[](StepIndex index) { return steps_[index]; }
  [[nodiscard]] std::optional<StepIndex> find(const std::string& target) const;

  void set(FeatureId feature, ObjectId object, const Setting& setting);
  void set(FeatureId feature, const std::vector<ObjectId>& objects, const Setting& setting);
  [[nodiscard]] bool is_set(FeatureId feature, ObjectId object) const;

  // Once, when all settings stand.
  [[nodiscard]] Lowered finish();

 private:
  // What keeps an answer for one of its roles, on an object with this setting. Steps are places in `steps_`.
  [[nodiscard]] decide::Enforcement enforcement_for(const decide::Answer& answer, RoleId role,
                                                    const Setting& setting) const;
  void keep(FeatureId feature);
  void keep(const decide::Answer& answer, const std::vector<RoleId>& roles);
  void add_answer(decide::Answer answer);
  void tell_people(decide::Answer& answer);
  void say_to_people();
  void keep_controls(AdminConfig& config);
  void require_codes(AdminConfig& config);
  void order(AdminConfig& config);
  void require(AdminConfig& config) const;

  std::vector<Enforcement> enforcements_;  // by feature
  std::vector<FeatureId> stated_;
  std::map<std::pair<FeatureId, ObjectId>, std::vector<RoleId>> allowed_;
  std::vector<Setting> settings_;
  std::map<std::pair<FeatureId, ObjectId>, std::size_t> setting_of_;
  std::vector<DraftStep> steps_;
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
// Whoever holds no role is passed over.
[[nodiscard]] Subjects subjects_of(Draft& draft, const std::vector<RoleId>& roles, bool takes_roles);
// Each list in parts of at most so many; the lists go through in step.
[[nodiscard]] std::vector<Subjects> batches(const Subjects& subjects, std::size_t most_of_each);
// In parts of at most so many altogether.
[[nodiscard]] std::vector<Subjects> batches_of_all(const Subjects& subjects, std::size_t most);

// The parts of lowering, each for one kind of request.
void lower_roles(Draft& draft);
void lower_files(Draft& draft, std::string_view request);
void lower_contacts(Draft& draft);
void lower_hidden_fields(Draft& draft, std::string_view request);
void lower_executives(Draft& draft);
void lower_apps(Draft& draft);
void lower_groups(Draft& draft);
void lower_attendance(Draft& draft);
void lower_meetings(Draft& draft);
void lower_devices(Draft& draft);
// Everything that no part above has set: by hand, by people, or not at all.
void lower_settings_by_hand(Draft& draft);
// By hand, for some objects of a feature: where a request covers only what the policy names.
[[nodiscard]] Setting by_hand(Draft& draft, FeatureId feature, const std::vector<ObjectId>& objects);
// By the people who keep some objects, such as the owners of groups.
[[nodiscard]] Setting by_owners(Draft& draft, FeatureId feature, const std::vector<ObjectId>& objects);

// Steps of one kind, with the texts that all of that kind share.
[[nodiscard]] Step request_step(std::string target, Request request, Texts title, Texts value);
[[nodiscard]] Step console_step(std::string target, const Enforcement& enforcement, Texts title, Texts value);
[[nodiscard]] Step people_step(std::string target, Texts title, Texts value);

}  // namespace farol::dingtalk
