#include "people/report.h"

#include <algorithm>
#include <set>

#include "base/text.h"

namespace farol::people {
std::vector<Roles> combinations_of(const Census& census) {
  std::set<Roles> all;
  for (const auto& [roles, who] : census.by_roles) all.insert(roles);
  for (const auto& [move, who] : census.moves)
    all.insert({move.before.value_or(Roles{}), move.after.value_or(Roles{})});
  return {all.begin(), all.end()};
}

Report make_report(Census census, const model::Model& model, const decide::Decisions& decisions,
                   const std::vector<decide::Person>& people, Compares compares) {
  std::map<Roles, const decide::Person*> by_roles;
  for (const decide::Person& person : people) by_roles.emplace(person.roles, &person);
  const auto person_with = [&](const std::optional<Roles>& roles) -> const decide::Person& {
    return *by_roles.at(roles.value_or(Roles{}));
  };
  Report report;
  report.compares = compares;
  for (const auto& [roles, who] : census.by_roles) {
    const decide::Person& person = person_with(roles);
    for (decide::Violation& violation : find_violations(model, decisions, person))
      report.violating.push_back({std::move(violation), roles, who});
    auto points = find_disagreements(model, decisions, person);
    if (!points.empty()) report.disagreeing.push_back({roles, who, std::move(points)});
  }
  std::stable_sort(report.violating.begin(), report.violating.end(), [](const Violating& a, const Violating& b) {
    return a.violation.separation < b.violation.separation;
  });
  for (const auto& [move, who] : census.moves) {
    report.moved.push_back({move.before, move.after, who,
                            compare_people(model, decisions, person_with(move.before), person_with(move.after))});
  }
  report.census = std::move(census);
  return report;
}

std::string nearest_role(const model::Model& model, std::string_view word) {
  std::vector<std::string_view> words;
  for (const model::Role& role : model.roles) {
    words.push_back(role.name);
    if (!role.title.text.empty()) words.push_back(role.title.text);
    for (const auto& [language, title] : role.title.by_language) words.push_back(title);
  }
  const auto nearest = base::find_nearest(word, words);
  return nearest ? std::string(*nearest) : std::string{};
}

}  // namespace farol::people
