// Every block of README.md and docs/: policies compile, commands print what the page says.
#include <map>
#include <string>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "support/doc_page.h"
#include "support/repository.h"

namespace farol::testing::docs_test {
namespace {

std::vector<std::string> pages() {
  std::vector<std::string> paths = list_repository("docs", ".md");
  // Decisions are history: what they show need not hold today.
  std::erase_if(paths, [](const std::string& path) { return path.starts_with("docs/decisions/"); });
  paths.push_back("README.md");
  return paths;
}

}  // namespace

TEST_CASE("every block of the documentation is true") {
  std::map<std::string, std::string> examples;
  for (const std::string& path : list_repository("examples", "")) examples[path] = read_repository(path);
  std::size_t policies = 0;
  std::size_t commands = 0;
  for (const std::string& path : pages()) {
    const std::string text = read_repository(path);
    DocPage page = run_doc_page(text, examples);
    policies += page.policy_blocks.size();
    commands += page.commands;
    if (update_wanted() && page.text != text) {
      write_repository(path, page.text);
      fmt::print("{}: the output of its commands is rewritten\n", path);
      page = run_doc_page(page.text, examples);
    }
    for (const std::string& failure : page.failures) FAIL_CHECK(path, ", ", failure);
  }
  fmt::print("NOTE: {} policies and {} commands in the documentation\n", policies, commands);
}

}  // namespace farol::testing::docs_test
