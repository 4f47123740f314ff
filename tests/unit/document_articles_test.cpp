// Places in laws, as each language writes them.
#include <doctest/doctest.h>

#include "document/articles.h"

namespace farol::document::articles_test {

using base::Language;

TEST_CASE("an article and what is inside it") {
  CHECK(article("7(4)", Language::en) == "article 7(4)");
  CHECK(article("7(4)", Language::zh_hant) == "第七條第四款");
  CHECK(article("7(4)", Language::zh_hans) == "第七条第四款");
  CHECK(article("7(4)", Language::pt) == "artigo 7.º, n.º 4");
  CHECK(article("4(1)(9)", Language::zh_hant) == "第四條第一款（九）項");
  CHECK(article("10(1)(3)(ii)", Language::pt) == "artigo 10.º, n.º 1, alínea 3), subalínea (ii)");
}

TEST_CASE("several articles, and ranges") {
  CHECK(article("4, 10", Language::en) == "articles 4, 10");
  CHECK(article("4, 10", Language::pt) == "artigo 4.º; artigo 10.º");
  CHECK(article("19-20", Language::zh_hant) == "第十九條至第二十條");
  CHECK(article("19-20", Language::pt) == "artigos 19.º a 20.º");
  CHECK(article("21(1)-(2), (5)", Language::zh_hant) == "第二十一條第一款至第二款、第五款");
  CHECK(article("21(1)-(2), (5)", Language::en) == "article 21(1)-(2), (5)");
}

TEST_CASE("what is not numbered so stays as it is") {
  for (const char* each : {"A.8.3", "Schedule 1, DPP4(1)", "26; Schedule 1, DPP2", "49(1)(b), (c)", "7.2.4", ""}) {
    CHECK(article(each, Language::zh_hant) == each);
    CHECK(article(each, Language::en) == each);
  }
}

}  // namespace farol::document::articles_test
