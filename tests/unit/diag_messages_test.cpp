// Messages: how the words of a text are made from its arguments.
#include <set>
#include <string>
#include <vector>

#include <doctest/doctest.h>

#include "diag/messages_check.h"
#include "diag/messages_diag.h"
#include "diag/messages_sema.h"
#include "diag/text.h"
#include "model/model.h"
#include "sema/names.h"
#include "sema/resolution.h"
#include "sema/schemas.h"
#include "syntax/token.h"

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
    case Form::phrase: return {std::string("reason_nothing")};
    case Form::filled: return {std::vector<std::string>{"reason_nothing"}};
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
  const std::vector<std::string> many(101, "a");
  CHECK(sentence(message::there_is({many.begin(), many.end() - 1})).ends_with("`a`, `a`"));
  CHECK(sentence(message::there_is(many)).ends_with("`a`, `a` and 1 more"));
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

TEST_CASE("a noun is a word of the language, without an article") {
  using base::Language;
  CHECK(sentence(message::unknown_thing("role", "stff"), Language::zh_hant) == "沒有名為 `stff` 的角色");
  CHECK(sentence(message::unknown_thing("role", "stff"), Language::zh_hans) == "没有名为 `stff` 的角色");
  CHECK(sentence(message::unknown_thing("role", "stff"), Language::pt) == "não existe `stff` (função)");
  CHECK(sentence(message::not_of_kind("mfa", "control", "feature"), Language::pt) ==
        "`mfa` é do tipo «salvaguarda», e não «funcionalidade»");
  // What nobody has translated is said as it is.
  CHECK(sentence(message::a_kind("no such noun"), Language::pt) == "no such noun");
}

TEST_CASE("every noun of the compiler has a word in every language") {
  std::set<std::string> nouns;
  for (std::size_t i = 0; i < sema::kind_count; ++i) nouns.insert(std::string{sema::noun(static_cast<sema::Kind>(i))});
  for (const sema::BlockSchema& fact : sema::fact_schemas()) nouns.insert(std::string{fact.kind});
  for (const sema::Wanted& wanted :
       {sema::wanted::subject, sema::wanted::object, sema::wanted::feature_or_control, sema::anything})
    nouns.insert(std::string{wanted.noun});
  for (const auto acts_on : {model::ActsOn::data, model::ActsOn::tier, model::ActsOn::app, model::ActsOn::group,
                             model::ActsOn::place, model::ActsOn::department, model::ActsOn::nothing})
    nouns.insert(std::string{model::to_string(acts_on)});
  for (auto kind = static_cast<int>(syntax::Kind::name); kind <= static_cast<int>(syntax::Kind::duration); ++kind) {
    const std::string words{syntax::describe(static_cast<syntax::Kind>(kind))};
    if (words.starts_with("a ")) nouns.insert(words.substr(2));
  }
  REQUIRE(nouns.size() > 40);
  for (const std::string& noun : nouns) {
    CAPTURE(noun);
    for (const base::Language language : base::all_languages) {
      if (language == base::Language::en) continue;
      CHECK(sentence(message::a_kind(noun), language) != noun);
    }
  }
}

TEST_CASE("a phrase is that of the language") {
  const Text text = message::features_fall_short({"a"}, "reason_nothing");
  CHECK(sentence(text) == "`a`: the platform has no setting for it");
  CHECK(sentence(text, base::Language::zh_hant) == "`a`：平台沒有此設定");
  CHECK(sentence(text, base::Language::pt) == "`a`: a plataforma não tem definição para isto");
}

TEST_CASE("a count chooses the plural form of the language") {
  using base::Language;
  CHECK(sentence(message::has_exceptions("r", 1), Language::pt) == "`r` tem uma excepção");
  CHECK(sentence(message::has_exceptions("r", 12), Language::pt) == "`r` tem 12 excepções");
  CHECK(sentence(message::has_exceptions("r", 1), Language::zh_hant) == "`r` 有 1 個例外");
  CHECK(sentence(message::days_left(1)) == "one day left");
  CHECK(sentence(message::inherited_by(names(9)), Language::zh_hant) ==
        "由 `a`、`b`、`c`、`d`、`e`、`f`、`g`、`h`，另有 1 項 繼承");
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

TEST_CASE("every language has every message") {
  for (const base::Language language : base::all_languages) {
    CAPTURE(base::tag(language));
    const auto missing = untranslated(language);
    CHECK_MESSAGE(missing.empty(), "write it in src/diag/messages: ", missing.empty() ? "" : missing.front());
  }
  CHECK(sentence(message::allowed_here(), base::Language::pt) == "permitido aqui");
  CHECK(sentence(message::rules_disagree("a", "b"), base::Language::zh_hant) == "`a` 與 `b` 互相抵觸");
  CHECK(sentence(message::rules_disagree("a", "b"), base::Language::zh_hans) == "`a` 与 `b` 互相抵触");
}

}  // namespace diag_messages_test
