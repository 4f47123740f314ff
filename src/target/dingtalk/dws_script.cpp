#include "target/dingtalk/dws_script.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <string>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/text.h"
#include "target/dingtalk/bindings.h"
#include "target/dingtalk/shell.h"
#include "target/dingtalk/step_kinds.h"

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

// The rules of a kind: their list, and how the targets of the steps that make them begin.
struct RuleList {
  Call make, list, remove;
  std::string_view target;
};
constexpr RuleList rule_lists[] = {
    {Call::contact_restrict, Call::contact_restrict_list, Call::contact_unrestrict, "contacts "},
    {Call::contact_hide, Call::contact_hide_list, Call::contact_unhide, "contacts "},
    {Call::field_hide, Call::field_hide_list, Call::field_unhide, "fields "},
};

// The list's path, its query without the end of the object, and where its reply has what comes next.
std::string list_words(Call list) {
  std::string query = shell_query(read_back(list).query);
  query.pop_back();
  return fmt::format("{} {} {}", info(list).path, shell_word(query),
                     info(list).pages == Pages::next_cursor ? "nextCursor" : "nextToken");
}

// What must be in the reply that reads back a request which answers nothing: the texts in its lists.
std::string shown_words(const Request& request) {
  std::string words;
  for (const Member& member : request.body) {
    const auto* list = std::get_if<Value::List>(&member.value.data);
    if (list == nullptr || member.key != "protectScenes") continue;
    for (const Value& each : *list) {
      if (const auto* word = std::get_if<std::string>(&each.data)) words += (words.empty() ? "" : " ") + *word;
    }
  }
  return words;
}

class Script {
 public:
  Script(const model::Model& model, const AdminConfig& config) : bindings_(model) {
    for (const Step& step : config.steps) {
      if (step.request && !step.only_reads) add(step);
    }
    add_tidying();
  }
  std::string text;

 private:
  void add(const Step& step) {
    if (step.for_each.empty()) return add(step, step.target, *step.request);
    const std::vector<std::string> ids = bindings_.ids(step.for_each);
    if (ids.empty()) return skip(step, "it needs " + step.for_each);
    for (const std::string& id : ids) {
      Request one = *step.request;
      one.path = with_one(one.path, step.for_each, id);
      one.query = with_one(one.query, step.for_each, id);
      one.body = with_one(one.body, step.for_each, id);
      add(step, step.target + " " + id, one);
    }
  }

  void add(const Step& step, const std::string& target, const Request& request) {
    for (const std::string& before : step.after) {
      if (skipped_.contains(before)) return skip(step, "it comes after " + before);
    }
    const std::vector<std::string> missing = unbound(request);
    if (!missing.empty()) return skip(step, fmt::format("it needs {}", fmt::join(missing, ", ")));
    const std::string head = fmt::format("{} {} {}", step.id, shell_word(target), shell_word(step.title.front()));
    const auto* list = std::find_if(std::begin(rule_lists), std::end(rule_lists),
                                    [&](const RuleList& each) { return each.make == request.call; });
    if (list != std::end(rule_lists)) {
      marks_ += (marks_.empty() ? "" : " ") + step.id;
      text += fmt::format("rule {} {} {}\n", head, list_words(list->list), shell_words(request));
    } else if (info(request.call).reply == Reply::nothing) {
      const Request back = read_back(*template_of(request.call).read_back, request);
      text += fmt::format("silent {} {} {} {} {}\n", head, shell_word(path_of(back)),
                          shell_word(shell_query(back.query)), shell_word(shown_words(request)), shell_words(request));
    } else {
      text += fmt::format("step {} {}\n", head, shell_words(request));
    }
  }

  void add_tidying() {
    for (const RuleList& each : rule_lists)
      text += fmt::format("tidy {} {} {}\n", list_words(each.list), shell_word(each.target), shell_word(marks_));
  }

  void skip(const Step& step, const std::string& why) {
    skipped_.insert(step.id);
    text += fmt::format("skip {} {} {}\n", step.id, shell_word(step.title.front()), shell_word(why));
  }

  Bindings bindings_;
  std::set<std::string> skipped_;
  std::string marks_;  // ids of the steps that make rules, with blanks between them
};

}  // namespace

std::string render_dws_script(const model::Model& model, const decide::Decisions& decisions,
                              const AdminConfig& config) {
  const std::string_view title =
      model.policy.name.empty() ? std::string_view{"A policy"} : std::string_view{model.policy.title.text};
  const std::string head = fmt::format(
      "{}, as of {}: the requests of permissions.json.\n"
      "Without --send nothing is sent: they are shown. By hand before it, and after it, what checklist.md says.\n"
      "It needs the vendor's command line, and an app of your own: DWS_CLIENT_ID and DWS_CLIENT_SECRET.\n",
      base::one_line(title), base::to_string(decisions.as_of));
  const std::vector<std::string> corp = Bindings{model}.ids("tenant.corp");
  return shell_script("dws.sh", head, Script{model, config}.text,
                      fmt::format("corp={}\n", corp.empty() ? "''" : shell_word(corp.front())));
}

}  // namespace farol::dingtalk
