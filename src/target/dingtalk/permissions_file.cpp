#include "target/dingtalk/permissions_file.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "target/dingtalk/former_permissions.h"

namespace farol::dingtalk {

std::variant<PermissionsFile, NotPermissions> read_permissions_file(std::string_view text, base::Language language) {
  const auto tree = base::read_json_tree(text);
  if (const auto* fault = std::get_if<base::JsonFault>(&tree)) {
    const std::string_view before = text.substr(0, fault->offset);
    const auto line = 1 + std::count(before.begin(), before.end(), '\n');
    return NotPermissions{
        {fmt::format("not a JSON document that `farol compile` writes: line {}: {}", line, fault->reason)}};
  }
  const auto& root = std::get<base::JsonNode>(tree);
  const base::JsonNode* schema = root.find("schema");
  if (schema != nullptr && schema->text == former_permissions_schema) return read_former_permissions(root, language);
  if (schema == nullptr || schema->text != permissions_schema)
    return NotPermissions{
        {fmt::format("`schema` is neither `{}` nor `{}`: not a permissions.json of this version or "
                     "the former one",
                     permissions_schema, former_permissions_schema)}};
  auto read = read_permissions(root);
  if (auto* wrong = std::get_if<NotPermissions>(&read)) return std::move(*wrong);
  return PermissionsFile{std::get<PermissionsDocument>(std::move(read)), std::nullopt};
}

}  // namespace farol::dingtalk
