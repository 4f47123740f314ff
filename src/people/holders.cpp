#include "people/holders.h"

#include <functional>
#include <optional>

#include "base/sorted.h"
#include "base/text.h"
#include "people/lines.h"
#include "people/role_names.h"

namespace farol::people {
namespace {

// Takes the lines that count on the day. Returns what is wrong with the list, or nothing.
std::optional<BadList> read(const List& list, base::Date as_of, const std::function<void(const Line&)>& take) {
  auto stream = list.open();
  if (auto* error = std::get_if<base::FileError>(&stream)) return BadList{list.name, error->reason};
  auto problem = read_lines(*std::get<0>(stream), [&](const Line& line) {
    if ((!line.from || *line.from <= as_of) && (!line.until || as_of <= *line.until)) take(line);
  });
  return problem ? std::optional(BadList{list.name, std::move(*problem)}) : std::nullopt;
}

}  // namespace

std::variant<Holders, BadList> find_holders(const model::Model& model, base::Date as_of, const List& list) {
  const RoleNames names(model);
  std::map<std::string, std::pair<NamedPerson, Roles>, std::less<>> people;
  bool too_many = false;
  if (auto bad = read(list, as_of, [&](const Line& line) {
        too_many = too_many || (people.size() == max_holders && !people.contains(line.id));
        if (too_many) return;
        auto& [person, roles] = people[line.id];
        if (person.id.empty()) person = {line.number, line.id, line.name};
        const auto found = names.read(line.roles).roles;
        roles.insert(roles.end(), found.begin(), found.end());
      }))
    return std::move(*bad);
  if (too_many) return BadList{list.name, "it has more than " + std::to_string(max_holders) + " people"};
  Holders holders;
  holders.people = people.size();
  for (auto& [id, each] : people) {
    base::sort_unique(each.second);
    for (const model::RoleId role : each.second) holders.by_role[role].push_back(each.first);
  }
  return holders;
}

std::variant<HeldRoles, BadList> find_person(const model::Model& model, base::Date as_of, const List& list,
                                             std::string_view who) {
  const RoleNames names(model);
  const std::string wanted = base::fold_case(who);
  HeldRoles by_id, by_name;
  bool two = false;  // of that name
  const auto add = [&](HeldRoles& held, const Line& line) {
    if (held.person.id.empty()) held.person = {line.number, line.id, line.name};
    const RoleNames::Found found = names.read(line.roles);
    held.roles.insert(held.roles.end(), found.roles.begin(), found.roles.end());
    held.unknown.insert(held.unknown.end(), found.unknown.begin(), found.unknown.end());
  };
  if (auto bad = read(list, as_of, [&](const Line& line) {
        if (base::fold_case(line.id) == wanted) add(by_id, line);
        if (base::fold_case(line.name) != wanted) return;
        two = two || (!by_name.person.id.empty() && by_name.person.id != line.id);
        if (!two) add(by_name, line);
      }))
    return std::move(*bad);
  HeldRoles& held = by_id.person.id.empty() ? by_name : by_id;
  if (by_id.person.id.empty() && two) return BadList{list.name, "two people in it have this name: take the id"};
  base::sort_unique(held.roles);
  base::sort_unique(held.unknown);
  return std::move(held);
}

}  // namespace farol::people
