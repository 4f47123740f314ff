// Blocks and texts, checked against what their kind may hold.
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "sema/schemas.h"

namespace farol::sema {

struct CheckedBlock {
  std::vector<model::Attribute> attributes;  // those that are right, sorted by key and language
  std::vector<std::string_view> wrong;       // the keys about which something was reported, or that may have been meant

  [[nodiscard]] const model::Attribute* find(std::string_view key) const;
  [[nodiscard]] bool is_wrong(std::string_view key) const;
  // The texts of a key in all languages.
  [[nodiscard]] model::Localized localized(std::string_view key) const;
};

// Reports bad-attribute, duplicate-name and unknown-name. `more` holds keys beyond those of the schema.
[[nodiscard]] CheckedBlock check_block(Resolution& resolution, const BlockSchema& schema, const syntax::Block* block,
                                       std::span<const AttributeSchema> more = {});

// A reason in several languages, each once. Reports languages that are not known.
[[nodiscard]] model::Localized read_reasons(Resolution& resolution, const syntax::LocalizedStrings& texts);

}  // namespace farol::sema
