// The libraries and packs that `use` names, as they were at the version that was asked for.
#pragma once

#include <string_view>
#include <vector>

#include "diag/sink.h"
#include "source/source_map.h"
#include "syntax/loader.h"

namespace farol::syntax {

// Each library once, in the order of their names. `files` are in their final order.
[[nodiscard]] std::vector<Library> load_libraries(const std::vector<File>& files, const Limits& limits,
                                                  source::SourceMap& sources, diag::Sink& sink);

// Component by component, as numbers: `2026.9` is before `2026.11`.
[[nodiscard]] bool is_older(std::string_view version, std::string_view other);

}  // namespace farol::syntax
