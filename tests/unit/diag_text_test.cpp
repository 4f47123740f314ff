#include <doctest/doctest.h>

#include "base/text.h"
#include "diag/render.h"
#include "support/texts.h"

namespace diag_text_test {

using namespace farol::diag;

using farol::testing::operator""_text;
using farol::source::SourceId;
using farol::source::SourceMap;
using farol::source::Span;

namespace {

// The place of `text` in a file.
Span find(const SourceMap& sources, SourceId id, std::string_view text) {
  const std::size_t begin = sources.text(id).find(text);
  REQUIRE(begin != std::string_view::npos);
  return {id, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin + text.size())};
}

std::string rendered(const SourceMap& sources, const std::vector<Diagnostic>& diagnostics, bool color = false) {
  Sink sink;
  for (const Diagnostic& diagnostic : diagnostics) sink.report(diagnostic);
  return render_text(sources, sink, {color});
}

}  // namespace

TEST_CASE("nothing to say is an empty text") { CHECK(rendered({}, {}).empty()); }

TEST_CASE("a finding with all its parts") {
  SourceMap sources;
  const SourceId id =
      sources.add("clinic.farol", "farol 1\n\ndeny staff to meeting.record\nallow executive to meeting.*\n");
  const SourceId other = sources.add("base.farol", "role staff\n");
  Diagnostic conflict =
      make(Code::conflict, find(sources, id, "allow executive to meeting.*"), "two statements disagree"_text);
  conflict.labels = {{find(sources, id, "deny staff to meeting.record"), "denied here"_text},
                     {find(sources, other, "staff"), "inherited by `executive`"_text}};
  conflict.details = {"executive · meeting.record"_text};
  conflict.witness = Witness{"executive"_text, "meeting.record", ""_text, {{"device", "personal"}}};
  conflict.help = "say which one is meant"_text;
  conflict.fixes = {{"write `forbid`"_text, "executives do not record"_text, {{find(sources, id, "deny"), "forbid"}}},
                    {"add a rule"_text, ""_text, {{{id, 9, 9}, "allow executive to meeting.record\n"}}}};
  CHECK(rendered(sources, {conflict}) == R"(error[F3001] conflict: two statements disagree
 --> clinic.farol:4:1
  |
3 | deny staff to meeting.record
  | ---------------------------- denied here
4 | allow executive to meeting.*
  | ^^^^^^^^^^^^^^^^^^^^^^^^^^^^
  |
 ::: base.farol:1:6
  |
1 | role staff
  |      ----- inherited by `executive`
  |
  = executive · meeting.record
  = for example: executive · meeting.record · device personal
  help: say which one is meant
  fix 1: write `forbid` — executives do not record
3 - deny staff to meeting.record
3 + forbid staff to meeting.record
  fix 2: add a rule
3 + allow executive to meeting.record

1 error
)");
}

TEST_CASE("several marks on a line, tabs, wide characters, lines left out") {
  SourceMap sources;
  const SourceId id = sources.add("x.farol", "first\n2\n3\n4\n\t蓮花\tto 診所 end\n6\nlast");
  Diagnostic diagnostic = make(Code::syntax_error, find(sources, id, "to"), "m"_text);
  diagnostic.labels = {{find(sources, id, "first"), "one"_text},
                       {find(sources, id, "蓮花"), "two"_text},
                       {find(sources, id, "診所"), "three"_text},
                       {find(sources, id, "last"), ""_text}};
  CHECK(rendered(sources, {diagnostic}) == R"(error[F1001] syntax-error: m
 --> x.farol:5:5
  |
1 | first
  | ----- one
  :
5 |     蓮花    to 診所 end
  |     ----    ^^ ---- three
  |     |
  |     two
6 | 6
7 | last
  | ----

1 error
)");
}

TEST_CASE("a span of several lines shows its first and its last line") {
  SourceMap sources;
  const SourceId id = sources.add("x.farol", "role a {\n  title: \"x\"\n  clearance: y\n  }\n");
  Diagnostic diagnostic =
      make(Code::syntax_error, find(sources, id, "{\n  title: \"x\"\n  clearance: y\n  }"), "m"_text);
  CHECK(rendered(sources, {diagnostic}) == R"(error[F1001] syntax-error: m
 --> x.farol:1:8
  |
1 | role a {
  |        ^
  :
4 |   }
  |   ^

1 error
)");
}

