// The packs that are shipped: what each check must say of itself, and for each a policy that breaks it and one that
// keeps it, which stand in tests/packs.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <optional>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "driver/driver.h"
#include "library/library.h"
#include "support/farol.h"
#include "support/repository.h"

namespace packs_test {

using namespace farol;
using model::Check;

namespace {

std::string errors(const driver::Compilation& compilation) {
  std::string text;
  for (const diag::Diagnostic& each : compilation.sink.sorted(compilation.sources)) {
    // A feature without what it needs, or a control that it cannot have, is beside the point here.
    if (each.check.empty() && each.severity == diag::Severity::error && each.code != diag::Code::missing_feature &&
        each.code != diag::Code::control_impossible)
      text += sentence(each.message) + "\n";
  }
  return text;
}

bool finds(const driver::Compilation& compilation, const std::string& id) {
  const auto& list = compilation.checks.list;
  return std::any_of(list.begin(), list.end(),
                     [&](const check::Finding& finding) { return compilation.model.checks[finding.check].id == id; });
}

// The catalogue at its newest version, whose names a pack may use: to a policy of an older one the later names are
// nothing.
std::string newest_catalogue() {
  const auto libraries = library::all();
  const auto found = std::find_if(libraries.begin(), libraries.end(),
                                  [](const library::Embedded& each) { return each.name == "dingtalk"; });
  REQUIRE(found != libraries.end());
  REQUIRE(!found->newest.empty());
  return fmt::format("use dingtalk {}\n", found->newest);
}

// Every pack together with the catalogue and the usual tiers, whose names it may use.
driver::Compilation with_pack(std::string_view name) {
  return testing::compile_text(
      fmt::format("farol 1\npolicy \"P\"\n{}use pack {} 2026.11\n"
                  "tiers public < internal < confidential < restricted\n",
                  newest_catalogue(), name));
}

std::vector<std::pair<std::string, std::string>> sections_of(const std::string& text) {
  std::vector<std::pair<std::string, std::string>> sections;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("=== "))
      sections.emplace_back(line.substr(4), "");
    else if (!sections.empty())
      sections.back().second += line + "\n";
  }
  return sections;
}

std::string first_word(const std::string& line) { return line.substr(0, line.find(' ')); }

// The frame and a case: `- WORD` takes the frame's statements of this word out, and a `policy` takes its place.
std::string policy_of(const std::string& frame, const std::string& statements) {
  std::set<std::string> without;
  std::string added;
  std::istringstream in(statements);
  for (std::string line; std::getline(in, line);) {
    if (line.starts_with("- ")) {
      without.insert(line.substr(2));
    } else {
      if (first_word(line) == "policy") without.insert("policy");
      added += line + "\n";
    }
  }
  std::string text;
  std::istringstream lines(frame);
  for (std::string line; std::getline(lines, line);) {
    if (!without.contains(first_word(line))) text += line + "\n";
  }
  return text + added;
}

std::string all_texts(const Check& check) {
  std::string text;
  for (const model::Localized* each : {&check.title, &check.message, &check.remedy}) {
    text += each->text + "\n";
    for (const auto& [language, translation] : each->by_language) text += translation + "\n";
  }
  return text;
}

}  // namespace

TEST_CASE("every check of every pack has a policy that breaks it and one that keeps it") {
  for (const library::Embedded& pack : library::packs()) {
    const auto sections = sections_of(testing::read_repository(fmt::format("tests/packs/{}.cases", pack.name)));
    REQUIRE_MESSAGE(!sections.empty(), std::string(pack.name));
    REQUIRE(sections.front().first == "frame");
    const std::string& frame = sections.front().second;
    const driver::Compilation bare = testing::compile_text(frame);
    CHECK_MESSAGE(errors(bare) == "", std::string(pack.name));
    CHECK_MESSAGE(bare.checks.list.empty(), std::string(pack.name), ": the frame breaks a check");

    std::map<std::string, std::set<std::string>> cases;  // by ID
    for (std::size_t i = 1; i < sections.size(); ++i) {
      const std::string& head = sections[i].first;
      const std::string& statements = sections[i].second;
      const std::string id = first_word(head), kind = head.substr(std::min(id.size() + 1, head.size()));
      REQUIRE_MESSAGE((kind == "breaks" || kind == "keeps"), head);
      cases[id].insert(kind);
      const driver::Compilation compilation = testing::compile_text(policy_of(frame, statements));
      CHECK_MESSAGE(errors(compilation) == "", head);
      CHECK_MESSAGE(finds(compilation, id) == (kind == "breaks"), head);
    }
    for (const Check& check : bare.model.checks) CHECK_MESSAGE(cases[check.id].size() == 2, check.id);
    for (const auto& each_case : cases) {
      const std::string& id = each_case.first;
      const auto& checks = bare.model.checks;
      CHECK_MESSAGE(std::any_of(checks.begin(), checks.end(), [&](const Check& each) { return each.id == id; }), id);
    }
  }
}

