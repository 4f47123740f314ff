#include "document/page.h"

#include <fmt/format.h>

#include "base/digest.h"
#include "document/escape.h"
#include "document/words.h"
#include "model/digest.h"

namespace farol::document {
namespace {

// How a policy for pages names a text: its SHA-256 in Base64 (CSP Level 3).
std::string source_of(std::string_view text) {
  constexpr std::string_view digits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  constexpr unsigned bits_of_digit = 6, bits_of_nibble = 4;
  std::string encoded;
  unsigned value = 0, bits = 0;
  for (const char c : base::sha256_hex(text)) {
    value = (value << bits_of_nibble) | static_cast<unsigned>(c <= '9' ? c - '0' : c - 'a' + 10);
    bits += bits_of_nibble;
    if (bits < bits_of_digit) continue;
    bits -= bits_of_digit;
    encoded += digits[value >> bits];
    value &= (1U << bits) - 1;
  }
  // 256 bits are 42 digits and four bits more.
  encoded += digits[value << (bits_of_digit - bits)];
  return "'sha256-" + encoded + "='";
}

}  // namespace

std::string page_frame(std::string_view title, const Frame& frame, bool across) {
  std::string css =
      fmt::format("@page {{ size: A4{}; margin: {};\n", across ? " landscape" : "", across ? "16mm 12mm" : "15mm 12mm");
  const auto put = [&](std::string_view box, std::string_view text) {
    if (!text.empty()) css += fmt::format("  @{} {{ content: {}; }}\n", box, css_string(text));
  };
  put("top-left", frame.firm);
  put("top-right", title);
  put("bottom-left", frame.date);
  put("bottom-center", frame.digest.empty() ? "" : "SHA-256 " + frame.digest.substr(0, 16));
  return css + "  @bottom-right { content: counter(page) \" / \" counter(pages); }\n}\n";
}

Frame frame_of(const model::Model& model, base::Language language, base::Date day) {
  const Words words{model, language};
  constexpr std::string_view hash = "sha256:";
  return {words.name_of_policy(), words(base::Phrase::as_of, {base::to_string(day)}),
          model::digest_of(model).substr(hash.size())};
}

std::string security_policy(std::string_view style, std::string_view script) {
  std::string policy =
      "default-src 'none'; img-src data:; base-uri 'none'; form-action 'none'; style-src " + source_of(style);
  if (!script.empty()) policy += "; script-src " + source_of(script);
  return policy;
}

}  // namespace farol::document
