#include <map>

#include "base/digest.h"
#include "base/text.h"
#include "query/due_words.h"

namespace farol::query {
namespace {

using base::Phrase;

// RFC 5545, 3.1: a line has at most 75 octets without its end; it goes on after a blank. No character is cut in two.
void append_line(std::string& out, std::string_view line) {
  constexpr std::size_t max_octets = 75;
  std::size_t used = 0;
  for (std::size_t at = 0; at < line.size();) {
    const std::size_t size = base::decode(line, at).size;
    if (used + size > max_octets) {
      out += "\r\n ";
      used = 1;
    }
    out.append(line.substr(at, size));
    used += size;
    at += size;
  }
  out += "\r\n";
}

// RFC 5545, 3.3.11. Other control characters are not allowed at all, and become blanks.
std::string escaped(std::string_view text) {
  std::string result;
  for (const char c : base::printable(text)) {
    if (c == '\\' || c == ';' || c == ',') {
      result += '\\';
      result += c;
    } else if (c == '\n') {
      result += "\\n";
    } else {
      result += c;
    }
  }
  return result;
}

std::string compact(base::Date day) {
  std::string text = base::to_string(day);
  std::erase(text, '-');
  return text;
}

}  // namespace

std::string render_calendar(const std::vector<Item>& items, const model::Model& model, const source::SourceMap& sources,
                            const RenderOptions& options) {
  const document::Words words{model, options.language};
  std::string out;
  append_line(out, "BEGIN:VCALENDAR");
  append_line(out, "VERSION:2.0");
  append_line(out, "PRODID:-//Farol//farol due//EN");
  append_line(out, "CALSCALE:GREGORIAN");
  append_line(out, "X-WR-CALNAME:" + escaped(title(model, words)));
  std::map<std::string, int> used;
  for (const Item& item : items) {
    std::string key = model.policy.name;
    for (const std::string& part : {item.kind, item.name, std::to_string(static_cast<int>(item.event))})
      key += '\n' + part;
    // Two equal items, such as two reviews without a name, differ by their order.
    key += '\n' + std::to_string(used[key]++);
    append_line(out, "BEGIN:VEVENT");
    append_line(out, "UID:" + base::sha256_hex(key).substr(0, 32) + "@farol");
    append_line(out, "DTSTAMP:" + compact(options.as_of) + "T000000Z");
    append_line(out, "DTSTART;VALUE=DATE:" + compact(item.day));
    append_line(out, "DTEND;VALUE=DATE:" + compact(base::add(item.day, {1, base::Duration::Unit::days})));
    append_line(out, "SUMMARY:" + escaped(words(Phrase::due_summary,
                                                {subject(item, words), words.text(event_phrase(item.event))})));
    append_line(out, "DESCRIPTION:" + escaped(place(item, sources)));
    append_line(out, "TRANSP:TRANSPARENT");
    append_line(out, "END:VEVENT");
  }
  append_line(out, "END:VCALENDAR");
  return out;
}

}  // namespace farol::query
