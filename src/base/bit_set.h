// A set of small numbers below a fixed size. Up to 64 members cost no allocation: most cells of a policy name no
// context at all, and their sets have one member.
#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <tuple>
#include <vector>

#include "base/rare.h"

namespace farol::base {

class BitSet {
 public:
  BitSet() = default;
  explicit BitSet(std::size_t size, bool full = false) : size_(size) {
    if (size > 64) more_.emplace().assign((size + 63) / 64 - 1, 0);
    if (full) fill();
  }

  [[nodiscard]] std::size_t size() const { return size_; }
  [[nodiscard]] bool test(std::size_t i) const { return (word(i / 64) >> (i % 64)) & 1U; }
  void set(std::size_t i) { word(i / 64) |= std::uint64_t{1} << (i % 64); }
  void reset(std::size_t i) { word(i / 64) &= ~(std::uint64_t{1} << (i % 64)); }
  void fill() {
    for (std::size_t w = 0; w < words(); ++w) word(w) = ~std::uint64_t{0};
    if (size_ % 64 != 0) word(words() - 1) &= (std::uint64_t{1} << (size_ % 64)) - 1;
    if (size_ == 0) first_ = 0;
  }

  [[nodiscard]] bool none() const {
    for (std::size_t w = 0; w < words(); ++w) {
      if (word(w) != 0) return false;
    }
    return true;
  }
  [[nodiscard]] bool any() const { return !none(); }
  [[nodiscard]] bool full() const { return count() == size_; }
  [[nodiscard]] std::size_t count() const {
    std::size_t n = 0;
    for (std::size_t w = 0; w < words(); ++w) n += static_cast<std::size_t>(std::popcount(word(w)));
    return n;
  }
  // The first member; `size()` where there is none.
  [[nodiscard]] std::size_t first() const {
    for (std::size_t w = 0; w < words(); ++w) {
      if (word(w) != 0) return w * 64 + static_cast<std::size_t>(std::countr_zero(word(w)));
    }
    return size_;
  }

  // Both sides have one size.
  BitSet& operator|=(const BitSet& other) {
    for (std::size_t w = 0; w < words(); ++w) word(w) |= other.word(w);
    return *this;
  }
  BitSet& operator&=(const BitSet& other) {
    for (std::size_t w = 0; w < words(); ++w) word(w) &= other.word(w);
    return *this;
  }
  BitSet& operator-=(const BitSet& other) {
    for (std::size_t w = 0; w < words(); ++w) word(w) &= ~other.word(w);
    return *this;
  }
  friend BitSet operator|(BitSet a, const BitSet& b) { return a |= b; }
  friend BitSet operator&(BitSet a, const BitSet& b) { return a &= b; }
  friend BitSet operator-(BitSet a, const BitSet& b) { return a -= b; }
  [[nodiscard]] bool is_subset_of(const BitSet& other) const {
    for (std::size_t w = 0; w < words(); ++w) {
      if ((word(w) & ~other.word(w)) != 0) return false;
    }
    return true;
  }
  [[nodiscard]] bool intersects(const BitSet& other) const {
    for (std::size_t w = 0; w < words(); ++w) {
      if ((word(w) & other.word(w)) != 0) return true;
    }
    return false;
  }
  bool operator==(const BitSet&) const = default;
  bool operator<(const BitSet& other) const {
    if (!more_ || size_ != other.size_) return std::tie(size_, first_) < std::tie(other.size_, other.first_);
    return std::tie(first_, *more_) < std::tie(other.first_, *other.more_);
  }

  [[nodiscard]] std::size_t hash() const {
    std::size_t h = size_ * 0x9E3779B97F4A7C15ULL ^ first_;
    for (std::size_t w = 1; w < words(); ++w) h = (h ^ word(w)) * 0x9E3779B97F4A7C15ULL;
    return h ^ (h >> 29);
  }

 private:
  [[nodiscard]] std::size_t words() const { return more_ ? more_->size() + 1 : 1; }
  [[nodiscard]] std::uint64_t word(std::size_t w) const { return w == 0 ? first_ : (*more_)[w - 1]; }
  std::uint64_t& word(std::size_t w) { return w == 0 ? first_ : (*more_)[w - 1]; }

  std::size_t size_ = 0;
  std::uint64_t first_ = 0;
  Rare<std::vector<std::uint64_t>> more_;
};

}  // namespace farol::base
