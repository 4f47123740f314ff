// The organisations in examples/: they compile to what is committed beside them, however their statements are spread.
#include <algorithm>
#include <map>
#include <string>

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "support/farol.h"
#include "support/repository.h"
#include "support/statements.h"
#include "support/text_diff.h"

namespace farol::testing::examples_test {
namespace {

struct Example {
  std::string folder;
  std::vector<std::string> options;  // of the command line
};

// A client of the library has a base beside its own folder.
std::vector<Example> examples() {
  std::vector<Example> found;
  for (const std::string& path : list_repository("examples", ".farol")) {
    if (read_repository(path).find("\npolicy ") == std::string::npos) continue;
    Example example{base::folder_of(path), {}};
    if (example.folder.starts_with("examples/library/")) example.options = {"--root", "examples/library"};
    found.push_back(std::move(example));
  }
  return found;
}

base::MemoryFileSystem all_files() {
  base::MemoryFileSystem files;
  for (const std::string& path : list_repository("examples", ".farol")) files.files[path] = read_repository(path);
  return files;
}

Outcome run(base::MemoryFileSystem files, std::vector<std::string> words, const Example& example) {
  words.push_back(example.folder);
  words.insert(words.end(), example.options.begin(), example.options.end());
  return run_farol(files, words);
}

std::map<std::string, std::string> compiled(const base::MemoryFileSystem& files, const Example& example) {
  const Outcome outcome = run(files, {"compile", "-o", "out"}, example);
  REQUIRE_MESSAGE(outcome.exit == 0, outcome.err);
  return {{"permissions.json", outcome.wrote.at("out/permissions.json")},
          {"steps.json", outcome.wrote.at("out/steps.json")},
          {"matrix.md", outcome.wrote.at("out/matrix.md")}};
}

// The same policy, its statements shuffled over a few files of the folder.
base::MemoryFileSystem rearranged(base::MemoryFileSystem files, const Example& example, std::uint32_t seed) {
  std::string all;
  std::erase_if(files.files, [&](const auto& file) {
    const bool of_example = base::folder_of(file.first) == example.folder;
    if (of_example) all += file.second;
    return of_example;
  });
  const std::vector<std::string> parts = shuffle_statements(all, seed, 1 + seed % 3);
  for (std::size_t i = 0; i < parts.size(); ++i)
    files.files[fmt::format("{}/part{}.farol", example.folder, i)] = parts[i];
  return files;
}

}  // namespace

TEST_CASE("examples have no errors, and their tests pass") {
  for (const Example& example : examples()) {
    CAPTURE(example.folder);
    for (const char* verb : {"check", "test"}) {
      const Outcome outcome = run(all_files(), {verb}, example);
      CHECK_MESSAGE(outcome.exit == 0, verb, "\n", outcome.out, outcome.err);
    }
  }
}

TEST_CASE("examples compile to what is committed") {
  for (const Example& example : examples()) {
    for (const auto& [name, content] : compiled(all_files(), example)) {
      const std::string path = example.folder + "/expected/" + name;
      const bool there = !list_repository(example.folder + "/expected", name).empty();
      const std::string expected = there ? read_repository(path) : "";
      if (update_wanted() && expected != content) {
        write_repository(path, content);
        fmt::print("{}", unified_diff(expected, content, path));
      } else {
        const std::string difference = unified_diff(expected, content, path);
        CHECK_MESSAGE(difference.empty(), difference);
      }
    }
  }
}

TEST_CASE("the order of statements and the files they are in mean nothing") {
  for (const Example& example : examples()) {
    CAPTURE(example.folder);
    const auto expected = compiled(all_files(), example);
    for (std::uint32_t seed = 1; seed <= 5; ++seed) {
      CAPTURE(seed);
      for (const auto& [name, content] : compiled(rearranged(all_files(), example, seed), example)) {
        const std::string difference = unified_diff(expected.at(name), content, name);
        CHECK_MESSAGE(difference.empty(), difference);
      }
    }
  }
}

}  // namespace farol::testing::examples_test
