#include <string>
#include <variant>
#include <vector>

#include <doctest/doctest.h>

#include "git/sides.h"

namespace git_sides_test {

using namespace farol;
using git::Side;
using git::Sides;

namespace {

Side disk(const std::string& path) { return {std::nullopt, path}; }
Side revision(const std::string& name, const std::string& path = ".") { return {git::Revision{name}, path}; }
Side parting(const std::string& name, const std::string& branch, const std::string& path = ".") {
  return {git::Revision{name, branch}, path};
}

Sides sides(const std::vector<std::string>& words) {
  const auto parsed = git::parse_sides(words);
  const auto* error = std::get_if<base::FileError>(&parsed);
  REQUIRE_MESSAGE(error == nullptr, (error == nullptr ? "" : error->reason));
  return std::get<Sides>(parsed);
}

std::string error(const std::vector<std::string>& words) {
  const auto parsed = git::parse_sides(words);
  const auto* error = std::get_if<base::FileError>(&parsed);
  return error == nullptr ? "" : error->reason;
}

}  // namespace

TEST_CASE("two paths, and two revisions") {
  CHECK(sides({"old", "new/x.farol"}) == Sides{disk("old"), disk("new/x.farol")});
  CHECK(sides({"git:v1", "git:HEAD~1:policies"}) == Sides{revision("v1", "policies"), revision("HEAD~1", "policies")});
  CHECK(sides({"git:v1:a", "git:v2:b"}) == Sides{revision("v1", "a"), revision("v2", "b")});
  CHECK(sides({"git:v1", "git:v2"}) == Sides{revision("v1"), revision("v2")});
  CHECK(sides({"git:v1", "-"}) == Sides{revision("v1"), disk("-")});
  CHECK(sides({"./git:v1", "new"}) == Sides{disk("./git:v1"), disk("new")});
}

TEST_CASE("one revision is compared with the files on disk") {
  CHECK(sides({"git:main"}) == Sides{revision("main"), disk(".")});
  CHECK(sides({"git:main:policies"}) == Sides{revision("main", "policies"), disk("policies")});
  CHECK(sides({"git:main", "policies"}) == Sides{revision("main", "policies"), disk("policies")});
  CHECK(sides({"policies", "git:topic"}) == Sides{disk("policies"), revision("topic", "policies")});
}

TEST_CASE("ranges, and what their open ends mean") {
  CHECK(sides({"git:main.."}) == Sides{revision("main"), disk(".")});
  CHECK(sides({"git:main..HEAD"}) == Sides{revision("main"), revision("HEAD")});
  CHECK(sides({"git:..topic"}) == Sides{revision("HEAD"), revision("topic")});
  CHECK(sides({"git:main...topic"}) == Sides{parting("main", "topic"), revision("topic")});
  CHECK(sides({"git:main..."}) == Sides{parting("main", "HEAD"), disk(".")});
  CHECK(sides({"git:...main"}) == Sides{parting("HEAD", "main"), revision("main")});
  CHECK(sides({"git:main..:policies"}) == Sides{revision("main", "policies"), disk("policies")});
  CHECK(sides({"git:main...topic", "policies"}) ==
        Sides{parting("main", "topic", "policies"), revision("topic", "policies")});
}

TEST_CASE("what stands in braces belongs to a name") {
  CHECK(sides({"git:HEAD@{2026-11-20 10:00}:policies", "x"}) ==
        Sides{revision("HEAD@{2026-11-20 10:00}", "policies"), disk("x")});
  CHECK(sides({"git:HEAD^{/a..b}"}) == Sides{revision("HEAD^{/a..b}"), disk(".")});
  CHECK(sides({"git:a}b:c", "x"}).before == revision("a}b", "c"));
}

TEST_CASE("words that say too little or too much") {
  CHECK(error({"policies"}) == "with what is `policies` to be compared? farol diff OLD NEW, or farol diff git:REV");
  for (const std::string word : {"git:", "git::policies", "git:..", "git:...", "git:..:policies"})
    CHECK(error({word}) ==
          "`" + word + "` names no revision; it is written git:main, git:HEAD~1:policies or git:main..topic");
  CHECK(error({"policies", "git:"}) ==
        "`git:` names no revision; it is written git:main, git:HEAD~1:policies or git:main..topic");
  CHECK(error({"git:a..b", "git:c"}) == "`git:a..b` has both sides already, and `git:c` is a third");
  CHECK(error({"git:a..b:x", "y"}) == "`git:a..b:x` has a path already, and `y` is another");
  CHECK(error({"x", "git:a..b"}) == "`git:a..b` has two sides; a range stands alone or before a path");
  CHECK_FALSE(error({}).empty());
  CHECK_FALSE(error({"a", "b", "c"}).empty());
}

TEST_CASE("a side in the words of a user") {
  CHECK(to_string(disk("policies")) == "policies");
  CHECK(to_string(revision("main")) == "git:main");
  CHECK(to_string(revision("main", "policies")) == "git:main:policies");
  CHECK(to_string(parting("main", "topic", "policies")) == "git:main...topic:policies");
}

}  // namespace git_sides_test
