#include <string>

#include <doctest/doctest.h>

#include "base/log_text.h"
#include "base/text.h"

namespace base_log_text_test {

using namespace farol::base;

TEST_CASE("nothing in a log begins a command") {
  CHECK(for_log("::error::x") == ": :error::x");
  CHECK(for_log("a\n::stop-commands::x\n") == "a\n: :stop-commands::x\n");
  CHECK(for_log("a\n \t::x") == "a\n \t: :x");
  CHECK(for_log("\u3000\u00A0::x") == "\u3000\u00A0: :x");
  CHECK(for_log("\u2003\u2028::x") == "\u2003 : :x");
  CHECK(for_log("\uFEFF::x") == "\uFEFF: :x");
  CHECK(for_log("a\r\n::x") == "a\r\n: :x");
  CHECK(for_log("a\r::x") == "a ::x");
  CHECK(for_log("a ##[add-mask]x") == "a # #[add-mask]x");
  CHECK(for_log("##vso[task.x]") == "# #vso[task.x]");
  CHECK(for_log("###teamcity[x") == "## #teamcity[x");
  CHECK(for_log("##VSO[x") == "# #VSO[x");
}

TEST_CASE("in a log what is no command stays as it is") {
  for (const char* text : {"a :: b", "clinic::role", "## heading", "##", "##vso", "## [x]", "a # #[b]",
                           "  ::: b.farol:1", ":::error::x", "", "\n", "：：x", "\t1"})
    CHECK(for_log(text) == text);
}

TEST_CASE("a terminal gets our colours and no other control") {
  CHECK(for_log("\x1b[1;31mred\x1b[0m", true) == "\x1b[1;31mred\x1b[0m");
  CHECK(for_log("\x1b[1;31mred\x1b[0m") == " [1;31mred [0m");
  CHECK(for_log("\x1b[1m::x", true) == "\x1b[1m: :x");
  CHECK(for_log("\x1b]0;title\x07", true) == " ]0;title ");
  CHECK(for_log("\x1b[2J\x1b[1;1H\x1b[31", true) == " [2J [1;1H [31");
  CHECK(for_log("a\u009b31m\u202E\u2066\u200B\x7F\x08") == "a 31m     ");
  CHECK(for_log("\uFEFFa\uFEFF") == "\uFEFFa ");
}

TEST_CASE("a byte that is no UTF-8 is shown as such") {
  CHECK(for_log("o\xff/\xe5\x93.md") == "o\uFFFD/\uFFFD\uFFFD.md");
  CHECK(for_log("\uFFFD") == "\uFFFD");
}

TEST_CASE("printable text has line ends and no other control, a line not even these") {
  CHECK(printable("a\tb\r\nc\x1b[0m\u202E\u0085\u00AD") == "a b \nc [0m   ");
  CHECK(one_line("a\nb\r\n") == "a b  ");
  CHECK(printable("員工 — é ✔") == "員工 — é ✔");
  CHECK(one_line("") == "");
}

TEST_CASE("normal form KC makes names that a keyboard types") {
  CHECK(to_nfkc("ＩＴ部") == "IT部");
  CHECK(to_nfkc("ｶﾞ") == "ガ");
  CHECK(to_nfkc("①") == "1");
  CHECK(to_nfkc("IT") == "IT");
}

}  // namespace base_log_text_test
