// The canonical layout: what it looks like, and what it never does, on every text that this repository has.
#include <doctest/doctest.h>

#include <string>

#include "support/findings.h"
#include "support/format_laws.h"
#include "support/markdown.h"
#include "support/repository.h"
#include "syntax/format.h"

namespace format_test {

using namespace farol;
using namespace farol::testing;

namespace {

std::string formatted(const std::string& text) {
  source::SourceMap sources;
  const auto id = sources.add("policy.farol", text);
  diag::Sink sink;
  return syntax::format(sources, id, sink);
}

void require_laws(const std::string& text) {
  if (const auto problem = check_formatting(text)) FAIL_CHECK(*problem);
}

}  // namespace

TEST_CASE("blanks and line ends") {
  CHECK(formatted("farol   1\n\n\n\nrole  a\trole b inherits a , c{title:\"x\",admin :yes}") ==
        "farol 1\n\nrole a\nrole b inherits a, c { title: \"x\"  admin: yes }\n");
  CHECK(formatted("farol 1\nrole a {\n title: \"x\", }\n") == "farol 1\nrole a {\n  title: \"x\"\n}\n");
  CHECK(formatted("farol 1\nrole a { }") == "farol 1\nrole a {}\n");
  CHECK(formatted("farol 1\ncondition c=not( device is a)and x") == "farol 1\ncondition c = not (device is a) and x\n");
  CHECK(formatted("") == "");
  CHECK(formatted("\xEF\xBB\xBF"
                  "farol 1\r\nrole  a\r\n") == "farol 1\r\nrole a\r\n");
}

TEST_CASE("long statements are broken, and reasons in several languages") {
  CHECK(formatted("farol 1\nallow a to b because \"x\" because.pt \"y\"") ==
        "farol 1\nallow a to b\n  because \"x\"\n  because.pt \"y\"\n");
  const std::string reason(90, 'x'),
      features = "drive.read, drive.write, drive.share, drive.delete, drive.download, drive.copy";
  CHECK(formatted("farol 1\nallow a to drive.read, drive.write because \"" + reason + "\"") ==
        "farol 1\nallow a to drive.read, drive.write\n  because \"" + reason + "\"\n");
  CHECK(formatted("farol 1\nallow somebody to " + features + " on all when device is managed and network is office") ==
        "farol 1\nallow somebody\n  to " + features + "\n  on all\n  when device is managed and network is office\n");
  CHECK(formatted("farol 1\ntest \"t\" { expect allow a to b expect deny c to d }") ==
        "farol 1\ntest \"t\" {\n  expect allow a to b\n  expect deny c to d\n}\n");
}

TEST_CASE("comments stay where they were") {
  CHECK(formatted("// top\n\n\nfarol 1 // v\n\n/// doc\nrole a // one\n   // two\n\n// end") ==
        "// top\n\nfarol 1  // v\n\n/// doc\nrole a  // one\n// two\n\n// end\n");
  CHECK(formatted("farol 1\nallow a // who\n to b /* what */ on c\n// why\nbecause \"x\"") ==
        "farol 1\nallow a  // who\n  to b /* what */ on c\n  // why\n  because \"x\"\n");
  CHECK(formatted("farol 1\nrole a { title: \"x\" // t\n // own\n admin: yes }") ==
        "farol 1\nrole a {\n  title: \"x\"  // t\n  // own\n  admin: yes\n}\n");
}

TEST_CASE("a statement with an error stays as it is, the rest is laid out") {
  CHECK(formatted("farol 1\nrole   a\n allow   a too   b\nrole   c\n") ==
        "farol 1\nrole a\n allow   a too   b\nrole c\n");
  CHECK(formatted("farol 1\nrole   a /* no end") == "farol 1\nrole   a /* no end");
}

TEST_CASE("the laws of laying out, on every policy of examples, documents and golden cases") {
  std::size_t texts = 0;
  for (const std::string& path : list_repository("examples", ".farol")) {
    require_laws(read_repository(path));
    ++texts;
  }
  for (const std::string& path : list_repository("docs", ".md")) {
    const std::string page = read_repository(path);
    for (const Fence& fence : find_fences(page)) {
      if (fence.language != "farol") continue;
      require_laws(page.substr(fence.begin, fence.end - fence.begin));
      ++texts;
    }
  }
  for (const auto& [path, golden] : all_golden_cases()) {
    CAPTURE(path);
    for (const GoldenStep& step : golden.steps) {
      for (const auto& [name, text] : step.files) {
        require_laws(text);
        ++texts;
      }
    }
  }
  CHECK(texts > 300);
}

TEST_CASE("a difference is shown as diff -u does") {
  CHECK(syntax::unified_diff("f", "a\nb\nc\n", "a\nx\nc\n") == "--- f\n+++ f\n@@ -1,3 +1,3 @@\n a\n-b\n+x\n c\n");
  CHECK(syntax::unified_diff("f", "a", "a\n") ==
        "--- f\n+++ f\n@@ -1,1 +1,1 @@\n-a\n\\ No newline at end of file\n+a\n");
  CHECK(syntax::unified_diff("f", "a\n", "a\n").empty());
}

}  // namespace format_test
