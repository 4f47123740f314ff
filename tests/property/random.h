#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <random>
#include <span>
#include <vector>

namespace property {

// How many random policies a test tries: so many, or FAROL_ROUNDS times as many where that is set. The sanitizers,
// under which each takes ten times as long, see a tenth of them.
inline std::uint32_t rounds(std::uint32_t count) {
#ifdef FAROL_SANITIZED
  count = std::max<std::uint32_t>(count / 10, 1);
#endif
  const char* times = std::getenv("FAROL_ROUNDS");
  const auto factor = times == nullptr ? 1UL : std::strtoul(times, nullptr, 10);
  return count * static_cast<std::uint32_t>(factor == 0 ? 1 : factor);
}

// How often a test has to have met what it is about, or it would have compared nothing. With a tenth of the policies
// once is enough: the sanitizers look for faults of memory.
#ifdef FAROL_SANITIZED
inline constexpr std::size_t often = 1;
#else
inline constexpr std::size_t often = 100;
#endif

// Choices that depend on the seed alone: the distributions of the standard library differ between implementations.
class Random {
 public:
  explicit Random(std::uint32_t seed) : engine_(seed) {}

  std::size_t below(std::size_t bound) { return bound == 0 ? 0 : engine_() % bound; }
  std::size_t between(std::size_t low, std::size_t high) { return low + below(high - low + 1); }
  bool chance(std::size_t percent) { return below(100) < percent; }

  template <typename Value>
  const Value& pick(const std::vector<Value>& values) {
    return values.at(below(values.size()));
  }

  template <typename Value>
  void shuffle(std::vector<Value>& values) {
    for (std::size_t left = values.size(); left > 1; --left) std::swap(values[left - 1], values[below(left)]);
  }

  // So many of the values, none twice.
  template <typename Value>
  std::vector<Value> sample(std::vector<Value> values, std::size_t count) {
    shuffle(values);
    if (values.size() > count) values.resize(count);
    return values;
  }

 private:
  std::mt19937 engine_;
};

}  // namespace property
