#include <string>

#include <doctest/doctest.h>

#include "source/source_map.h"
#include "syntax/scanner.h"
#include "syntax/text_tokens.h"

namespace syntax_text_tokens_test {

using namespace farol;

TEST_CASE("behind the last token there is nothing but the end") {
  const std::string text = "allow a\n 1 ";
  const syntax::TextTokens tokens{source::SourceId{0}, text, syntax::scan(text)};
  REQUIRE(tokens.size() == 4);
  CHECK(tokens.starts_new_line(2));
  CHECK(tokens.indentation(2) == std::size_t{1});
  for (const std::size_t behind : {std::size_t{3}, std::size_t{4}, std::size_t{5}, std::size_t{100}}) {
    CHECK(tokens.kind(behind) == syntax::Kind::end);
    CHECK(tokens.word(behind).empty());
    CHECK(tokens.span(behind) == source::Span{source::SourceId{0}, 11, 11});
    CHECK(!tokens.starts_new_line(behind));
    CHECK(!tokens.indentation(behind));
  }
}

}  // namespace syntax_text_tokens_test
