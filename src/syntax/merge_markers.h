// Lines that git could not merge: one finding for each place, and neither its marks nor the second version is read as
// policy.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "diag/sink.h"
#include "source/source_map.h"
#include "syntax/ast.h"

namespace farol::syntax {

struct MergeConflicts {
  std::string text;                     // as long as the file; the marks and the second version are blanks
  std::vector<BrokenStatement> unread;  // the second versions
};

// Returns an empty text if the file has no such lines.
[[nodiscard]] MergeConflicts find_merge_conflicts(source::SourceId source, std::string_view text, diag::Sink& sink);

}  // namespace farol::syntax
