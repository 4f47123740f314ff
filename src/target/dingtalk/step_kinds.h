// What the steps that send a call have in common: step_kinds.def as tables.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/phrases.h"
#include "target/dingtalk/calls.h"

namespace farol::dingtalk {

// The order of the steps: what a phase needs is made in an earlier one.
enum class Phase : std::uint8_t {
  codes,
  sensitive_codes,
  role_groups,
  roles,
  members,
  scopes,
  account,
  inheritance,
  files,
  contacts,
  apps,
  groups,
  attendance,
  meetings,
  devices,
  console,
  people
};

struct StepTemplate {
  Call call;
  Phase phase;
  std::optional<Call> read_back;  // nullopt if no call shows what the step did
  base::Phrase verify, undo;
  std::optional<base::Phrase> note;
};
// A call of which no step is made is a fault of the program.
[[nodiscard]] const StepTemplate& template_of(Call call);

// The keys of the lists that name roles, departments and people.
struct SubjectLists {
  Call call;
  std::string_view roles, departments, people;
  std::size_t most;  // subjects, all lists together
};
// A call without such lists is a fault of the program.
[[nodiscard]] const SubjectLists& subject_lists_of(Call call);

// Where the console has what a call sets.
struct ConsolePlace {
  Call call;
  bool documented;  // that the place is there; else the words are those of the page of the call
  std::string_view menu, setting;
};
// A call of which no step is made is a fault of the program.
[[nodiscard]] const ConsolePlace& place_of(Call call);

}  // namespace farol::dingtalk
