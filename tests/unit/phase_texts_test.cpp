// No phase of the compiler composes English: what it says is a message of src/diag/messages/messages.pot.
#include <algorithm>
#include <cstddef>
#include <regex>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include <doctest/doctest.h>

#include "support/repository.h"

namespace phase_texts_test {

using farol::testing::list_repository;
using farol::testing::read_repository;

namespace {

// The phases that report findings.
const std::vector<std::string> phases = {"src/syntax", "src/sema", "src/decide", "src/check"};

// Files whose strings are the language itself, or the words of its tokens and kinds.
const std::set<std::string> of_the_language = {
    "src/sema/canonical.cpp",               // prints statements
    "src/sema/names.cpp",                   // the nouns of the kinds of names
    "src/sema/resolution.h",                // the same nouns, where a kind is asked for
    "src/sema/read_records.cpp",            // the same
    "src/sema/read_guardrails.cpp",         // the same
    "src/sema/check_expressions.cpp",       // the nouns of what a check asks for
    "src/sema/area.cpp",                    // `on all`, an edit
    "src/syntax/token.cpp",                 // what a token is called
    "src/syntax/foreign_words.cpp",         // keywords as people write them in other languages
    "src/syntax/loader.cpp",                // the condition of `--when`, as a statement
    "src/syntax/message_advice.cpp",        // edits
    "src/syntax/message_everyday.cpp",      // edits
    "src/syntax/message_words.cpp",         // edits
    "src/syntax/unified_diff.cpp",          // the words of the format
    "src/syntax/store_libraries_main.cpp",  // a tool of the build, and the C++ that it writes
    "src/decide/permission_json.cpp",       // the names of other objects in a document
    "src/check/guardrails.cpp",             // the words that a repair replaces
    "src/check/repairs.cpp",                // edits
    "src/check/rule_findings.cpp",          // edits
};

// Words of the language in files that otherwise say nothing: what a repair writes, and shows in its title.
const std::set<std::string> statements = {"forbid everyone", "use pack "};

// The contents of the string literals of a file that have two words or more.
std::vector<std::string> sentences_in(const std::string& text) {
  const std::regex literal(R"rx("((?:[^"\\\n]|\\.)*)")rx");
  const std::regex words("[A-Za-z]{2,},? [A-Za-z]{2,}");
  std::vector<std::string> found;
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    const std::string line = text.substr(begin, end - begin);
    begin = end + 1;
    if (line.find('"') == std::string::npos) continue;
    const std::size_t first = line.find_first_not_of(' ');
    if (first == std::string::npos || line.compare(first, 2, "//") == 0 || line[first] == '#') continue;
    for (std::sregex_iterator at(line.begin(), line.end(), literal), none; at != none; ++at) {
      const std::string content = (*at)[1];
      if (std::regex_search(content, words)) found.push_back(content);
    }
  }
  return found;
}

}  // namespace

TEST_CASE("a phase gives a message and its arguments, and no sentence") {
  CHECK(sentences_in("  x = \"two words\";\n// \"not this\"\n").size() == 1);
  std::size_t files = 0;
  for (const std::string& phase : phases) {
    for (const std::string_view ending : {".cpp", ".h"}) {
      for (const std::string& path : list_repository(phase, ending)) {
        ++files;
        if (of_the_language.contains(path)) continue;
        for (const std::string& sentence : sentences_in(read_repository(path))) {
          if (statements.contains(sentence)) continue;
          FAIL_CHECK(path, " says \"", sentence, "\": give it a message in src/diag/messages/messages.pot");
        }
      }
    }
  }
  CHECK(files > 60);
}

}  // namespace phase_texts_test
