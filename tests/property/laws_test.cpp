#include <doctest/doctest.h>

#include "generator.h"
#include "laws.h"
#include "support/oracle.h"
#include "support/oracle_findings.h"

// The laws of the language hold on the oracle itself: what the compiler is compared with is not wrong in those ways.
namespace property::laws_test {
namespace {

using oracle::Effect;
using oracle::Policy;
using oracle::Statement;
using oracle::Term;
using oracle::Verb;

constexpr std::uint32_t policies = 400;

std::string text_of(const Policy& policy) { return print(policy, {}).front().text; }

oracle::Answers answers_of(const Policy& policy) { return oracle::decide(policy, today).answers; }

void require_law(const Counterexample& counterexample, const Policy& policy) {
  if (counterexample) FAIL(*counterexample, "\n", text_of(policy));
}

template <typename Check>
void on_random_policies(Check check) {
  for (std::uint32_t seed = 0; seed < policies; ++seed) {
    Random random(seed + 1);
    check(generate_policy(seed), random);
  }
}

oracle::List role(const char* name) { return {.terms = {{.form = Term::Form::role, .name = name}}, .except = {}}; }
oracle::List feature(const char* name) {
  return {.terms = {{.form = Term::Form::feature, .name = name}}, .except = {}};
}

Policy meetings() {
  Policy policy;
  policy.roles = {{"staff", {}, false}, {"executive", {"staff"}, false}};
  policy.tiers = {"internal", "confidential"};
  policy.features = {{"meeting.record", oracle::Kind::data, false}};
  Statement deny;
  deny.label = "no_recording";
  deny.verb = Verb::deny;
  deny.subjects = role("staff");
  deny.features = feature("meeting.record");
  Statement minutes;
  minutes.label = "minutes";
  minutes.subjects = role("executive");
  minutes.features = feature("meeting.record");
  minutes.objects.terms = {{.form = Term::Form::tier, .name = "internal"}};
  policy.statements = {deny, minutes};
  return policy;
}

}  // namespace

TEST_CASE("the special rule beats the general one, and says why") {
  Policy policy = meetings();
  const oracle::Decisions decisions = oracle::decide(policy, today);
  CHECK(decisions.answers.at({"executive", "meeting.record", "internal", {}}).effect == Effect::allow);
  CHECK(decisions.answers.at({"executive", "meeting.record", "confidential", {}}).effect == Effect::deny);
  CHECK(decisions.answers.at({"staff", "meeting.record", "internal", {}}).effect == Effect::deny);
  CHECK(decisions.answers.at({"no role", "meeting.record", "internal", {}}).effect == Effect::none);
  CHECK(oracle::find_all(policy, decisions).exception_without_reason == std::set<std::size_t>{1});

  policy.statements[1].because = "Board meetings are minuted";
  CHECK_FALSE(oracle::find_all(policy, oracle::decide(policy, today)).has_errors());
}

TEST_CASE("rules of which neither is more special conflict where they overlap") {
  Policy policy = meetings();
  policy.statements[0].objects.terms = {{.form = Term::Form::tier, .name = "internal"}};
  policy.statements[1].objects.terms = {{.form = Term::Form::all}};
  const oracle::Answers answers = answers_of(policy);
  CHECK(answers.at({"executive", "meeting.record", "internal", {}}).effect == Effect::conflict);
  CHECK(answers.at({"executive", "meeting.record", "confidential", {}}).effect == Effect::allow);
}

TEST_CASE("a role with one heir less is still narrower than everyone") {
  Policy policy = meetings();
  policy.roles = {{"staff", {}, false}};
  policy.statements[0].subjects.terms = {{.form = Term::Form::everyone}};
  policy.statements[1].subjects = role("staff");
  CHECK(answers_of(policy).at({"staff", "meeting.record", "internal", {}}).effect == Effect::allow);
}

TEST_CASE("rules change permissions only in their own direction") {
  on_random_policies([](const Policy& policy, Random& random) {
    const oracle::Answers before = answers_of(policy);
    for (const Verb verb : {Verb::allow, Verb::deny, Verb::forbid, Verb::only}) {
      Policy changed = policy;
      changed.statements.push_back(random_rule(policy, verb, "extra", random));
      const oracle::Answers after = answers_of(changed);
      require_law(
          verb == Verb::allow ? check_keeps_permissions(before, after) : check_gives_no_permission(before, after),
          changed);
    }
    for (std::size_t at = 0; at < policy.statements.size(); ++at) {
      const Verb verb = policy.statements[at].verb;
      if (verb == Verb::require || verb == Verb::never || verb == Verb::always) continue;
      Policy changed = policy;
      changed.statements.erase(changed.statements.begin() + static_cast<std::ptrdiff_t>(at));
      const oracle::Answers after = answers_of(changed);
      require_law(
          verb == Verb::allow ? check_gives_no_permission(before, after) : check_keeps_permissions(before, after),
          policy);
    }
  });
}

TEST_CASE("a new declaration changes no decision that there was") {
  on_random_policies([](const Policy& policy, Random& random) {
    const Extended extended = with_new_declaration(policy, random);
    if (oracle::find_misshapen(policy).unusable != oracle::find_misshapen(extended.policy).unusable) return;
    const oracle::Answers after = answers_of(extended.policy);
    const oracle::Answers before = answers_of(policy);
    const bool is_heir_of_several =
        extended.what == Extended::What::role && extended.policy.roles.back().parents.size() > 1;
    require_law(check_keeps_decisions(before, after), extended.policy);
    if (!is_heir_of_several) require_law(check_was_foreseen(before, after), extended.policy);
    if (extended.what == Extended::What::data) {
      const std::string& tier = extended.policy.data.back().tier;
      require_law(check_answers_alike(after, extended.name, tier.empty() ? std::string(oracle::untiered) : tier),
                  extended.policy);
    }
    if (extended.what == Extended::What::thing) {
      const std::string any_other = oracle::other_thing(extended.policy.things.back().kind);
      require_law(check_answers_alike(after, extended.name, any_other), extended.policy);
    }
  });
}

TEST_CASE("a person never has what none of their roles has") {
  on_random_policies([](const Policy& policy, Random& random) {
    std::vector<std::string> names;
    for (const oracle::Role& one : policy.roles) names.push_back(one.name);
    const std::vector<std::string> held = random.sample(names, random.between(1, 3));
    const oracle::Set roles(held.begin(), held.end());
    require_law(check_person_has_less(answers_of(policy), roles, oracle::decide_person(policy, today, roles)), policy);
  });
}

TEST_CASE("splitting lists and writing out names change no meaning") {
  on_random_policies([](const Policy& policy, Random& random) {
    const oracle::Answers before = answers_of(policy);
    const Policy split = with_lists_split(policy, random);
    require_law(check_same_answers(before, answers_of(split)), split);
    const Policy written_out = with_names_written_out(policy);
    require_law(check_same_answers(before, answers_of(written_out)), written_out);
  });
}

TEST_CASE("about half of the random policies have no error") {
  std::uint32_t right = 0;
  on_random_policies([&](const Policy& policy, Random&) {
    const bool shaped = oracle::find_misshapen(policy) == oracle::Misshapen{};
    if (shaped && !oracle::find_all(policy, oracle::decide(policy, today)).has_errors()) ++right;
  });
  CHECK(right > policies * 35 / 100);
  CHECK(right < policies * 65 / 100);
}

}  // namespace property::laws_test
