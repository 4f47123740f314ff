// `check --watch`: what is looked at again, and when.
#include <functional>
#include <optional>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include <doctest/doctest.h>

#include "base/file_system.h"
#include "cli/cli.h"

namespace cli_watch_test {

using namespace farol;

namespace {

constexpr const char* good = "farol 1\nrole staff\nfeature clock\nallow staff to clock\n";
constexpr const char* bad = "farol 1\nrole staff\nfeature clock\nallow staf to clock\n";

struct Watched {
  int exit = 0;
  std::string out, err;
  std::vector<std::vector<std::string>> folders;  // of each wait
};

// Each step stands for what happens while nobody looks; after the last one somebody ends the program.
Watched watch(base::MemoryFileSystem& files, std::vector<std::string> arguments,
              const std::vector<std::function<void()>>& steps) {
  Watched watched;
  std::ostringstream out, err;
  std::size_t next = 0;
  cli::Environment environment{.files = files, .standard_input = {}, .out = out, .err = err, .now = {1'796'000'000}};
  environment.wait_for_change = [&](const std::vector<std::string>& folders) -> std::optional<base::Instant> {
    watched.folders.push_back(folders);
    if (next == steps.size()) return std::nullopt;
    steps[next++]();
    return environment.now;
  };
  arguments.insert(arguments.begin(), {"check", "--watch"});
  watched.exit = cli::run(arguments, environment);
  watched.out = out.str();
  watched.err = err.str();
  return watched;
}

std::size_t count(const std::string& text, const std::string& part) {
  std::size_t found = 0;
  for (std::size_t at = 0; (at = text.find(part, at)) != std::string::npos; ++at) ++found;
  return found;
}

}  // namespace

TEST_CASE("a policy is looked at again after each change, and only then") {
  base::MemoryFileSystem files;
  files.files["p/policy.farol"] = good;
  const auto watched = watch(files, {"p"},
                             {[] {},                                            // something else happened there
                              [&] { files.files["p/policy.farol"] = bad; },     // a mistake
                              [&] { files.files["p/notes.txt"] = "x"; },        // no policy
                              [&] { files.files["p/policy.farol"] = good; }});  // mended
  CHECK(count(watched.out, "no conflicts") == 2);
  CHECK(count(watched.err, "unknown role `staf`") == 1);
  CHECK(count(watched.err, "waiting for a change") == 3);
  CHECK(watched.exit == 0);
  for (const auto& folders : watched.folders) CHECK(folders == std::vector<std::string>{"p"});
}

TEST_CASE("a new file, a file that is gone, and an included one count as changes") {
  base::MemoryFileSystem files;
  files.files["p/policy.farol"] = "farol 1\ninclude \"../shared/base.farol\"\nallow staff to clock\n";
  files.files["shared/base.farol"] = "farol 1\nrole staff\nfeature clock\n";
  const auto watched = watch(
      files, {"p", "--root", "."},
      {[&] { files.files["shared/base.farol"] = "farol 1\nrole stuff\nfeature clock\n"; },
       [&] { files.files["shared/base.farol"] = "farol 1\nrole staff\nfeature clock\n"; },
       [&] { files.files["p/more.farol"] = "farol 1\nrole staff\n"; }, [&] { files.files.erase("p/more.farol"); }});
  CHECK(count(watched.err, "unknown role `staff`") == 1);
  CHECK(count(watched.err, "duplicate-name") == 1);
  CHECK(count(watched.out, "no conflicts") == 3);
  CHECK(watched.folders.back() == std::vector<std::string>{"p", "shared"});
}

TEST_CASE("what --watch does not go with is refused") {
  base::MemoryFileSystem files;
  files.files["p.farol"] = good;
  for (const std::vector<std::string>& arguments :
       std::vector<std::vector<std::string>>{{"p.farol", "--fix"},
                                             {"p.farol", "--interactive"},
                                             {"p.farol", "-o", "x"},
                                             {"p.farol", "--error-format", "json"},
                                             {"-"}}) {
    const auto watched = watch(files, arguments, {});
    CHECK(watched.exit == 2);
    CHECK(watched.folders.empty());
    CHECK(watched.err.find("--watch") != std::string::npos);
  }
  std::ostringstream out, err;
  cli::Environment still{.files = files, .standard_input = {}, .out = out, .err = err, .now = {}};
  CHECK(cli::run({"check", "--watch", "p.farol"}, still) == 2);
}

}  // namespace cli_watch_test
