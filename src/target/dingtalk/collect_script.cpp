#include "target/dingtalk/collect_script.h"

#include <algorithm>
#include <initializer_list>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "target/dingtalk/bindings.h"
#include "target/dingtalk/calls.h"
#include "target/dingtalk/requests.h"
#include "target/dingtalk/shell.h"
#include "target/dingtalk/tenant_export.h"
#include "target/dingtalk/value.h"

namespace farol::dingtalk {
namespace {

// The text of a script, with the permission codes that its calls need.
class CollectScript {
 public:
  [[nodiscard]] std::string take(std::string_view about) const {
    std::string head = fmt::format("{}\n", about);
    head +=
        "It changes nothing: every call is one that shows, and the permission codes that it needs are those for "
        "reading\n";
    head += "but where the platform has one code for both.\n";
    for (const std::string_view code : codes_) head += fmt::format("  {}\n", code);
    return shell_script("collect.sh", head, text_);
  }

  void roles_and_members() {
    const CallInfo& roles = need(Call::role_list);
    const CallInfo& members = need(Call::role_members_list);
    text_ += fmt::format(
        "\nfound=''\n"
        "by_offset {} '{{' {} id\n"
        "roles=$found\n"
        "for role in $roles; do\n"
        "  found=''\n"
        "  by_offset {} \"{{\\\"role_id\\\":$role,\" {} none\n"
        "done\n",
        roles.path, roles.page_size, members.path, members.page_size);
  }

  void departments(bool with_people) {
    need(Call::department_list);
    text_ += "\nevery_department\n";
    if (!with_people) return;
    text_ += fmt::format("for department in $seen; do\n  people \"$department\" {}\ndone\n",
                         need(Call::department_users_list).page_size);
  }

  // Who heads each department, and whether the console hides it or limits what its members see. It comes behind
  // `departments`.
  void every_department_in_full() {
    text_ +=
        fmt::format("for department in $seen; do\n  call POST oapi {} '' \"{{\\\"dept_id\\\":$department}}\"\ndone\n",
                    need(Call::department_read).path);
  }

  // Who administers, and which departments each of them may administer.
  void administrators() {
    const CallInfo& list = need(Call::admin_list);
    text_ += fmt::format(
        "\ncall POST oapi {} '' ''\n"
        "for administrator in $(texts userid); do\n"
        "  call POST oapi {} '' \"{{\\\"userid\\\":\\\"$administrator\\\"}}\"\n"
        "done\n",
        list.path, need(Call::admin_scope_read).path);
  }

  void attendance_groups() {
    const CallInfo& list = need(Call::attendance_list);
    text_ += fmt::format("\nfound=''\nby_offset {} '{{' {} none\n", list.path, list.page_size);
  }

  void every_app() {
    need(Call::app_scope_read);
    text_ += fmt::format(
        "\ncall GET api {} '' ''\n"
        "for app in $(numbers agentId); do\n"
        "  call GET api \"/v1.0/microApp/apps/$app/scopes\" '' ''\n"
        "done\n",
        need(Call::app_list).path);
  }

  // A request with everything known; all pages of it if its reply has pages.
  void ask(const Request& request) {
    const CallInfo& call = need(request.call);
    switch (call.pages) {
      case Pages::token:
      case Pages::next_cursor: {
        const bool cursor = call.pages == Pages::next_cursor;
        return line(fmt::format("by_token {} '{{\"maxResults\":\"{}\"' {} {}\n", call.path, call.page_size,
                                cursor ? "',\"nextToken\":\"-1\"}'" : "'}'", cursor ? "nextCursor" : "nextToken"));
      }
      case Pages::option:
        return line(fmt::format("permissions {} {} {}\n", shell_word(path_of(request)),
                                shell_word(shell_query(request.query)), call.page_size));
      case Pages::number:
        return line(
            fmt::format("devices {} {}\n", std::get<std::string>(request.body.front().value.data), call.page_size));
      case Pages::none: return line(fmt::format("call {}\n", shell_words(request)));
      case Pages::offset:
      case Pages::cursor: break;  // roles_and_members, departments and attendance_groups ask for these
    }
  }

  void leave_out(const std::string& what, const std::string& key) {
    line(fmt::format("# left out, for {} is not bound: {}\n", key, what));
  }

