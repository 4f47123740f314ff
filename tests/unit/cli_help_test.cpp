// The texts of `--help` in other languages.
#include <set>
#include <string>

#include <doctest/doctest.h>

#include "cli/help.h"
#include "cli/help_texts.h"
#include "cli/verbs.h"
#include "diag/diagnostic.h"
#include "diag/pages.h"

namespace cli_help_test {

using namespace farol;
using namespace farol::cli;

namespace {

std::set<std::string_view> texts_of_help() {
  std::set<std::string_view> texts;
  for (const Verb& verb : verbs()) {
    texts.insert(verb.summary);
    texts.insert(verb.text);
    if (verb.arguments.find(", or ") != std::string_view::npos) texts.insert(verb.arguments);
    for (const Example& example : verb.examples) texts.insert(example.text);
    for (const Option& option : verb.options) texts.insert(option.text);
  }
  texts.erase("");
  return texts;
}

// What stands between fences.
std::string code_blocks(const std::string& page) {
  std::string blocks;
  for (std::size_t at = 0; (at = page.find("\n```", at)) != std::string::npos;) {
    const std::size_t end = page.find("\n```\n", at + 1);
    blocks += page.substr(at, end - at);
    at = end + 1;
  }
  return blocks;
}

}  // namespace

TEST_CASE("the texts of help are found by their English, and kept in its order") {
  const auto texts = help_texts();
  for (std::size_t i = 1; i < texts.size(); ++i) CHECK(texts[i - 1].english < texts[i].english);
  CHECK(translated("this page", base::Language::en) == "this page");
  CHECK(translated("this page", base::Language::zh_hant) == "本頁");
  CHECK(translated("this page", base::Language::zh_hans) == "本页");
  CHECK(translated("this page", base::Language::pt) == "esta página");
  CHECK(translated("no such text", base::Language::pt) == "no such text");
}

TEST_CASE("no text of help is said in English") {
  const std::set<std::string_view> texts = texts_of_help();
  for (const base::Language language : base::all_languages) {
    if (language == base::Language::en) continue;
    for (const std::string_view text : texts)
      CHECK_MESSAGE(translated(text, language) != text, base::tag(language), text);
  }
}

TEST_CASE("no page about a finding is in English, and its examples are those of the English page") {
  for (const base::Language language : base::all_languages) {
    if (language == base::Language::en) continue;
    CAPTURE(base::tag(language));
    for (const diag::CodeInfo& code : diag::all_codes()) {
      CAPTURE(code.number);
      const std::string english{diag::page_of(code.code)};
      const std::string page = translated_page(english, language);
      CHECK(page != english);
      CHECK(code_blocks(page) == code_blocks(english));
      CHECK(page.substr(0, page.find('\n')) == english.substr(0, english.find('\n')));
    }
  }
  CHECK(translated_page("# F0 x\n\nNobody translated this.\n\n## Wrong\n", base::Language::pt) ==
        "# F0 x\n\nNobody translated this.\n\n## Wrong\n");
  CHECK(translated_page("# F0 x\n\n## Wrong\n\n```farol\n## Wrong\n```\n", base::Language::pt) ==
        "# F0 x\n\n## Errado\n\n```farol\n## Wrong\n```\n");
}

TEST_CASE("help is in the language that was asked for") {
  const std::string chinese = render_help(*find_verb("check"), base::Language::zh_hant);
  CHECK(chinese.starts_with("farol check: 找出政策的問題\n\n例子：\n  farol check "));
  CHECK(chinese.find("用法： farol check [PATHS] [選項]") != std::string::npos);
  const std::string list = render_help(*find_verb("list"), base::Language::pt);
  CHECK(list.find("{WORDS}") == std::string::npos);
  CHECK(list.find("KIND é features, ") != std::string::npos);
  CHECK(render_help(base::Language::pt).find("quem pode fazer o quê") != std::string::npos);
}

}  // namespace cli_help_test
