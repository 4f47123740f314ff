// docs/cli.md: the tables of options are what the program makes of src/cli/verbs.def.
#include <string>
#include <vector>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "cli/help.h"
#include "support/repository.h"

namespace farol::testing::cli_options_test {
namespace {

// Replaces what lies between two marks. Returns false if the page does not have them.
bool replace_between(std::string& page, const std::string& begin, const std::string& end, const std::string& text) {
  const std::size_t at = page.find(begin);
  const std::size_t last = at == std::string::npos ? at : page.find(end, at + begin.size());
  if (last == std::string::npos) return false;
  page.replace(at + begin.size(), last - at - begin.size(), text);
  return true;
}

bool put_options(std::string& page, std::string_view name, const std::string& table) {
  return replace_between(page, fmt::format("<!-- options{} -->\n", name), "<!-- end of options -->\n", table);
}

// A section for a verb that has none yet: its summary, and a place for its options.
std::string section_of(const cli::Verb& verb) {
  const std::string place =
      verb.options.size() > 1 ? fmt::format("\n<!-- options {} -->\n<!-- end of options -->\n", verb.name) : "";
  return fmt::format("\n## {}\n\n`farol {} {}`: {}.\n{}", verb.name, verb.name, verb.arguments, verb.summary, place);
}

}  // namespace

TEST_CASE("docs/cli.md has every verb and its options, as the program knows them") {
  const std::string path = "docs/cli.md", before = read_repository(path);
  std::string page = before, list = "| verb | what it does |\n|---|---|\n";
  CHECK(put_options(page, "", cli::render_options(cli::policy_options())));
  for (const cli::Verb& verb : cli::verbs()) {
    const std::string name{verb.name}, table = cli::render_options(verb);
    CAPTURE(name);
    list += fmt::format("| [`{0}`](#{0}) | {1} |\n", name, verb.summary);
    if (page.find("\n## " + name + "\n") == std::string::npos) page += section_of(verb);
    CHECK(put_options(page, " " + name, table) == !table.empty());
  }
  CHECK(replace_between(page, "<!-- verbs -->\n", "<!-- end of verbs -->\n", list));
  if (update_wanted()) write_repository(path, page);
  CHECK_MESSAGE(page == before, path,
                " is stale: FAROL_UPDATE_GOLDEN=1 rewrites its tables, and adds a section for a new verb");
}

}  // namespace farol::testing::cli_options_test
