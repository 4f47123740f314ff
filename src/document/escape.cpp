#include "document/escape.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/date.h"
#include "base/text.h"

namespace farol::document {
namespace {

bool is_ascii_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_letter_or_digit(char c) { return is_ascii_letter_or_digit(c) || static_cast<unsigned char>(c) >= 0x80; }

// Returns true if the character would begin a list at the start of an item: `+`, `-`, `1.`, `1)`.
bool begins_list(std::string_view text, std::size_t at) {
  if (at == 0) return text[at] == '+' || text[at] == '-';
  const bool after_number = text.substr(0, at).find_first_not_of("0123456789") == std::string_view::npos;
  return after_number && (text[at] == '.' || text[at] == ')');
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_in_any_case(std::string_view text, std::string_view word) {
  return text.size() >= word.size() && base::fold_case(text.substr(0, word.size())) == word;
}

// A character of no width, by its number, so that people see it in the source. A backslash does not do: code hosts look
// for references in what Markdown has made of the text (github/markup#1168).
constexpr std::string_view break_in_reference = "&#8203;";

// Returns true for the `@` of a mail address.
bool is_in_address(std::string_view text, std::size_t at) {
  return text[at] == '@' && at > 0 && is_ascii_letter_or_digit(text[at - 1]);
}

// Returns true if the text would call somebody, name an issue or become a link if it went on behind the character at
// `at`:
// `@ana`, `#12`, GitLab's `!12`, `$12`, `&12`, `~label` and `%milestone`, `GH-12`, `https://`, `www.`.
bool begins_reference(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at + 1);
  const bool at_word =
      !rest.empty() && (is_letter_or_digit(rest.front()) || rest.front() == '"' || rest.front() == '_');
  const bool at_number = !rest.empty() && is_digit(rest.front());
  const auto ends_with = [&](std::string_view word) {
    return at + 1 >= word.size() && is_in_any_case(text.substr(at + 1 - word.size()), word);
  };
  switch (text[at]) {
    // Behind a letter it calls nobody, on any host: it is an address.
    case '@': return !rest.empty() && rest.front() != ' ' && !is_in_address(text, at);
    case '#':
    case '~':
    case '%': return at_word;
    case '!':
    case '$':
    case '&':
    case '^': return at_number;
    case '-': return at_number && ends_with("gh-");
    case ':': return rest.starts_with("//");
    case 'w':
    case 'W': return rest.starts_with('.') && ends_with("www");
  }
  return false;
}

}  // namespace

std::string escape_markdown(std::string_view raw, bool begins_block) {
  constexpr std::string_view special = "\\`*[]<>|~&$@#";
  const std::string shown = base::printable(raw);
  std::string_view text = shown;
  // Four blanks at the start of a paragraph would make code of it.
  if (begins_block) text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  std::string escaped;
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '\n') {
      escaped += "<br>";
      continue;
    }
    // Between letters an underscore emphasises nothing (CommonMark 6.2), and names can still be found with a search.
    const bool within_word =
        at > 0 && at + 1 < text.size() && is_letter_or_digit(text[at - 1]) && is_letter_or_digit(text[at + 1]);
    const bool is_special = special.find(c) != std::string_view::npos && !is_in_address(text, at);
    if (is_special || (c == '_' && !within_word) || (begins_block && begins_list(text, at))) escaped += '\\';
    escaped += c;
    if (begins_reference(text, at)) escaped += break_in_reference;
  }
  return escaped;
}

std::string markdown_code(std::string_view raw) {
  const std::string text = base::one_line(raw);
  // A code span may hold anything but a run of as many backticks as it is fenced with.
  std::string fence = "`";
  while (text.find(fence) != std::string_view::npos) fence += '`';
  const std::string_view blank = fence.size() > 1 ? " " : "";
  std::string code = fence + std::string(blank);
  for (const char c : text) {
    if (c == '|') code += '\\';
    code += c;
  }
  return code.append(blank) + fence;
}

std::string css_string(std::string_view text) {
  constexpr std::string_view harmless = " -.,:()";
  std::string escaped = "\"";
  for (const char c : text) {
    if (is_letter_or_digit(c) || harmless.find(c) != std::string_view::npos) {
      escaped += c;
    } else {
      escaped += fmt::format("\\{:06x}", static_cast<unsigned char>(c));
    }
  }
  return escaped + "\"";
}

std::string with_whole_days(std::string_view html) {
  constexpr std::string_view line_break = "<br>";
  std::string whole;
  while (true) {
    const std::size_t end = html.find(line_break);
    const std::string line{html.substr(0, end)};
    whole += base::parse_date(line) ? "<span class=\"day\">" + line + "</span>" : line;
    if (end == std::string_view::npos) return whole;
    whole += line_break;
    html.remove_prefix(end + line_break.size());
  }
}

}  // namespace farol::document
