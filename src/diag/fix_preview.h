// Shows what a fix would change, as removed and added lines.
#pragma once

#include <string>

#include "diag/diagnostic.h"
#include "diag/snippet.h"

namespace farol::diag {

// The lines of other files than `main` come below the name of their file.
void write_fix_preview(std::string& out, const source::SourceMap& sources, const SnippetWriter& writer, const Fix& fix,
                       source::SourceId main);

}  // namespace farol::diag
