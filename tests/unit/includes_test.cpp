// The tables of docs/architecture.md against the `#include` lines and the CMakeLists of src/.
#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <doctest/doctest.h>

namespace includes_test {

namespace {

namespace fs = std::filesystem;
using Words = std::set<std::string>;
using Table = std::map<std::string, Words>;

const fs::path root = FAROL_SOURCE_DIR;

std::string read(const fs::path& path) {
  std::ifstream file(path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

Words words_of(const std::string& text) {
  std::istringstream words(text);
  return {std::istream_iterator<std::string>(words), {}};
}

// The rows of the table between `<!-- name -->` and `<!-- end -->`, its head left out.
Table table_of(const std::string& name) {
  const std::string page = read(root / "docs/architecture.md");
  const std::size_t begin = page.find("<!-- " + name + " -->");
  REQUIRE(begin != std::string::npos);
  std::istringstream lines(page.substr(begin, page.find("<!-- end -->", begin) - begin));
  const std::regex row(R"(\| (\S+) \|(.*)\|)");
  Table table;
  for (std::string line; std::getline(lines, line);) {
    std::smatch match;
    if (std::regex_match(line, match, row)) table[match[1]] = words_of(match[2]);
  }
  table.erase(name == "includes" ? "folder" : "header");
  REQUIRE(table.size() > 3);
  return table;
}

struct Include {
  std::string file;    // from the root
  std::string folder;  // of src/
  bool quoted = false;
  std::string target;
};

std::vector<Include> includes() {
  const std::regex directive(R"(\s*#\s*include\s*(["<])([^">]+)[">].*)");
  std::vector<Include> found;
  for (const auto& entry : fs::recursive_directory_iterator(root / "src")) {
    const std::string ending = entry.path().extension().string();
    if (ending != ".h" && ending != ".cpp" && ending != ".def") continue;
    const fs::path inside = fs::relative(entry.path(), root);
    std::istringstream lines(read(entry.path()));
    for (std::string line; std::getline(lines, line);) {
      std::smatch match;
      if (std::regex_match(line, match, directive))
        found.push_back({inside.string(), std::next(inside.begin())->string(), match[1] == "\"", match[2]});
    }
  }
  return found;
}

// ANTLR's output has no folder of its own: `FarolParser.h`.
bool is_generated(const Include& include) {
  return include.target.starts_with("Farol") && include.target.find('/') == std::string::npos;
}

bool fits(const std::string& path, const std::string& pattern) {
  std::string expression;
  for (const char c : pattern) {
    if (c == '*') {
      expression += "[^/]*";
    } else {
      if (c == '.') expression += '\\';
      expression += c;
    }
  }
  return std::regex_match(path, std::regex(expression));
}

}  // namespace

TEST_CASE("a folder includes what the table allows, and no other") {
  const Table allowed = table_of("includes");
  for (const Include& include : includes()) {
    if (!include.quoted) continue;
    INFO(include.file, " includes ", include.target);
    const std::string target = include.target.substr(0, include.target.find('/'));
    if (is_generated(include)) continue;  // the business of the other table
    REQUIRE(allowed.contains(include.folder));
    CHECK((target == include.folder || allowed.at(include.folder).contains(target)));
  }
}

TEST_CASE("third-party headers stay in the files that the table names") {
  const Table allowed = table_of("third-party");
  for (const Include& include : includes()) {
    const std::string header = include.target.substr(0, include.target.find_first_of("/."));
    const auto found = allowed.find(is_generated(include) ? "antlr4-runtime" : header);
    if (found == allowed.end()) continue;
    INFO(include.file, " includes ", include.target);
    CHECK(std::any_of(found->second.begin(), found->second.end(),
                      [&](const std::string& pattern) { return fits(include.file, pattern); }));
  }
}

TEST_CASE("no file outside the boundary sees ANTLR through a header") {
  std::map<std::string, Words> included;  // by file, from the root
  Words seeing;
  for (const Include& include : includes()) {
    included[include.file].insert("src/" + include.target);
    if (is_generated(include) || include.target.starts_with("antlr4-runtime")) seeing.insert(include.file);
  }
  for (std::size_t before = 0; before != seeing.size();) {
    before = seeing.size();
    for (const auto& [file, headers] : included) {
      if (std::any_of(headers.begin(), headers.end(), [&](const auto& header) { return seeing.contains(header); }))
        seeing.insert(file);
    }
  }
  for (const std::string& file : seeing) CHECK_MESSAGE(file.starts_with("src/syntax/antlr_"), file);
}

TEST_CASE("headers that are neither ours nor the table's are the language's or the system's") {
  const Table third_party = table_of("third-party");
  const Words system{"dirent.h",       "dlfcn.h",    "fcntl.h",       "iconv.h",     "poll.h",
                     "spawn.h",        "sys/file.h", "sys/inotify.h", "sys/ioctl.h", "sys/mman.h",
                     "sys/resource.h", "sys/stat.h", "sys/wait.h",    "unistd.h"};
  for (const Include& include : includes()) {
    if (include.quoted || system.contains(include.target)) continue;
    INFO(include.file, " includes ", include.target);
    const std::string header = include.target.substr(0, include.target.find_first_of("/."));
    const bool of_the_language = include.target.find_first_of("/.") == std::string::npos;
    CHECK((of_the_language || third_party.contains(header)));
  }
}

TEST_CASE("each library is linked to what its folder may include") {
  const std::regex library(R"(farol_library\(\s*(\w+)([^)]*)\))");
  const Words keywords{"SOURCES", "DEPENDS", "USES"};
  for (const auto& [folder, allowed] : table_of("includes")) {
    CAPTURE(folder);
    const std::string cmake = read(root / "src" / folder / "CMakeLists.txt");
    std::smatch match;
    REQUIRE(std::regex_search(cmake, match, library));
    CHECK(match[1] == folder);
    Words linked;
    bool in_depends = false;
    std::istringstream words(match[2].str());
    for (std::string word; words >> word;) {
      if (keywords.contains(word)) {
        in_depends = word == "DEPENDS";
      } else if (in_depends) {
        linked.insert(word);
      }
    }
    CHECK(linked == allowed);
  }
}

TEST_CASE("the table orders the folders, so that none includes itself in a circle") {
  const Table allowed = table_of("includes");
  Words placed;
  for (std::size_t round = 0; round < allowed.size(); ++round) {
    for (const auto& [folder, seen] : allowed) {
      if (std::includes(placed.begin(), placed.end(), seen.begin(), seen.end())) placed.insert(folder);
    }
  }
  CHECK(placed.size() == allowed.size());
}

}  // namespace includes_test
