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
    document::List list;
    for (const Item& item : section.items) {
      document::Item shown{{item.mark + " " + item.text}};
      for (const std::string& detail : item.details) shown.items.push_back({detail});
      list.items.push_back(std::move(shown));
    }
    document.add_section(section.title).add(std::move(list));
  }
  return document::render_html(document);
}

}  // namespace farol::compare
