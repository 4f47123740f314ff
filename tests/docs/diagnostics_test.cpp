// docs/diagnostics: a page for every finding, whose wrong example shows just that and whose right one shows nothing.
#include <algorithm>
#include <map>
#include <set>

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "diag/pages.h"
#include "diag/render.h"
#include "support/doc_page.h"
#include "support/repository.h"
#include "support/texts.h"

namespace farol::testing::diagnostics_test {
namespace {

std::string path_of(const diag::CodeInfo& code) { return fmt::format("docs/diagnostics/{}.md", code.number); }

bool has_page(const diag::CodeInfo& code) {
  const auto pages = list_repository("docs/diagnostics", ".md");
  return std::find(pages.begin(), pages.end(), path_of(code)) != pages.end();
}

// The findings that an example of a page may not have besides its own: notes only inform, and are not held against it.
std::set<std::string> findings_of(const PolicyBlock& block, const diag::CodeInfo& code) {
  std::set<std::string> names;
  for (const auto& [name, severity] : block.findings) {
    if (severity != "note" || name == code.name) names.insert(name);
  }
  return names;
}

// The first paragraph behind the heading, on one line.
std::string meaning_of(const std::string& page) {
  const std::size_t begin = page.find("\n\n") + 2;
  std::string meaning = page.substr(begin, page.find("\n\n", begin) - begin);
  std::replace(meaning.begin(), meaning.end(), '\n', ' ');
  return meaning;
}

std::string index_of_pages() {
  std::string text =
      "# Findings\n\nEverything that `farol check`, `farol test` and `farol diff` can find. Each page says what a "
      "finding means, with "
      "a wrong and a right\nexample that a test runs. `farol explain F3001`, or `farol explain conflict`, prints "
      "one.\n";
  const std::map<char, std::string> groups = {{'0', "The input"}, {'1', "Syntax"}, {'2', "Names and attributes"},
                                              {'3', "Meaning"},   {'4', "Advice"}, {'5', "DingTalk"},
                                              {'6', "Checks"},    {'7', "People"}, {'8', "Changes"}};
  char last = 0;
  std::vector<diag::CodeInfo> codes = diag::all_codes();
  std::sort(codes.begin(), codes.end(), [](const auto& a, const auto& b) { return a.number < b.number; });
  for (const diag::CodeInfo& code : codes) {
    if (code.number[1] != last) {
      last = code.number[1];
      text += fmt::format("\n## {}\n\n| code | name | kind | means |\n|---|---|---|---|\n", groups.at(last));
    }
    text += fmt::format("| [{}]({}.md) | `{}` | {} | {} |\n", code.number, code.number, code.name,
                        to_string(code.severity), has_page(code) ? meaning_of(read_repository(path_of(code))) : "");
  }
  return text;
}

}  // namespace

TEST_CASE("every finding has a page, whose examples are true") {
  for (const diag::CodeInfo& code : diag::all_codes()) {
    CAPTURE(code.number);
    if (!has_page(code)) {
      FAIL_CHECK(path_of(code), " is missing: write it for `", code.name, "`, on the pattern of its neighbours");
      continue;
    }
    const std::string text = read_repository(path_of(code));
    CHECK(text.starts_with(fmt::format("# {} {}\n\n", code.number, code.name)));
    CHECK_MESSAGE(diag::page_of(code.code) == text, "the program has another page: build it again");
    std::size_t wrong = 0, right = 0;
    for (const PolicyBlock& block : run_doc_page(text, {}).policy_blocks) {
      CAPTURE(block.line);
      CAPTURE(block.said);
      ++(block.fails.empty() ? right : wrong);
      CHECK((block.fails.empty() || block.fails == code.name));
      CHECK((findings_of(block, code) ==
             (block.fails.empty() ? std::set<std::string>{} : std::set<std::string>{std::string(code.name)})));
    }
    // A check waits because of an error: that note never comes alone, and its page shows it as text. A change needs two
    // policies, neither of which is wrong: its page compares them. What is old needs another day than that of the
    // tests.
    const bool has_no_wrong =
        is_of_change(code) || code.code == diag::Code::not_evaluated || code.code == diag::Code::old_sources;
    CHECK(wrong == (has_no_wrong ? 0 : 1));
    CHECK(right >= 1);
  }
}

TEST_CASE("no page is about a finding that does not exist, and documents name the command that shows the page") {
  for (const std::string& path : list_repository("docs/diagnostics", ".md")) {
    if (path == "docs/diagnostics/README.md") continue;
    const std::string number = path.substr(path.rfind('/') + 1, path.rfind('.') - path.rfind('/') - 1);
    CHECK_MESSAGE(diag::find_code(number) != nullptr, path, " is about no finding");
  }
  for (const diag::CodeInfo& code : diag::all_codes()) {
    diag::Sink sink;
    sink.report(diag::make(code.code, {}, "seen"_text));
    const auto document = nlohmann::json::parse(diag::render_json({}, sink, "0", "2026-11-24", false));
    CHECK(document.at("diagnostics")[0].at("explain") == "farol explain " + std::string{code.number});
  }
}

TEST_CASE("the index names every page") {
  const std::string path = "docs/diagnostics/README.md", now = index_of_pages();
  if (update_wanted()) write_repository(path, now);
  CHECK_MESSAGE(read_repository(path) == now, path, " is stale: FAROL_UPDATE_GOLDEN=1 rewrites it");
}

}  // namespace farol::testing::diagnostics_test
