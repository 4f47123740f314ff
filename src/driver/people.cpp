#include "driver/people.h"

#include <algorithm>
#include <cstddef>
#include <span>
#include <utility>

#include "diag/sink.h"
#include "sema/resolve.h"
#include "syntax/ast.h"

namespace farol::driver {
namespace {

using decide::Person;
using model::RoleId;
using Combination = std::vector<RoleId>;

// No policy can declare such a name: a name has no line break.
std::string name_of_joined(std::size_t number) { return "\n" + std::to_string(number); }

// A role for each combination, which inherits its roles.
syntax::File declarations_of(const Compilation& before, std::span<const Combination> combinations) {
  syntax::File file;
  file.source = before.program.files.front().source;
  const source::Span nowhere{file.source, 0, 0};
  for (std::size_t i = 0; i < combinations.size(); ++i) {
    syntax::Declaration role;
    role.name = {name_of_joined(i), nowhere};
    for (const RoleId inherited : combinations[i]) role.inherits.push_back({before.model[inherited].name, nowhere});
    syntax::Statement statement;
    statement.span = nowhere;
    statement.node = std::move(role);
    file.statements.push_back(std::move(statement));
  }
  return file;
}

// Decides combinations of several roles, all of them declared at once. Returns false if a cell is too large.
bool decide_joined(const Compilation& before, syntax::Program& program, std::span<const Combination> combinations,
                   std::vector<Person>& people) {
  program.files.push_back(declarations_of(before, combinations));
  diag::Sink sink;
  const model::Model model = sema::resolve(program, before.sources, sink);
  program.files.pop_back();
  const decide::Decisions decisions = decide::decide(model, before.decisions.as_of);
  if (!decisions.too_large.empty()) return false;
  for (std::size_t i = 0; i < combinations.size(); ++i)
    people.push_back(person_of(decisions, *model.find_role(name_of_joined(i)), combinations[i]));
  return true;
}

}  // namespace

std::variant<std::vector<Person>, std::string> decide_people(const Compilation& before,
                                                             const std::vector<Combination>& combinations) {
  std::vector<Combination> several;
  std::vector<Combination> counting;
  for (const Combination& roles : combinations) {
    counting.push_back(decide::counting(before.model, roles));
    if (counting.back().size() > 1) several.push_back(counting.back());
  }
  std::vector<Person> joined;
  syntax::Program program = several.empty() ? syntax::Program{} : before.program;
  const std::size_t at_once = before.model.roles_are_excepted ? 1 : several.size();
  for (std::span<const Combination> left{several}; !left.empty(); left = left.subspan(at_once)) {
    if (!decide_joined(before, program, left.first(at_once), joined))
      return "what people with several roles may do is too large to be decided";
  }
  std::vector<Person> people;
  auto next = joined.begin();
  for (Combination& roles : counting) {
    if (roles.size() > 1) {
      people.push_back(std::move(*next++));
    } else {
      const RoleId role = roles.empty() ? before.model.nobody() : roles.front();
      people.push_back(person_of(before.decisions, role, std::move(roles)));
    }
  }
  return people;
}

}  // namespace farol::driver
