#include "syntax/lexical_checks.h"

#include <algorithm>
#include <iterator>
#include <set>

#include <fmt/format.h>

#include "base/emoji.h"
#include "base/text.h"
#include "diag/messages_syntax.h"
#include "syntax/literals.h"

namespace farol::syntax {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

std::size_t line_of(std::string_view text, std::size_t offset) {
  std::size_t line = 1;
  for (std::size_t at = 0; at < offset; ++at) {
    if (text[at] == '\n' || (text[at] == '\r' && text[at + 1] != '\n')) ++line;
  }
  return line;
}

// What people call the commonest hidden characters.
diag::Text name_of_hidden(char32_t value) {
  switch (value) {
    case 0x00AD: return message::soft_hyphen();
    case 0x061C: return message::arabic_letter_mark();
    case 0x200B: return message::zero_width_space();
    case 0x200C: return message::zero_width_non_joiner();
    case 0x200D: return message::zero_width_joiner();
    case 0x200E: return message::left_right_mark();
    case 0x200F: return message::right_left_mark();
    case 0x2028: return message::line_separator();
    case 0x2029: return message::paragraph_separator();
    case 0x202A: return message::left_right_embedding();
    case 0x202B: return message::right_left_embedding();
    case 0x202C: return message::pop_directional_formatting();
    case 0x202D: return message::left_right_override();
    case 0x202E: return message::right_left_override();
    case 0x2060: return message::word_joiner();
    case 0x2066: return message::left_right_isolate();
    case 0x2067: return message::right_left_isolate();
    case 0x2068: return message::first_strong_isolate();
    case 0x2069: return message::pop_directional_isolate();
    case 0xFEFF: return message::zero_width_no_break();
    default: return value < 0xA0 ? message::control_character() : message::invisible_character();
  }
}

// Titles and reasons may hold emoji that are made of several.
bool is_in_text(const TextTokens& tokens, std::size_t at) {
  const std::vector<Token>& all = tokens.scanned.tokens;
  const auto behind = std::upper_bound(all.begin(), all.end(), at,
                                       [](std::size_t place, const Token& token) { return place < token.begin; });
  return behind != all.begin() && std::prev(behind)->kind == Kind::string && at < std::prev(behind)->end;
}

void check_hidden(const TextTokens& tokens, diag::Sink& sink, ReportedPlaces& reported) {
  const std::string_view text = tokens.text;
  std::size_t at = text.starts_with(byte_order_mark) ? byte_order_mark.size() : 0;
  while (at < text.size()) {
    const auto byte = static_cast<unsigned char>(text[at]);
    const bool plain = (byte >= ' ' && byte < 0x7F) || byte == '\n' || byte == '\t' || byte == '\r';
    if (plain) {
      ++at;
      continue;
    }
    const base::CodePoint point = base::decode(text, at);
    if (base::is_hidden(point.value) && !(is_in_text(tokens, at) && base::joins_emoji(text, at))) {
      const source::Span span{tokens.source, static_cast<std::uint32_t>(at),
                              static_cast<std::uint32_t>(at + point.size)};
      reported.push_back(span.begin);
      at += point.size;
      if (sink.is_full(diag::Code::hidden_characters)) {
        sink.report_more(diag::Code::hidden_characters, 1);
        continue;
      }
      const std::string number = fmt::format("U+{:04X}", static_cast<std::uint32_t>(point.value));
      auto diagnostic = diag::make(diag::Code::hidden_characters, span,
                                   message::hidden_character(number, name_of_hidden(point.value)));
      diagnostic.help = message::reader_cannot_see_it();
      diagnostic.fixes.push_back({message::take_it_out(), {}, {{span, ""}}});
      sink.report(std::move(diagnostic));
      continue;
    }
    at += point.size;
  }
}

void check_slips(const TextTokens& tokens, diag::Sink& sink, ReportedPlaces& reported) {
  const std::vector<Slip>& slips = tokens.scanned.slips;
  for (std::size_t i = 0; i < slips.size(); ++i) {
    const Slip& slip = slips[i];
    const source::Span span{tokens.source, slip.begin, slip.end};
    reported.push_back(span.begin);
    if (sink.is_full(diag::Code::syntax_error)) {
      if (slip.meant == '"') ++i;  // the closing one
      sink.report_more(diag::Code::syntax_error, 1);
      continue;
    }
    const std::string_view typed = tokens.text.substr(slip.begin, slip.end - slip.begin);
    diag::Fix fix{message::write_it_in_ascii(), {}, {{span, std::string(1, slip.meant)}}};
    diag::Text said;
    if (slip.meant == '"') {
      const Slip& closing = slips[++i];
      // A straight closing quote is no slip, and stays.
      const source::Span end{tokens.source, closing.begin, closing.end};
      if (closing.end - closing.begin > 1) fix.edits.push_back({end, "\""});
      said = message::not_the_quote(std::string{typed});
    } else if (slip.meant == ' ') {
      said = message::not_the_space(fmt::format("U+{:04X}", static_cast<std::uint32_t>(base::decode(typed, 0).value)));
    } else {
      said = message::not_the_mark(std::string{typed}, std::string(1, slip.meant));
    }
    auto diagnostic = diag::make(diag::Code::syntax_error, span, std::move(said));
    diagnostic.help = message::input_method_has_put_it();
    diagnostic.fixes.push_back(std::move(fix));
    sink.report(std::move(diagnostic));
  }
}

class NameCheck {
 public:
  NameCheck(const TextTokens& tokens, std::size_t most, diag::Sink& sink) : tokens_(tokens), most_(most), sink_(sink) {}