 private:
  const CallInfo& need(Call read) {
    codes_.insert(info(read).permission_code);
    return info(read);
  }
  // Several steps ask for the same.
  void line(const std::string& text) {
    if (lines_.insert(text).second) text_ += text;
  }

  std::set<std::string_view> codes_;
  std::set<std::string> lines_;
  std::string text_;
};

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
  Collector(const model::Model& model, const AdminConfig& config) : config_(config), bindings_(model) {
    for (const model::Binding& binding : model.bindings) {
      kinds_.insert(binding.kind);
      if (binding.kind == "department" && bindings_.is_bound("department." + binding.name))
        bound_departments_.push_back(binding);
    }
    for (const Step& step : config.steps) {
      if (step.request) calls_.insert(step.request->call);
    }
  }

  void add_to(CollectScript& script) const {
    const auto has_call = [&](std::initializer_list<Call> calls) {
      return std::any_of(calls.begin(), calls.end(), [&](Call call) { return calls_.contains(call); });
    };
    if (has_call({Call::role_add, Call::role_group_add, Call::role_members_add, Call::role_scope_update,
                  Call::role_rename}) ||
        kinds_.contains("role") || kinds_.contains("members"))
      script.roles_and_members();
    if (kinds_.contains("department") || kinds_.contains("role")) script.departments(false);
    for (const model::Binding& binding : bound_departments_) {
      Request request{Call::department_read, {}, {}, {}};
      set(request.body, "dept_id", bindings_.number(binding.kind + "." + binding.name));
      script.ask(request);
    }
    if (!config_.administrators.empty()) script.administrators();
    if (has_call({Call::attendance_modify})) script.attendance_groups();
    if (has_call({Call::contact_restrict, Call::contact_restrict_list, Call::contact_hide})) {
      script.ask({Call::contact_restrict_list, {}, {}, {}});
      script.ask({Call::contact_hide_list, {}, {}, {}});
    }
    if (has_call({Call::field_hide, Call::field_hide_list})) script.ask({Call::field_hide_list, {}, {}, {}});
    if (kinds_.contains("app")) script.ask({Call::app_list, {}, {}, {}});
    for (const Step& step : config_.steps) {
      if (!step.request || (step.only_reads && step.request->call == Call::meeting_read)) continue;
      for (const Call read : reads_of(step.request->call)) add(step, read, script);
    }
  }

 private:
  // The id that the reply is about comes from the step's request, whatever part of it has it there.
  void add(const Step& step, Call read, CollectScript& script) const {
    Request request = read_back(read, *step.request);
    if (!step.for_each.empty() && unbound(request) == std::vector{step.for_each}) {
      const auto ids = bindings_.ids(step.for_each);
      if (ids.empty()) script.leave_out(step.title.front(), step.for_each);
      for (const std::string& id : ids) {
        request.query = {{std::string(info(read).about), text(id)}};
        script.ask(request);
      }
      return;
    }
    const auto missing = unbound(request);
    for (const std::string& key : missing) script.leave_out(std::string(info(step.request->call).path), key);
    if (missing.empty()) script.ask(request);
  }

  const AdminConfig& config_;
  Bindings bindings_;
  std::set<std::string> kinds_;  // of bindings
  std::set<Call> calls_;         // of steps
  std::vector<model::Binding> bound_departments_;
};

}  // namespace

std::string render_collect_script(const model::Model& model, const AdminConfig& config) {
  CollectScript script;
  Collector{model, config}.add_to(script);
  return script.take("What the tenant has set, of all that the policy sets: for `farol drift` and `farol import`.");
}

std::string render_collect_script() {
  CollectScript script;
  script.roles_and_members();
  script.departments(true);
  script.every_department_in_full();
  script.administrators();
  for (const Call rules : {Call::contact_restrict_list, Call::contact_hide_list, Call::field_hide_list})
    script.ask({rules, {}, {}, {}});
  script.every_app();
  script.attendance_groups();
  for (const std::string platform : {"Mac", "Win"})
    script.ask({Call::device_list, {}, {}, {{"platform", text(platform)}}});
  return script.take(
      "What the tenant has set, as far as that can be asked for without knowing an id: for `farol import`.");
}

}  // namespace farol::dingtalk
