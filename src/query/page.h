// The parts of the matrix page that are the same for every policy: src/query/page.
#pragma once

#include <span>
#include <string_view>

namespace farol::query {

struct PagePart {
  std::string_view name;  // `matrix.css`
  std::string_view text;
};
[[nodiscard]] std::span<const PagePart> page_parts();

}  // namespace farol::query
