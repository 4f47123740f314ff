// People and their roles, checked against a policy.
#pragma once

#include <string>
#include <variant>

#include "base/phrases.h"
#include "driver/driver.h"
#include "people/census.h"

namespace farol::driver {

struct RosterOptions {
  base::Language language = base::Language::en;
  bool json = false;
  bool color = false;
};

struct Roster {
  std::string document;
  bool separated = true;  // nobody breaks a separation of duties
};

struct RosterError {
  std::string name;  // of the list that cannot be used; empty: it is about the policy
  std::string reason;
};

// `compilation` is free of errors. `before` is an earlier list, or null.
[[nodiscard]] std::variant<Roster, RosterError> check_roster(const Compilation& compilation, const people::List& now,
                                                             const people::List* before, const RosterOptions& render);

}  // namespace farol::driver
