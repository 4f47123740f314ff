// The libraries and packs that `use` names, as they were at the version that was asked for.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "diag/sink.h"
#include "source/source_map.h"
#include "syntax/loader.h"

namespace farol::syntax {

// Returns the newest version of an embedded library or pack; nullopt if there is none of that name.
[[nodiscard]] std::optional<Library> load_library(std::string_view name, bool pack, source::SourceMap& sources);

// Returns each library once, in the order of their names. `files` must be in their final order.
[[nodiscard]] std::vector<Library> load_libraries(const std::vector<File>& files, source::SourceMap& sources,
                                                  diag::Sink& sink);

}  // namespace farol::syntax
