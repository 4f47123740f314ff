// What the tables of fields of JSON documents share: the words of enumerations in their order, the forms of texts, and
// the names that the tables are written with.
#pragma once

#include <array>
#include <cstddef>
#include <string_view>

#include "base/json_fields.h"
#include "decide/answers.h"
#include "model/model.h"
#include "target/dingtalk/permissions_document.h"

namespace farol {

template <class Enumeration, std::size_t count>
std::array<std::string_view, count> words_by_to_string() {
  std::array<std::string_view, count> words;
  for (std::size_t i = 0; i < count; ++i) words[i] = to_string(static_cast<Enumeration>(i));
  return words;
}

namespace base {
inline std::array<std::string_view, all_languages.size()> json_words(Language) {
  std::array<std::string_view, all_languages.size()> words;
  for (std::size_t i = 0; i < words.size(); ++i) words[i] = tag(all_languages[i]);
  return words;
}
}  // namespace base

namespace model {
inline std::array<std::string_view, acts_on_count> json_words(ActsOn) {
  return words_by_to_string<ActsOn, acts_on_count>();
}
inline std::array<std::string_view, 5> json_words(KeptBy) { return words_by_to_string<KeptBy, 5>(); }
}  // namespace model

namespace decide {
inline std::array<std::string_view, 12> json_words(Shortfall) { return words_by_to_string<Shortfall, 12>(); }
}  // namespace decide

namespace dingtalk {
inline std::array<std::string_view, 3> json_words(StepKind) { return words_by_to_string<StepKind, 3>(); }
inline std::array<std::string_view, 4> json_words(Wanted::Whom) {
  return {"organisation", "everybody", "roles", "others"};
}
inline std::array<std::string_view, 2> json_words(PermissionsDocument::Effect) { return {"allow", "deny"}; }
inline std::array<std::string_view, 3> json_words(PermissionsDocument::SubjectKind) {
  return {"role", "department", "users"};
}
inline std::array<std::string_view, 2> json_words(PermissionsDocument::Confidence) { return {"documented", "low"}; }

using base::constant;
using base::field;
using base::json_object;
using base::JsonEmpty;
using base::JsonList;
using base::JsonNode;
using base::JsonReading;
using base::JsonWriter;
using Layout = JsonWriter::Layout;

inline constexpr base::JsonRules or_null{.empty = JsonEmpty::null};
inline constexpr base::JsonRules any_text_or_null{.empty = JsonEmpty::null, .text = &base::json_any_text};
inline constexpr base::JsonRules if_any{.empty = JsonEmpty::omitted};

// What the documents have in common.
constexpr auto json_fields(const PermissionsDocument::Generator*) {
  return base::json_object("generator", base::JsonWriter::Layout::line, base::constant("name", "farol"),
                           base::field("version", &PermissionsDocument::Generator::version));
}

inline constexpr base::JsonTextForm step_id_form{.name = "step_id", .pattern = "^s-[0-9a-f]{12}$"};
inline constexpr base::JsonTextForm digest_form{.pattern = "^sha256:[0-9a-f]{64}$"};
inline constexpr std::array<std::string_view, 3> edition_words{"standard", "professional", "exclusive"};
}  // namespace dingtalk

}  // namespace farol
