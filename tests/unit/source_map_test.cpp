#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "source/source_map.h"

namespace source_map_test {

using namespace farol::source;

TEST_CASE("lines end with \\n, \\r\\n or \\r") {
  SourceMap sources;
  const SourceId id = sources.add("x.farol", "one\ntwo\r\nthree\rfour\n");
  CHECK(sources.line(id, 1) == "one");
  CHECK(sources.line(id, 2) == "two");
  CHECK(sources.line(id, 3) == "three");
  CHECK(sources.line(id, 4) == "four");
  CHECK(sources.line(id, 5) == "");
  CHECK(sources.line(id, 6) == "");
  CHECK(sources.line(id, 0) == "");
}

TEST_CASE("columns are code points from 1, offsets bytes from 0") {
  SourceMap sources;
  const SourceId id = sources.add("x.farol", "蓮花 x\nyz");
  const Position x = sources.position(id, 7);
  CHECK(x.line == 1);
  CHECK(x.column == 4);
  CHECK(x.offset == 7);
  const Position y = sources.position(id, 9);
  CHECK(y.line == 2);
  CHECK(y.column == 1);
  const Position end = sources.position(id, 11);
  CHECK(end.line == 2);
  CHECK(end.column == 3);
  CHECK(sources.position(id, 4000).offset == 11);
}

TEST_CASE("a position is the same whatever was asked before") {
  const std::string text = "蓮花 x\n\xE8\x93\xFF é\nyz";
  SourceMap sources;
  const SourceId asked = sources.add("x.farol", text);
  for (std::uint32_t first = 0; first <= text.size(); ++first) {
    for (std::uint32_t second = 0; second <= text.size(); ++second) {
      static_cast<void>(sources.position(asked, first));
      const Position after = sources.position(asked, second);
      const Position fresh = sources.position(sources.add("y.farol", text), second);
      CAPTURE(first);
      CAPTURE(second);
      CHECK(after.line == fresh.line);
      CHECK(after.column == fresh.column);
    }
  }
}

TEST_CASE("the files of the policy are those that are not of a library") {
  SourceMap sources;
  sources.add("library", "", true);
  const SourceId own = sources.add("x.farol", "");
  CHECK(sources.own() == std::vector{own});
}

TEST_CASE("an empty file has one empty line") {
  SourceMap sources;
  const SourceId id = sources.add("x.farol", "");
  CHECK(sources.position(id, 0).line == 1);
  CHECK(sources.position(id, 0).column == 1);
  CHECK(sources.line(id, 1).empty());
}

TEST_CASE("views stay valid when files are added") {
  SourceMap sources;
  const SourceId first = sources.add("a", "short", true);
  const std::string_view text = sources.text(first);
  for (int i = 0; i < 1000; ++i) sources.add("b", "text");
  CHECK(text.data() == sources.text(first).data());
  CHECK(sources.is_library(first));
  CHECK_FALSE(sources.is_library(SourceId{std::size_t{1}}));
  CHECK(sources.text(Span{first, 1, 3}) == "ho");
}

}  // namespace source_map_test
