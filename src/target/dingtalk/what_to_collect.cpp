#include "target/dingtalk/what_to_collect.h"

#include <algorithm>
#include <initializer_list>
#include <map>
#include <set>
#include <utility>

#include "target/dingtalk/bindings.h"
#include "target/dingtalk/calls.h"
#include "target/dingtalk/requests.h"

namespace farol::dingtalk {
namespace {

// Returns the calls that show the things that steps of a call set, one at a time.
const std::vector<Call>& reads_of(Call step) {
  static const std::map<Call, std::vector<Call>> reads = {
      {Call::executive_protect, {Call::executive_read}},
      {Call::file_inherit, {Call::file_inherit_read, Call::file_list}},
      {Call::file_grant, {Call::file_inherit_read, Call::file_list}},
      {Call::file_list, {Call::file_inherit_read, Call::file_list}},
      {Call::app_scope, {Call::app_scope_read}},
      {Call::group_update, {Call::group_read}},
      {Call::meeting_update, {Call::meeting_read}},
      {Call::device_trust, {Call::device_list}},
  };
  static const std::vector<Call> none;
  const auto found = reads.find(step);
  return found == reads.end() ? none : found->second;
}

// The calls for one policy.
class Collector {
 public:
  Collector(const model::Model& model, const AdminConfig& config) : model_(model), config_(config), bindings_(model) {
    for (const model::Binding& binding : model.bindings) {
      kinds_.insert(binding.kind);
      if (binding.kind == "department" && bindings_.is_bound("department." + binding.name))
        bound_departments_.push_back(binding);
    }
    for (const Step& step : config.steps) {
      if (step.request) calls_.insert(step.request->call);
    }
  }

  std::vector<Collected> run() {
    if (has_call({Call::role_add, Call::role_group_add, Call::role_members_add, Call::role_scope_update,
                  Call::role_rename}) ||
        kinds_.contains("role") || kinds_.contains("members"))
      add(Collected::Kind::roles_and_members);
    if (kinds_.contains("department") || kinds_.contains("role")) add(Collected::Kind::departments);
    for (const model::Binding& binding : bound_departments_) {
      Request request{Call::department_read, {}, {}, {}};
      set(request.body, "dept_id", bindings_.number(binding.kind + "." + binding.name));
      ask(std::move(request));
    }
    if (!config_.administrators.empty()) add(Collected::Kind::administrators);
    if (has_call({Call::attendance_modify})) add(Collected::Kind::attendance_groups);
    if (has_call({Call::contact_restrict, Call::contact_restrict_list, Call::contact_hide})) {
      ask({Call::contact_restrict_list, {}, {}, {}});
      ask({Call::contact_hide_list, {}, {}, {}});
    }
    if (has_call({Call::field_hide, Call::field_hide_list})) ask({Call::field_hide_list, {}, {}, {}});
    if (kinds_.contains("app")) ask({Call::app_list, {}, {}, {}});
    for (const Step& step : config_.steps) {
      if (!step.request || (step.only_reads && step.request->call == Call::meeting_read)) continue;
      for (const Call read : reads_of(step.request->call)) add(step, read);
    }
    add_control_hits();
    return std::move(calls_to_make_);
  }

 private:
  // What the console has set of security, no call shows; which of it applies to somebody, one does. One of each role is
  // asked about.
  void add_control_hits() {
    const bool has_any = std::any_of(config_.steps.begin(), config_.steps.end(), is_security_control);
    if (!has_any) return;
    std::set<std::string> people;
    for (const model::Role& role : model_.roles) {
      const auto members = bindings_.ids("members." + role.name);
      if (!members.empty()) people.insert(members.front());
    }
    for (const std::string& person : people)
      ask(read_back(Call::control_hits, {Call::control_hits, {}, {{"userId", text(person)}}, {}}));
  }

  [[nodiscard]] bool has_call(std::initializer_list<Call> calls) const {
    return std::any_of(calls.begin(), calls.end(), [&](Call call) { return calls_.contains(call); });
  }
  void add(Collected::Kind kind) { calls_to_make_.push_back({kind}); }
  void ask(Request request) { calls_to_make_.push_back({Collected::Kind::request, std::move(request)}); }
  void leave_out(std::string what, std::string key) {
    calls_to_make_.push_back({Collected::Kind::left_out, {}, std::move(what), std::move(key)});
  }

  // The id that the reply is about comes from the step's request, whatever part of it has it there.
  void add(const Step& step, Call read) {
    Request request = read_back(read, *step.request);
    if (!step.for_each.empty() && unbound(request) == std::vector{step.for_each}) {
      const auto ids = bindings_.ids(step.for_each);
      if (ids.empty()) leave_out(step.title.front(), step.for_each);
      for (const std::string& id : ids) {
        request.query = {{std::string(info(read).about), text(id)}};
        ask(request);
      }
      return;
    }
    const auto missing = unbound(request);
    for (const std::string& key : missing) leave_out(std::string(info(step.request->call).path), key);
    if (missing.empty()) ask(std::move(request));
  }

  const model::Model& model_;
  const AdminConfig& config_;
  Bindings bindings_;
  std::set<std::string> kinds_;  // of bindings
  std::set<Call> calls_;         // of steps
  std::vector<model::Binding> bound_departments_;
  std::vector<Collected> calls_to_make_;
};

}  // namespace

bool is_security_control(const Step& step) { return step.kind == StepKind::console && step.edition == "exclusive"; }

std::vector<Collected> what_to_collect(const model::Model& model, const AdminConfig& config) {
  return Collector{model, config}.run();
}

}  // namespace farol::dingtalk
