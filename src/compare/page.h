// A review as a page, of whatever length is wanted.
#pragma once

#include <cstddef>
#include <cstdint>

#include "compare/review.h"
#include "document/document.h"

namespace farol::compare {

struct PageOptions {
  Extent extent = Extent::whole;
  std::size_t sentences = SIZE_MAX;  // about permissions; what is left out is counted
  std::size_t items = SIZE_MAX;      // of each list, and below each item
  std::size_t text = SIZE_MAX;       // bytes of each text
  bool cards = false;                // for a browser: each statement with what follows from it
};
[[nodiscard]] document::Document page_of(const Review& review, base::Language language, const PageOptions& options);

}  // namespace farol::compare
