#include "apply/words.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

namespace farol::apply {

using base::Phrase;

namespace {

enum class Of : std::uint8_t { nothing, role, department, thing };

// The words of a thing that fill the phrase, by their places, and what each is the id of.
struct Wording {
  std::string_view kind;
  Phrase phrase;
  std::size_t first, second;
  Of of_first = Of::nothing, of_second = Of::nothing;
};
constexpr std::array wordings = {
    Wording{"role_group", Phrase::apply_role_group, 1, 1},
    Wording{"role", Phrase::apply_role, 1, 1},
    Wording{"role_name", Phrase::apply_role_name, 1, 1, Of::role},
    Wording{"member", Phrase::apply_member, 1, 2, Of::role},
    Wording{"manages", Phrase::apply_manages, 1, 2, Of::role},
    Wording{"rule", Phrase::apply_rule, 2, 2},
    Wording{"executive", Phrase::apply_executive, 1, 1},
    Wording{"inheritance", Phrase::apply_inheritance, 1, 1, Of::thing},
    Wording{"roleIds", Phrase::apply_scope_role, 1, 3, Of::thing, Of::role},
    Wording{"deptIds", Phrase::apply_scope_department, 1, 3, Of::thing, Of::department},
    Wording{"userIds", Phrase::apply_scope_person, 1, 3, Of::thing},
    Wording{"administrators_only", Phrase::apply_scope_administrators, 1, 1, Of::thing},
    Wording{"switch", Phrase::apply_switch, 2, 3, Of::thing},
    Wording{"department", Phrase::apply_switch, 1, 2, Of::department},
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

class Words {
 public:
  Words(base::Language language, const Names& names) : language_(language), names_(names) {}

  std::string of(const Thing& thing) const {
    const auto word = [&](std::size_t at) { return at < thing.size() ? thing[at] : std::string{}; };
    if (word(0) == "grant") {
      const Of of = word(2) == "DEPT" ? Of::department : Of::nothing;
      return fill(Phrase::apply_grant, language_, {named(word(1), Of::thing), word(2) + " " + named(word(3), of)});
    }
    const std::string kind = word(0) == "scope" ? word(2) : word(0);
    for (const Wording& each : wordings) {
      if (each.kind != kind) continue;
      return fill(each.phrase, language_,
                  {named(word(each.first), each.of_first), named(word(each.second), each.of_second)});
    }
    return joined(thing);
  }

 private:
  // `20001 (Staff)`. A role that the tenant does not have yet has only a name.
  [[nodiscard]] std::string named(const std::string& id, Of of) const {
    constexpr std::string_view not_made = "role.";
    if (of == Of::role && id.starts_with(not_made)) {
      const auto found = names_.roles.find(id);
      return found == names_.roles.end() ? id.substr(not_made.size()) : found->second;
    }
    const auto& all = of == Of::role ? names_.roles : of == Of::department ? names_.departments : names_.things;
    const auto found = of == Of::nothing ? all.end() : all.find(id);
    if (found == all.end() || found->second == id) return id;
    return fill(Phrase::name_in_brackets, language_, {id, found->second});
  }

  base::Language language_;
  const Names& names_;
};

}  // namespace

Names names_of(const State& state, base::Language language) {
  Names names;
  const std::string_view in = base::tag(language);
  for (const model::Role& role : state.model.roles) names.roles["role." + role.name] = role.label({});
  for (const auto& [thing, fact] : state.facts) {
    if (thing.front() == "role_name") names.roles[thing[1]] = fact.at("");
  }
  if (state.live.departments.value) {
    for (const auto& department : *state.live.departments.value) names.departments[department.id] = department.name;
  }
  std::map<std::string_view, const model::Declared*> declared;
  for (const model::Entity& entity : state.model.entities) {
    if (entity.kind == "store") declared[entity.name] = &entity;
  }
  for (const model::Object& object : state.model.objects) declared[object.name] = &object;
  for (const model::Binding& binding : state.model.bindings) {
    const bool is_thing = binding.kind == "store" || binding.kind == "data" || binding.kind == "app" ||
                          binding.kind == "group" || binding.kind == "place";
    const auto found = declared.find(binding.name);
    if (is_thing && found != declared.end()) names.things[binding.id] = found->second->label(in);
  }
  return names;
}

std::string in_words(const Thing& thing, base::Language language, const Names& names) {
  return Words{language, names}.of(thing);
}

std::string in_words(const Effect& effect, base::Language language, const Names& names) {
  const std::string before =
      effect.is_shown ? value_in_words(effect.before, language) : std::string(text(Phrase::apply_hidden, language));
  return fill(Phrase::apply_change, language,
              {in_words(effect.thing, language, names), before, value_in_words(effect.after, language)});
}

}  // namespace farol::apply
