#include "target/dingtalk/collect.h"

#include <map>
#include <set>

#include <fmt/format.h>

#include "target/dingtalk/bindings.h"
#include "target/dingtalk/export.h"
#include "target/dingtalk/reads.h"
#include "target/dingtalk/shell.h"
#include "target/dingtalk/value.h"

namespace farol::dingtalk {
namespace {

using dingtalk::Call;
using dingtalk::Value;

constexpr std::string_view collect_prologue = R"sh(set -eu

out=tenant-export.json
for argument in "$@"; do
  case $argument in
    --out=*) out=${argument#--out=} ;;
    *)
      printf '%s\n' "usage: sh $0 [--out=FILE]" >&2
      exit 2
      ;;
  esac
done
dws=${DWS:-dws}
# The export has names of people: nobody else may read it.
umask 077
part=$out.part
trap 'rm -f "$part"' EXIT
trap 'exit 1' HUP INT TERM
count=0
failed=0
reply=''
# So many pages of one list at most: what answers without an end is not asked for ever.
most_pages=2000

# call METHOD HOST PATH QUERY BODY: asks, and writes down what came back. QUERY and BODY may be empty.
call() {
  method=$1
  host=$2
  path=$3
  query=$4
  body=$5
  set -- api "$method" "$path"
  if [ -n "$query" ]; then set -- "$@" --params "$query"; fi
  if [ -n "$body" ]; then set -- "$@" --data "$body"; fi
  if [ "$host" = oapi ]; then set -- "$@" --base-url https://oapi.dingtalk.com; fi
  status=0
  reply=$("$dws" "$@") || status=$?
  if [ "$count" -gt 0 ]; then printf ',\n' >>"$part"; fi
  count=$((count + 1))
  printf '    {"method": "%s", "path": "%s", "query": %s, "body": %s, "time": "%s", ' "$method" "$path" \
    "${query:-null}" "${body:-null}" "$(date -u +%Y-%m-%dT%H:%M:%SZ)" >>"$part"
  case $status$reply in
    '0{'*) printf '"response": %s}' "$reply" >>"$part" ;;
    *)
      printf '"error": "exit code %s"}' "$status" >>"$part"
      printf '%s\n' "failed: $method $path" >&2
      failed=$((failed + 1))
      reply=''
      ;;
  esac
}

# What stands under a key of the last answer, one a line. In JSON the quotes inside a text are escaped, so no name of
# anybody can look like a key.
numbers() {
  printf '%s\n' "$reply" | grep -o "\"$1\" *: *-\{0,1\}[0-9][0-9]*" | sed 's/.*: *//'
}
texts() {
  printf '%s\n' "$reply" | grep -o "\"$1\" *: *\"[^\"\\]*\"" | sed 's/.*: *"//; s/"$//'
}
says() {
  printf '%s\n' "$reply" | grep -q "\"$1\" *: *true"
}
first() {
  sed -n 1p
}

# by_offset PATH BODY SIZE KEY: BODY is an object without its end; the numbers under KEY are added to `found`.
by_offset() {
  offset=0
  pages=0
  while [ "$pages" -lt "$most_pages" ]; do
    call POST oapi "$1" '' "$2\"offset\":$offset,\"size\":$3}"
    found="$found $(numbers "$4" | tr '\n' ' ')"
    says hasMore || break
    offset=$((offset + $3))
    pages=$((pages + 1))
  done
}

# by_token PATH QUERY FIRST KEY: QUERY is an object without its end, and FIRST what ends it for the first page; KEY is
# where the answer has what comes next.
by_token() {
  more=$2$3
  pages=0
  while [ "$pages" -lt "$most_pages" ]; do
    call GET api "$1" "$more" ''
    says hasMore || break
    next=$(numbers "$4" | first)
    if [ -z "$next" ]; then break; fi
    more=$2",\"nextToken\":$next}"
    pages=$((pages + 1))
  done
}

# permissions PATH QUERY SIZE
permissions() {
  more="{\"option\":{\"maxResults\":$3}}"
  pages=0
  while [ "$pages" -lt "$most_pages" ]; do
    call POST api "$1" "$2" "$more"
    next=$(texts nextToken | first)
    if [ -z "$next" ]; then break; fi
    more="{\"option\":{\"maxResults\":$3,\"nextToken\":\"$next\"}}"
    pages=$((pages + 1))
  done
}

# people DEPARTMENT SIZE
people() {
  cursor=0
  pages=0
  while [ "$pages" -lt "$most_pages" ]; do
    call POST oapi /topapi/user/listsimple '' "{\"dept_id\":$1,\"cursor\":$cursor,\"size\":$2}"
    says has_more || break
    cursor=$(numbers next_cursor | first)
    if [ -z "$cursor" ]; then break; fi
    pages=$((pages + 1))
  done
}

