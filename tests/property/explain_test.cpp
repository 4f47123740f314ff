#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "compiled.h"
#include "decide/answers.h"
#include "decide/explain.h"
#include "model/contexts.h"
#include "random.h"
#include "support/oracle.h"
#include "support/oracle_sets.h"

// Explanations against the oracle: every point is in just one answer, with the effect, the controls and the deciding
// statements that it has, and what an answer calls overruled is what applies there and says the opposite.
namespace property::explain_test {
namespace {

using farol::decide::ExplainedAnswer;
using farol::decide::Explanation;
using farol::decide::Voice;
using farol::model::FeatureId;
using farol::model::Model;
using farol::model::RoleId;
using oracle::Effect;
using oracle::Point;
using oracle::Policy;
using oracle::Tuple;
using oracle::Verb;

const std::uint32_t policies = rounds(3'000);

Effect effect_of(farol::decide::Effect effect) {
  switch (effect) {
    case farol::decide::Effect::allow: return Effect::allow;
    case farol::decide::Effect::deny: return Effect::deny;
    case farol::decide::Effect::conflict: return Effect::conflict;
    case farol::decide::Effect::none: break;
  }
  return Effect::none;
}

bool is_in(const Model& model, const std::vector<farol::decide::Box>& boxes, const Policy& policy, const Tuple& tuple) {
  return std::any_of(boxes.begin(), boxes.end(), [&](const auto& box) {
    return std::all_of(box.begin(), box.end(), [&](const auto& choice) {
      const auto& context = model[choice.first];
      const auto at = std::find_if(policy.contexts.begin(), policy.contexts.end(),
                                   [&](const auto& each) { return each.name == context.name; });
      const std::string& value = tuple[static_cast<std::size_t>(at - policy.contexts.begin())];
      return std::any_of(choice.second.begin(), choice.second.end(),
                         [&](std::uint32_t each) { return context.values[each] == value; });
    });
  });
}

bool holds_at(const Model& model, const farol::model::Condition& condition, const Policy& policy, const Tuple& tuple) {
  std::size_t combination = 0;
  const auto strides = farol::model::strides(model, condition.contexts);
  for (std::size_t i = 0; i < condition.contexts.size(); ++i) {
    const auto& context = model[condition.contexts[i]];
    const auto at = std::find_if(policy.contexts.begin(), policy.contexts.end(),
                                 [&](const auto& each) { return each.name == context.name; });
    const std::string& value = tuple[static_cast<std::size_t>(at - policy.contexts.begin())];
    const auto number = std::find(context.values.begin(), context.values.end(), value) - context.values.begin();
    combination += strides[i] * static_cast<std::size_t>(number);
  }
  return condition.where.test(combination);
}

Labels labels(const Model& model, const std::vector<Voice>& voices) {
  Labels found;
  for (const Voice& voice : voices) found.insert(model[voice.rule].label);
  return found;
}

// The ways are ways: each role inherits the next one.
bool are_ways(const Model& model, RoleId role, const std::vector<Voice>& voices) {
  return std::all_of(voices.begin(), voices.end(), [&](const Voice& voice) {
    if (voice.way.empty()) return true;
    if (voice.way.front() != role) return false;
    for (std::size_t i = 0; i + 1 < voice.way.size(); ++i) {
      const auto& parents = model[voice.way[i]].inherits;
      if (std::find(parents.begin(), parents.end(), voice.way[i + 1]) == parents.end()) return false;
    }
    return true;
  });
}

struct Sound {
  const Policy& policy;
  const Compiled& compiled;
  const oracle::Decisions decisions;
  const LabelledAnswers expected;

  Sound(const Policy& of, const Compiled& made)
      : policy(of), compiled(made), decisions(oracle::decide(of, today)), expected(labelled(of, decisions.answers)) {}
  [[nodiscard]] const Model& model() const { return compiled.compilation().model; }
};

// The statements that speak at some of the points, by what they say.
struct Speaking {
  Labels allows, denies;
  std::map<std::string, Labels> controls;  // by control: who asks for it
};

Speaking speaking_at(const Sound& sound, const std::vector<Point>& points) {
  Speaking speaking;
  for (const oracle::Part& part : sound.decisions.parts) {
    if (std::none_of(points.begin(), points.end(), [&](const Point& point) { return contains(part, point); })) continue;
    const oracle::Statement& statement = sound.policy.statements[part.statement];
    if (statement.verb == Verb::allow) speaking.allows.insert(statement.label);
    if (statement.verb == Verb::deny) speaking.denies.insert(statement.label);
    if (statement.verb != Verb::allow && statement.verb != Verb::require) continue;
    for (const std::string& control : statement.controls) speaking.controls[control].insert(statement.label);
  }
  return speaking;
}

Labels without(Labels labels, const Labels& taken) {
  std::erase_if(labels, [&](const std::string& label) { return taken.contains(label); });
  return labels;
}

void check_answer(const Sound& sound, RoleId role, const ExplainedAnswer& answer, const std::vector<Point>& points) {
  const Model& model = sound.model();
  oracle::Set controls;
  for (const auto& source : answer.controls) controls.insert(model[source.control].name);
  for (const Point& point : points) {
    INFO(oracle::text_of(point));
    const LabelledAnswer& wanted = sound.expected.at(point);
    REQUIRE((effect_of(answer.effect) == wanted.effect));
    REQUIRE((controls == wanted.controls));
    REQUIRE((labels(model, answer.deciding) == wanted.deciding));
  }
  const Speaking speaking = speaking_at(sound, points);
  const Labels deciding = labels(model, answer.deciding);
  const bool allowed = answer.effect == farol::decide::Effect::allow;
  const bool refused = answer.effect == farol::decide::Effect::deny;
  REQUIRE((labels(model, answer.overruled) == (allowed ? speaking.denies : refused ? speaking.allows : Labels{})));
  const Labels agreeing = allowed ? speaking.allows : refused ? speaking.denies : Labels{};
  REQUIRE((labels(model, answer.agreeing) == without(agreeing, deciding)));
  for (const auto& source : answer.controls) {
    Labels from;
    for (const auto rule : source.rules) from.insert(model[rule].label);
    for (const std::size_t at : source.requirements) from.insert(model.guardrails[at].label);
    REQUIRE((from == speaking.controls.at(model[source.control].name)));
  }
  for (const auto* voices : {&answer.deciding, &answer.overruled, &answer.agreeing})
    REQUIRE(are_ways(model, role, *voices));
}

// Checks every point of the condition; how many points the answers have together.
std::size_t check_explanation(const Sound& sound, const Explanation& explanation,
                              const farol::model::Condition& asked) {
  const Model& model = sound.model();
  const auto& question = explanation.question;
  const std::string subject = question.role == model.nobody() ? std::string(oracle::nobody) : model[question.role].name;
  std::size_t count = 0;
  for (const ExplainedAnswer& answer : explanation.answers) {
    std::vector<Point> points;
    for (const auto object : answer.objects) {
      for (const Tuple& tuple : oracle::tuples_of(sound.policy)) {
        if (!is_in(model, answer.when, sound.policy, tuple)) continue;
        REQUIRE(holds_at(model, asked, sound.policy, tuple));
        points.push_back({subject, model[question.feature].name, object_name(model, object), tuple});
      }
    }
    REQUIRE_FALSE(points.empty());
    count += points.size();
    check_answer(sound, question.role, answer, points);
  }
  return count;
}

}  // namespace

TEST_CASE("explanations hold what the oracle says, at every point once") {
  std::size_t sound_policies = 0;
  for (std::uint32_t seed = 0; seed < policies; ++seed) {
    const Policy policy = generate_policy(seed);
    const Compiled compiled(print(policy, {}));
    if (!compiled.compilation().may_write()) continue;
    ++sound_policies;
    INFO("seed ", seed);
    const Sound sound(policy, compiled);
    const Model& model = sound.model();
    // In every context, and in those of some condition of the policy.
    for (const std::size_t condition : {std::size_t{0}, seed % model.conditions.size()}) {
      const farol::model::Condition& asked = model.conditions[condition];
      const auto tuples = oracle::tuples_of(policy);
      const auto in_question = static_cast<std::size_t>(std::count_if(
          tuples.begin(), tuples.end(), [&](const Tuple& tuple) { return holds_at(model, asked, policy, tuple); }));
      for (const RoleId role : farol::decide::all_roles(model)) {
        for (std::size_t f = 0; f < model.features.size(); ++f) {
          const Explanation explanation =
              farol::decide::explain(model, compiled.compilation().decisions, {},
                                     {role, FeatureId{f}, {}, farol::model::ConditionId{condition}});
          REQUIRE(explanation.problem.empty());
          REQUIRE(check_explanation(sound, explanation, asked) ==
                  in_question * model.objects_of(model.features[f].acts_on).size());
        }
      }
    }
  }
  fmt::print("NOTE: {} random policies, {} of them free of errors and explained as the oracle says\n", policies,
             sound_policies);
}

}  // namespace property::explain_test
