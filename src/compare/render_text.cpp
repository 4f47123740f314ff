#include "compare/page.h"

namespace farol::compare {
namespace {

constexpr std::string_view bold = "\x1b[1m", green = "\x1b[32m", red = "\x1b[31m", yellow = "\x1b[33m",
                           plain = "\x1b[0m";

// Red is what review has to look at: who may more than before.
std::string_view color_of(const std::string& mark) {
  if (mark == "+") return red;
  return mark == "-" ? green : yellow;
}

}  // namespace

std::string render_text(const Review& review, base::Language language, bool color) {
  const Page page = page_of(review, language);
  const auto painted = [&](std::string_view style, const std::string& text) {
    return color ? std::string{style} + text + std::string{plain} : text;
  };
  std::string out = painted(bold, page.title) + "\n" + page.days + "\n" + page.summary + "\n";
  for (const Section& section : page.sections) {
    out += "\n" + painted(bold, section.title) + "\n";
    for (const Item& item : section.items) {
      out += "  " + painted(color_of(item.mark), item.mark) + " " + item.text + "\n";
      for (const std::string& detail : item.details) {
        out += "      ";
        for (const char c : detail) out += c == '\n' ? std::string{"\n      "} : std::string{c};
        out += "\n";
      }
    }
  }
  return out;
}

}  // namespace farol::compare
