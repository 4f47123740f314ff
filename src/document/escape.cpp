#include "document/escape.h"

#include <algorithm>
#include <array>
#include <cstdint>

#include <fmt/format.h>

#include "base/date.h"
#include "base/text.h"

namespace farol::document {
namespace {

bool is_ascii_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

bool is_letter_or_digit(char c) { return is_ascii_letter_or_digit(c) || static_cast<unsigned char>(c) >= 0x80; }

// Returns where the character is that would begin a list at the start of an item: `+`, `-`, `1.`, `1)`.
std::size_t find_list(std::string_view text) {
  const std::size_t at = text.find_first_not_of("0123456789");
  if (at == std::string_view::npos) return at;
  const std::string_view begins = at == 0 ? "+-" : ".)";
  return begins.find(text[at]) == std::string_view::npos ? std::string_view::npos : at;
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

// Escaped wherever they stand.
constexpr std::string_view special = "\\`*[]<>|~&$@#";

// What has to stand behind a character, or before it, so that a code host reads a reference.
enum class Reference : std::uint8_t { none, person, word, number, issue, address, site };
constexpr Reference reference_with(char c) {
  switch (c) {
    case '@': return Reference::person;
    case '#':
    case '~':
    case '%': return Reference::word;
    case '!':
    case '$':
    case '&':
    case '^': return Reference::number;
    case '-': return Reference::issue;
    case ':': return Reference::address;
    case 'w':
    case 'W': return Reference::site;
    default: return Reference::none;
  }
}

// Bytes that Markdown and code hosts show as they are, whatever stands beside them; of the others some are, in their
// place.
constexpr std::array<bool, 256> is_harmless = [] {
  std::array<bool, 256> table{};
  for (std::size_t byte = 0; byte < table.size(); ++byte) {
    const char c = static_cast<char>(byte);
    table[byte] =
        c != '\n' && c != '_' && special.find(c) == std::string_view::npos && reference_with(c) == Reference::none;
  }
  return table;
}();

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
  switch (reference_with(text[at])) {
    case Reference::none: break;
    // Behind a letter it calls nobody, on any host: it is an address.
    case Reference::person: return !rest.empty() && rest.front() != ' ' && !is_in_address(text, at);
    case Reference::word: return at_word;
    case Reference::number: return at_number;
    case Reference::issue: return at_number && ends_with("gh-");
    case Reference::address: return rest.starts_with("//");
    case Reference::site: return rest.starts_with('.') && ends_with("www");
  }
  return false;
}

}  // namespace

std::string escape_markdown(std::string_view text, bool begins_block) {
  std::string escaped;
  append_markdown(escaped, text, begins_block);
  return escaped;
}

void append_markdown(std::string& markdown, std::string_view raw, bool begins_block) {
  const std::string shown = base::printable(raw);
  std::string_view text = shown;
  // Four blanks at the start of a paragraph would make code of it.
  if (begins_block) text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
  const std::size_t list = begins_block ? find_list(text) : std::string_view::npos;
  std::size_t copied = 0;
  const auto copy_to = [&](std::size_t end) {
    markdown.append(text, copied, end - copied);
    copied = end;
  };
  for (std::size_t at = 0; at < text.size(); ++at) {
    const char c = text[at];
    if (is_harmless[static_cast<unsigned char>(c)] && at != list) continue;
    if (c == '\n') {
      copy_to(at);
      markdown += "<br>";
      copied = at + 1;
      continue;
    }
    // Between letters an underscore emphasises nothing (CommonMark 6.2), and names can still be found with a search.
    const bool within_word =
        at > 0 && at + 1 < text.size() && is_letter_or_digit(text[at - 1]) && is_letter_or_digit(text[at + 1]);
    const bool is_special = special.find(c) != std::string_view::npos && !is_in_address(text, at);
    if (is_special || (c == '_' && !within_word) || at == list) {
      copy_to(at);
      markdown += '\\';
    }
    if (begins_reference(text, at)) {
      copy_to(at + 1);
      markdown += break_in_reference;
    }
  }
  copy_to(text.size());
}

void append_markdown_code(std::string& markdown, std::string_view raw) {
  const std::string text = base::one_line(raw);
  // A code span may hold anything but a run of as many backticks as it is fenced with.
  std::string fence = "`";
  while (text.find(fence) != std::string_view::npos) fence += '`';
  const std::string_view blank = fence.size() > 1 ? " " : "";
  markdown.append(fence).append(blank);
  std::size_t copied = 0;
  for (std::size_t at = text.find('|'); at != std::string::npos; at = text.find('|', at + 1)) {
    markdown.append(text, copied, at - copied) += '\\';
    copied = at;
  }
  markdown.append(text, copied).append(blank).append(fence);
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
    const std::string_view line = html.substr(0, end);
    const bool is_day = base::parse_date(line).has_value();
    whole.append(is_day ? "<span class=\"day\">" : "").append(line).append(is_day ? "</span>" : "");
    if (end == std::string_view::npos) return whole;
    whole += line_break;
    html.remove_prefix(end + line_break.size());
  }
}

}  // namespace farol::document
