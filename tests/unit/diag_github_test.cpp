#include <doctest/doctest.h>

#include "diag/github.h"
#include "support/texts.h"

namespace diag_github_test {

using namespace farol::diag;

using farol::testing::operator""_text;
using farol::source::SourceId;
using farol::source::SourceMap;

namespace {

std::string first_line(const SourceMap& sources, Diagnostic diagnostic) {
  Sink sink;
  sink.report(std::move(diagnostic));
  const std::string text = render_github(sources, sink, "/policies");
  return text.substr(0, text.find('\n'));
}

}  // namespace

TEST_CASE("nothing to say is nothing") { CHECK(render_github({}, Sink{}, "").empty()); }

TEST_CASE("an annotation has a place, columns on one line only") {
  SourceMap sources;
  const SourceId id = sources.add("/policies/x.farol", "蓮花 ab\ncd\n");
  CHECK(first_line(sources, make(Code::conflict, {id, 7, 9}, "m"_text)) ==
        "::error file=x.farol,line=1,endLine=1,col=4,endColumn=6,title=F3001 conflict::m");
  CHECK(first_line(sources, make(Code::expired_rule, {id, 7, 12}, "m"_text)) ==
        "::warning file=x.farol,line=1,endLine=2,title=F4002 expired-rule::m");
  CHECK(first_line(sources, make(Code::not_evaluated, {}, "m"_text)) == "::notice title=F4003 not-evaluated::m");
}

TEST_CASE("nothing in a text or a name can end the command or begin another") {
  SourceMap sources;
  const SourceId id = sources.add("a,b:c%\n::error::x.farol", "ab\n");
  Diagnostic finding = make(Code::conflict, {id, 0, 1}, "100%\n::error::gotcha\r\n"_text);
  finding.help = "::warning::x"_text;
  CHECK(first_line(sources, finding) ==
        "::error file=a%2Cb%3Ac%25%0A%3A%3Aerror%3A%3Ax.farol,line=1,endLine=1,col=1,endColumn=2,title=F3001 "
        "conflict::100%25 ::error::gotcha  %0Ahelp: ::warning::x");
}

TEST_CASE("an annotation holds nothing that a terminal obeys") {
  SourceMap sources;
  const SourceId id = sources.add("a\x1b[31m\u202E.farol", "ab\n");
  CHECK(first_line(sources, make(Code::conflict, {id, 0, 1}, "m\x1b]0;x\x07"_text)) ==
        "::error file=a [31m .farol,line=1,endLine=1,col=1,endColumn=2,title=F3001 conflict::m ]0;x ");
}

TEST_CASE("errors come first, and what GitHub does not show is said") {
  SourceMap sources;
  const SourceId id = sources.add("x.farol", std::string(40, 'a'));
  Sink sink;
  sink.report(make(Code::expired_rule, {id, 0, 1}, "a warning"_text));
  for (std::uint32_t i = 0; i < 11; ++i) sink.report(make(Code::conflict, {id, i, i + 1}, "m"_text));
  const std::string text = render_github(sources, sink, "");
  CHECK(text.starts_with("::error "));
  CHECK(text.ends_with("::a warning\n11 errors, 1 warning; GitHub shows the first 10 of each kind\n"));
}

}  // namespace diag_github_test
