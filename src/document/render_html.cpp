// A document as one HTML page: the style sheet is page.css, the frame of printed pages follows it; the script is
// page.js, which only pages with something to choose, to open or to sign have.
#include <algorithm>

#include <fmt/format.h>

#include "base/html.h"
#include "base/json_writer.h"
#include "base/page_phrases.h"
#include "document/document.h"
#include "document/escape.h"
#include "document/line_text.h"
#include "document/page.h"

namespace farol::document {
namespace {

using base::Phrase;

constexpr std::size_t widest_upright = 6;  // columns of a table on A4

void append_as_html(std::string& html, std::string_view text) { base::append_html(html, text, "<br>"); }

bool has_wide_table(const Section& section) {
  const bool here = std::any_of(section.blocks.begin(), section.blocks.end(), [](const Block& block) {
    const auto* table = std::get_if<Table>(&block);
    return table != nullptr && !table->rows.empty() && table->head.size() > widest_upright;
  });
  return here || std::any_of(section.sections.begin(), section.sections.end(), has_wide_table);
}

void append_as_html(std::string& html, const Run& run) {
  const bool leads_there = run.link.starts_with("https://") || run.link.starts_with("http://") ||
                           run.link.starts_with('#') || run.link.starts_with("./");
  if (leads_there) {
    html += "<a href=\"";
    base::append_html(html, run.link);
    html += "\">";
  }
  // In the order of `Look`.
  constexpr std::string_view begins[] = {"", "<strong>", "<code>", "<code class=\"name\">"};
  constexpr std::string_view ends[] = {"", "</strong>", "</code>", "</code>"};
  const auto look = static_cast<std::size_t>(run.look);
  html += begins[look];
  append_as_html(html, std::string_view(run.text));
  html += ends[look];
  if (leads_there) {
    html += "</a>";
  } else if (!run.link.empty() && run.link != run.text) {
    html += " (";
    base::append_html(html, run.link);
    html += ')';
  }
}

void append_as_html(std::string& html, const Line& line) {
  if (line.mark != Mark::unmarked)
    html.append("<span class=\"mark ").append(name_of(line.mark)).append("\">").append(symbol(line.mark)) += "</span>";
  if (line.mark != Mark::unmarked && !line.runs.empty()) html += ' ';
  for (const Run& run : line.runs) append_as_html(html, run);
  if (line.note > 0) html += fmt::format("<sup><a href=\"#note-{0}\">{0}</a></sup>", line.note);
}

void append_as_html(std::string& html, const Cell& cell) {
  std::string text;
  for (const Line& line : cell.lines) {
    if (&line != &cell.lines.front()) text += "<br>";
    append_as_html(text, line);
  }
  html += with_whole_days(text);
}

template <class Part>
std::string in_html(const Part& part) {
  std::string html;
  append_as_html(html, part);
  return html;
}

bool has_fold(const Section& section) {
  return !section.fold.empty() || std::any_of(section.sections.begin(), section.sections.end(), has_fold);
}

// Nothing in it can end the element that holds it.
std::string json_in_html(std::string_view json) {
  std::string safe;
  for (const char c : json) c == '<' ? safe += "\\u003c" : safe += c;
  return safe;
}

class HtmlRenderer {
 public:
  HtmlRenderer(const Document& document, const Page& page) : document_(document), page_(page) {}

  std::string run() {
    write_head();
    out_ += page_.kind.empty() ? "<main>\n" : "<main class=\"" + page_.kind + "\">\n";
    write_choices();
    if (page_.timeline) write_timeline(*page_.timeline);
    write_contents();
    for (std::size_t i = 0; i < document_.sections.size(); ++i)
      write_section(document_.sections[i], 2, "part-" + std::to_string(i + 1));
    out_ += "</main>\n";
    write_foot();
    if (has_script()) {
      if (!page_.markdown.empty()) write_data("markdown", in_json(page_.markdown));
      if (signs()) write_data("records", records());
      out_ += fmt::format("<script>{}</script>\n", page_script());
    }
    return out_ + "</body>\n</html>\n";
  }

