// A document as one HTML page: the style sheet is page.css, the frame of printed pages follows it.
#include <algorithm>

#include <fmt/format.h>

#include "base/html.h"
#include "document/document.h"
#include "document/escape.h"
#include "document/line_text.h"
#include "document/page.h"

namespace farol::document {
namespace {

using base::Phrase;

constexpr std::size_t widest_upright = 6;  // columns of a table on A4

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

bool has_wide_table(const Section& section) {
  const bool here = std::any_of(section.blocks.begin(), section.blocks.end(), [](const Block& block) {
    const auto* table = std::get_if<Table>(&block);
    return table != nullptr && !table->rows.empty() && table->head.size() > widest_upright;
  });
  return here || std::any_of(section.sections.begin(), section.sections.end(), has_wide_table);
}

// What every printed page has at its edges: whose it is, of which day, made from what, and which page it is.
std::string page_frame(const Document& document) {
  const Frame& frame = document.frame;
  const bool wide = std::any_of(document.sections.begin(), document.sections.end(), has_wide_table);
  std::string css = fmt::format("@page {{ size: A4{}; margin: 20mm 16mm;\n", wide ? " landscape" : "");
  const auto put = [&](std::string_view box, const std::string& text) {
    if (!text.empty()) css += fmt::format("  @{} {{ content: {}; }}\n", box, css_string(text));
  };
  put("top-left", frame.firm);
  put("top-right", document.title);
  put("bottom-left", frame.date);
  put("bottom-center", frame.digest.empty() ? "" : "SHA-256 " + frame.digest.substr(0, 16));
  return css + "  @bottom-right { content: counter(page) \" / \" counter(pages); }\n}\n";
}

std::string in_html(const Run& run) {
  std::string text = in_html(std::string_view(run.text));
  switch (run.look) {
    case Look::plain: break;
    case Look::strong: text = "<strong>" + text + "</strong>"; break;
    case Look::code: text = "<code>" + text + "</code>"; break;
    case Look::name: text = "<code class=\"name\">" + text + "</code>"; break;
  }
  if (run.link.starts_with("https://") || run.link.starts_with("http://"))
    return "<a href=\"" + base::escape_html(run.link) + "\">" + text + "</a>";
  return run.link.empty() || run.link == run.text ? text : text + " (" + base::escape_html(run.link) + ")";
}

std::string in_html(const Line& line) {
  std::string text;
  if (line.mark != Mark::unmarked)
    text = fmt::format("<span class=\"mark {}\">{}</span>", name_of(line.mark), symbol(line.mark));
  if (line.mark != Mark::unmarked && !line.runs.empty()) text += ' ';
  for (const Run& run : line.runs) text += in_html(run);
  if (line.note > 0) text += fmt::format("<sup><a href=\"#note-{0}\">{0}</a></sup>", line.note);
  return text;
}

std::string in_html(const Cell& cell) {
  std::string text;
  for (const Line& line : cell.lines) {
    if (&line != &cell.lines.front()) text += "<br>";
    text += in_html(line);
  }
  return text;
}

class HtmlRenderer {
 public:
  explicit HtmlRenderer(const Document& document) : document_(document) {}

  std::string run() {
    const std::string title = in_html(std::string_view(document_.title));
    out_ = fmt::format(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        "<title>{}</title>\n<style>\n{}body {{ font-family: {}; }}\n{}</style>\n</head>\n<body>\n"
        "<header>\n{}",
        base::tag(document_.language), base::escape_html(document_.title), page_style(), fonts(document_.language),
        page_frame(document_), title.empty() ? "" : "<h1>" + title + "</h1>\n");
    for (const Line& line : document_.lead) write_block(line);
    out_ += "</header>\n<main>\n";
    for (const Section& section : document_.sections) write_section(section, 2);
    out_ += "</main>\n";
    write_foot();
    return out_ + "</body>\n</html>\n";
  }

