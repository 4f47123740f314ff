#include "base/phrases.h"
#include "compare/markdown.h"
#include "compare/page.h"

namespace farol::compare {
namespace {

// A section with more items than these is folded, but for its first ones.
constexpr std::size_t most_items = 10;

void append(std::string& out, const Item& item) {
  out += "- `" + item.mark + "` " + escape_markdown(item.text) + "\n";
  for (const std::string& detail : item.details) out += "  - " + escape_markdown(detail) + "\n";
}

}  // namespace

std::string escape_markdown(std::string_view text) {
  std::string result;
  for (const char c : text) {
    switch (c) {
      case '\n': result += "<br>"; break;
      case '&': result += "&amp;"; break;
      case '<': result += "&lt;"; break;
      case '>': result += "&gt;"; break;
      case '\\':
      case '`':
      case '*':
      case '_':
      case '[':
      case ']':
      case '|':
      case '~':
      case '@':  // would call somebody
      case '#':  // would name an issue
      case '$':
        result += '\\';
        result += c;
        break;
      default: result += c;
    }
  }
  return result;
}

std::string render_markdown(const Review& review, base::Language language) {
  const Page page = page_of(review, language);
  std::string out = "## " + escape_markdown(page.title) + "\n\n" + escape_markdown(page.summary) + "  \n" +
                    escape_markdown(page.days) + "\n";
  for (const Section& section : page.sections) {
    out += "\n### " + escape_markdown(section.title) + "\n\n";
    const bool long_one = section.items.size() > most_items;
    for (std::size_t i = 0; i < section.items.size(); ++i) {
      if (long_one && i == most_items) {
        const std::string more = std::to_string(section.items.size() - most_items);
        out += "\n<details><summary>" + base::fill(base::Phrase::diff_more, language, {more}) + "</summary>\n\n";
      }
      append(out, section.items[i]);
    }
    if (long_one) out += "\n</details>\n";
  }
  return out;
}

}  // namespace farol::compare
