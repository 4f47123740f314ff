// How the tables of schemas are written: one call for each attribute.
#pragma once

#include "sema/schemas.h"

namespace farol::sema {

constexpr AttributeSchema text(std::string_view key) { return {key, Type::text}; }
constexpr AttributeSchema string(std::string_view key) { return {key, Type::string}; }
constexpr AttributeSchema number(std::string_view key) { return {key, Type::number}; }
constexpr AttributeSchema date(std::string_view key) { return {key, Type::date}; }
constexpr AttributeSchema duration(std::string_view key) { return {key, Type::duration}; }
constexpr AttributeSchema yes_no(std::string_view key) { return {key, Type::yes_no}; }
constexpr AttributeSchema old_name(std::string_view key) { return {key, Type::old_name}; }
constexpr AttributeSchema word(std::string_view key, std::span<const std::string_view> words) {
  return {key, Type::word, false, words};
}
constexpr AttributeSchema name(std::string_view key, Wanted wanted) { return {key, Type::name, false, {}, wanted}; }
constexpr AttributeSchema name_or_string(std::string_view key, Wanted wanted) {
  return {key, Type::name_or_string, false, {}, wanted};
}
constexpr AttributeSchema list(AttributeSchema schema) {
  schema.list = true;
  return schema;
}
constexpr Wanted fact(std::string_view kind) { return {kinds(Kind::fact), kind, kind}; }

using Words = std::string_view[];

// Section 4 of the compliance vocabulary: where things are.
inline constexpr Words regions = {"MO", "HK", "CN-GBA9", "CN-other", "TW", "SG", "EU", "US", "other", "unknown"};

// From when on a period of retention counts, and what happens at its end.
inline constexpr Words retention_starts = {"collection",        "last_use",         "last_contact",   "end_of_contract",
                                           "end_of_employment", "end_of_treatment", "end_of_purpose", "closing"};
inline constexpr Words retention_ends = {"delete", "anonymise", "pseudonymise", "archive", "return", "review"};

}  // namespace farol::sema
