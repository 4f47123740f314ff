// What a reply says where the call was not done.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "target/dingtalk/json_tree.h"
#include "target/dingtalk/tenant.h"

namespace farol::dingtalk {

// What an answer says where the call was not done, whatever its status; nullopt if it says that it was. Where it names
// permission codes, they are the second detail.
[[nodiscard]] std::optional<Note> refusal_in(const Node& answer);

// Returns the codes in a text such as `"requiredScopes":["Contact.Org.Read"]`, which may be JSON inside of a text.
[[nodiscard]] std::vector<std::string> scopes_in(std::string_view text);
// The note with its reason, or one that has the permission codes too.
[[nodiscard]] Note with_scopes(base::Phrase phrase, std::string why, const std::vector<std::string>& scopes);

}  // namespace farol::dingtalk