 private:
  [[nodiscard]] bool signs() const { return !page_.signed_file.empty(); }
  [[nodiscard]] bool has_choices() const { return !page_.counts.empty() || !page_.markdown.empty() || signs(); }
  [[nodiscard]] bool has_script() const {
    return has_choices() || std::any_of(document_.sections.begin(), document_.sections.end(), has_fold);
  }
  [[nodiscard]] std::string say(Phrase phrase) const { return in_html(base::text(phrase, document_.language)); }

  void write_head() {
    const bool wide = std::any_of(document_.sections.begin(), document_.sections.end(), has_wide_table);
    const std::string style = "\n" + std::string(page_style()) + page_frame(document_.title, document_.frame, wide);
    out_ = fmt::format(
        "<!doctype html>\n<html lang=\"{}\">\n<head>\n<meta charset=\"utf-8\">\n"
        "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
        "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n"
        "<title>{}</title>\n<link rel=\"icon\" href=\"data:,\">\n<style>{}</style>\n</head>\n<body>\n"
        "<header class=\"head\">\n",
        base::tag(document_.language), security_policy(style, has_script() ? page_script() : ""),
        base::escape_html(document_.title), style);
    if (!document_.title.empty()) out_ += "<h1>" + in_html(std::string_view(document_.title)) + "</h1>\n";
    for (const Line& line : document_.lead) write_block(line);
    out_ += "</header>\n";
  }

  // The counts, and what can be done on the page. What needs the script is hidden until it runs.
  void write_choices() {
    if (!has_choices()) return;
    out_ += "<div class=\"choices screen\">\n";
    for (const Count& count : page_.counts) {
      const std::string sign = fmt::format("<span class=\"mark {}\" aria-hidden=\"true\">{}</span>",
                                           name_of(count.mark), symbol(count.mark));
      const std::string text = (count.mark == Mark::unmarked ? "" : sign) + in_html(std::string_view(count.text));
      if (!count.section.empty()) {
        out_ += fmt::format("<a class=\"{}\" href=\"#{}\">{}</a>\n", name_of(count.mark),
                            base::escape_html(count.section), text);
      } else {
        out_ += fmt::format(
            "<button type=\"button\" class=\"needs-script {0}\" data-mark=\"{0}\" aria-pressed=\"false\" "
            "hidden>{1}</button>\n",
            name_of(count.mark), text);
      }
    }
    if (!page_.markdown.empty())
      out_ += fmt::format(
          "<button type=\"button\" class=\"needs-script\" id=\"copy\" data-said=\"{}\" hidden>{}</button>\n",
          say(base::pages::page_copied), say(base::pages::page_copy));
    if (signs()) write_progress();
    out_ += "<span id=\"said\" role=\"status\"></span>\n</div>\n";
  }

  // Days at their distances, above the months, or the years where there are too many of them. What the days are for is
  // written below.
  void write_timeline(const Timeline& line) {
    constexpr std::int32_t most_days_with_months = 450;
    const std::int32_t length = std::max(1, line.to.days - line.from.days);
    const auto place = [&](base::Date day) {
      const std::int32_t at = std::clamp(day.days - line.from.days, 0, length);
      return fmt::format("{:.1f}%", 2.0 + 96.0 * at / length);
    };
    out_ +=
        "<svg class=\"axis\" aria-hidden=\"true\" width=\"100%\" height=\"52\">\n"
        "<line x1=\"2%\" y1=\"16\" x2=\"98%\" y2=\"16\"/>\n";
    base::Date month = *base::parse_date(base::to_string(line.from).substr(0, 8) + "01");
    for (; month <= line.to; month = base::add(month, {1, base::Duration::Unit::months})) {
      const std::string date = base::to_string(month);
      const bool is_year = date.substr(5, 2) == "01";
      if (month < line.from || (!is_year && length > most_days_with_months)) continue;
      const std::string at = place(month);
      const std::size_t begin = date[5] == '0' ? 6 : 5;  // of the month, without a zero
      const std::string name = is_year ? date.substr(0, 4) : date.substr(begin, 7 - begin);
      out_ += fmt::format("<line x1=\"{0}\" y1=\"11\" x2=\"{0}\" y2=\"21\"/><text x=\"{0}\" y=\"42\">{1}</text>\n", at,
                          name);
    }
    for (const auto& [day, mark] : line.days)
      out_ += fmt::format("<circle class=\"{}\" cx=\"{}\" cy=\"16\" r=\"7\"/>\n", name_of(mark), place(day));
    out_ += "</svg>\n";
  }

