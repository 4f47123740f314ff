// How a finding tells of definitions that lead back to themselves.
#pragma once

#include <cstddef>
#include <string>
#include <utility>

#include "diag/messages_sema.h"
#include "diag/text.h"

namespace farol::sema {

// How many steps of a circle a finding shows.
inline constexpr std::size_t most_steps = 12;

// Returns "`a` names `b` names `a`" for a circle of `count` definitions, of which `name_of(i)` is the name of one; `i`
// is below `count`. Of a long circle it shows the first steps, then `…`.
template <class NameOf>
[[nodiscard]] diag::Text path_around(std::size_t count, diag::Text (*step)(diag::Text, std::string), NameOf name_of) {
  diag::Text path = message::quoted(name_of(0));
  for (std::size_t i = 1; i < count && i < most_steps; ++i) path = step(std::move(path), name_of(i));
  if (count > most_steps) path = step(std::move(path), "…");
  return step(std::move(path), name_of(0));
}

}  // namespace farol::sema
