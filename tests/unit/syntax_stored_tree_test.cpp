// A tree that is stored and read again is the tree that the parser made.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "diag/sink.h"
#include "library/library.h"
#include "sema/canonical.h"
#include "source/source_map.h"
#include "syntax/library_versions.h"
#include "syntax/parser.h"
#include "syntax/stored_tree.h"

namespace syntax_stored_tree_test {

namespace {

using namespace farol;

struct Parsed {
  source::SourceMap sources;
  diag::Sink sink;
  source::SourceId id;
  syntax::File file;

  explicit Parsed(std::string text) : id(sources.add("a.farol", std::move(text))) {
    file = syntax::parse(sources, id, sink);
  }
};

void check_equal(const syntax::File& read, const syntax::File& file) {
  CHECK(read.source == file.source);
  CHECK(syntax::store_tree(read) == syntax::store_tree(file));
  REQUIRE(read.statements.size() == file.statements.size());
  REQUIRE(read.broken.size() == file.broken.size());
  for (std::size_t i = 0; i < file.statements.size(); ++i) {
    CHECK(read.statements[i].span == file.statements[i].span);
    CHECK(read.statements[i].doc == file.statements[i].doc);
    CHECK(sema::canonical_text(read.statements[i].node) == sema::canonical_text(file.statements[i].node));
  }
}

std::vector<std::string> policies() {
  std::vector<std::string> texts;
  for (const char* folder : {"/examples", "/tests/fuzz/corpus/syntax"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(std::string(FAROL_SOURCE_DIR) + folder)) {
      if (entry.path().extension() != ".farol") continue;
      std::ifstream file(entry.path(), std::ios::binary);
      texts.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
    }
  }
  return texts;
}

}  // namespace

TEST_CASE("a tree that is read again is equal, whatever the policy") {
  const auto texts = policies();
  REQUIRE(texts.size() > 15);
  for (const std::string& text : texts) {
    const Parsed parsed(text);
    check_equal(syntax::read_tree(syntax::store_tree(parsed.file), parsed.id), parsed.file);
  }
}

TEST_CASE("the stored tree of each library is that of its text, and its newest version is right") {
  for (const auto& entries : {library::all(), library::packs()}) {
    for (const library::Embedded& entry : entries) {
      CAPTURE(entry.name);
      const Parsed parsed{std::string(entry.text)};
      check_equal(syntax::read_tree(entry.tree, parsed.id), parsed.file);
      const auto versions = syntax::known_versions(parsed.file);
      CHECK(entry.newest == (versions.empty() ? "" : versions.back()));
    }
  }
}

}  // namespace syntax_stored_tree_test
