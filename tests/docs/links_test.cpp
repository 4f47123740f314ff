// Links between pages lead somewhere: to a file of the repository, and there to a heading.
#include <filesystem>
#include <regex>
#include <set>

#include <doctest/doctest.h>

#include "base/file_system.h"
#include "support/markdown.h"
#include "support/repository.h"

namespace farol::testing::links_test {
namespace {

// The name by which a heading is linked: small letters, blanks as hyphens, punctuation left out.
std::string anchor_of(std::string_view heading) {
  std::string anchor;
  for (const char c : heading) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte >= 0x80 || std::isalnum(byte) != 0 || c == '-' || c == '_')
      anchor += static_cast<char>(std::tolower(byte));
    if (c == ' ') anchor += '-';
  }
  return anchor;
}

std::set<std::string> anchors_of(const std::string& page) {
  std::set<std::string> anchors;
  static const std::regex heading("(?:^|\n)#+ ([^\n]+)");
  for (std::sregex_iterator found(page.begin(), page.end(), heading), end; found != end; ++found)
    anchors.insert(anchor_of(found->str(1)));
  return anchors;
}

}  // namespace

TEST_CASE("links between pages lead to a file, and to a heading of it") {
  std::vector<std::string> paths = list_repository("docs", ".md");
  paths.push_back("README.md");
  std::size_t links = 0;
  for (const std::string& path : paths) {
    const std::string page = without_blocks(read_repository(path));
    static const std::regex link(R"(\]\(([^)#\s:]*)(#[^)\s]+)?\))");
    for (std::sregex_iterator found(page.begin(), page.end(), link), end; found != end; ++found) {
      ++links;
      CAPTURE(path);
      CAPTURE(found->str());
      const std::string target =
          found->str(1).empty() ? path : base::normalise_path(base::join_path(base::folder_of(path), found->str(1)));
      REQUIRE(std::filesystem::exists(std::filesystem::path(FAROL_SOURCE_DIR) / target));
      if (found->length(2) > 0)
        CHECK(anchors_of(without_blocks(read_repository(target))).contains(found->str(2).substr(1)));
    }
  }
  CHECK(links > 100);
}

}  // namespace farol::testing::links_test
