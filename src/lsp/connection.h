// Messages of the Language Server Protocol on two streams: a head with the length, then JSON (specification 3.17, "Base
// Protocol").
#pragma once

#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>

namespace farol::lsp {

class Connection {
 public:
  // A longer message is passed over, and told as one.
  static constexpr std::size_t max_message = std::size_t{64} << 20;

  Connection(std::istream& in, std::ostream& out) : in_(in), out_(out) {}

  struct Message {
    std::string text;
    bool too_long = false;
  };
  // Waits for the next message. Lines that are no head are passed over. Returns nullopt at the end of the stream.
  [[nodiscard]] std::optional<Message> read();
  void write(std::string_view json);

 private:
  [[nodiscard]] bool pass_over(std::size_t count);

  std::istream& in_;
  std::ostream& out_;
};

}  // namespace farol::lsp
