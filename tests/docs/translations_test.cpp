// The pages in other languages: each names the English text that it translates, by its digest. Where that text has
// become another one, the page has to tell its reader, and the test says so.
#include <map>
#include <regex>
#include <set>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "base/digest.h"
#include "support/markdown.h"
#include "support/repository.h"

namespace farol::testing::translations_test {
namespace {

struct Language {
  std::string folder;
  std::string notice;  // the second line of a page that is older than its source
};

const std::vector<Language> languages = {
    {"docs/zh-Hant/", "> 英文原文其後已有更改，本頁尚未更新。\n"},
    {"docs/pt/", "> O original em inglês mudou depois desta tradução.\n"},
};

// What somebody translates: all but what commands print, which each language has of its own.
std::string translated_part(const std::string& page) {
  std::string part;
  std::size_t copied = 0;
  for (const Fence& fence : find_fences(page)) {
    part += page.substr(copied, fence.begin - copied);
    copied = fence.end;
    const std::string block = page.substr(fence.begin, fence.end - fence.begin);
    if (fence.language != "console") {
      part += block;
      continue;
    }
    static const std::regex command(R"((?:^|\n)(\$ [^\n]*))");
    for (std::sregex_iterator found(block.begin(), block.end(), command), end; found != end; ++found)
      part += found->str(1) + "\n";
  }
  return part + page.substr(copied);
}

// The headings and the blocks of a page, one a line: a translation leaves none out.
std::string skeleton(const std::string& page) {
  std::map<std::size_t, std::string> parts;
  for (const Fence& fence : find_fences(page)) parts[fence.begin] = fence.language;
  const std::string outside = without_blocks(page);
  static const std::regex heading("(?:^|\n)(#+) ");
  for (std::sregex_iterator found(outside.begin(), outside.end(), heading), end; found != end; ++found)
    parts[static_cast<std::size_t>(found->position(1))] = found->str(1);
  std::string out;
  for (const auto& [at, part] : parts) out += part + "\n";
  return out;
}

// Where the page is older than its source, it says so; that is put right where updates are wanted.
void check_page(const std::string& path, const Language& language) {
  static const std::regex head("<!-- (\\S+) ([0-9a-f]{16}) -->\n");
  const std::string page = read_repository(path);
  std::smatch found;
  REQUIRE_MESSAGE(std::regex_search(page, found, head, std::regex_constants::match_continuous), path,
                  " does not begin with the source that it translates, and its digest");
  const std::string source = found[1];
  const std::string original = read_repository(source);
  const std::string digest = base::sha256_hex(translated_part(original)).substr(0, 16);
  const bool older = digest != found[2];
  std::string now = page;
  const auto behind_head = static_cast<std::size_t>(found.length());
  bool told = page.compare(behind_head, language.notice.size(), language.notice) == 0;
  if (told != older && update_wanted()) {
    now.replace(behind_head, told ? language.notice.size() : 0, told ? "" : language.notice);
    write_repository(path, now);
    told = older;
  }
  if (older && !told)
    FAIL_CHECK(path, " translates an older ", source, ", whose digest is now ", digest,
               ": translate what has changed, and write the digest into the first line; until somebody does, ",
               "FAROL_UPDATE_GOLDEN=1 lets the page say so");
  if (told && !older) FAIL_CHECK(path, " says that it is older than ", source, ", and is not");
  if (!older) CHECK_MESSAGE(skeleton(page) == skeleton(original), path, " has other headings or blocks than ", source);
  if (older) fmt::print("NOTE: {} translates an older {}, whose digest is {}\n", path, source, digest);
}

}  // namespace

TEST_CASE("a page in another language says where its English source has changed") {
  std::map<std::string, std::set<std::string>> pages;
  for (const Language& language : languages) {
    for (const std::string& path : list_repository(language.folder, ".md")) {
      check_page(path, language);
      pages[path.substr(language.folder.size())].insert(language.folder);
    }
  }
  CHECK(pages.contains("tutorial.md"));
  for (const auto& page : pages)
    CHECK_MESSAGE(page.second.size() == languages.size(), page.first, " is not there in every language");
}

TEST_CASE("what commands print is not what is translated") {
  const std::string page = "# One\n\n```console\n$ farol check\nall is well\n$ ls\n```\n\n```farol\nrole staff\n```\n";
  CHECK(translated_part(page) == "# One\n\n```console\n$ farol check\n$ ls\n```\n\n```farol\nrole staff\n```\n");
  CHECK(skeleton(page) == "#\nconsole\nfarol\n");
}

}  // namespace farol::testing::translations_test
