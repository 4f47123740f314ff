// Messages: how the words of a text are made from its arguments.
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "diag/messages_check.h"
#include "diag/messages_diag.h"
#include "diag/messages_sema.h"
#include "diag/text.h"

namespace diag_messages_test {

using namespace farol;
using namespace farol::diag;

namespace {

// Some argument of a form.
Argument any_argument(Form form) {
  switch (form) {
    case Form::verbatim:
    case Form::name:
    case Form::noun: return {std::string("x")};
    case Form::names:
    case Form::names_all:
    case Form::names_and:
    case Form::names_or: return {std::vector<std::string>{"x", "y"}};
    case Form::count: return {std::size_t{2}};
    case Form::day: return {base::Date{0}};
    case Form::text: return {message::verbatim("x")};
    case Form::texts:
    case Form::texts_and:
    case Form::texts_or:
    case Form::parts:
    case Form::point:
    case Form::clauses: return {std::vector<Text>{message::verbatim("x"), message::verbatim("y")}};
  }
  return {};
}

std::vector<std::string> names(std::size_t count) {
  std::vector<std::string> all;
  for (std::size_t i = 0; i < count; ++i) all.push_back(std::string(1, static_cast<char>('a' + i)));
  return all;
}

}  // namespace

TEST_CASE("a name is in backticks, and other words are as they are") {
  CHECK(sentence(message::rules_disagree("one", "two")) == "`one` and `two` disagree");
  CHECK(sentence(message::unknown_thing("role", "stff")) == "unknown role `stff`");
  CHECK(sentence(Text{}).empty());
}

TEST_CASE("long lists say how many more there are, and some lists are whole") {
  CHECK(sentence(message::inherited_by(names(2))) == "inherited by `a`, `b`");
  CHECK(sentence(message::inherited_by(names(10))) == "inherited by `a`, `b`, `c`, `d`, `e`, `f`, `g`, `h` and 2 more");
  CHECK(sentence(message::there_is(names(9))) == "there is `a`, `b`, `c`, `d`, `e`, `f`, `g`, `h`, `i`");
  CHECK(sentence(message::together_shut_out(names(3))) == "`a` and `b` and `c` together shut everybody out");
}

TEST_CASE("a count chooses the plural form") {
  CHECK(sentence(message::has_exceptions("r", 1)) == "`r` has an exception");
  CHECK(sentence(message::has_exceptions("r", 12)) == "`r` has 12 exceptions");
}

TEST_CASE("a noun has its English article") {
  CHECK(sentence(message::a_kind("role")) == "a role");
  CHECK(sentence(message::a_kind("app")) == "an app");
  CHECK(sentence(message::a_kind("data")) == "data");
}

TEST_CASE("texts are compared by message and arguments") {
  CHECK(message::rules_disagree("a", "b") == message::rules_disagree("a", "b"));
  CHECK_FALSE(message::rules_disagree("a", "b") == message::rules_disagree("b", "a"));
  CHECK_FALSE(message::allowed_here() == message::denied_here());
  CHECK(message::rules_disagree("a", "a") < message::rules_disagree("a", "b"));
}

TEST_CASE("names are replaced wherever they are") {
  const auto later = [](const std::string& text) { return text == "old" ? std::string("new") : text; };
  CHECK(sentence(with_names(message::rules_disagree("old", "older"), later)) == "`new` and `older` disagree");
  CHECK(sentence(with_names(message::inherited_by({"a", "old"}), later)) == "inherited by `a`, `new`");
  const Text nested = message::needs_not_allowed("f", "old", message::point({message::verbatim("old")}));
  CHECK(sentence(with_names(nested, later)) == "`f` needs `new`, which is not allowed there: new");
}

TEST_CASE("every message has words, in every language, for every argument that it names") {
  REQUIRE(message_count() > 300);
  for (std::size_t i = 1; i <= message_count(); ++i) {
    const auto id = static_cast<Message>(i);
    const MessageInfo& each = info(id);
    CAPTURE(each.id);
    std::vector<Argument> arguments;
    for (const MessageForm& argument : each.arguments) arguments.push_back(any_argument(argument.form));
    for (const base::Language language : base::all_languages) {
      const std::string words = sentence({id, arguments}, language);
      CHECK_FALSE(words.empty());
      CHECK(words.find('\1') == std::string::npos);
    }
  }
}

TEST_CASE("what a language does not have is said in English, and can be listed") {
  CHECK(untranslated(base::Language::en).empty());
  CHECK(untranslated(base::Language::pt).size() < message_count());
  for (const std::string_view id : untranslated(base::Language::pt)) CHECK(id != "allowed_here");
  CHECK(sentence(message::allowed_here(), base::Language::pt) == "permitido aqui");
  CHECK(sentence(message::rules_disagree("a", "b"), base::Language::zh_hant) == "`a` and `b` disagree");
}

}  // namespace diag_messages_test
