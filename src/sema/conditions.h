// Conditions as sets of combinations of context values.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "sema/resolution.h"

namespace farol::sema {

// Reads conditions into the model, equal sets once. The first is "always".
class Conditions {
 public:
  // Reads all named ones, and the one that a question brings. Reports those that are never true, too large, or defined
  // by themselves.
  [[nodiscard]] static Conditions read_named_conditions(Resolution& resolution);

  // Nothing: something is wrong with it, and was reported here or at the condition that it names.
  [[nodiscard]] std::optional<model::ConditionId> read(const syntax::Condition& written);

 private:
  explicit Conditions(Resolution& resolution) : resolution_(resolution) {}

  struct Hash {
    std::size_t operator()(const model::Condition& condition) const;
  };

  void read_named();
  void keep_named();
  void report_cycle(const std::vector<std::uint32_t>& cycle);
  [[nodiscard]] std::optional<model::Condition> evaluate_possible(const syntax::Condition& written);
  [[nodiscard]] std::optional<model::Condition> evaluate(const syntax::Condition& written);
  [[nodiscard]] std::optional<model::Condition> evaluate_comparison(const syntax::Condition& written);
  [[nodiscard]] std::optional<model::Condition> evaluate_joined(const syntax::Condition& written);
  // Returns the number of a value in its context; nullopt if the context has none of that name.
  [[nodiscard]] std::optional<std::uint32_t> find_value(model::ContextId context, std::string_view name);
  bool report_value_alone(const syntax::Name& name);
  void report_unknown_value(const Symbol& context, const syntax::Name& value);
  bool count_combinations(std::size_t count, source::Span span);
  model::ConditionId intern(model::Condition condition);

  Resolution& resolution_;
  std::vector<std::optional<model::Condition>> named_;  // by the index of their symbol; nothing: broken
  std::unordered_map<model::Condition, model::ConditionId, Hash> ids_;
  std::vector<std::vector<std::uint32_t>> values_by_name_;  // of each context that a condition compared: by their names
  std::size_t combinations_ = 0;                            // that were looked at so far
};

}  // namespace farol::sema