  void check(std::string_view word) {
    const bool ascii =
        std::all_of(word.begin(), word.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
    if (ascii && word.size() <= most_) return;
    if (!seen_.insert(word).second) return;
    const auto begin = static_cast<std::uint32_t>(word.data() - tokens_.text.data());
    const source::Span span{tokens_.source, begin, begin + static_cast<std::uint32_t>(word.size())};
    const std::string name = name_of(word);
    if (const std::size_t length = base::count_code_points(name); length > most_) {
      report(diag::Code::syntax_error, span, message::name_is_too_long(length, most_), {});
    } else if (!base::is_highly_restrictive(name)) {
      if (sink_.is_full(diag::Code::look_alike_name)) return sink_.report_more(diag::Code::look_alike_name, 1);
      report(diag::Code::look_alike_name, span, message::mixes_scripts(name), message::write_name_in_one_script());
    } else if (name != base::to_nfc(word) && word.find('`') == std::string_view::npos) {
      report(diag::Code::syntax_error, span, message::full_width_letters(std::string{word}),
             message::input_method_has_put_them());
    }
  }

 private:
  void report(diag::Code code, source::Span span, diag::Text said, diag::Text help) {
    auto diagnostic = diag::make(code, span, std::move(said));
    diagnostic.help = std::move(help);
    sink_.report(std::move(diagnostic));
  }

  const TextTokens& tokens_;
  std::size_t most_;
  diag::Sink& sink_;
  std::set<std::string_view> seen_;  // only what is not short ASCII
};

}  // namespace

std::optional<UnreadableByte> find_unreadable_byte(std::string_view text) {
  const std::size_t nul = text.find('\0');
  const std::optional<std::size_t> invalid = base::find_invalid_utf8(text);
  if (nul == std::string_view::npos && !invalid) return std::nullopt;
  const std::size_t offset = std::min(nul, invalid.value_or(text.size()));
  const std::size_t line = line_of(text, offset);
  return UnreadableByte{offset,
                        offset == nul ? message::byte_is_nul(offset, line) : message::byte_is_not_utf8(offset, line)};
}

ReportedPlaces check_characters(const TextTokens& tokens, diag::Sink& sink) {
  ReportedPlaces reported;
  check_hidden(tokens, sink, reported);
  check_slips(tokens, sink, reported);
  std::sort(reported.begin(), reported.end());
  return reported;
}

void check_names(const TextTokens& tokens, std::size_t most_code_points, diag::Sink& sink) {
  NameCheck names(tokens, most_code_points, sink);
  for (const Token& token : tokens.scanned.tokens) {
    const std::string_view word = tokens.word(token);
    switch (token.kind) {
      case Kind::name:
      case Kind::because_in: names.check(word); break;
      case Kind::key: names.check(word_of_key(word)); break;
      case Kind::wildcard: names.check(word_of_wildcard(word)); break;
      case Kind::range:
        names.check(words_of_range(word).first);
        names.check(words_of_range(word).second);
        break;
      default: break;
    }
  }
}

}  // namespace farol::syntax
