#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <string>

#include "compiled.h"
#include "driver/documents.h"
#include "query/answers.h"
#include "random.h"
#include "support/oracle.h"
#include "support/oracle_findings.h"

// permissions.json and the matrix against the oracle: what is written out is what the policy means, point by point.
namespace property::outputs_test {
namespace {

using farol::driver::Compilation;
using nlohmann::json;
using oracle::Effect;
using oracle::Point;
using oracle::Policy;
using oracle::Tuple;

const std::uint32_t policies = rounds(10'000);

bool is_in(const json& alternatives, const Policy& policy, const Tuple& tuple) {
  return std::any_of(alternatives.begin(), alternatives.end(), [&](const json& alternative) {
    for (std::size_t at = 0; at < policy.contexts.size(); ++at) {
      const auto values = alternative.find(policy.contexts[at].name);
      if (values != alternative.end() && std::find(values->begin(), values->end(), tuple[at]) == values->end())
        return false;
    }
    return true;
  });
}

std::string object_of(const json& object) {
  return object == "any other data" ? std::string(oracle::untiered) : object.get<std::string>();
}

// The points of which a row says something: roles by features by objects by cases.
std::vector<Point> points_of(const json& row, const json& when, const Policy& policy) {
  std::vector<Point> points;
  std::vector<std::string> objects;
  for (const json& object : row.at("objects")) objects.push_back(object_of(object));
  if (objects.empty()) objects.emplace_back(oracle::no_object);
  for (const json& role : row.at("roles")) {
    const std::string subject = role.is_null() ? std::string(oracle::nobody) : role.get<std::string>();
    for (const json& feature : row.at("features")) {
      for (const std::string& object : objects) {
        for (const Tuple& tuple : oracle::tuples_of(policy)) {
          if (is_in(when, policy, tuple)) points.push_back(Point{subject, feature.get<std::string>(), object, tuple});
        }
      }
    }
  }
  return points;
}

// Every answer that the document gives; no point twice.
LabelledAnswers answers_in(const json& document, const Policy& policy) {
  LabelledAnswers answers;
  for (const json& decision : document.at("decisions")) {
    LabelledAnswer answer;
    answer.effect = decision.at("effect") == "allow" ? Effect::allow : Effect::deny;
    for (const json& control : decision.at("controls")) answer.controls.insert(control.get<std::string>());
    for (const json& rule : decision.at("rules")) answer.deciding.insert(rule.get<std::string>());
    for (const json& row : decision.at("answers")) {
      for (const Point& point : points_of(row, decision.at("when"), policy))
        REQUIRE(answers.emplace(point, answer).second);
    }
  }
  return answers;
}

// What the oracle says, without the points of no answer.
LabelledAnswers stated(const Policy& policy) {
  LabelledAnswers answers = labelled(policy, oracle::decide(policy, today).answers);
  std::erase_if(answers, [](const auto& entry) { return entry.second.effect == Effect::none; });
  return answers;
}

template <class Check>
void on_sound_policies(Check check) {
  std::size_t sound = 0;
  for (std::uint32_t seed = 0; seed < policies; ++seed) {
    const Policy policy = generate_policy(seed);
    const Compiled compiled(print(policy, {}));
    if (!compiled.compilation().may_write()) continue;
    ++sound;
    INFO("seed ", seed);
    check(policy, compiled.compilation());
  }
  fmt::print("NOTE: {} random policies, {} of them free of errors and written out as the oracle says\n", policies,
             sound);
}

// Whether the marks of one role and feature say of an object what the oracle says: `allow` where it is allowed in some
// context, else `deny` where it is denied in some, else nothing.
Effect mark_of(const std::vector<farol::decide::Answer>& answers, farol::model::ObjectId object) {
  Effect effect = Effect::none;
  for (const auto& answer : answers) {
    if (std::find(answer.objects.begin(), answer.objects.end(), object) == answer.objects.end()) continue;
    if (answer.effect == farol::decide::Effect::allow) return Effect::allow;
    if (answer.effect == farol::decide::Effect::deny) effect = Effect::deny;
  }
  return effect;
}

}  // namespace

TEST_CASE("permissions.json holds exactly the answers of the oracle") {
  on_sound_policies([](const Policy& policy, const Compilation& compilation) {
    const json document = json::parse(farol::driver::permissions_json(compilation));
    const LabelledAnswers actual = answers_in(document, policy), expected = stated(policy);
    for (const auto& [point, answer] : expected) {
      const std::string place = oracle::text_of(point);
      INFO(place);
      REQUIRE(actual.contains(point));
      REQUIRE((actual.at(point) == answer));
    }
    REQUIRE(actual.size() == expected.size());
  });
}

TEST_CASE("the matrix marks what the oracle allows and denies") {
  on_sound_policies([](const Policy& policy, const Compilation& compilation) {
    const auto& model = compilation.model;
    std::map<std::tuple<std::string, std::string, std::string>, std::set<Effect>> expected;
    for (const auto& [point, answer] : oracle::decide(policy, today).answers) {
      expected[{point.subject, point.feature, point.object}].insert(answer.effect);
    }
    for (std::size_t r = 0; r <= model.roles.size(); ++r) {
      for (std::size_t f = 0; f < model.features.size(); ++f) {
        const auto answers =
            farol::query::summary_of(model, compilation.answers, farol::model::RoleId{r}, farol::model::FeatureId{f});
        for (const auto object : model.objects_of(model.features[f].acts_on)) {
          const std::string subject = r == model.roles.size() ? std::string(oracle::nobody) : model.roles[r].name;
          const auto& effects = expected.at({subject, model.features[f].name, object_name(model, object)});
          const Effect most = effects.contains(Effect::allow)  ? Effect::allow
                              : effects.contains(Effect::deny) ? Effect::deny
                                                               : Effect::none;
          CHECK((mark_of(answers, object) == most));
        }
      }
    }
  });
}

}  // namespace property::outputs_test
