// Who holds which role, by name: for a review, where each holder is named, and for what one person may do.
#pragma once

#include <map>
#include <string_view>
#include <variant>
#include <vector>

#include "people/census.h"

namespace farol::people {

// A review of more people than these names nobody: it would be read by nobody.
inline constexpr std::size_t max_holders = 100'000;

struct Holders {
  std::map<model::RoleId, std::vector<NamedPerson>> by_role;  // as the list says it; by id
  std::uint64_t people = 0;
};
[[nodiscard]] std::variant<Holders, BadList> find_holders(const model::Model& model, base::Date as_of,
                                                          const List& list);

struct HeldRoles {
  NamedPerson person;  // no id: nobody of the list
  Roles roles;         // all that the list says
  std::vector<std::string> unknown;
};
// Of the person with this id or, where no id is so, with this name.
[[nodiscard]] std::variant<HeldRoles, BadList> find_person(const model::Model& model, base::Date as_of,
                                                           const List& list, std::string_view who);

}  // namespace farol::people