  void write_progress() {
    std::size_t all = 0, done = 0;
    count_signatures(document_.sections, all, done);
    const std::string text = base::fill(base::pages::page_save, document_.language, {page_.signed_file});
    out_ += fmt::format(
        "<span class=\"progress needs-script\" hidden><progress id=\"progress\" max=\"{0}\" value=\"{1}\" "
        "data-before=\"{1}\" "
        "aria-label=\"{2}\"></progress><span id=\"progress-text\">{1} / {0}</span></span>\n"
        "<button type=\"button\" class=\"needs-script\" id=\"save\" hidden disabled>{3}</button>\n",
        all, done, say(base::pages::page_done), in_html(std::string_view(text)));
  }
  static void count_signatures(const std::vector<Section>& sections, std::size_t& all, std::size_t& done) {
    for (const Section& section : sections) {
      for (const Block& block : section.blocks) {
        const auto* signature = std::get_if<Signature>(&block);
        all += signature == nullptr ? 0 : 1;
        done += signature != nullptr && signature->done ? 1 : 0;
      }
      count_signatures(section.sections, all, done);
    }
  }

  // Where a page has many parts it begins with a way to each.
  void write_contents() {
    constexpr std::size_t least = 4;
    const auto headed =
        static_cast<std::size_t>(std::count_if(document_.sections.begin(), document_.sections.end(),
                                               [](const Section& each) { return !each.heading.empty(); }));
    if (headed < least) return;
    out_ += fmt::format("<nav class=\"screen\" aria-label=\"{}\"><ul class=\"contents\">\n",
                        say(base::pages::page_contents));
    for (std::size_t i = 0; i < document_.sections.size(); ++i) {
      const Section& section = document_.sections[i];
      if (section.heading.empty()) continue;
      const std::string id = section.id.empty() ? "part-" + std::to_string(i + 1) : section.id;
      out_ += fmt::format("<li><a href=\"#{}\">{}</a></li>\n", base::escape_html(id), in_html(section.heading));
    }
    out_ += "</ul></nav>\n";
  }

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

  static std::string in_json(std::string_view text) {
    base::JsonWriter json;
    json.string(text);
    return json.take();
  }
  [[nodiscard]] std::string records() const {
    base::JsonWriter json;
    json.begin_object();
    json.key("file").string(page_.signed_file);
    json.key("head").strings(page_.signed_head);
    json.key("records").begin_array();
    for (const auto& rows : records_) {
      json.begin_array();
      for (const auto& row : rows) json.strings(row);
      json.end_array();
    }
    json.end_array();
    json.end_object();
    return json.take();
  }
  void write_data(std::string_view id, std::string_view json) {
    out_ += fmt::format("<script type=\"application/json\" id=\"{}\">{}</script>\n", id, json_in_html(json));
  }

  void write_section(const Section& section, std::size_t level, const std::string& number) {
    const std::string id = base::escape_html(section.id.empty() ? number : section.id);
    std::string kind = section.card ? "card" : section.sheet ? "sheet" : "";
    if (section.card && section.heading.mark != Mark::unmarked)
      kind += " " + std::string(name_of(section.heading.mark));
    if (!section.on_paper) kind += kind.empty() ? "screen" : " screen";
    out_ += fmt::format("<section id=\"{}\"{}>\n", id, kind.empty() ? "" : " class=\"" + kind + "\"");
    if (!section.fold.empty()) out_ += "<details><summary>" + in_html(std::string_view(section.fold)) + "</summary>\n";
    if (!section.heading.empty())
      out_ += fmt::format("<h{0}><a class=\"here\" href=\"#{1}\">{2}</a></h{0}>\n", std::min<std::size_t>(level, 6), id,
                          in_html(section.heading));
    section_ = section.id;
    for (const Block& block : section.blocks) std::visit([&](const auto& each) { write_block(each); }, block);
    for (std::size_t i = 0; i < section.sections.size(); ++i)
      write_section(section.sections[i], section.heading.empty() ? level : level + 1,
                    number + "-" + std::to_string(i + 1));
    if (!section.fold.empty()) out_ += "</details>\n";
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
      const Mark mark = items[i].line.mark;
      out_ += notes                    ? fmt::format("<li id=\"note-{}\">", i + 1)
              : mark == Mark::unmarked ? "<li>"
                                       : fmt::format("<li class=\"{}\">", name_of(mark));
      append_as_html(out_, items[i].line);
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
      out_.append("<tr").append(attributes).append("><th scope=\"row\">");
      append_as_html(out_, std::string_view(field.name));
      out_ += "</th><td>";
      append_as_html(out_, field.value);
      out_ += "</td></tr>\n";
      write_fields(field.fields, " class=\"below\"");
    }
  }