TEST_CASE("a check of a pack says on what it rests, in four languages") {
  constexpr std::array bases = {"law", "regulator", "standard", "guidance", "good-practice", "article-claim"};
  std::set<std::string> ids;
  for (const library::Embedded& pack : library::packs()) {
    const driver::Compilation compilation = with_pack(pack.name);
    REQUIRE_MESSAGE(errors(compilation) == "", std::string(pack.name));
    REQUIRE(!compilation.model.checks.empty());
    CHECK(compilation.checks.too_large.empty());
    for (const Check& check : compilation.model.checks) {
      CAPTURE(check.id);
      CHECK(check.pack == pack.name);
      CHECK_MESSAGE(ids.insert(check.id).second, "two packs have it");
      CHECK(std::find(bases.begin(), bases.end(), check.basis) != bases.end());
      for (const model::Localized* text : {&check.title, &check.message, &check.remedy}) {
        CHECK(!text->text.empty());
        CHECK(text->by_language.size() == 3);  // each language once, which the reader of blocks sees to
      }
    }
  }
}

// facts/compliance.md, 5b and 6.
TEST_CASE("no pack states as law what is not confirmed") {
  for (const library::Embedded& pack : library::packs()) {
    const driver::Compilation compilation = with_pack(pack.name);
    for (const Check& check : compilation.model.checks) {
      CAPTURE(check.id);
      const std::string texts = all_texts(check);
      for (const model::Citation& cite : check.citations) CHECK(cite.checked.has_value());
      if (check.basis == "law") {
        CHECK(check.confidence != "");
        CHECK(std::any_of(check.citations.begin(), check.citations.end(),
                          [](const model::Citation& cite) { return !cite.law.empty() && !cite.article.empty(); }));
        CHECK(std::any_of(check.citations.begin(), check.citations.end(),
                          [](const model::Citation& cite) { return !cite.url.empty() || !cite.note.empty(); }));
      }
      if (check.basis == "article-claim") {
        CHECK(check.citations.empty());
        CHECK(pack.name == "article_claims");
        CHECK(check.severity == Check::Severity::note);
      }
      CHECK_MESSAGE((pack.name == "article_claims") == (check.basis == "article-claim"),
                    "claims have a pack of their own");
      for (const std::string_view word : {"HKCERT", "MOP", "澳門元", "patacas", "GPDP"}) {
        CHECK_MESSAGE(texts.find(word) == std::string::npos, std::string(word));
      }
      for (const model::Citation& cite : check.citations) {
        const bool macau = cite.law.text == "Law 8/2005";
        const bool transfer = check.id.find("XFER") != std::string::npos;
        CHECK_FALSE((macau && transfer && cite.article.starts_with("12")));
        if (cite.law.text.find("Cap. 486") != std::string::npos && cite.article == "33")
          CHECK(check.severity == Check::Severity::note);
      }
    }
  }
}

// How surely a rule is known is what was read of its sources, no more.
TEST_CASE("no rule is surer than what was read of its source") {
  const std::map<std::string, char> best = {
      {"text", 'A'}, {"authority", 'A'}, {"titles", 'A'}, {"secondary", 'B'}, {"none", 'C'}};
  for (const library::Embedded& pack : library::packs()) {
    const driver::Compilation compilation = with_pack(pack.name);
    for (const Check& check : compilation.model.checks) {
      CAPTURE(check.id);
      if (check.confidence.empty()) continue;
      char surest = 'Z';
      for (const model::Citation& cite : check.citations) {
        REQUIRE_MESSAGE(best.contains(cite.read), "it says what was read: ", cite.read);
        surest = std::min(surest, best.at(cite.read));
        if (cite.read == "titles") CHECK_MESSAGE(check.basis != "law", "a title is no law");
      }
      CHECK_MESSAGE(check.confidence.front() >= surest, check.confidence);
    }
  }
}

