// What `init` writes: the worked examples and the small first policy, as they were when farol was built.
#pragma once

#include <span>
#include <string_view>

namespace farol::cli {

struct Starter {
  std::string_view name;  // of the file without its ending, from its folder on: `library/cafe/cafe`
  std::string_view text;
};
[[nodiscard]] std::span<const Starter> examples();
// By language tag: `zh-Hant`.
[[nodiscard]] std::span<const Starter> first_policies();
// What `init --git` writes, by path in the repository of farol: `examples/version-control/.gitattributes`.
[[nodiscard]] std::span<const Starter> version_control();

}  // namespace farol::cli
