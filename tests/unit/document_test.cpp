#include <doctest/doctest.h>

#include "document/document.h"

namespace document_test {

using namespace farol::document;

namespace {

Document page_of(Block block, const char* heading = "") {
  Document document;
  document.add_section(heading).add(std::move(block));
  return document;
}

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("a list as text: marks, and reasons below the words they belong to") {
  const List list{{{{Mark::widening, "Staff may record"}, {{"added: rule"}, {"two\nlines"}}}, {"a plain item"}}};
  CHECK(render_text(page_of(list, "Wider")) ==
        "Wider\n"
        "  + Staff may record\n"
        "      added: rule\n"
        "      two\n"
        "      lines\n"
        "- a plain item\n");
  CHECK(has(render_text(page_of(list), {.color = true}), "  \x1b[31m+\x1b[0m Staff"));
}

TEST_CASE("fields line up through the whole document, with several lines and deeper ones") {
  Document document;
  document.title = "T";
  document.add_section("One").add(Fields{{"Rule", std::vector<Line>{"a", "b"}}});
  document.add_section("Two").add(Fields{{"Long name", "c", {{"Rule", "d"}}}});
  CHECK(render_text(document) ==
        "T\n\nOne\n"
        "  Rule       a\n"
        "             b\n"
        "\nTwo\n"
        "  Long name  c\n"
        "    Rule       d\n");
}

TEST_CASE("a table as text is as wide as the terminal, and turned round where that needs fewer parts") {
  Table table{{"Feature", "One", "Two", "Three"}, {{"open", "", "", ""}}, "Role"};
  for (std::size_t i = 1; i < 4; ++i) table.rows.front()[i] = Line(Mark::allow, "up to confidential", 1);
  CHECK(render_text(page_of(table, "door"), {.width = 80}) ==
        "door\n"
        "Feature  One                    Two                    Three\n"
        "────────────────────────────────────────────────────────────────────────────\n"
        "open     ✔ up to confidential¹  ✔ up to confidential¹  ✔ up to confidential¹\n");
  CHECK(render_text(page_of(table, "door"), {.width = 30}) ==
        "door\n"
        "Role   open\n"
        "────────────────────────────\n"
        "One    ✔ up to confidential¹\n"
        "Two    ✔ up to confidential¹\n"
        "Three  ✔ up to confidential¹\n");
}

TEST_CASE("a row in words takes the room of the counts") {
  Table table{{"Policy", "wider", "steps"}, {{"a", "1", "·"}, {"b", "cannot be compared", ""}}};
  table.counts = true;
  CHECK(render_text(page_of(table)) ==
        "Policy  wider  steps\n"
        "────────────────────\n"
        "a           1      ·\n"
        "b       cannot be compared\n");
  CHECK(has(render_markdown(page_of(table)), "|---|---:|---:|\n"));
  CHECK(has(render_html(page_of(table)), "<td colspan=\"2\">cannot be compared</td>"));
}

TEST_CASE("no text commands a terminal") {
  const std::string text =
      render_text(page_of(Line("a\x1b[31m\x07"
                               "b\u202Ec\u0085d")));
  CHECK(text == "a [31m b c d\n");
}

TEST_CASE("no text becomes Markdown, or calls anybody on a code host") {
  CHECK(render_markdown(page_of(Line("*a* [b](c) `d` <e> | @f #1 snake_case _g_ & $h ~i\\"))) ==
        "\\*a\\* \\[b\\](c) \\`d\\` \\<e\\> \\| \\@&#8203;f \\#&#8203;1 snake_case \\_g\\_ \\& \\$h "
        "\\~&#8203;i\\\\\n");
  // What a code host looks for in the text that Markdown makes.
  for (const auto& [text, markdown] :
       {std::pair("a@b.c", "a@b.c"), std::pair("請@b", "請\\@&#8203;b"), std::pair("a_@b", "a\\_\\@&#8203;b"),
        std::pair("@ f", "\\@ f"), std::pair("100 %", "100 %"), std::pair("%m", "%&#8203;m"), std::pair("!", "!"),
        std::pair("!1", "!&#8203;1"), std::pair("gH-1", "gH-&#8203;1"), std::pair("x-1", "x-1"),
        std::pair("https://x", "https:&#8203;//x"), std::pair("Www.x", "Www&#8203;.x"),
        std::pair("a\u202Eb\x1b", "a b "), std::pair("    a", "a"), std::pair("\n#\n1.", "<br>\\#<br>1.")})
    CHECK(render_markdown(page_of(Line(text))) == std::string(markdown) + "\n");
  CHECK(render_markdown(page_of(List{{{"- a"}, {"1. b"}, {"c\nd"}}})) == "- \\- a\n- 1\\. b\n- c<br>d\n");
  Table table{{"a"}, {}};
  table.rows.push_back({Line().add("x|`y", Look::code)});
  CHECK(render_markdown(page_of(table)) == "| a |\n|---|\n| `` x\\|`y `` |\n");
}

TEST_CASE("a comment begins with a smaller title and folds long lists") {
  Document document = page_of(List{{{"a"}, {"b"}, {"c"}}, List::Kind::bullets, 2}, "S");
  document.title = "T";
  CHECK(render_markdown(document, {.title_level = 2}) ==
        "## T\n\n### S\n\n- a\n- b\n\n<details><summary>1 more</summary>\n\n- c\n\n</details>\n");
}

TEST_CASE("no text becomes HTML or leaves the style sheet") {
  Document document = page_of(Line("<script>\n").add("x", Look::code, "javascript:alert(1)"), "\"><b>");
  document.title = "</title><b>";
  document.frame.firm = "\"} </style><b>";
  document.sections.front().id = "\"><b>";
  const std::string page = render_html(document);
  CHECK_FALSE(has(page, "<b>"));
  CHECK_FALSE(has(page, "<script>"));
  CHECK(has(page, "&lt;script&gt;<br><code>x</code> (javascript:alert(1))"));
  CHECK(has(page, "@top-left { content: \"\\000022\\00007d \\00003c\\00002fstyle\\00003e\\00003cb\\00003e\"; }"));
  CHECK(has(page, "counter(page)"));
}

TEST_CASE("a document with a wide table is printed across") {
  Table table{std::vector<Cell>(7, Cell("x")), {std::vector<Cell>(7)}};
  CHECK(has(render_html(page_of(table)), "size: A4 landscape"));
  table.rows.clear();
  CHECK_FALSE(has(render_html(page_of(table)), "landscape"));
}

TEST_CASE("a day in a table is not broken over lines") {
  Table table{{"What", "On"}, {{"Kept", "2026-11-20\nAna Wong"}, {"2026-11", "2026-11-20 or later"}}};
  const std::string page = render_html(page_of(table));
  CHECK(has(page, "<td><span class=\"day\">2026-11-20</span><br>Ana Wong</td>"));
  CHECK(has(page, "<td>2026-11</td><td>2026-11-20 or later</td>"));
}

TEST_CASE("a column that nothing stands in is filled in by hand, and is marked so") {
  Table table{{"Role", "May", "By"}, {{"Staff", "Read", ""}, {"HR", "", ""}}};
  const std::string page = render_html(page_of(table));
  CHECK(has(page, "<th>May</th><th class=\"by-hand\">By</th>"));
  CHECK(has(page, "th.by-hand { min-width: 28mm; }"));
}

TEST_CASE("a spreadsheet has one head, and notes spelled out") {
  Document document = page_of(Table{{"a", "b"}, {{"x", Line(Mark::deny, "all", 1)}}});
  document.add_section().add(Table{{"a", "b"}, {{"y", std::vector<Line>{"1", "2"}}}});
  document.add_section("Notes").add(List{{{"in office hours"}}, List::Kind::notes});
  CHECK(render_csv(document) == "\xEF\xBB\xBF\"a\",\"b\"\n\"x\",\"✖ all [in office hours]\"\n\"y\",\"1\n2\"\n");
}

TEST_CASE("a signature is a box to tick and lines to write on") {
  const Signature open{false, "done", {{"Name", ""}}};
  const Signature done{true, "done", {{"Name", "Ana"}}};
  CHECK(render_text(page_of(open)) == "☐ done  Name ____________\n");
  CHECK(render_text(page_of(done)) == "☑ done  Name Ana\n");
  CHECK(has(render_html(page_of(done)), "<span class=\"mark done\">☑</span> done"));
}

}  // namespace document_test
