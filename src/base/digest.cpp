#include "base/digest.h"

#include <array>
#include <cstdint>

#include <nettle/sha2.h>

namespace farol::base {
namespace {

class Sha256 {
 public:
  Sha256() { sha256_init(&context_); }
  void add(std::string_view bytes) {
    sha256_update(&context_, bytes.size(), reinterpret_cast<const std::uint8_t*>(bytes.data()));
  }
  std::string hex() {
    std::array<std::uint8_t, SHA256_DIGEST_SIZE> digest{};
    sha256_digest(&context_, digest.size(), digest.data());
    constexpr std::string_view digits = "0123456789abcdef";
    std::string text;
    for (const std::uint8_t byte : digest) {
      text += digits[byte >> 4U];
      text += digits[byte & 0xFU];
    }
    return text;
  }

 private:
  sha256_ctx context_{};
};

}  // namespace

std::string sha256_hex(std::string_view bytes) {
  Sha256 digest;
  digest.add(bytes);
  return digest.hex();
}

FileResult<std::string> sha256_hex(ByteStream& bytes) {
  Sha256 digest;
  std::array<char, std::size_t{1} << 16> buffer{};
  while (true) {
    const auto read = bytes.read(buffer.data(), buffer.size());
    if (const auto* error = std::get_if<FileError>(&read)) return *error;
    const std::size_t size = std::get<std::size_t>(read);
    if (size == 0) return digest.hex();
    digest.add({buffer.data(), size});
  }
}

}  // namespace farol::base