TEST_CASE("no place, only a file, the end of a file") {
  SourceMap sources;
  const SourceId id = sources.add("x.farol", "role");
  Diagnostic file = make(Code::unreadable_file, {}, "cannot read `y.farol`: gone"_text);
  file.file = "y.farol";
  CHECK(
      rendered(sources, {make(Code::too_large, {}, "m"_text), make(Code::syntax_error, {id, 4, 4}, "m"_text), file}) ==
      R"(error[F1001] syntax-error: m
 --> x.farol:1:5
  |
1 | role
  |     ^

error[F0001] unreadable-file: cannot read `y.farol`: gone
 --> y.farol

error[F3006] too-large: m

3 errors
)");
}

TEST_CASE("the summary counts all, and names what was dropped") {
  Sink sink(1);
  sink.report(make(Code::conflict, {}, "1"_text));
  sink.report(make(Code::conflict, {}, "2"_text));
  sink.report(make(Code::unpinned_library, {}, "w"_text));
  sink.report(make(Code::not_evaluated, {}, "n"_text));
  const std::string text = render_text({}, sink, {});
  INFO(text);
  CHECK(text.ends_with("… and 1 more of `conflict`\nn\n2 errors, 1 warning, 1 note\n"));
}

TEST_CASE("a line of megabytes is cut around what matters") {
  SourceMap sources;
  std::string line(std::size_t{4} << 20, 'x');
  line.replace(line.size() / 2, 4, "HERE");
  line.replace(line.size() / 4, 5, "THERE");
  const SourceId id = sources.add("x.farol", line);
  Diagnostic diagnostic = make(Code::syntax_error, find(sources, id, "HERE"), "m"_text);
  diagnostic.labels = {{find(sources, id, "THERE"), "label"_text}};
  diagnostic.fixes = {{"f"_text, ""_text, {{find(sources, id, "HERE"), "NEW"}}}};
  const std::string text = rendered(sources, {diagnostic});
  CHECK(text.size() < 1500);
  for (const char* part : {"HERE", "THERE", "----- label", "^^^^", "NEW", "…"})
    CHECK(text.find(part) != std::string::npos);
}

TEST_CASE("nothing in a policy can steer the terminal, and the text is always UTF-8") {
  SourceMap sources;
  const SourceId id = sources.add("e\x1b.farol", "role \x1b[31m\u202Ex\xFF\r");
  Diagnostic diagnostic = make(Code::syntax_error, {id, 5, 6}, "bad \x1b[31m \xFF \r here"_text);
  diagnostic.labels = {{{id, 6, 7}, "label\n\x07"_text}};
  diagnostic.details = {"\x1b"_text, "two\nlines"_text};
  diagnostic.fixes = {{"\x1b"_text, "\xFF"_text, {{{id, 0, 4}, "\x1b"}}}};
  const std::string text = rendered(sources, {diagnostic});
  CHECK(text.find_first_of("\x1b\x07\r") == std::string::npos);
  CHECK(text.find("\u202E") == std::string::npos);
  CHECK_FALSE(farol::base::find_invalid_utf8(text));
}

TEST_CASE("colour changes nothing but the colours") {
  SourceMap sources;
  const SourceId id = sources.add("x.farol", "role a\nrole b\n");
  Diagnostic diagnostic = make(Code::syntax_error, find(sources, id, "a"), "m"_text);
  diagnostic.labels = {{find(sources, id, "role"), "label"_text}};
  diagnostic.fixes = {{"t"_text, "e"_text, {{find(sources, id, "a"), "c"}}}};
  std::string colored = rendered(sources, {diagnostic}, true);
  CHECK(colored.find("\x1b[1;31m") != std::string::npos);
  for (std::size_t at = colored.find('\x1b'); at != std::string::npos; at = colored.find('\x1b'))
    colored.erase(at, colored.find('m', at) - at + 1);
  CHECK(colored == rendered(sources, {diagnostic}));
}

TEST_CASE("fixes over several lines and files") {
  SourceMap sources;
  const SourceId a = sources.add("a.farol", "one\r\ntwo\r\nthree\r\n");
  const SourceId b = sources.add("b.farol", "four\n");
  Diagnostic diagnostic = make(Code::syntax_error, find(sources, b, "four"), "m"_text);
  diagnostic.fixes = {
      {"t"_text,
       ""_text,
       {{find(sources, a, "two\r\n"), ""}, {find(sources, b, "four"), "4\n5"}, {find(sources, a, "o"), "O"}}}};
  CHECK(rendered(sources, {diagnostic}) == R"(error[F1001] syntax-error: m
 --> b.farol:1:1
  |
1 | four
  | ^^^^
  |
  fix 1: t
1 - four
1 + 4
2 + 5
 ::: a.farol:1:1
1 - one
1 + One
2 - two

1 error
)");
}

}  // namespace diag_text_test
