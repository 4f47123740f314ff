#include "lsp/connection.h"

#include <algorithm>
#include <charconv>
#include <istream>
#include <ostream>

namespace farol::lsp {
namespace {

// Far above any head; what is longer is garbage and is cut.
constexpr std::size_t max_line = 4096;

bool read_line(std::istream& in, std::string& line) {
  line.clear();
  for (char c = 0; in.get(c);) {
    if (c == '\n') {
      if (line.ends_with('\r')) line.pop_back();
      return true;
    }
    if (line.size() < max_line) line += c;
  }
  return false;
}

std::optional<std::size_t> length_in(std::string_view line) {
  constexpr std::string_view key = "content-length:";
  if (line.size() < key.size() ||
      !std::equal(key.begin(), key.end(), line.begin(), [](char a, char b) { return a == (b | 0x20) || a == b; }))
    return std::nullopt;
  line.remove_prefix(key.size());
  while (line.starts_with(' ')) line.remove_prefix(1);
  std::size_t length = 0;
  const auto [end, error] = std::from_chars(line.data(), line.data() + line.size(), length);
  return error == std::errc{} && end == line.data() + line.size() ? std::optional{length} : std::nullopt;
}

}  // namespace

bool Connection::pass_over(std::size_t count) {
  in_.ignore(static_cast<std::streamsize>(count));
  return static_cast<bool>(in_);
}

std::optional<Connection::Message> Connection::read() {
  std::optional<std::size_t> length;
  for (std::string line; read_line(in_, line);) {
    if (const auto found = length_in(line)) length = found;
    if (!line.empty() || !length) continue;
    if (*length > max_message) return pass_over(*length) ? std::optional{Message{{}, true}} : std::nullopt;
    Message message{std::string(*length, '\0'), false};
    in_.read(message.text.data(), static_cast<std::streamsize>(*length));
    if (static_cast<std::size_t>(in_.gcount()) != *length) return std::nullopt;
    return message;
  }
  return std::nullopt;
}

void Connection::write(std::string_view json) {
  out_ << "Content-Length: " << json.size() << "\r\n\r\n" << json << std::flush;
}

}  // namespace farol::lsp
