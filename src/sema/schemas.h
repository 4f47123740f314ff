// Which attributes each kind of block has, and the type of each: data, read by read_attributes and read_facts.
#pragma once

#include <span>
#include <string_view>

#include "sema/resolution.h"

namespace farol::sema {

enum class Type : std::uint8_t {
  text,    // in quotes, and per language: `title.zh-Hant`
  string,  // in quotes
  number,
  date,
  duration,
  yes_no,
  word,            // of a closed list
  name,            // of a declared thing
  name_or_string,  // of a declared thing, or in words
  old_name,        // of something that is not declared any more
};

struct AttributeSchema {
  std::string_view key;
  Type type = Type::text;
  bool list = false;
  std::span<const std::string_view> words = {};  // of `word`
  Wanted wanted = {};                            // of `name` and `name_or_string`
};

struct BlockSchema {
  std::string_view kind;  // the word before the block: `role`, `transfer`
  std::span<const AttributeSchema> attributes;
};

// Of `policy`, `context`, and everything that Declaration::Kind counts.
[[nodiscard]] const BlockSchema& schema_of(std::string_view declared_kind);
// Of the facts that packs ask for. `severity` is not among them: its keys are names of findings.
[[nodiscard]] std::span<const BlockSchema> fact_schemas();

[[nodiscard]] bool is_fact_kind(std::string_view kind);  // `severity` too

// The languages that titles and reasons can be in.
[[nodiscard]] std::span<const std::string_view> languages();

}  // namespace farol::sema
