#include <optional>
#include <string>
#include <utility>

#include <doctest/doctest.h>

#include "base/rare.h"

namespace base_rare_test {

using farol::base::Rare;

TEST_CASE("a value that is rarely there is used as an optional one") {
  Rare<std::string> none, one = std::string("a");
  CHECK(!none);
  REQUIRE(one);
  CHECK(*one == "a");
  CHECK(one->size() == 1);
  CHECK(!Rare<std::string>(std::optional<std::string>{}));
  CHECK(*Rare<std::string>(std::optional<std::string>{"b"}) == "b");
  none.emplace() = "c";
  CHECK(*none == "c");
}

TEST_CASE("a copy has a value of its own") {
  Rare<std::string> one = std::string("a");
  Rare<std::string> copy = one;
  CHECK(copy == one);
  *copy = "b";
  CHECK(*one == "a");
  CHECK(!(copy == one));
  copy = one;
  CHECK(copy == one);
  copy = Rare<std::string>();
  CHECK(!(copy == one));
  CHECK(Rare<std::string>() == copy);
  const Rare<std::string> moved = std::move(one);
  CHECK(*moved == "a");
}

}  // namespace base_rare_test
