// A paper before it has a form: headings, paragraphs, lists and tables.
#pragma once

#include <string>
#include <vector>

#include "base/phrases.h"

namespace farol::document {

struct Table {
  std::vector<std::string> head;
  std::vector<std::vector<std::string>> rows;  // each as long as the head
};

struct Section {
  std::string heading;                  // empty: none
  std::vector<std::string> paragraphs;  // first
  std::vector<std::string> items;       // then a list
  std::vector<Table> tables;            // then tables; one without rows is left out
};

struct Document {
  base::Language language = base::Language::en;
  std::string title;
  std::vector<std::string> lead;  // under the title: whose, of which day
  std::vector<Section> sections;
  std::vector<std::string> foot;
};

[[nodiscard]] std::string render_markdown(const Document& document);
// One file that needs no network, for the screen and for print on A4.
[[nodiscard]] std::string render_html(const Document& document);

}  // namespace farol::document
