// Pages, examples and starters use the newest version of each library, as `list` and `init` do: whoever learns a name
// there can use it.
#include <regex>
#include <string>

#include <doctest/doctest.h>

#include "library/library.h"
#include "support/repository.h"

namespace farol::testing::versions_test {
namespace {

std::string newest_of(const std::string& library, bool pack) {
  for (const library::Embedded& entry : pack ? library::packs() : library::all()) {
    if (entry.name == library) return std::string{entry.newest};
  }
  return {};
}

void check_versions(const std::string& path, const std::string& text) {
  static const std::regex use(R"((?:^|\n)use (pack )?([a-z0-9_]+) ([0-9.]+))");
  for (std::sregex_iterator found(text.begin(), text.end(), use), end; found != end; ++found) {
    const std::string statement = found->str();
    CAPTURE(path);
    CAPTURE(statement);
    CHECK(found->str(3) == newest_of(found->str(2), found->str(1) == "pack "));
  }
}

}  // namespace

TEST_CASE("documentation, examples and starters use the newest version of each library") {
  for (const std::string& path : list_repository("docs", ".md")) {
    // Decisions are history, and one page is about a version that there never was.
    if (path.starts_with("docs/decisions/") || path == "docs/diagnostics/F0003.md") continue;
    check_versions(path, read_repository(path));
  }
  check_versions("README.md", read_repository("README.md"));
  for (const std::string folder : {"examples", "src/cli/starters"}) {
    for (const std::string& path : list_repository(folder, ".farol")) check_versions(path, read_repository(path));
  }
}

}  // namespace farol::testing::versions_test
