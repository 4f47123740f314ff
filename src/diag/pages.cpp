#include "diag/pages.h"

#include <algorithm>

namespace farol::diag {

std::string_view page_of(Code code) {
  const auto pages = all_pages();
  const auto found =
      std::find_if(pages.begin(), pages.end(), [&](const Page& page) { return page.name == info(code).number; });
  return found == pages.end() ? std::string_view{} : found->text;
}

}  // namespace farol::diag
