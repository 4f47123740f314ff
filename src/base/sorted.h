// Sorted vectors as small sets.
#pragma once

#include <algorithm>
#include <iterator>
#include <vector>

namespace farol::base {

template <class T>
void sort_unique(std::vector<T>& items) {
  std::sort(items.begin(), items.end());
  items.erase(std::unique(items.begin(), items.end()), items.end());
}

// What is in either of two sorted vectors, sorted.
template <class T>
[[nodiscard]] std::vector<T> united(const std::vector<T>& a, const std::vector<T>& b) {
  std::vector<T> all;
  std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(all));
  return all;
}

}  // namespace farol::base
