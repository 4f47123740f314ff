#include <algorithm>

#include "base/phrases.h"
#include "compare/page.h"
#include "document/document.h"

namespace farol::compare {

std::string render_html(const Review& review, base::Language language) {
  const Page page = page_of(review, language);
  document::Document document;
  document.language = language;
  document.title = page.title;
  document.lead = {page.days, page.summary};
  for (const Section& section : page.sections) {
    document.sections.push_back({section.title, {}, {}, {}});
    document::Section& shown = document.sections.back();
    const bool has_reasons =
        std::any_of(section.items.begin(), section.items.end(), [](const Item& item) { return !item.details.empty(); });
    if (!has_reasons) {
      for (const Item& item : section.items) shown.items.push_back(item.mark + " " + item.text);
      continue;
    }
    document::Table table{{"", std::string{base::text(base::Phrase::diff_column_what, language)},
                           std::string{base::text(base::Phrase::diff_column_why, language)}},
                          {}};
    for (const Item& item : section.items) {
      std::string details;
      for (const std::string& detail : item.details) details += (details.empty() ? "" : "\n") + detail;
      table.rows.push_back({item.mark, item.text, details});
    }
    shown.tables.push_back(std::move(table));
  }
  return document::render_html(document);
}

}  // namespace farol::compare
