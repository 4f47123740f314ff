// The parts of the pages of the matrix and of the roles that are the same for every policy: src/query/page.
#pragma once

#include <initializer_list>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace farol::query {

struct PagePart {
  std::string_view name;  // `matrix.css`
  std::string_view text;
};
[[nodiscard]] std::span<const PagePart> page_parts();
[[nodiscard]] std::string_view page_part(std::string_view name);
// A page from its parts: each mark such as `@TITLE@` is replaced by its text, once, in this order.
[[nodiscard]] std::string filled_page(std::string_view name,
                                      std::initializer_list<std::pair<std::string_view, std::string_view>> texts);
// Nothing in it can end the element that holds it.
[[nodiscard]] std::string json_for_page(std::string_view json);

}  // namespace farol::query
