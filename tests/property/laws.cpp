#include "laws.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <algorithm>

namespace property {
namespace {

using oracle::Answer;
using oracle::Answers;
using oracle::Effect;
using oracle::Point;

std::string text_of(const Answer& answer) {
  return fmt::format("{} with [{}]", oracle::name_of(answer.effect), fmt::join(answer.controls, ", "));
}

Counterexample differs(const Point& point, const Answer& before, const Answer& after) {
  return fmt::format("{}: {}, then {}", oracle::text_of(point), text_of(before), text_of(after));
}

bool is_same(const Answer& a, const Answer& b) { return a.effect == b.effect && a.controls == b.controls; }

// The answer to a point before there was one more context, if the point was there.
const Answer* find_old(const Answers& before, Point point) {
  if (!before.empty()) point.context.resize(before.begin()->first.context.size());
  const auto found = before.find(point);
  return found == before.end() ? nullptr : &found->second;
}

}  // namespace

Counterexample check_keeps_permissions(const Answers& before, const Answers& after) {
  for (const auto& [point, answer] : before) {
    if (answer.effect == Effect::allow && after.at(point).effect != Effect::allow)
      return differs(point, answer, after.at(point));
  }
  return std::nullopt;
}

Counterexample check_gives_no_permission(const Answers& before, const Answers& after) {
  for (const auto& [point, answer] : after) {
    if (answer.effect == Effect::allow && before.at(point).effect != Effect::allow)
      return differs(point, before.at(point), answer);
  }
  return std::nullopt;
}

Counterexample check_same_answers(const Answers& before, const Answers& after) {
  for (const auto& [point, answer] : before) {
    if (!is_same(answer, after.at(point))) return differs(point, answer, after.at(point));
  }
  return std::nullopt;
}

Counterexample check_keeps_decisions(const Answers& before, const Answers& after) {
  for (const auto& [point, answer] : after) {
    const Answer* old = find_old(before, point);
    if (old == nullptr || old->effect == Effect::conflict || answer.effect == Effect::conflict) continue;
    if (!is_same(*old, answer)) return differs(point, *old, answer);
  }
  return std::nullopt;
}

Counterexample check_was_foreseen(const Answers& before, const Answers& after) {
  for (const auto& [point, answer] : after) {
    const Answer* old = find_old(before, point);
    if (old != nullptr && !(is_same(*old, answer) && old->deciding == answer.deciding))
      return differs(point, *old, answer);
  }
  return std::nullopt;
}

Counterexample check_answers_alike(const Answers& answers, const std::string& fresh, const std::string& model) {
  for (const auto& [point, answer] : answers) {
    if (point.object != fresh) continue;
    const Answer& expected = answers.at({point.subject, point.feature, model, point.context});
    if (!is_same(answer, expected)) return differs(point, expected, answer);
  }
  return std::nullopt;
}

Counterexample check_person_has_less(const Answers& answers, const oracle::Set& roles, const Answers& person) {
  for (const auto& [point, answer] : person) {
    if (answer.effect != Effect::allow || roles.empty()) continue;
    const bool is_had = std::any_of(roles.begin(), roles.end(), [&, &at = point](const std::string& role) {
      return answers.at({role, at.feature, at.object, at.context}).effect == Effect::allow;
    });
    if (!is_had) return fmt::format("{}: allowed to none of {}", oracle::text_of(point), fmt::join(roles, ", "));
  }
  return std::nullopt;
}

}  // namespace property
