#include "oracle.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <algorithm>

namespace oracle {
namespace {

// Forbids everybody outside of the group, and the group outside of the condition.
bool only_refuses(const Part& part, const Point& point) {
  return covers_cell(part, point) && !(part.subjects.contains(point.subject) && part.contexts.contains(point.context));
}

Answer decide_point(const Policy& policy, const std::vector<Part>& parts, const Point& point) {
  const auto verb_of = [&](std::size_t part) { return policy.statements.at(parts.at(part).statement).verb; };
  Answer answer;
  const auto decide_by = [&](std::size_t part) {
    answer.deciding_parts.insert(part);
    answer.deciding.insert(parts[part].statement);
  };

  std::vector<std::size_t> applying;  // allows and denies
  for (std::size_t at = 0; at < parts.size(); ++at) {
    const Verb verb = verb_of(at);
    if ((verb == Verb::forbid && contains(parts[at], point)) ||
        (verb == Verb::only && only_refuses(parts[at], point))) {
      answer.effect = Effect::deny;
      decide_by(at);
    }
    if ((verb == Verb::allow || verb == Verb::deny) && contains(parts[at], point)) applying.push_back(at);
  }
  if (answer.effect == Effect::deny) return answer;

  bool allows = false;
  bool denies = false;
  for (const std::size_t at : applying) {
    const bool is_beaten = std::any_of(applying.begin(), applying.end(),
                                       [&](std::size_t other) { return is_more_special(parts[other], parts[at]); });
    if (is_beaten) continue;
    decide_by(at);
    (verb_of(at) == Verb::allow ? allows : denies) = true;
  }
  if (allows && denies)
    answer.effect = Effect::conflict;
  else if (allows)
    answer.effect = Effect::allow;
  else if (denies)
    answer.effect = Effect::deny;

  if (answer.effect != Effect::allow) return answer;
  for (const Part& part : parts) {
    const Statement& statement = policy.statements.at(part.statement);
    if ((statement.verb == Verb::allow || statement.verb == Verb::require) && contains(part, point)) {
      answer.controls.insert(statement.controls.begin(), statement.controls.end());
    }
  }
  return answer;
}

}  // namespace

bool is_in_force(const Statement& statement, std::string_view day) {
  return (statement.from.empty() || statement.from <= day) && (statement.until.empty() || day <= statement.until);
}

Decisions decide(const Policy& policy, std::string_view day) {
  const std::set<std::size_t> unusable = find_misshapen(policy).unusable;
  Decisions decisions;
  for (std::size_t at = 0; at < policy.statements.size(); ++at) {
    if (unusable.contains(at)) continue;
    for (Part& part : parts_of(policy, at)) {
      for (const Feature& feature : policy.features) {
        if (policy.statements[at].verb == Verb::allow && part.features.contains(feature.name)) {
          decisions.governed.insert(feature.name);
        }
      }
      if (is_in_force(policy.statements[at], day)) decisions.parts.push_back(std::move(part));
    }
  }
  for (const std::string& subject : subjects_of(policy)) {
    for (const Feature& feature : policy.features) {
      for (const std::string& object : objects_of(policy, feature)) {
        for (const Tuple& tuple : tuples_of(policy)) {
          const Point point = {subject, feature.name, object, tuple};
          decisions.answers[point] = decide_point(policy, decisions.parts, point);
        }
      }
    }
  }
  return decisions;
}

Answers decide_person(const Policy& policy, std::string_view day, const Set& roles) {
  Set counting = roles;
  for (const std::string& role : roles) {
    for (const std::string& inherited : ancestors_of(policy, role)) {
      if (inherited != role) counting.erase(inherited);
    }
  }
  Policy with_person = policy;
  std::string subject(the_person);
  if (counting.empty())
    subject = nobody;
  else if (counting.size() == 1)
    subject = *counting.begin();
  else
    with_person.roles.push_back({subject, {counting.begin(), counting.end()}, false});

  const Answers alone = decide(policy, day).answers;
  Answers result;
  for (const auto& [point, decided] : decide(with_person, day).answers) {
    if (point.subject != subject) continue;
    Answer answer = decided;
    const bool is_had_alone = std::any_of(counting.begin(), counting.end(), [&, &at = point](const std::string& role) {
      return alone.at({role, at.feature, at.object, at.context}).effect == Effect::allow;
    });
    if (counting.size() > 1 &&
        (answer.effect == Effect::conflict || (answer.effect == Effect::allow && !is_had_alone))) {
      answer.effect = Effect::deny;
      answer.controls.clear();
    }
    result[{std::string(the_person), point.feature, point.object, point.context}] = answer;
  }
  return result;
}

std::string_view name_of(Effect effect) {
  switch (effect) {
    case Effect::none: return "none";
    case Effect::allow: return "allow";
    case Effect::deny: return "deny";
    case Effect::conflict: return "conflict";
  }
  return {};
}

}  // namespace oracle
