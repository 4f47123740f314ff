#include "apply/words.h"

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace farol::apply {

using base::Phrase;

namespace {

// The words of a thing that fill the phrase, by their places.
struct Wording {
  std::string_view kind;
  Phrase phrase;
  std::size_t first, second;
};
constexpr std::array wordings = {
    Wording{"role_group", Phrase::apply_role_group, 1, 1},
    Wording{"role", Phrase::apply_role, 1, 1},
    Wording{"role_name", Phrase::apply_role_name, 1, 1},
    Wording{"member", Phrase::apply_member, 1, 2},
    Wording{"manages", Phrase::apply_manages, 1, 2},
    Wording{"rule", Phrase::apply_rule, 2, 2},
    Wording{"executive", Phrase::apply_executive, 1, 1},
    Wording{"inheritance", Phrase::apply_inheritance, 1, 1},
    Wording{"roleIds", Phrase::apply_scope_role, 1, 3},
    Wording{"deptIds", Phrase::apply_scope_department, 1, 3},
    Wording{"userIds", Phrase::apply_scope_person, 1, 3},
    Wording{"administrators_only", Phrase::apply_scope_administrators, 1, 1},
    Wording{"switch", Phrase::apply_switch, 2, 3},
    Wording{"department", Phrase::apply_switch, 1, 2},
    Wording{"device", Phrase::apply_device, 1, 2},
};

std::string value_in_words(const std::optional<Fact>& fact, base::Language language) {
  if (!fact) return std::string(text(Phrase::drift_nothing, language));
  const auto found = fact->find("");
  if (found == fact->end()) return std::string(text(Phrase::apply_there, language));
  const std::string& value = found->second;
  if (value.empty()) return std::string(text(Phrase::drift_nothing, language));
  if (value == "true") return std::string(text(Phrase::yes, language));
  return value == "false" ? std::string(text(Phrase::no, language)) : value;
}

}  // namespace

std::string in_words(const Thing& thing, base::Language language) {
  // A role that the tenant does not have yet is known by its name in the policy.
  const auto word = [&](std::size_t at) {
    const std::string found = at < thing.size() ? thing[at] : std::string{};
    constexpr std::string_view not_made = "role.";
    return found.starts_with(not_made) ? found.substr(not_made.size()) : found;
  };
  if (word(0) == "grant") return fill(Phrase::apply_grant, language, {word(1), word(2) + " " + word(3)});
  const std::string kind = word(0) == "scope" ? word(2) : word(0);
  for (const Wording& each : wordings) {
    if (each.kind == kind) return fill(each.phrase, language, {word(each.first), word(each.second)});
  }
  return joined(thing);
}

std::string in_words(const Effect& effect, base::Language language) {
  const std::string before =
      effect.is_shown ? value_in_words(effect.before, language) : std::string(text(Phrase::apply_hidden, language));
  return fill(Phrase::apply_change, language,
              {in_words(effect.thing, language), before, value_in_words(effect.after, language)});
}

}  // namespace farol::apply