 private:
  void write_foot() {
    if (document_.foot.empty() && document_.frame.digest.empty()) return;
    out_ += "<footer>\n";
    for (const Line& line : document_.foot) write_block(line);
    if (!document_.frame.digest.empty()) {
      const std::string_view name = base::text(Phrase::report_digest, document_.language);
      write_block(
          Line(base::fill(Phrase::pair, document_.language, {name, ""})).add(document_.frame.digest, Look::code));
    }
    out_ += "</footer>\n";
  }

  void write_section(const Section& section, std::size_t level) {
    out_ += section.card ? "<section class=\"card\"" : "<section";
    if (!section.id.empty()) out_ += " id=\"" + base::escape_html(section.id) + "\"";
    out_ += ">\n";
    if (!section.heading.empty())
      out_ += fmt::format("<h{0}>{1}</h{0}>\n", std::min<std::size_t>(level, 6), in_html(section.heading));
    for (const Block& block : section.blocks) std::visit([&](const auto& each) { write_block(each); }, block);
    for (const Section& inner : section.sections) write_section(inner, level + 1);
    out_ += "</section>\n";
  }

  void write_block(const Line& line) { out_ += "<p>" + in_html(line) + "</p>\n"; }

  void write_block(const List& list) {
    const bool numbered = list.kind != List::Kind::bullets;
    write_items(list.items, numbered ? "ol" : "ul", list.kind == List::Kind::notes);
  }

  void write_items(const std::vector<Item>& items, std::string_view tag, bool notes) {
    if (items.empty()) return;
    const bool marked =
        std::any_of(items.begin(), items.end(), [](const Item& item) { return item.line.mark != Mark::unmarked; });
    out_ += fmt::format("<{}{}>\n", tag, marked ? " class=\"marked\"" : "");
    for (std::size_t i = 0; i < items.size(); ++i) {
      out_ += notes ? fmt::format("<li id=\"note-{}\">", i + 1) : "<li>";
      out_ += in_html(items[i].line);
      if (!items[i].items.empty()) {
        out_ += '\n';
        write_items(items[i].items, "ul", false);
      }
      out_ += "</li>\n";
    }
    out_ += fmt::format("</{}>\n", tag);
  }

  void write_block(const Fields& fields) {
    if (fields.empty()) return;
    out_ += "<table class=\"fields\">\n";
    write_fields(fields, "");
    out_ += "</table>\n";
  }

  void write_fields(const Fields& fields, std::string_view attributes) {
    for (const Field& field : fields) {
      out_ += fmt::format("<tr{}><th scope=\"row\">{}</th><td>{}</td></tr>\n", attributes,
                          in_html(std::string_view(field.name)), in_html(field.value));
      write_fields(field.fields, " class=\"below\"");
    }
  }

  void write_block(const Signature& signature) {
    const Mark mark = signature.done ? Mark::done : Mark::open;
    out_ += "<p class=\"signature\"><span>" + in_html(Line(mark, signature.label)) + "</span>";
    for (const Field& field : signature.fields) {
      out_ +=
          fmt::format("<span class=\"line\">{} {}</span>", in_html(std::string_view(field.name)), in_html(field.value));
    }
    out_ += "</p>\n";
  }

  void write_block(const Table& table) {
    if (table.rows.empty()) return;
    out_ += table.counts ? "<table class=\"counts\">\n" : "<table>\n";
    if (!is_headless(table)) {
      out_ += "<thead>\n";
      write_row(table.head, "th");
      out_ += "</thead>\n";
    }
    out_ += "<tbody>\n";
    for (const auto& row : table.rows) {
      if (is_in_words(table, row)) {
        out_ += fmt::format("<tr><td>{}</td><td colspan=\"{}\">{}</td></tr>\n", in_html(row[0]), row.size() - 1,
                            in_html(row[1]));
      } else {
        write_row(row, "td");
      }
    }
    out_ += "</tbody>\n</table>\n";
  }

  void write_row(const std::vector<Cell>& cells, std::string_view tag) {
    out_ += "<tr>";
    for (const Cell& cell : cells) out_ += fmt::format("<{0}>{1}</{0}>", tag, in_html(cell));
    out_ += "</tr>\n";
  }

  const Document& document_;
  std::string out_;
};

}  // namespace

std::string render_html(const Document& document) { return HtmlRenderer{document}.run(); }

}  // namespace farol::document
