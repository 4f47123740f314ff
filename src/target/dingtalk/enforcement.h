// How the platform enforces a feature, as the catalogue says it: the attributes of its declaration.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "model/model.h"

namespace farol::dingtalk {

// A word of the attribute `value`: `only_admin_can_ding=1` has a key and a value, `READER` a key alone.
struct Option {
  std::string key, value;
};

struct Enforcement {
  model::KeptBy kept_by = model::KeptBy::nobody;
  std::string request;          // the kind of request; empty: none
  std::vector<Option> options;  // of `value`
  std::string menu, setting;    // empty: none
  bool menu_documented = false;
  bool organisation_only = false;         // the setting is on or off for everybody
  std::vector<model::ContextId> carries;  // sorted
  bool per_object = false;
  std::string edition;  // empty: any
  std::string source;
};
[[nodiscard]] Enforcement enforcement_of(const model::Model& model, const model::Declared& declared,
                                         model::KeptBy kept_by);

// Returns the attribute's text, word or name; an empty text if it has none.
[[nodiscard]] std::string_view word_of(const model::Declared& declared, std::string_view key);
// Returns the text of each of its values.
[[nodiscard]] std::vector<std::string_view> words_of(const model::Declared& declared, std::string_view key);

}  // namespace farol::dingtalk
