// The papers of `farol report`: nothing invented, nothing in another language, whatever a policy holds.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "base/text.h"
#include "driver/documents.h"
#include "report/report.h"
#include "sema/schemas.h"
#include "support/farol.h"
#include "support/repository.h"

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

}  // namespace

TEST_CASE("an empty policy gives papers that say so") {
  const driver::Compilation empty = testing::compile_text("farol 1\n");
  for (const std::string_view kind : driver::report_kinds()) {
    for (const base::Language language : base::all_languages) {
      const std::string paper = driver::render_report(empty, kind, language, false);
      CAPTURE(kind);
      CHECK(paper.find(base::text(base::Phrase::not_stated, language)) != std::string::npos);
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
  const std::string paper = driver::render_report(policy, "notification", base::Language::en, false);
  std::size_t at = 0;
  for (int i = 1; i <= 10; ++i) {
    at = paper.find(fmt::format("\n## {}. ", i), at);
    CHECK_MESSAGE(at != std::string::npos, i);
  }
  CHECK(paper.find("\n## 11. ") == std::string::npos);
}

// The clinic's own texts are in Chinese and Portuguese too, so no English is left in between.
TEST_CASE("the clinic's brief has no English in Chinese") {
  const driver::Compilation policy = clinic();
  const std::string paper = driver::render_report(policy, "assessment", base::Language::zh_hant, false);
  for (const std::string_view word : {" the ", "not stated", "Human", "consent", " and ", "Terms", "kept"}) {
    CHECK_MESSAGE(paper.find(word) == std::string::npos, std::string(word));
  }
}

TEST_CASE("what a policy says is text in the papers, and never markup") {
  const driver::Compilation policy = testing::compile_text(
      "farol 1\npolicy \"<b>|x\" { }\ntiers internal\ndata d: internal { category: contact  purpose: \"a | b <script> "
      "& c\" }\n");
  const std::string html = driver::render_report(policy, "inventory", base::Language::en, true);
  CHECK(html.find("<script>") == std::string::npos);
  CHECK(html.find("a | b &lt;script&gt; &amp; c") != std::string::npos);
  const std::string markdown = driver::render_report(policy, "inventory", base::Language::en, false);
  CHECK(markdown.find("a \\| b \\<script\\>") != std::string::npos);
}
