// The papers of `farol report`: nothing invented, nothing in another language, whatever a policy holds.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <regex>
#include <set>
#include <string>

#include "base/text.h"
#include "driver/documents.h"
#include "query/report.h"
#include "sema/schemas.h"
#include "support/farol.h"
#include "support/repository.h"

namespace report_test {

using namespace farol;

namespace {

driver::Compilation clinic() {
  base::MemoryFileSystem disk;
  for (const std::string& path : testing::list_repository("examples/clinic", ".farol"))
    disk.files[path] = testing::read_repository(path);
  driver::Options options;
  options.load.paths = {"examples/clinic"};
  options.as_of = *base::parse_date("2026-11-24");
  return driver::compile(disk, options);
}

std::string paper_of(const driver::Compilation& policy, std::string_view kind, base::Language language, bool html) {
  return driver::render_report(policy, kind, {}, language, html).text;
}

}  // namespace

TEST_CASE("an empty policy gives papers that say so") {
  const driver::Compilation empty = testing::compile_text("farol 1\n");
  for (const std::string_view kind : driver::report_kinds()) {
    for (const base::Language language : base::all_languages) {
      const std::string paper = paper_of(empty, kind, language, false);
      CAPTURE(kind);
      using base::Phrase;
      const auto says = [&](Phrase phrase) { return paper.find(base::text(phrase, language)) != std::string::npos; };
      CHECK((says(Phrase::not_stated) || says(Phrase::word_none) || says(Phrase::report_no_packs)));
    }
  }
}

TEST_CASE("every word of the closed lists has a translation") {
  for (const std::string_view kind : {"data", "store", "transfer", "filing", "metadata", "retention", "risk"}) {
    std::span<const sema::AttributeSchema> attributes;
    for (const sema::BlockSchema& schema : sema::fact_schemas()) {
      if (schema.kind == kind) attributes = schema.attributes;
    }
    if (attributes.empty()) attributes = sema::schema_of(kind).attributes;
    for (const sema::AttributeSchema& attribute : attributes) {
      // Those that a paper shows.
      constexpr std::string_view shown[] = {"category", "ground",     "subjects", "mask",     "after", "then",
                                            "region",   "basis",      "to",       "kind",     "item",  "handling",
                                            "when",     "likelihood", "impact",   "treatment"};
      if (std::find(std::begin(shown), std::end(shown), attribute.key) == std::end(shown)) continue;
      if (kind == "store" && attribute.key == "kind") continue;
      for (const std::string_view word : attribute.words) {
        std::string identifier = fmt::format("word_{}", word);
        std::replace(identifier.begin(), identifier.end(), '-', '_');
        CHECK_MESSAGE(base::find_phrase(identifier).has_value(), identifier);
      }
    }
  }
}

TEST_CASE("the ten items of article 23 stand in the draft in their order") {
  const driver::Compilation policy = clinic();
  const std::string paper = paper_of(policy, "notification", base::Language::en, false);
  std::size_t at = 0;
  for (int i = 1; i <= 10; ++i) {
    at = paper.find(fmt::format("\n### {}. ", i), at);
    CHECK_MESSAGE(at != std::string::npos, i);
  }
  CHECK(paper.find("\n### 11. ") == std::string::npos);
}

namespace {

// Words of Latin letters that stand in a paper, without what is code, an address, an ID of a check or a digest.
std::set<std::string> latin_words(std::string paper) {
  for (const char* left_out :
       {"`[^`]*`", "https?://[^ |]*", "[A-Za-z]+(\\\\@(&#8203;)?|@)[A-Za-z.]+", "[A-Z]+(-[A-Z0-9]+)+", "[0-9a-f]{64}"})
    paper = std::regex_replace(paper, std::regex(left_out), " ");
  std::set<std::string> words;
  const std::regex word("[A-Za-z][A-Za-z_]+");
  for (std::sregex_iterator at(paper.begin(), paper.end(), word), end; at != end; ++at) words.insert(at->str());
  return words;
}

}  // namespace

// The clinic's own texts are in Chinese and Portuguese too, so no English is left in between but words of the language.
TEST_CASE("the clinic's papers have no English in Chinese") {
  // `IP` is what an address is called in Chinese too; `ii` is the number of an item of article 10, as the law has it.
  const std::set<std::string> known = {"Farol",    "Markdown", "SHA", "br",  "VPN",    "GPDP", "DSPDP",
                                       "RP",       "IP",       "PA",  "ISO", "IEC",    "API",  "macau_pdpa",
                                       "dingtalk", "waive",    "ii",  "CAC", "cn_pipl"};
  const driver::Compilation policy = clinic();
  for (const base::Language language : {base::Language::zh_hant, base::Language::zh_hans}) {
    for (const std::string_view kind : driver::report_kinds()) {
      for (const std::string& word : latin_words(paper_of(policy, kind, language, false))) {
        CHECK_MESSAGE(known.contains(word), fmt::format("{} in {}, {}", word, kind, base::tag(language)));
      }
    }
  }
}

// A cell, line or item that is word for word the English of a phrase, which is another in Portuguese.
TEST_CASE("the clinic's papers have no English phrase in Portuguese") {
  std::set<std::string_view> english, portuguese;
  for (std::size_t i = 0; i < base::phrase_count(); ++i) {
    english.insert(base::text(static_cast<base::Phrase>(i), base::Language::en));
    portuguese.insert(base::text(static_cast<base::Phrase>(i), base::Language::pt));
  }
  const driver::Compilation policy = clinic();
  for (const std::string_view kind : driver::report_kinds()) {
    const std::string paper = paper_of(policy, kind, base::Language::pt, false);
    const std::regex separator(R"( ?\| ?|\n|, |: |- |<br>|#+ )");
    for (std::sregex_token_iterator at(paper.begin(), paper.end(), separator, -1), end; at != end; ++at) {
      const std::string part = at->str();
      CHECK_MESSAGE((!english.contains(part) || portuguese.contains(part)), fmt::format("{} in {}", part, kind));
    }
  }
}

TEST_CASE("what a policy says is text in the papers, and never markup") {
  const driver::Compilation policy = testing::compile_text(
      "farol 1\npolicy \"<b>|x\" { }\ntiers internal\ndata d: internal { category: contact  purpose: \"a | b <script> "
      "& c\" }\n");
  const std::string html = paper_of(policy, "inventory", base::Language::en, true);
  CHECK(html.find("<script>") == std::string::npos);
  CHECK(html.find("a | b &lt;script&gt; &amp; c") != std::string::npos);
  const std::string markdown = paper_of(policy, "inventory", base::Language::en, false);
  CHECK(markdown.find("a \\| b \\<script\\>") != std::string::npos);
}

}  // namespace report_test