// docs/compliance.md has a row for each sentence of the article, with a command.
TEST_CASE("what is said about each sentence of the article can be seen") {
  const std::string page = testing::read_repository("docs/compliance.md");
  const std::size_t begin = page.find("<!-- article -->"), end = page.find("<!-- end -->", begin);
  REQUIRE(end != std::string::npos);
  std::istringstream lines(page.substr(begin, end - begin));
  std::size_t rows = 0;
  for (std::string line; std::getline(lines, line);) {
    const std::size_t at = line.rfind("| `farol ");
    if (at == std::string::npos) continue;
    const std::string command = line.substr(at + 9, line.rfind('`') - at - 9);
    std::istringstream words(command);
    std::vector<std::string> arguments;
    for (std::string word; words >> word;) arguments.push_back(word);
    base::MemoryFileSystem files;
    for (const char* each : {"clinic", "filings", "rules", "tests"}) {
      const std::string path = fmt::format("examples/clinic/{}.farol", each);
      files.files[path] = testing::read_repository(path);
    }
    const testing::Outcome outcome = testing::run_farol(files, arguments);
    CHECK_MESSAGE(outcome.exit == 0, command, ": ", outcome.err);
    CHECK_MESSAGE(!outcome.out.empty(), command);
    ++rows;
  }
  CHECK(rows >= 30);
}

// Sixty lines are what somebody reads: the errors of the language, one line for each check, what to start with.
TEST_CASE("what is open without a single fact stands on one screen") {
  const std::regex fact(
      "(^|\\n)(transfer|filing|processor|metadata|retention|rights|leavers|usage|review|training|notice)"
      "\\b[^{\\n]*\\{[^{}]*\\}");
  const std::regex named("processor: (platform_operator|operator)");
  const std::vector<std::vector<const char*>> policies = {
      {"shop/shop"}, {"clinic/clinic", "clinic/filings", "clinic/rules", "clinic/tests"}};
  for (const std::vector<const char*>& names : policies) {
    base::MemoryFileSystem files;
    for (const char* each : names) {
      const std::string text = testing::read_repository(fmt::format("examples/{}.farol", each));
      files.files[fmt::format("p/{}.farol", std::string(each).substr(std::string(each).find('/') + 1))] =
          std::regex_replace(std::regex_replace(text, fact, "$1"), named, "");
    }
    const testing::Outcome outcome = testing::run_farol(files, {"check", "p"});
    CHECK(outcome.exit == 1);
    const std::string screen = outcome.err + outcome.out;
    CHECK(screen.find("MO-XFER-001") != std::string::npos);
    CHECK_MESSAGE(std::count(screen.begin(), screen.end(), '\n') <= 60, screen);
  }
}

// A name in a pack that nothing declares would be nothing in silence: it must be one of the catalogue's.
TEST_CASE("what a pack names exists in the catalogue") {
  for (const library::Embedded& pack : library::packs()) {
    // As the organisation's own checks, where an unknown name is an error.
    std::string text(pack.text);
    text += "\n" + newest_catalogue() + "tiers public < internal < confidential < restricted\n";
    CHECK_MESSAGE(errors(testing::compile_text(text)) == "", std::string(pack.name));
    // Features that are compared by name, in quotes.
    const driver::Compilation catalogue = with_pack(pack.name);
    for (std::size_t at = 0; (at = text.find("f.name is ", at)) != std::string::npos;) {
      at += 10;
      const std::size_t end = text.find('\n', at);
      std::string line = text.substr(at, end - at);
      line = line.substr(0, std::min(line.find(" and "), line.find(')')));
      for (std::size_t open = line.find('"'); open != std::string::npos; open = line.find('"', open + 1)) {
        const std::size_t close = line.find('"', open + 1);
        const std::string name = line.substr(open + 1, close - open - 1);
        CHECK_MESSAGE(catalogue.model.find_feature(name).has_value(), name);
        open = close;
      }
    }
  }
}

}  // namespace packs_test
