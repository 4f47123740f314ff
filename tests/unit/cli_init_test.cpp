// What `init` writes compiles, passes its own tests, and overwrites nothing.
#include <set>

#include <doctest/doctest.h>

#include "support/farol.h"

namespace farol::testing::cli_init_test {

TEST_CASE("the first policy compiles in every language and is one policy") {
  std::set<std::string> configurations;
  for (const std::string language : {"en", "zh-Hant", "zh-Hans", "pt"}) {
    CAPTURE(language);
    base::MemoryFileSystem files;
    const Outcome outcome = run_farol(files, {"init", "mine", "--lang", language});
    REQUIRE(outcome.exit == 0);
    CHECK(outcome.wrote.contains("mine/policy.farol"));
    CHECK(outcome.out.ends_with("farol check mine\n"));
    const Outcome check = run_farol(files, {"check", "mine", "--lang", "en"});
    CHECK(check.err.find("warning") == std::string::npos);
    CHECK(check.out == "mine: 10 rules, 4 roles, 3 tiers: no conflicts\n");
    CHECK(run_farol(files, {"test", "mine"}).exit == 0);
    // Texts differ, permissions do not.
    configurations.insert(run_farol(files, {"who", "drive.read", "mine/", "--format", "json"}).out.substr(0, 60));
  }
  CHECK(configurations.size() == 1);
}

TEST_CASE("a copy of each example compiles") {
  for (const std::string example : {"clinic", "construction", "bank", "shop"}) {
    CAPTURE(example);
    base::MemoryFileSystem files;
    REQUIRE(run_farol(files, {"init", "mine", "--like", example}).exit == 0);
    CHECK(run_farol(files, {"check", "mine"}).exit == 0);
  }
  base::MemoryFileSystem files;
  const Outcome library = run_farol(files, {"init", "mine", "--like", "library"});
  REQUIRE(library.exit == 0);
  CHECK(library.out.find("next: farol check --each mine/* --root mine\n") != std::string::npos);
  // The base is no policy by itself: what its checks ask for is for the clients to say.
  for (const std::string client : {"cafe", "logistics", "school"}) {
    CHECK(run_farol(files, {"check", "mine/" + client, "--root", "mine"}).exit == 0);
  }
}

TEST_CASE("init never overwrites, and never adds to a policy that is there") {
  base::MemoryFileSystem files;
  files.files["mine/other.farol"] = "farol 1\n";
  const Outcome outcome = run_farol(files, {"init", "mine"});
  CHECK(outcome.exit == 2);
  CHECK(outcome.err == "error: `mine/other.farol` is there already; nothing was written\n");
  CHECK(outcome.wrote.empty());
  files.unwritable = {"locked"};
  CHECK(run_farol(files, {"init", "locked"}).exit == 2);
}

}  // namespace farol::testing::cli_init_test
