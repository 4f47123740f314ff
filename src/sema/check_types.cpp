#include "sema/check_types.h"

#include <algorithm>

#include "diag/messages_sema.h"
#include "sema/schema_types.h"

namespace farol::sema {
namespace {

struct KindName {
  std::string_view name;
  Kind kind;
};
constexpr KindName declared_kinds[] = {
    {"tier", Kind::tier},       {"data", Kind::data},   {"app", Kind::app},
    {"group", Kind::group},     {"place", Kind::place}, {"department", Kind::department},
    {"store", Kind::store},     {"role", Kind::role},   {"feature", Kind::feature},
    {"control", Kind::control},
};

// What needs no block.
constexpr AttributeSchema of_all[] = {string("name"), text("title")};
constexpr AttributeSchema of_data[] = {name("tier", wanted::tier), yes_no("personal"), list(word("regions", regions))};
constexpr AttributeSchema of_policy[] = {list(string("packs"))};
constexpr AttributeSchema of_role[] = {list(name("inherits", wanted::role)), yes_no("everybody")};
constexpr AttributeSchema of_metadata[] = {number("items")};
constexpr AttributeSchema of_transfer[] = {number("together")};
constexpr AttributeSchema of_feature[] = {yes_no("governed")};

std::span<const AttributeSchema> given(std::string_view kind) {
  if (kind == "data") return of_data;
  if (kind == "role") return of_role;
  if (kind == "feature") return of_feature;
  if (kind == "metadata") return of_metadata;
  if (kind == "policy") return of_policy;
  if (kind == "transfer") return of_transfer;
  return {};
}

std::span<const AttributeSchema> written(std::string_view kind) {
  if (kind == "tier") return {};
  for (const BlockSchema& fact : fact_schemas()) {
    if (fact.kind == kind) return fact.attributes;
  }
  return schema_of(kind).attributes;
}

}  // namespace

const std::vector<std::string_view>& thing_kinds() {
  static const std::vector<std::string_view> kinds = [] {
    std::vector<std::string_view> all = {"policy"};
    for (const KindName& each : declared_kinds) all.push_back(each.name);
    for (const BlockSchema& fact : fact_schemas()) all.push_back(fact.kind);
    return all;
  }();
  return kinds;
}

bool is_derived(std::string_view kind, std::string_view key) {
  const auto all = given(kind);
  return std::any_of(all.begin(), all.end(), [&](const AttributeSchema& each) { return each.key == key; });
}

std::optional<AttributeSchema> attribute_of(std::string_view kind, std::string_view key) {
  for (const std::span<const AttributeSchema> each :
       {std::span<const AttributeSchema>(of_all), given(kind), written(kind)}) {
    const auto found = std::find_if(each.begin(), each.end(), [&](const auto& known) { return known.key == key; });
    if (found != each.end()) return *found;
  }
  return std::nullopt;
}

std::vector<std::string_view> attributes_of(std::string_view kind) {
  std::vector<std::string_view> keys;
  for (const std::span<const AttributeSchema> each :
       {std::span<const AttributeSchema>(of_all), given(kind), written(kind)}) {
    for (const AttributeSchema& known : each) {
      if (std::find(keys.begin(), keys.end(), known.key) == keys.end()) keys.push_back(known.key);
    }
  }
  return keys;
}

std::vector<std::string_view> kinds_of(const Wanted& wanted) {
  std::vector<std::string_view> all;
  for (const KindName& each : declared_kinds) {
    if ((wanted.kinds & kinds(each.kind)) != 0) all.push_back(each.name);
  }
  if ((wanted.kinds & kinds(Kind::fact)) != 0 && !wanted.fact_kind.empty()) all.push_back(wanted.fact_kind);
  return all;
}

Wanted wanted_of(std::string_view kind) {
  for (const KindName& each : declared_kinds) {
    if (each.name == kind) return {kinds(each.kind), noun(each.kind), {}};
  }
  return fact(kind);
}

diag::Text in_words(const AttributeSchema& type) {
  switch (type.type) {
    case Type::text:
    case Type::string: return message::a_text();
    case Type::number: return message::a_number();
    case Type::date: return message::a_date();
    case Type::duration: return message::a_duration();
    case Type::yes_no: return message::yes_or_no();
    case Type::word: return message::one_of({type.words.begin(), type.words.end()});
    case Type::name: return message::a_kind(std::string{type.wanted.noun});
    case Type::name_or_string: return message::kind_or_text(std::string{type.wanted.noun});
    case Type::old_name: return message::a_name();
  }
  return {};
}

}  // namespace farol::sema
