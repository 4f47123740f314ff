#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>

#include "compiled.h"
#include "driver/people.h"

// People with several roles against the oracle: at every point what the language says of them, and never more than one
// of their roles has.
namespace property::people_test {
namespace {

using farol::decide::Person;
using farol::decide::PersonCell;
using farol::decide::PersonSegment;
using farol::driver::Compilation;
using farol::model::FeatureId;
using farol::model::Model;
using farol::model::RoleId;
using oracle::Effect;
using oracle::Policy;

constexpr std::uint32_t policies = 1'500;
constexpr std::size_t people_each = 3;

std::size_t combination_of(const Model& model, const std::vector<farol::model::ContextId>& contexts,
                           const Policy& policy, const oracle::Tuple& tuple) {
  std::size_t combination = 0;
  for (const auto id : contexts) {
    const auto& context = model[id];
    const auto declared = std::find_if(policy.contexts.begin(), policy.contexts.end(),
                                       [&](const oracle::Context& one) { return one.name == context.name; });
    const auto& value = tuple.at(static_cast<std::size_t>(declared - policy.contexts.begin()));
    const auto at = std::find(context.values.begin(), context.values.end(), value) - context.values.begin();
    combination = combination * context.values.size() + static_cast<std::size_t>(at);
  }
  return combination;
}

Effect effect_of(farol::decide::Effect effect) {
  switch (effect) {
    case farol::decide::Effect::none: return Effect::none;
    case farol::decide::Effect::allow: return Effect::allow;
    case farol::decide::Effect::deny: return Effect::deny;
    case farol::decide::Effect::conflict: break;
  }
  return Effect::conflict;
}

const PersonSegment& segment_at(const PersonCell& cell, std::size_t combination) {
  return *std::find_if(cell.segments.begin(), cell.segments.end(),
                       [&](const PersonSegment& segment) { return segment.answer.where.test(combination); });
}

// One to four of the roles, or none at all now and then.
oracle::Set random_roles(const Policy& policy, Random& random) {
  oracle::Set roles;
  const std::size_t count = random.below(5);
  for (std::size_t i = 0; i < count && !policy.roles.empty(); ++i)
    roles.insert(policy.roles[random.below(policy.roles.size())].name);
  return roles;
}

void require_as_oracle(const Policy& policy, const oracle::Set& roles, const Compilation& compilation,
                       const Person& person) {
  const Model& model = compilation.model;
  const auto explain = [&](const oracle::Point& point) {
    return fmt::format("{} at {}\n{}", fmt::join(roles, " + "), oracle::text_of(point), print(policy, {}).front().text);
  };
  const oracle::Answers expected = oracle::decide_person(policy, today, roles);
  const oracle::Answers alone = oracle::decide(policy, today).answers;
  std::size_t points = 0;
  for (std::size_t f = 0; f < model.features.size(); ++f) {
    for (const auto object : model.objects_of(model.features[f].acts_on)) {
      const PersonCell cell = person_cell(model, compilation.decisions, person, FeatureId{f}, object);
      for (const oracle::Tuple& tuple : oracle::tuples_of(policy)) {
        const oracle::Point point{std::string(oracle::the_person), model.features[f].name, object_name(model, object),
                                  tuple};
        const auto& segment = segment_at(cell, combination_of(model, cell.contexts, policy, tuple));
        oracle::Set controls;
        for (const auto control : segment.answer.controls) controls.insert(model[control].name);
        const auto& wanted = expected.at(point);
        const Effect effect = effect_of(segment.answer.effect);
        if (effect != wanted.effect || controls != wanted.controls)
          FAIL(oracle::name_of(effect), ", but the oracle says ", oracle::name_of(wanted.effect), ": ", explain(point));
        const auto one_may = [&](const std::string& role) {
          return alone.at({role, point.feature, point.object, point.context}).effect == Effect::allow;
        };
        if (effect == Effect::allow && !roles.empty() && std::none_of(roles.begin(), roles.end(), one_may))
          FAIL("nobody has it alone: ", explain(point));
        ++points;
      }
    }
  }
  REQUIRE(points == expected.size());
}

// The findings about a combination are just where the person is denied what one role has, or what the joined role has.
void require_disagreements(const Policy& policy, const oracle::Set& roles, const Compilation& compilation,
                           const Person& person) {
  const Model& model = compilation.model;
  const oracle::Answers expected = oracle::decide_person(policy, today, roles);
  const oracle::Answers alone = oracle::decide(policy, today).answers;
  std::set<oracle::Point> taken;
  for (const auto& [point, answer] : expected) {
    const bool had = std::any_of(person.roles.begin(), person.roles.end(), [&, &at = point](RoleId role) {
      return alone.at({model[role].name, at.feature, at.object, at.context}).effect == Effect::allow;
    });
    if (had && answer.effect != Effect::allow) taken.insert(point);
  }
  std::set<oracle::Point> found;
  for (const auto& disagreement : find_disagreements(model, compilation.decisions, person)) {
    if (disagreement.allowed.empty()) continue;
    for (const auto& place : disagreement.places) {
      for (const auto object : place.objects) {
        for (const oracle::Tuple& tuple : oracle::tuples_of(policy)) {
          if (place.where.test(combination_of(model, place.contexts, policy, tuple)))
            found.insert(
                {std::string(oracle::the_person), model[place.feature].name, object_name(model, object), tuple});
        }
      }
    }
  }
  if (found != taken) FAIL(fmt::format("{}\n{}", fmt::join(roles, " + "), print(policy, {}).front().text));
}

}  // namespace

TEST_CASE("people with several roles may do what the oracle says, and are told where their roles disagree") {
  std::size_t compared = 0, several = 0, disagreeing = 0;
  for (std::uint32_t seed = 0; seed < policies; ++seed) {
    Random random(seed + 1);
    const Policy policy = without_errors(generate_policy(seed), random);
    const auto files = print(policy, {});
    farol::base::MemoryFileSystem disk;
    for (const SourceFile& file : files) disk.files[file.path] = file.text;
    farol::driver::Options options;
    options.as_of = *farol::base::parse_date(today);
    options.load.paths = {files.front().path};
    options.repairs = false;
    const auto before = farol::driver::compile(disk, options);
    if (!before.may_write()) continue;
    std::vector<oracle::Set> sets;
    std::vector<std::vector<RoleId>> combinations;
    for (std::size_t i = 0; i < people_each; ++i) {
      sets.push_back(random_roles(policy, random));
      std::vector<RoleId> roles;
      for (const std::string& name : sets.back()) roles.push_back(before.model.find_role(name).value());
      combinations.push_back(std::move(roles));
    }
    const auto decided = farol::driver::decide_people(before, combinations);
    REQUIRE(std::holds_alternative<std::vector<Person>>(decided));
    const auto& people = std::get<std::vector<Person>>(decided);
    for (std::size_t i = 0; i < people_each; ++i) {
      const auto& person = people[i];
      require_as_oracle(policy, sets[i], before, person);
      require_disagreements(policy, sets[i], before, person);
      ++compared;
      several += person.roles.size() > 1 ? 1U : 0U;
      disagreeing += find_disagreements(before.model, before.decisions, person).empty() ? 0U : 1U;
    }
  }
  fmt::print(
      "NOTE: {} random people agree with the oracle, {} of them with several roles that count, {} whose roles "
      "disagree\n",
      compared, several, disagreeing);
  CHECK(several > 300);
  CHECK(disagreeing > 50);
}

}  // namespace property::people_test
