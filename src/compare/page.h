// What a review says, in one language, before it has a form.
#pragma once

#include <string>
#include <vector>

#include "compare/review.h"

namespace farol::compare {

struct Item {
  std::string mark;  // `+`, `-` or `~`
  std::string text;
  std::vector<std::string> details;  // below it: the statements behind it
};

struct Section {
  std::string title;
  std::vector<Item> items;
};

struct Page {
  std::string title;
  std::string days;               // "As of 2026-11-24"
  std::string summary;            // "2 wider, 1 narrower"
  std::vector<Section> sections;  // none is empty
};

[[nodiscard]] Page page_of(const Review& review, base::Language language);

}  // namespace farol::compare
