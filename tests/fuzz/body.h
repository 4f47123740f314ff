// What the fuzz bodies share.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <vector>

namespace fuzz {

// What a body says when something does not hold, before it ends the process.
inline void require(bool holds, const char* what) {
  if (holds) return;
  std::fprintf(stderr, "fuzz: %s\n", what);
  std::abort();
}

// How many inputs were read as what they are meant to be, which is said at the end: a fuzzer whose inputs are all
// refused at their first byte says little about what lies behind.
class Count {
 public:
  Count() = default;
  Count(const Count&) = delete;
  Count& operator=(const Count&) = delete;
  ~Count() { std::fprintf(stderr, "accepted: %zu of %zu\n", accepted_, all_); }

  void add(const std::uint8_t* data, std::size_t size, bool is_accepted) {
    ++all_;
    if (!is_accepted) return;
    // The first ones, and later one in eight in the place of another.
    if (known_.size() < most_known) {
      known_.emplace_back(data, data + size);
    } else if (accepted_ % 8 == 0) {
      known_[accepted_ / 8 % most_known].assign(data, data + size);
    }
    ++accepted_;
  }
  // Some inputs that were accepted.
  [[nodiscard]] const std::vector<std::vector<std::uint8_t>>& known() const { return known_; }

 private:
  static constexpr std::size_t most_known = 256;
  std::size_t accepted_ = 0, all_ = 0;
  std::vector<std::vector<std::uint8_t>> known_;
};

// Defined once by each body.
inline Count count;

}  // namespace fuzz
