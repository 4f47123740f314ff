#include "target/dingtalk/dws_script.h"

#include <set>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/text.h"
#include "target/dingtalk/shell.h"

namespace farol::dingtalk {
namespace {

// Returns the value with one id of a list in the place of the list's key.
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
  const std::string_view title =
      model.policy.name.empty() ? std::string_view{"A policy"} : std::string_view{model.policy.title.text};
  const std::string head = fmt::format(
      "{}, as of {}: the requests of permissions.json.\n"
      "Without --send nothing is sent. By hand before it, and after it, what checklist.md says.\n",
      base::one_line(title), base::to_string(decisions.as_of));
  return shell_script("dws.sh", head, Script{model, config}.text);
}

}  // namespace farol::dingtalk
