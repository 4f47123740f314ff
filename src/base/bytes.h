// Buffers a stream of bytes, so that a reader can look at what comes next.
#pragma once

#include <array>
#include <cstddef>
#include <string>
#include <string_view>

#include "base/file_system.h"

namespace farol::base {

class Bytes {
 public:
  explicit Bytes(ByteStream& stream) : stream_(stream) { fill(); }

  // The bytes that are read but not taken. Empty at the end of the stream, and when the disk failed.
  [[nodiscard]] std::string_view ahead() const { return {buffer_.data() + at_, size_ - at_}; }
  void take(std::size_t count) {
    at_ += count;
    if (at_ == size_) fill();
  }
  // Why the disk failed; empty if it did not.
  [[nodiscard]] const std::string& problem() const { return problem_; }

 private:
  void fill() {
    at_ = size_ = 0;
    // A pipe hands out what it has; the first look must see more than a few bytes.
    while (size_ < buffer_.size() && problem_.empty()) {
      auto count = stream_.read(buffer_.data() + size_, buffer_.size() - size_);
      if (auto* error = std::get_if<FileError>(&count)) {
        problem_ = error->reason;
        size_ = 0;
      } else if (std::get<std::size_t>(count) == 0) {
        break;
      } else {
        size_ += std::get<std::size_t>(count);
      }
    }
  }

  ByteStream& stream_;
  std::array<char, std::size_t{1} << 16> buffer_{};
  std::size_t at_ = 0, size_ = 0;
  std::string problem_;
};

}  // namespace farol::base
