#include "target/dingtalk/dws_script.h"

#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "target/dingtalk/shell.h"

namespace farol::dingtalk {
namespace {

std::string comment(std::string_view text) {
  std::string line;
  for (const char c : text) line += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
  return line;
}

// One of a list in the place of its key.
Value with_one(const Value& value, const std::string& key, const std::string& id) {
  if (const auto* unbound = std::get_if<Unbound>(&value.data)) return unbound->key == key ? text(id) : value;
  if (const auto* members = std::get_if<Value::Object>(&value.data)) {
    Value::Object made;
    for (const Member& member : *members) made.push_back({member.key, with_one(member.value, key, id)});
    return object(std::move(made));
  }
  if (const auto* values = std::get_if<Value::List>(&value.data)) {
    Value::List made;
    for (const Value& each : *values) made.push_back(with_one(each, key, id));
    return list(std::move(made));
  }
  return value;
}

Value::Object with_one(const Value::Object& part, const std::string& key, const std::string& id) {
  return std::get<Value::Object>(with_one(object(part), key, id).data);
}

constexpr std::string_view prologue = R"sh(set -eu

send=no
state=farol-steps.done
for argument in "$@"; do
  case $argument in
    --send) send=yes ;;
    --state=*) state=${argument#--state=} ;;
    *)
      printf '%s\n' "usage: sh $0 [--send] [--state=FILE]" >&2
      exit 2
      ;;
  esac
done
dws=${DWS:-dws}
left_out=0

is_done() {
  [ -f "$state" ] && grep -Fqx -- "$1" "$state"
}

# The rest of the arguments is the request. Old requests answer 200 whatever happened: their errcode counts.
request() {
  if [ "$send" = no ]; then
    "$dws" api "$@" --dry-run
    return
  fi
  reply=$("$dws" api "$@")
  printf '%s\n' "$reply"
  if printf '%s' "$reply" | grep -Eq '"errcode" *: *"?-?[1-9]'; then
    printf '%s\n' 'the platform refused it: nothing after it was sent' >&2
    exit 1
  fi
}

# step ID TITLE REQUEST...
step() {
  id=$1
  printf '\n%s  %s\n' "$id" "$2"
  shift 2
  if [ "$send" = yes ] && is_done "$id"; then
    printf '%s\n' 'done before'
    return
  fi
  request "$@"
  if [ "$send" = yes ]; then
    printf '%s\n' "$id" >>"$state"
  fi
}

# rule ID TITLE LIST-PATH LIST-PARAMS REQUEST...: each request makes a rule, so one that is there is not made again.
rule() {
  mark=$1
  list_path=$3
  list_params=$4
  if [ "$send" = yes ] && ! is_done "$mark"; then
    there=$("$dws" api GET "$list_path" --params "$list_params")
    case $there in
      *"farol $mark"*)
        printf '\n%s  %s\n%s\n' "$mark" "$2" 'there already'
        printf '%s\n' "$mark" >>"$state"
        return
        ;;
    esac
  fi
  title=$2
  shift 4
  step "$mark" "$title" "$@"
}

# skip ID TITLE WHY
skip() {
  printf '\n%s  %s\n%s\n' "$1" "$2" "left out: $3" >&2
  left_out=$((left_out + 1))
}
)sh";

constexpr std::string_view epilogue = R"sh(
if [ "$left_out" -gt 0 ]; then
  printf '\n%s\n' "$left_out requests were left out: see above" >&2
  exit 1
fi
)sh";

std::string arguments_of(const Request& request) {
  const CallInfo& call = info(request.call);
  std::string words = fmt::format("{} {}", call.method, shell_word(path_of(request)));
  if (!request.query.empty()) words += " --params " + shell_word(to_json(object(request.query)));
  if (!request.body.empty()) words += " --data " + shell_word(to_json(object(request.body)));
  if (call.host == Host::oapi) words += " --base-url https://oapi.dingtalk.com";
  return words;
}

class Script {
 public:
  Script(const model::Model& model, const AdminConfig& config) : bindings_(model) {
    for (const Step& step : config.steps) {
      if (step.request && !step.only_reads) add(step);
    }
  }
  std::string text;

 private:
  void add(const Step& step) {
    if (step.for_each.empty()) return add(step, step.id, *step.request);
    const std::vector<std::string> ids = bindings_.ids(step.for_each);
    if (ids.empty()) return skip(step, "it needs " + step.for_each);
    for (std::size_t i = 0; i < ids.size(); ++i) {
      Request one = *step.request;
      one.path = with_one(one.path, step.for_each, ids[i]);
      one.query = with_one(one.query, step.for_each, ids[i]);
      one.body = with_one(one.body, step.for_each, ids[i]);
      add(step, step.id + "." + std::to_string(i + 1), one);
    }
  }

  void add(const Step& step, const std::string& id, const Request& request) {
    for (const std::string& before : step.after) {
      if (skipped_.contains(before)) return skip(step, "it comes after " + before);
    }
    const std::vector<std::string> missing = unbound(request);
    if (!missing.empty()) return skip(step, fmt::format("it needs {}", fmt::join(missing, ", ")));
    // A rule that can be found again by its description.
    const bool is_rule = to_json(object(request.body)).find("\"farol " + step.id + "\"") != std::string::npos;
    if (is_rule && step.check) {
      text += fmt::format("rule {} {} {} {} {}\n", id, shell_word(step.title.front()), shell_word(path_of(*step.check)),
                          shell_word(to_json(object(step.check->query))), arguments_of(request));
      return;
    }
    text += fmt::format("step {} {} {}\n", id, shell_word(step.title.front()), arguments_of(request));
  }

  void skip(const Step& step, const std::string& why) {
    skipped_.insert(step.id);
    text += fmt::format("skip {} {} {}\n", step.id, shell_word(step.title.front()), shell_word(why));
  }

  Bindings bindings_;
  std::set<std::string> skipped_;
};

}  // namespace

std::string render_dws_script(const model::Model& model, const decide::Decisions& decisions,
                              const AdminConfig& config) {
  std::string out = "#!/bin/sh\n";
  out += "# " +
         comment(model.policy.name.empty() ? std::string_view{"A policy"} : std::string_view{model.policy.title.text}) +
         ", as of " + base::to_string(decisions.as_of) + ": the requests of permissions.json.\n";
  out += "# Without --send nothing is sent. By hand before it, and after it, what checklist.md says.\n";
  out += prologue;
  const Script script{model, config};
  out += "\n" + script.text;
  out += epilogue;
  return out;
}

}  // namespace farol::dingtalk
