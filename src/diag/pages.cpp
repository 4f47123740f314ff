#include "diag/pages.h"

#include <algorithm>

namespace farol::diag {

std::string_view page_of(Code code) {
  const auto pages = all_pages();
  const auto found =
      std::find_if(pages.begin(), pages.end(), [&](const Page& page) { return page.name == info(code).number; });
  return found == pages.end() ? std::string_view{} : found->text;
}

std::string explained_by(std::string_view code_or_check) { return "farol explain " + std::string(code_or_check); }

std::string description(Code code) {
  std::string_view page = page_of(code);
  page.remove_prefix(std::min(page.size(), page.find("\n\n") + 2));
  std::string text{page.substr(0, page.find("\n\n"))};
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

}  // namespace farol::diag
