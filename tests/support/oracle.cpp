#include "oracle.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <algorithm>
#include <optional>

namespace oracle {
namespace {

// The parts in force, with what is asked of them at point after point and found but once.
class Parts {
 public:
  Parts(const Policy& policy, const std::vector<Part>& parts) : policy_(policy), parts_(parts) {
    more_special_.resize(parts.size());
    for (std::size_t narrow = 0; narrow < parts.size(); ++narrow) {
      for (std::size_t wide = 0; wide < parts.size(); ++wide)
        more_special_[narrow].push_back(is_graded(narrow) && is_graded(wide) &&
                                        is_more_special(parts[narrow], parts[wide]));
    }
  }

  // Those about this feature and object, without those of one statement if it is given.
  std::vector<std::size_t> on_cell(const Point& point, std::optional<std::size_t> without = std::nullopt) const {
    std::vector<std::size_t> result;
    for (std::size_t at = 0; at < parts_.size(); ++at) {
      if (parts_[at].statement != without && covers_cell(parts_[at], point)) result.push_back(at);
    }
    return result;
  }

  // The answer that the parts on its cell give at a point.
  Answer decide(const std::vector<std::size_t>& on_cell, const Point& point) const {
    Answer answer;
    const auto decide_by = [&](std::size_t part) {
      answer.deciding_parts.insert(part);
      answer.deciding.insert(parts_[part].statement);
    };

    std::vector<std::size_t> applying;  // allows and denies
    for (const std::size_t at : on_cell) {
      const Verb verb = verb_of(at);
      const bool inside = is_inside(at, point);
      // An `only` forbids everybody outside of the group, and the group outside of the condition.
      if ((verb == Verb::forbid && inside) || (verb == Verb::only && !inside)) {
        answer.effect = Effect::deny;
        decide_by(at);
      }
      if (is_graded(at) && inside) applying.push_back(at);
    }
    if (answer.effect == Effect::deny) return answer;

    bool allows = false;
    bool denies = false;
    for (const std::size_t at : applying) {
      const bool is_beaten =
          std::any_of(applying.begin(), applying.end(), [&](std::size_t other) { return more_special_[other][at]; });
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
    for (const std::size_t at : on_cell) {
      const std::vector<std::string>& controls = policy_.statements.at(parts_[at].statement).controls;
      if ((verb_of(at) == Verb::allow || verb_of(at) == Verb::require) && is_inside(at, point)) {
        answer.controls.insert(controls.begin(), controls.end());
      }
    }
    return answer;
  }

 private:
  Verb verb_of(std::size_t part) const { return policy_.statements.at(parts_[part].statement).verb; }

  // Whether the special beats the general among such parts.
  bool is_graded(std::size_t part) const { return verb_of(part) == Verb::allow || verb_of(part) == Verb::deny; }

  // Of a point of its cells.
  bool is_inside(std::size_t part, const Point& point) const {
    return parts_[part].subjects.contains(point.subject) && parts_[part].contexts.contains(point.context);
  }

  const Policy& policy_;
  const std::vector<Part>& parts_;
  std::vector<std::vector<bool>> more_special_;  // [narrow][wide]
};

}  // namespace

bool is_in_force(const Statement& statement, std::string_view day) {
  return (statement.from.empty() || statement.from <= day) && (statement.until.empty() || day <= statement.until);
}

Decisions decide(const Policy& policy, std::string_view day) {
  const std::set<std::size_t> unusable = find_misshapen(policy).unusable;
  Decisions decisions;
  decisions.day = day;
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
  const Parts parts(policy, decisions.parts);
  const std::vector<std::string> subjects = subjects_of(policy);
  const std::vector<Tuple> tuples = tuples_of(policy);
  for (const Feature& feature : policy.features) {
    for (const std::string& object : objects_of(policy, feature)) {
      Point point = {{}, feature.name, object, {}};
      const std::vector<std::size_t> on_cell = parts.on_cell(point);
      for (const std::string& subject : subjects) {
        for (const Tuple& tuple : tuples) {
          point.subject = subject;
          point.context = tuple;
          decisions.answers.emplace(point, parts.decide(on_cell, point));
        }
      }
    }
  }
  return decisions;
}

std::set<std::size_t> find_needed(const Policy& policy, const Decisions& decisions,
                                  const std::set<std::size_t>& statements) {
  const Parts parts(policy, decisions.parts);
  std::set<std::size_t> needed;
  for (const std::size_t statement : statements) {
    const bool changes = std::any_of(decisions.answers.begin(), decisions.answers.end(), [&](const auto& entry) {
      const auto& [point, answer] = entry;
      const Answer without = parts.decide(parts.on_cell(point, statement), point);
      return without.effect != answer.effect || without.controls != answer.controls;
    });
    if (changes) needed.insert(statement);
  }
  return needed;
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
