#include "target/dingtalk/import.h"

#include <fmt/format.h>

namespace farol::dingtalk {

std::string render(const PolicyDraft& draft, const std::string& from) {
  std::string text = "farol 1\n\n";
  text += fmt::format("// Made by `farol import` from {}. Read it before you rely on it.\n", comment_text(from));
  if (!draft.questions.empty()) {
    text += "//\n// What could not be read, and somebody has to answer:\n//\n";
    std::size_t number = 0;
    for (const std::string& question : draft.questions)
      text += fmt::format("// {:>3}. {}\n", ++number, comment_text(question));
  }
  text += "\n" + draft.declarations;
  for (const Part& part : draft.parts) {
    if (!part.text.empty()) text += fmt::format("\n// {}\n", part.name) + part.text;
  }
  if (!draft.bindings.empty()) text += "\n// The ids of the tenant\n" + draft.bindings;
  return text;
}

}  // namespace farol::dingtalk
