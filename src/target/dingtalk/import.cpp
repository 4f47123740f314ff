#include "target/dingtalk/import.h"

#include <fmt/format.h>

#include "diag/messages_target.h"

namespace farol::dingtalk {

std::string head_of_policy(const diag::Text& title, std::string_view version, base::Language language) {
  const std::string wish = language == base::Language::en ? "" : fmt::format(" language: {}", base::tag(language));
  return fmt::format("policy {} {{{} }}\n\nuse dingtalk {}\n", quoted_text(sentence(title, language)), wish, version);
}

std::string render(const PolicyDraft& draft, const std::string& from, base::Language language) {
  std::string text = "farol 1\n\n";
  text += "// " + comment_text(sentence(message::import_made_from(from), language)) + "\n";
  if (!draft.questions.empty()) {
    text += "//\n// " + sentence(message::import_to_answer(), language) + "\n//\n";
    std::size_t number = 0;
    for (const diag::Text& question : draft.questions)
      text += fmt::format("// {:>3}. {}\n", ++number, comment_text(sentence(question, language)));
  }
  text += "\n" + draft.declarations;
  for (const Part& part : draft.parts) {
    if (!part.text.empty()) text += fmt::format("\n// {}\n", part.name) + part.text;
  }
  if (!draft.bindings.empty()) text += "\n// " + sentence(message::import_ids(), language) + "\n" + draft.bindings;
  return text;
}

}  // namespace farol::dingtalk
