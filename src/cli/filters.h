// Options that narrow an answer to what they name.
#pragma once

#include <algorithm>
#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "cli/parse.h"

namespace farol::cli {

template <class Id>
void add(std::vector<Id>& ids, Id id) {
  ids.push_back(id);
}
template <class Id>
void add(std::vector<Id>& ids, const std::vector<Id>& more) {
  ids.insert(ids.end(), more.begin(), more.end());
}

// What the names of an option stand for, in `ids`; else what is wrong with one of them.
template <class Id, class LookUp>
std::optional<UsageError> collect(const Request& request, OptionId option, LookUp look_up, std::vector<Id>& ids) {
  for (const std::string& name : request.names(option)) {
    auto found = look_up(name);
    if (auto* error = std::get_if<UsageError>(&found)) return std::move(*error);
    add(ids, std::get<0>(found));
  }
  std::sort(ids.begin(), ids.end());
  ids.erase(std::unique(ids.begin(), ids.end()), ids.end());
  return std::nullopt;
}

}  // namespace farol::cli
