// What Farol needs to know about Unicode text: validity, normal form, width, look-alikes, nearness.
// Sources: Unicode 15 by utf8proc; UTS 39 (confusables by a table for Latin, Greek, Cyrillic and full-width; the
// "highly restrictive" profile of section 5.2); UAX 11 for width.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace farol::base {

// The offset of the first byte that does not belong to well-formed UTF-8 (no surrogates, no overlong forms).
[[nodiscard]] std::optional<std::size_t> find_invalid_utf8(std::string_view text);

struct CodePoint {
  char32_t value = 0;
  std::size_t size = 0;  // bytes; 0 at the end of the text
};
// The code point at `offset` of well-formed UTF-8; a stray byte reads as U+FFFD of size 1.
[[nodiscard]] CodePoint decode(std::string_view text, std::size_t offset);
void append_utf8(std::string& text, char32_t value);
[[nodiscard]] std::size_t count_code_points(std::string_view text);
// Returns the longest beginning of at most `bytes` that ends between two code points.
[[nodiscard]] std::string_view beginning_of(std::string_view text, std::size_t bytes);
// Returns the part of a name that is shown, which is all of most. A rule can name thousands of roles: its beginning
// tells which one it is, and its place is beside it.
[[nodiscard]] std::string shown_name(std::string name);

// Normal form C. Pure ASCII comes back as it is.
[[nodiscard]] std::string to_nfc(std::string_view text);
// Normal form KC: full-width letters and digits of an input method become those of a keyboard, `ＩＴ` becomes `IT`.
[[nodiscard]] std::string to_nfkc(std::string_view text);
// For "never differing in case alone": NFC with Unicode case folding.
[[nodiscard]] std::string fold_case(std::string_view text);
// For finding what somebody means: case, accents, width of letters and variation selectors do not count, and the text
// has no blanks at its ends.
[[nodiscard]] std::string fold_loosely(std::string_view text);
// Names that a reader could take for each other have equal skeletons (UTS 39, section 4).
[[nodiscard]] std::string skeleton(std::string_view name);
// UTS 39, 5.2 "highly restrictive": one script, or Latin with Han, Bopomofo, Hiragana, Katakana or Hangul.
[[nodiscard]] bool is_highly_restrictive(std::string_view name);

// Letters that may start a name, and letters, digits, `_`, `-` that may go on (general categories L, and L, M, Nd).
[[nodiscard]] bool is_name_start(char32_t value);
[[nodiscard]] bool is_name_continue(char32_t value);
// Explicit direction marks, zero-width and other invisible format characters (UTR 36; CVE-2021-42574).
[[nodiscard]] bool is_hidden(char32_t value);
// The ASCII that an input method's full-width or curly form stands for, or nothing: U+FF1A gives ':'.
[[nodiscard]] std::optional<char> ascii_of_full_width(char32_t value);

// The text with a blank for whatever a reader does not see and a terminal may obey: controls, marks of direction, what
// is invisible. Line ends stay.
[[nodiscard]] std::string printable(std::string_view text);
void append_printable(std::string& shown, std::string_view text);
// The same on one line: a title or a name, beside which other things stand.
[[nodiscard]] std::string one_line(std::string_view text);

// The text without the blanks at either end.
[[nodiscard]] std::string_view trimmed(std::string_view text, std::string_view blanks = " \t\r\n");

// Columns in a terminal (UAX 11: wide and full-width count two, combining marks none).
[[nodiscard]] std::size_t display_width(std::string_view text);

// Damerau-Levenshtein distance in code points, case ignored; stops counting above `limit`.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b, std::size_t limit);
// The candidate nearest to `word`, if one is near enough to be what was meant (a third of its length at most).
// Ties go to the first in the order of the text.
[[nodiscard]] std::optional<std::string_view> find_nearest(std::string_view word,
                                                           std::span<const std::string_view> candidates);

}  // namespace farol::base
