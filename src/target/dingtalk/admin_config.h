// What an administrator has to do so that the platform keeps a policy: half of the result of `lower`, beside what keeps
// each answer (decide/answers.h). Nothing here claims more than published material shows.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "decide/answers.h"
#include "model/model.h"
#include "target/dingtalk/requests.h"
#include "target/dingtalk/texts.h"

namespace farol::dingtalk {

// A request, a setting that is made by hand, or something that only people can see to.
enum class StepKind : std::uint8_t { api, console, people };
[[nodiscard]] std::string_view to_string(StepKind kind);

// What somebody has by a setting: its wanted state.
struct Wanted {
  enum class Whom : std::uint8_t {
    organisation,  // it is about no people: a name, a switch of a folder
    everybody,
    roles,   // and people, who are named by themselves
    others,  // whoever the entries before it do not name
  };
  Whom whom = Whom::organisation;
  std::vector<model::RoleId> roles;  // of `roles`: sorted
  std::vector<std::string> people;   // of `roles`: ids; sorted
  Texts value;
  Texts scope;  // within which departments, on which things; empty: the whole setting
};

struct Step {
  std::string id;      // made of what it sets: another value is another step
  std::string target;  // what it sets it on: of two configurations, the step with the same target is its counterpart
  StepKind kind = StepKind::console;
  std::vector<std::string> after;  // ids of steps that come before it
  Texts title, value;
  Texts about;                 // the feature or thing that it is on; empty: the title says it
  std::vector<Wanted> wanted;  // the value as data; empty: the value itself, of the organisation
  Texts note;  // what is set instead where the policy is finer than the platform, or what to mind; may be empty
  Texts verify, undo;
  std::vector<model::FeatureId> features;  // sorted
  std::vector<model::ControlId> controls;  // sorted
  std::vector<model::RuleId> rules;        // why; sorted
  std::string edition;                     // empty: any
  std::string source;                      // where published material says so

  // Of `api`:
  std::optional<Request> request;
  std::optional<Request> check;  // reads back what the request did
  std::optional<Request> undo_request;
  std::string for_each;  // a list of ids: one request for each of them; empty: one request
  bool only_reads = false;
  std::string makes;  // the key of the id that the reply gives, `role.hr`; empty: it gives none

  // Of `console`:
  std::string menu, setting;
  bool menu_documented = false;
};

using Reason = decide::Shortfall;

struct KeptControl {
  model::ControlId control;
  model::KeptBy kept_by = model::KeptBy::nobody;
  std::vector<std::size_t> steps;  // positions in `AdminConfig::steps`
};

// An id of the tenant that some step needs.
struct NeededId {
  std::string key;  // `role.hr`
  Texts title;
  std::vector<std::string> ids;  // empty: not bound
  bool is_list = false;
  std::string lookup;  // the call that finds it: `POST /topapi/role/list`
  std::string bind;    // the statement that binds it
};

struct Requirements {
  std::vector<std::string> permission_codes;            // sorted
  std::vector<std::string> sensitive_permission_codes;  // sorted; to be authorised by hand besides
  std::vector<std::string> editions;                    // beyond the standard one; sorted
  std::size_t requests = 0;                             // of the steps, with one for each id that is bound
  std::size_t counted = 0;  // of them and those that check them: counted against the monthly quota
};

// A role that may administer something, and over which departments: by its rules, of any feature that a
// sub-administrator is appointed for.
struct Administrator {
  model::RoleId role;
  bool is_whole = false;                 // the whole organisation
  std::vector<std::string> departments;  // keys of ids; empty with a scope that is not whole: their own
};

struct AdminConfig {
  Region region = Region::mainland;           // by the account of the policy
  std::vector<Step> steps;                    // in an order in which they can be made
  std::vector<KeptControl> controls;          // those that some permission requires
  std::vector<NeededId> ids;                  // by key
  std::vector<Administrator> administrators;  // where the policy says who administers; by role, one for each rule of it
  Requirements requirements;
};

}  // namespace farol::dingtalk
