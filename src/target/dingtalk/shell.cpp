#include "target/dingtalk/shell.h"

#include "base/text.h"

#include <algorithm>
#include <cstdint>
#include <utility>

#include <fmt/format.h>

namespace farol::dingtalk {

namespace {

std::string_view skeleton(std::string_view name) {
  const auto skeletons = shell_skeletons();
  return std::find_if(skeletons.begin(), skeletons.end(), [&](const ShellSkeleton& each) { return each.name == name; })
      ->text;
}

void replace_line(std::string& script, std::string_view mark, std::string_view text) {
  if (const std::size_t at = script.find(mark); at != std::string::npos) script.replace(at, mark.size(), text);
}

}  // namespace

const char* why_no_script(Region region) {
  switch (region) {
    case Region::mainland: return nullptr;
    case Region::international: break;
  }
  return "the vendor's command line reaches api.dingtalk.com and oapi.dingtalk.com only, and an international account "
         "is "
         "served by api.dingtalk.io and oapi.dingtalk.io";
}

std::string shell_script(std::string_view name, std::string_view head, std::string_view calls,
                         std::string_view settings) {
  std::string comment;
  while (!head.empty()) {
    const std::size_t end = head.find('\n');
    comment += fmt::format("# {}\n", head.substr(0, end));
    head.remove_prefix(end + 1);
  }
  std::string script{skeleton(name)};
  // Back to front, so that nothing is looked for in a text that was put in.
  replace_line(script, "#CALLS\n", calls);
  replace_line(script, "#TENANT\n", settings);
  replace_line(script, "#CLIENT\n", skeleton("client.sh"));
  return fmt::format("#!/bin/sh\n{}{}", comment, script);
}

std::string shell_query(const Value::Object& query) {
  Value::Object texts;
  for (const Member& member : query) {
    const auto* number = std::get_if<std::int64_t>(&member.value.data);
    texts.push_back({member.key, number == nullptr ? member.value : text(std::to_string(*number))});
  }
  return texts.empty() ? std::string{} : to_json(object(std::move(texts)));
}

std::string shell_words(const Request& request) {
  const CallInfo& call = info(request.call);
  return fmt::format("{} {} {} {} {}", call.method, call.host == Host::oapi ? "oapi" : "api",
                     shell_word(path_of(request)), shell_word(shell_query(request.query)),
                     shell_word(request.body.empty() ? std::string{} : to_json(object(request.body))));
}

std::string shell_word(std::string_view text) {
  std::string word = "'";
  for (const char c : base::one_line(text)) {
    // Two `#` begin a command in the logs of some build servers, and a script may be printed there.
    if (c == '#' && word.ends_with('#')) word += "''";
    word += c == '\'' ? std::string("'\\''") : std::string(1, c);
  }
  return word + "'";
}

}  // namespace farol::dingtalk
