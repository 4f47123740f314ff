// A place in words.
#pragma once

#include <string>

#include "source/source_map.h"

namespace farol::source {

// `rules.farol:24`; empty for no place.
[[nodiscard]] std::string place_of(const SourceMap& sources, Span span);

}  // namespace farol::source
