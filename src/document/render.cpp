#include <fmt/format.h>

#include "base/html.h"
#include "document/document.h"

namespace farol::document {
namespace {

// What Markdown would read as more than text, and what would end a cell.
std::string in_markdown(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '\n') {
      result += "<br>";
      continue;
    }
    if (c == '|' || c == '\\' || c == '*' || c == '[' || c == ']' || c == '<' || c == '>' || c == '`') result += '\\';
    result += c;
  }
  return result;
}

std::string in_html(std::string_view text) { return base::escape_html(text, "<br>"); }

// Fonts of the usual systems, the script of the language first.
std::string_view fonts(base::Language language) {
  switch (language) {
    case base::Language::zh_hant:
      return "\"Noto Sans TC\", \"Noto Sans CJK TC\", \"PingFang TC\", \"Microsoft JhengHei\", sans-serif";
    case base::Language::zh_hans:
      return "\"Noto Sans SC\", \"Noto Sans CJK SC\", \"PingFang SC\", \"Microsoft YaHei\", sans-serif";
    case base::Language::en:
    case base::Language::pt: break;
  }
  return "\"Noto Sans\", \"Segoe UI\", Helvetica, Arial, \"Noto Sans CJK TC\", sans-serif";
}

constexpr std::string_view style =
    "@page { size: A4; margin: 18mm 16mm; }\n"
    "body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; line-height: 1.5; color: #1a1a1a; }\n"
    "h1 { font-size: 1.6rem; } h2 { font-size: 1.15rem; margin-top: 2rem; break-after: avoid; }\n"
    ".lead, footer { color: #555; } footer { margin-top: 3rem; border-top: 1px solid #bbb; font-size: .85rem; }\n"
    "table { border-collapse: collapse; width: 100%; margin: .8rem 0; font-size: .88rem; }\n"
    "th, td { border: 1px solid #bbb; padding: .3rem .5rem; text-align: left; vertical-align: top; "
    "overflow-wrap: break-word; hyphens: auto; min-width: 2.6em; }\n"
    "th { word-break: keep-all; }\n"
    "thead { display: table-header-group; } th { background: #f0f0f0; } tr { break-inside: avoid; }\n"
    "@media print { body { margin: 0; max-width: none; padding: 0; font-size: 10pt; } h2 { margin-top: 1.4rem; } "
    "footer { margin-top: 1.2rem; break-before: avoid; break-inside: avoid; } }\n";

void write_row(std::string& text, const std::vector<std::string>& cells, std::string_view tag) {
  text += "<tr>";
  for (const std::string& cell : cells) text += fmt::format("<{0}>{1}</{0}>", tag, in_html(cell));
  text += "</tr>\n";
}

}  // namespace

std::string render_markdown(const Document& document) {
  std::string text = "# " + in_markdown(document.title) + "\n";
  for (const std::string& line : document.lead) text += "\n" + in_markdown(line) + "\n";
  for (const Section& section : document.sections) {
    if (!section.heading.empty()) text += "\n## " + in_markdown(section.heading) + "\n";
    for (const std::string& paragraph : section.paragraphs) text += "\n" + in_markdown(paragraph) + "\n";
    if (!section.items.empty()) text += "\n";
    for (const std::string& item : section.items) text += "- " + in_markdown(item) + "\n";
    for (const Table& table : section.tables) {
      if (table.rows.empty()) continue;
      text += "\n|";
      for (const std::string& cell : table.head) text += " " + in_markdown(cell) + " |";
      text += "\n|";
      for (std::size_t i = 0; i < table.head.size(); ++i) text += "---|";
      for (const auto& row : table.rows) {
        text += "\n|";
        for (const std::string& cell : row) text += " " + in_markdown(cell) + " |";
      }
      text += "\n";
    }
  }
  for (const std::string& line : document.foot) text += "\n" + in_markdown(line) + "\n";
  return text;
}

std::string render_html(const Document& document) {
  std::string text = fmt::format(
      "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width\">\n<title>{}</title>\n<style>\nbody {{ font-family: {}; "
      "}}\n{}</style>\n</head>\n<body>\n<h1>{}</h1>\n",
      base::tag(document.language), in_html(document.title), fonts(document.language), style, in_html(document.title));
  for (const std::string& line : document.lead) text += "<p class=\"lead\">" + in_html(line) + "</p>\n";
  for (const Section& section : document.sections) {
    text += "<section>\n";
    if (!section.heading.empty()) text += "<h2>" + in_html(section.heading) + "</h2>\n";
    for (const std::string& paragraph : section.paragraphs) text += "<p>" + in_html(paragraph) + "</p>\n";
    if (!section.items.empty()) text += "<ul>\n";
    for (const std::string& item : section.items) text += "<li>" + in_html(item) + "</li>\n";
    if (!section.items.empty()) text += "</ul>\n";
    for (const Table& table : section.tables) {
      if (table.rows.empty()) continue;
      text += "<table>\n<thead>\n";
      write_row(text, table.head, "th");
      text += "</thead>\n<tbody>\n";
      for (const auto& row : table.rows) write_row(text, row, "td");
      text += "</tbody>\n</table>\n";
    }
    text += "</section>\n";
  }
  text += "<footer>\n";
  for (const std::string& line : document.foot) text += "<p>" + in_html(line) + "</p>\n";
  return text + "</footer>\n</body>\n</html>\n";
}

}  // namespace farol::document
