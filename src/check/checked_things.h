// The declared things of a model as checks see them: one order, one name space, attributes as sets of values.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/date.h"
#include "model/model.h"

namespace farol::check {

// A declared thing: a table of the model and a place in it.
struct Thing {
  enum class Table : std::uint8_t { policy, tier, object, role, feature, control, entity };
  Table table = Table::policy;
  std::uint32_t index = 0;

  auto operator<=>(const Thing&) const = default;
};

struct Word {
  std::string_view text;
  bool operator==(const Word&) const = default;
  bool operator<(const Word& other) const { return text < other.text; }
};

// What an attribute can be. Texts are views of the model.
using Item = std::variant<bool, double, base::Date, base::Duration, std::string_view, Word, Thing>;

class CheckedThings {
 public:
  // The model must outlive it.
  explicit CheckedThings(const model::Model& model);

  // Everything of a kind (`data`, `role`, `transfer` …), by name.
  [[nodiscard]] const std::vector<Thing>& of_kind(std::string_view kind) const;
  [[nodiscard]] std::optional<Thing> find(std::string_view name) const;
  [[nodiscard]] const model::Declared& declared(Thing thing) const;

  // The title in a language or the name; of a fact that has neither, what it is.
  [[nodiscard]] const std::string& label(Thing thing, std::string_view language) const;

  // The values of an attribute, one behind the other; nothing where it is left out.
  void append(Thing thing, std::string_view key, std::vector<Item>& items) const;

  // Returns true for a role that everybody in the organisation holds: one that says so (`everybody: yes`), or, where it
  // says nothing, inherits nothing itself and is inherited by more than half of the other roles.
  [[nodiscard]] bool is_everybodys(const model::Role& role) const;

  // A value; nothing where it names what is not declared.
  void append(const model::Value& value, std::vector<Item>& items) const;

 private:
  void append_regions(std::uint32_t data, std::vector<Item>& items) const;
  void append_together(const model::Entity& transfer, std::vector<Item>& items) const;
  [[nodiscard]] bool append_of_role(Thing thing, std::string_view key, std::vector<Item>& items) const;
  [[nodiscard]] bool append_derived(Thing thing, std::string_view key, std::vector<Item>& items) const;

  const model::Model& model_;
  std::map<std::string_view, std::vector<Thing>> by_kind_;
  std::map<std::string_view, Thing> by_name_;
};

// Returns true if a span of time is longer than another, however long its months are.
[[nodiscard]] bool is_longer(const base::Duration& a, const base::Duration& b);

}  // namespace farol::check
