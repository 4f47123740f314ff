#include <doctest/doctest.h>

#include <string>

#include "support/farol.h"
#include "target/dingtalk/confirmations.h"

namespace evidence_confirmations_test {

using namespace farol;
using dingtalk::Confirmations;
using dingtalk::Standing;

namespace {

base::Date day(std::string_view text) { return *base::parse_date(text); }

constexpr std::string_view head = "step,title,target,value,by,on,evidence,sha256\n";

Confirmations read(const std::string& rows) {
  auto result = Confirmations::read(std::string(head) + rows);
  REQUIRE(std::holds_alternative<Confirmations>(result));
  return std::move(std::get<Confirmations>(result));
}

std::string problem(std::string_view text) {
  const auto result = Confirmations::read(text);
  REQUIRE(std::holds_alternative<std::string>(result));
  return std::get<std::string>(result);
}

Standing standing(const Confirmations& confirmations, std::string_view step, std::string_view as_of) {
  return confirmations.status_of(step, "console x", day(as_of), {6, base::Duration::Unit::months}).standing;
}

}  // namespace

TEST_CASE("a confirmation counts until its period is over, or its value is another") {
  const Confirmations file = read("s-1,X,console x,off,Ana,2026-01-31,,\n");
  CHECK(standing(file, "s-1", "2026-01-30") == Standing::open);
  CHECK(standing(file, "s-1", "2026-01-31") == Standing::current);
  CHECK(standing(file, "s-1", "2026-07-31") == Standing::current);
  CHECK(standing(file, "s-1", "2026-08-01") == Standing::lapsed);
  CHECK(standing(file, "s-2", "2026-02-01") == Standing::changed);
  const auto status = file.status_of("s-1", "console x", day("2026-02-01"), {6, base::Duration::Unit::months});
  REQUIRE(status.last != nullptr);
  CHECK(status.last->by == "Ana");
  CHECK(status.last->row == 2);
  CHECK(status.due == day("2026-07-31"));
  CHECK(file.status_of("s-9", "console y", day("2026-02-01"), {}).last == nullptr);
}

TEST_CASE("a value that came back has to be set again") {
  const Confirmations file = read(
      "s-1,X,console x,off,Ana,2026-01-01,,\n"
      "s-2,X,console x,on,Bo,2026-02-01,,\n");
  CHECK(standing(file, "s-1", "2026-01-15") == Standing::current);
  CHECK(standing(file, "s-1", "2026-02-02") == Standing::changed);
  CHECK(standing(file, "s-2", "2026-02-02") == Standing::current);
}

TEST_CASE("what people have added to the file comes back as it was") {
  auto file = read("");
  auto result =
      Confirmations::read("by,remark,step,title,target,value,on,evidence,sha256\nAna,=x,s-1,X,c,off,2026/1/5,,\n");
  REQUIRE(std::holds_alternative<Confirmations>(result));
  auto& confirmations = std::get<Confirmations>(result);
  confirmations.add({0, "s-2", "d", "Y", "on", "Bo", day("2026-02-03"), "shot.png", std::string(64, 'a')});
  CHECK(confirmations.write() ==
        "\xEF\xBB\xBF\"by\",\"remark\",\"step\",\"title\",\"target\",\"value\",\"on\",\"evidence\",\"sha256\"\n"
        "\"Ana\",\"'=x\",\"s-1\",\"X\",\"c\",\"off\",\"2026/1/5\",\"\",\"\"\n"
        "\"Bo\",\"\",\"s-2\",\"Y\",\"d\",\"on\",\"2026-02-03\",\"shot.png\",\"" +
            std::string(64, 'a') + "\"\n");
  CHECK(confirmations.list().back().row == 3);
  CHECK(std::holds_alternative<Confirmations>(Confirmations::read(confirmations.write())));
  CHECK(Confirmations{}.write() == file.write());
}

TEST_CASE("a file that cannot be used says where") {
  const std::string start(head);
  CHECK(problem("").starts_with("it is empty"));
  CHECK(problem("step,by\n").starts_with("row 1: no column is called `title`; the columns are step, title"));
  CHECK(problem("step,step,title,target,value,by,on,evidence,sha256\n") == "row 1: two columns are called `step`");
  CHECK(problem(start + "s-1,X,c,off,Ana,24/11/2026,,\n") ==
        "row 2: `24/11/2026` is not a day; a day is written 2026-11-23");
  CHECK(problem(start + "\ns-1,X,c,off,,2026-11-24,,\n") == "row 3: the column `by` is empty");
  CHECK(problem(start + "s-1,X,c,off,Ana,2026-11-24,a.png,abc\n") == "row 2: `abc` is no SHA-256");
  CHECK(problem(start + "s-1,\"X\n").starts_with("row 2: the file ends inside of quotes"));
}

TEST_CASE("the period is that of the policy's most frequent review") {
  const auto period = [](const std::string& facts) {
    return model::review_period(testing::compile_text("farol 1\n" + facts).model);
  };
  CHECK(period("").length == base::Duration{6, base::Duration::Unit::months});
  CHECK_FALSE(period("review { last: 2026-01-01 }\n").stated);
  CHECK(period("review { every: 1 year }\nreview { every: 12 weeks }\n").length ==
        base::Duration{12, base::Duration::Unit::weeks});
  CHECK(period("review { every: 1 year }\n").stated);
}

}  // namespace evidence_confirmations_test
