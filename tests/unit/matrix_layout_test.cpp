#include <doctest/doctest.h>

#include "document/text_layout.h"

namespace matrix_layout_test {

using farol::document::widest_piece;
using farol::document::wrap;
using Lines = std::vector<std::string>;

TEST_CASE("lines end at spaces") {
  CHECK(wrap("up to confidential", 12) == Lines{"up to", "confidential"});
  CHECK(wrap("up to confidential", 18) == Lines{"up to confidential"});
  CHECK(wrap("", 10) == Lines{""});
}

TEST_CASE("a word that is too long is cut") {
  CHECK(wrap("abcdefgh ij", 3) == Lines{"abc", "def", "gh", "ij"});
  CHECK(wrap("abc", 0) == Lines{"a", "b", "c"});
}

TEST_CASE("Chinese text ends between any two characters, but not before a mark") {
  CHECK(wrap("病人預約、薪酬資料", 8) == Lines{"病人預", "約、薪酬", "資料"});
  CHECK(wrap("病人預約¹", 8) == Lines{"病人預", "約¹"});
  CHECK(wrap("internal 或以下", 10) == Lines{"internal", "或以下"});
}

TEST_CASE("the widest piece that stays whole") {
  CHECK(widest_piece("up to confidential¹") == 13);
  CHECK(widest_piece("病歷") == 2);
  CHECK(widest_piece("") == 0);
}

}  // namespace matrix_layout_test