# devices PLATFORM SIZE
devices() {
  page=1
  while [ "$page" -le "$most_pages" ]; do
    call POST api /v1.0/exclusive/trustedDevices/query '' "{\"pageNumber\":$page,\"pageSize\":$2,\"platform\":\"$1\"}"
    total=$(numbers total | first)
    if [ $((page * $2)) -ge "${total:-0}" ]; then break; fi
    page=$((page + 1))
  done
}

# every_department: asks each for those below it; `seen` has all of them.
every_department() {
  seen=''
  level=1
  while [ -n "$level" ]; do
    below=''
    for department in $level; do
      case " $seen " in
        *" $department "*) continue ;;
      esac
      seen="$seen $department"
      call POST oapi /topapi/v2/department/listsub '' "{\"dept_id\":$department}"
      below="$below$(numbers dept_id | tr '\n' ' ')"
    done
    level=$below
  done
}

printf '{\n  "format": "farol-tenant-export",\n  "version": 1,\n  "collected": "%s",\n  "calls": [\n' \
  "$(date -u +%Y-%m-%dT%H:%M:%SZ)" >"$part"
)sh";

constexpr std::string_view collect_epilogue = R"sh(
printf '\n  ]\n}\n' >>"$part"
mv "$part" "$out"
printf '%s\n' "wrote $out: $count calls, $failed of them failed"
)sh";

class CollectScript {
 public:
  [[nodiscard]] std::string take(std::string_view about) const {
    std::string out = "#!/bin/sh\n# " + std::string(about) + "\n";
    out +=
        "# It changes nothing: every call is one that shows, and the permission codes that it needs are those for "
        "reading\n";
    out += "# but where the platform has one code for both.\n";
    for (const std::string_view code : codes_) out += fmt::format("#   {}\n", code);
    out += collect_prologue;
    out += text_;
    out += collect_epilogue;
    return out;
  }

  void need(Read read) { codes_.insert(read_info(read).permission_code); }

  void roles_and_members() {
    need(Read::roles);
    need(Read::role_members);
    text_ += fmt::format(
        "\nfound=''\n"
        "by_offset {} '{{' {} id\n"
        "roles=$found\n"
        "for role in $roles; do\n"
        "  found=''\n"
        "  by_offset {} \"{{\\\"role_id\\\":$role,\" {} none\n"
        "done\n",
        read_info(Read::roles).path, page_sizes::roles, read_info(Read::role_members).path, page_sizes::list);
  }

  void departments(bool with_people) {
    need(Read::departments);
    text_ += "\nevery_department\n";
    if (!with_people) return;
    need(Read::department_users);
    text_ += fmt::format("for department in $seen; do\n  people \"$department\" {}\ndone\n", page_sizes::list);
  }

  void rules(Read read) {
    need(read);
    const bool cursor = read_info(read).paging == Paging::next_cursor;
    text_ += fmt::format("by_token {} '{{\"maxResults\":{}' {} {}\n", read_info(read).path, page_sizes::list,
                         cursor ? "',\"nextToken\":-1}'" : "'}'", cursor ? "nextCursor" : "nextToken");
  }

  // One call with everything known. `path` is the one to be asked, with its parameter filled in.
  void call(Read read, const std::string& path, const Value::Object& query, const Value::Object& body) {
    need(read);
    const auto json = [](const Value::Object& object) {
      return object.empty() ? std::string{} : dingtalk::to_json(dingtalk::object(object));
    };
    line(fmt::format("call {} {} {} {} {}\n", read_info(read).method,
                     read_info(read).host == dingtalk::Host::oapi ? "oapi" : "api", dingtalk::shell_word(path),
                     dingtalk::shell_word(json(query)), dingtalk::shell_word(json(body))));
  }

  void permissions(const std::string& path, const Value::Object& query) {
    need(Read::file_permissions);
    line(fmt::format("permissions {} {} {}\n", dingtalk::shell_word(path),
                     dingtalk::shell_word(dingtalk::to_json(dingtalk::object(query))), page_sizes::file_permissions));
  }

  void devices(std::string_view platform) {
    need(Read::devices);
    line(fmt::format("devices {} {}\n", platform, page_sizes::list));
  }

  void every_app() {
    need(Read::apps);
    need(Read::app_scope);
    text_ += fmt::format(
        "\ncall GET api {} '' ''\n"
        "for app in $(numbers agentId); do\n"
        "  call GET api \"/v1.0/microApp/apps/$app/scopes\" '' ''\n"
        "done\n",
        read_info(Read::apps).path);
  }

  void leave_out(const std::string& what, const std::string& key) {
    line(fmt::format("# left out, for {} is not bound: {}\n", key, what));
  }

 private:
  // Several steps ask for the same.
  void line(const std::string& text) {
    if (lines_.insert(text).second) text_ += text;
  }

