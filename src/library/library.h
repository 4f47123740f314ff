// The libraries and packs inside the binary: src/library/*.farol and src/library/packs/*.farol. The build parses them
// (see syntax/stored_tree.h), so the program neither parses nor copies one that it is not asked for.
#pragma once

#include <span>
#include <string_view>

namespace farol::library {

struct Embedded {
  std::string_view name;    // of the file without its ending: `dingtalk`
  std::string_view newest;  // the newest version that an entry has; empty if none has one
  std::string_view text;
  std::string_view tree;  // for `syntax::read_tree`
};
[[nodiscard]] std::span<const Embedded> all();    // `use NAME`
[[nodiscard]] std::span<const Embedded> packs();  // `use pack NAME`

}  // namespace farol::library
