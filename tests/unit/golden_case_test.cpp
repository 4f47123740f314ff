#include <stdexcept>

#include <doctest/doctest.h>

#include "support/command_line.h"
#include "support/golden_case.h"
#include "support/markdown.h"
#include "support/text_diff.h"
#include "support/text_escapes.h"

namespace farol::testing::golden_case_test {

TEST_CASE("a golden case is read and printed as it was written") {
  const std::string text =
      "About nothing.\n"
      "=== file a.farol (bom, crlf)\nfarol 1\n"
      "=== file b.farol (escapes, no end of line)\n\\xff\\{3:(}\\u{202e}\n"
      "=== stdin\nrole staff\n"
      "=== run farol check 'a b'\n"
      "=== exit 1\n"
      "=== stdout\none\ntwo\n"
      "=== stderr (no end of line)\nthree\n"
      "=== run farol version\n"
      "=== exit 0\n"
      "=== wrote out/x (escapes)\n\\x3d== y\\x1b\n";
  const GoldenCase golden = parse_golden(text);
  CHECK(golden.description == "About nothing.\n");
  REQUIRE(golden.steps.size() == 2);
  const GoldenStep& first = golden.steps.front();
  REQUIRE(first.files.size() == 2);
  CHECK(first.files[0].second ==
        "\xEF\xBB\xBF"
        "farol 1\r\n");
  CHECK(first.files[1].second == "\xff(((\xE2\x80\xAE");
  CHECK(first.circumstances.standard_input == "role staff\n");
  CHECK(first.command == "farol check 'a b'");
  CHECK(first.expected.exit == 1);
  CHECK(first.expected.out == "one\ntwo\n");
  CHECK(first.expected.err == "three");
  CHECK(golden.steps[1].expected.wrote.at("out/x") == "=== y\x1b\n");
  CHECK(print_golden(golden) == text);
}

TEST_CASE("an outcome that is a fault of the program is never taken for an expectation") {
  GoldenCase golden = parse_golden("=== run farol check\n=== exit 1\n");
  CHECK_FALSE(find_fault(golden));
  golden.steps.front().expected.exit = 3;
  CHECK_FALSE(find_fault(golden));  // nothing could be seen
  golden.steps.front().expected.err = "This is a fault of farol, not of your policy.";
  CHECK(find_fault(golden));
  golden.steps.front().expected = {0, "not \xff text", "", {}};
  CHECK(find_fault(golden));
}

TEST_CASE("a case that cannot be read says why") {
  CHECK_THROWS_AS((void)parse_golden("text only\n"), std::invalid_argument);
  CHECK_THROWS_AS((void)parse_golden("=== run farol check\n=== exit 0\n=== file a.farol\n"), std::invalid_argument);
  CHECK_THROWS_AS((void)parse_golden("=== fille a.farol\n=== run farol check\n"), std::invalid_argument);
  CHECK_THROWS_AS((void)unescape("\\q"), std::invalid_argument);
}

TEST_CASE("what cannot be seen is escaped, and nothing else") {
  CHECK_FALSE(needs_escapes("員工: ação\n"));
  for (const std::string_view text : {"a\tb", "a\rb", "\x1b[1m", "\xff", "\xE2\x80\xAE", "\\"})
    CHECK(unescape(escape(text)) == text);
  CHECK(escape("\xff\x1b") == "\\xff\\x1b");
}

TEST_CASE("words of a command line") {
  CHECK(split_command(R"(farol  who 'drive.read' "a b")") ==
        std::vector<std::string>{"farol", "who", "drive.read", "a b"});
  CHECK_THROWS_AS((void)split_command("farol 'who"), std::invalid_argument);
}

TEST_CASE("a difference shows the lines around it") {
  CHECK(unified_diff("a\n", "a\n", "x").empty());
  CHECK(unified_diff("1\n2\n3\n4\n5\n", "1\n2\n3\n4\nfive\n", "x") ==
        "--- x (expected)\n+++ x (actual)\n@@ -2,4 +2,4 @@\n 2\n 3\n 4\n-5\n+five\n");
}

TEST_CASE("fences of a page") {
  const std::string page = "text\n```farol file=a.farol fails=conflict\nfarol 1\n```\n\n````text\n```\n````\n";
  const auto fences = find_fences(page);
  REQUIRE(fences.size() == 2);
  CHECK(fences[0].language == "farol");
  CHECK(fences[0].options.at("fails") == "conflict");
  CHECK(page.substr(fences[0].begin, fences[0].end - fences[0].begin) == "farol 1\n");
  CHECK(page.substr(fences[1].begin, fences[1].end - fences[1].begin) == "```\n");
  CHECK_THROWS_AS((void)find_fences("```text\n"), std::invalid_argument);
}

}  // namespace farol::testing::golden_case_test