  void write_block(const Signature& signature) {
    const auto record = page_.records.find(section_);
    if (signs() && record != page_.records.end() && !signature.done) return write_form(signature, record->second);
    const Mark mark = signature.done ? Mark::done : Mark::open;
    out_ += "<p class=\"signature\"><span>" + in_html(Line(mark, signature.label)) + "</span>";
    for (const Field& field : signature.fields) {
      out_ +=
          fmt::format("<span class=\"line\">{} {}</span>", in_html(std::string_view(field.name)), in_html(field.value));
    }
    out_ += "</p>\n";
  }

  // On paper the same lines to write on.
  void write_form(const Signature& signature, const std::vector<std::vector<std::string>>& rows) {
    constexpr std::string_view names[] = {"by", "on", "evidence"};
    out_ += fmt::format(
        "<div class=\"signature\" data-record=\"{}\"><label><input type=\"checkbox\" data-field=\"done\" "
        "autocomplete=\"off\"> {}</label>",
        records_.size(), in_html(std::string_view(signature.label)));
    for (std::size_t i = 0; i < std::min(std::size(names), signature.fields.size()); ++i) {
      out_ += fmt::format("<label class=\"line\">{} <input type=\"{}\" data-field=\"{}\" autocomplete=\"off\"></label>",
                          in_html(std::string_view(signature.fields[i].name)), names[i] == "on" ? "date" : "text",
                          names[i]);
    }
    out_ += "</div>\n";
    records_.push_back(rows);
  }

  void write_block(const Table& table) {
    if (table.rows.empty()) return;
    const std::string_view kind = table.counts ? " class=\"counts\"" : "";
    // It scrolls by itself where it is wider than the page, also by the keyboard.
    out_ += fmt::format("<div class=\"wide\" tabindex=\"0\"><table{}>\n", kind);
    if (!is_headless(table)) {
      out_ += "<thead>\n";
      write_row(table.head, "th", &table.rows);
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
    out_ += "</tbody>\n</table></div>\n";
  }

  // Of a head with the rows below it: a column in which none has anything is filled in by hand, and gets room for that.
  void write_row(const std::vector<Cell>& cells, std::string_view tag,
                 const std::vector<std::vector<Cell>>* rows = nullptr) {
    out_ += "<tr>";
    for (std::size_t i = 0; i < cells.size(); ++i) {
      const Cell& cell = cells[i];
      const bool by_hand = rows != nullptr && std::all_of(rows->begin(), rows->end(),
                                                          [i](const auto& row) { return row[i].lines.empty(); });
      const Mark mark = cell.lines.empty() ? Mark::unmarked : cell.lines.front().mark;
      const std::string_view name = by_hand ? "by-hand" : mark == Mark::unmarked ? "" : name_of(mark);
      const std::string_view its_tag = cell.lines.empty() ? "td" : tag;
      out_.append("<").append(its_tag);
      if (!name.empty()) out_.append(" class=\"").append(name) += '"';
      out_ += '>';
      append_as_html(out_, cell);
      out_.append("</").append(its_tag) += '>';
    }
    out_ += "</tr>\n";
  }

  const Document& document_;
  const Page& page_;
  std::string section_{};  // the id of the one that is being written
  std::vector<std::vector<std::vector<std::string>>>
      records_{};  // of the signatures that the page lets the reader fill in
  std::string out_{};
};

}  // namespace

std::string render_html(const Document& document) { return render_html(document, {}); }

std::string render_html(const Document& document, const Page& page) { return HtmlRenderer{document, page}.run(); }

}  // namespace farol::document
