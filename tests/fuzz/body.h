// What the fuzz bodies share.
#pragma once

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>

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

  void add(bool is_accepted) {
    ++all_;
    accepted_ += is_accepted ? 1 : 0;
  }

 private:
  std::size_t accepted_ = 0, all_ = 0;
};

// Defined once by each body.
inline Count count;

}  // namespace fuzz
