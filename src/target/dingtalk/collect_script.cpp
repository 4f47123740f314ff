#include "target/dingtalk/collect_script.h"

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>

#include "target/dingtalk/calls.h"
#include "target/dingtalk/requests.h"
#include "target/dingtalk/shell.h"
#include "target/dingtalk/tenant_export.h"
#include "target/dingtalk/value.h"
#include "target/dingtalk/what_to_collect.h"

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

void add_to(CollectScript& script, const Collected& call) {
  switch (call.kind) {
    case Collected::Kind::request: return script.ask(call.request);
    case Collected::Kind::roles_and_members: return script.roles_and_members();
    case Collected::Kind::departments: return script.departments(false);
    case Collected::Kind::administrators: return script.administrators();
    case Collected::Kind::attendance_groups: return script.attendance_groups();
    case Collected::Kind::left_out: break;
  }
  script.leave_out(call.what, call.key);
}

}  // namespace

std::string render_collect_script(const model::Model& model, const AdminConfig& config) {
  CollectScript script;
  for (const Collected& call : what_to_collect(model, config)) add_to(script, call);
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
