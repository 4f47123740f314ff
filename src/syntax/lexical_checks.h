// What is wrong with a text before anybody asks what its words mean: bytes, hidden characters, the slips of an input
// method, names that nobody could tell apart.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "diag/sink.h"
#include "syntax/text_tokens.h"

namespace farol::syntax {

struct UnreadableByte {
  std::size_t offset = 0;
  diag::Text reason;  // what is wrong with it, and where
};
// The first byte that makes a text no text: not UTF-8, or NUL.
[[nodiscard]] std::optional<UnreadableByte> find_unreadable_byte(std::string_view text);

// The offsets of characters that were reported, in order: what a statement with one of them does wrong besides is not
// worth a second report.
using ReportedPlaces = std::vector<std::uint32_t>;

// Hidden characters, anywhere; full-width marks and curly quotes where a mark of the language stands.
[[nodiscard]] ReportedPlaces check_characters(const TextTokens& tokens, diag::Sink& sink);

// Names over the limit, and names in which scripts meet that are easily taken for one another.
void check_names(const TextTokens& tokens, std::size_t most_code_points, diag::Sink& sink);

}  // namespace farol::syntax
