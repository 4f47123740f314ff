// Text in the encodings that spreadsheets of our users write.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace farol::base {

struct DecodedText {
  std::string text;      // UTF-8, without a byte-order mark
  std::string encoding;  // `UTF-8`, `UTF-16LE`, `GB18030`, `BIG5`
  bool guessed = false;  // nothing in the bytes says so: the words have to be looked at
};

// UTF-16 is known by its byte-order mark or by its zeros; what is no UTF-8 is GB18030 or Big5, by the bytes that occur.
// Returns nullopt for bytes that are none of them.
[[nodiscard]] std::optional<DecodedText> decode_text(std::string_view bytes);

}  // namespace farol::base
