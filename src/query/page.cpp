#include "query/page.h"

#include <algorithm>

namespace farol::query {

std::string_view page_part(std::string_view name) {
  const auto parts = page_parts();
  return std::find_if(parts.begin(), parts.end(), [&](const PagePart& each) { return each.name == name; })->text;
}

std::string filled_page(std::string_view name,
                        std::initializer_list<std::pair<std::string_view, std::string_view>> texts) {
  std::string page{page_part(name)};
  std::size_t at = 0;
  for (const auto& [mark, text] : texts) {
    at = page.find(mark, at);
    page.replace(at, mark.size(), text);
    at += text.size();
  }
  return page;
}

std::string json_for_page(std::string_view json) {
  std::string safe;
  for (const char c : json) c == '<' ? safe += "\\u003c" : safe += c;
  return safe;
}

}  // namespace farol::query