  std::set<std::string_view> codes_;
  std::set<std::string> lines_;
  std::string text_;
};

// The calls for one policy.
class Collector {
 public:
  Collector(const model::Model& model, const dingtalk::AdminConfig& config) : config_(config), bindings_(model) {
    for (const model::Binding& binding : model.bindings) kinds_.insert(binding.kind);
  }

  void add_to(CollectScript& script) {
    if (uses({Call::role_add, Call::role_group_add, Call::role_members_add, Call::role_scope_update}) ||
        kinds_.contains("role") || kinds_.contains("members"))
      script.roles_and_members();
    if (kinds_.contains("department") || kinds_.contains("role")) script.departments(false);
    if (uses({Call::contact_restrict, Call::contact_restrict_list, Call::contact_hide})) {
      script.rules(Read::restrictions);
      script.rules(Read::hidings);
    }
    if (uses({Call::field_hide, Call::field_hide_list})) script.rules(Read::hidden_fields);
    if (kinds_.contains("app")) script.call(Read::apps, std::string(read_info(Read::apps).path), {}, {});
    for (const dingtalk::Step& step : config_.steps) {
      if (step.request) add(step, *step.request, script);
    }
  }

 private:
  [[nodiscard]] bool uses(std::initializer_list<Call> calls) const {
    for (const dingtalk::Step& step : config_.steps) {
      if (!step.request) continue;
      for (const Call call : calls) {
        if (step.request->call == call) return true;
      }
    }
    return false;
  }

  void add(const dingtalk::Step& step, const dingtalk::Request& request, CollectScript& script) const {
    switch (request.call) {
      case Call::executive_protect:
        return add_for_each(step, script, [&](const std::string& user) {
          script.call(Read::executive, std::string(read_info(Read::executive).path),
                      {{"seniorStaffId", dingtalk::text(user)}}, {});
        });
      case Call::file_inherit:
      case Call::file_grant:
      case Call::file_list: return add_node(request, script);
      case Call::app_scope:
        if (is_bound({request.call, request.path, {}, {}}, script))
          script.call(Read::app_scope, filled(Read::app_scope, request.path), {}, {});
        return;
      case Call::group_update: {
        const Value::Object about{request.body.front()};  // the id comes first
        const dingtalk::Request only{request.call, {}, {}, about};
        if (is_bound(only, script)) script.call(Read::group, std::string(read_info(Read::group).path), {}, about);
        return;
      }
      case Call::meeting_update:
        if (step.check && is_bound(*step.check, script))
          script.call(Read::meeting, std::string(read_info(Read::meeting).path), step.check->query, {});
        return;
      case Call::device_trust: return script.devices(std::get<std::string>(request.body[1].value.data));
      default: return;
    }
  }

  template <class Make>
  void add_for_each(const dingtalk::Step& step, CollectScript& script, Make make) const {
    const auto ids = bindings_.ids(step.for_each);
    if (ids.empty()) script.leave_out(step.title.front(), step.for_each);
    for (const std::string& id : ids) make(id);
  }

  void add_node(const dingtalk::Request& request, CollectScript& script) const {
    const dingtalk::Request only{request.call, request.path, request.query, {}};
    if (!is_bound(only, script)) return;
    script.call(Read::inheritance, filled(Read::inheritance, request.path), request.query, {});
    script.permissions(filled(Read::file_permissions, request.path), request.query);
  }

  static std::string filled(Read read, const Value::Object& parameters) {
    const std::string_view path = read_info(read).path;
    return std::string(path.substr(0, path.find('{'))) + std::get<std::string>(parameters.front().value.data) +
           std::string(path.substr(path.find('}') + 1));
  }

  static bool is_bound(const dingtalk::Request& request, CollectScript& script) {
    const auto missing = dingtalk::unbound(request);
    for (const std::string& key : missing) script.leave_out(std::string(dingtalk::info(request.call).path), key);
    return missing.empty();
  }

  const dingtalk::AdminConfig& config_;
  dingtalk::Bindings bindings_;
  std::set<std::string> kinds_;
};

}  // namespace

std::string render_collect_script(const model::Model& model, const dingtalk::AdminConfig& config) {
  CollectScript script;
  Collector{model, config}.add_to(script);
  return script.take("What the tenant has set, of all that the policy sets: for `farol drift` and `farol import`.");
}

std::string render_collect_script() {
  CollectScript script;
  script.roles_and_members();
  script.departments(true);
  script.rules(Read::restrictions);
  script.rules(Read::hidings);
  script.rules(Read::hidden_fields);
  script.every_app();
  script.devices("Mac");
  script.devices("Win");
  return script.take(
      "What the tenant has set, as far as that can be asked for without knowing an id: for `farol import`.");
}

}  // namespace farol::dingtalk
