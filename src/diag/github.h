// Findings as annotations of a pull request: the workflow commands of GitHub Actions
// (https://docs.github.com/en/actions/reference/workflow-commands-for-github-actions).
#pragma once

#include <string>

#include "diag/diagnostic.h"
#include "diag/sink.h"

namespace farol::diag {

// GitHub shows so many errors, so many warnings and so many notices of a step; all others are in its log only.
inline constexpr std::size_t max_annotations = 10;

// One line for each finding, `::error file=…,line=…::…`, errors first; then a line that sums up, and says so where
// GitHub will not show all of them. `folder` as in SarifOptions. No text of a policy can start a command of its own.
[[nodiscard]] std::string render_github(const source::SourceMap& sources, const Sink& sink, const std::string& folder,
                                        base::Language language = base::Language::en);

}  // namespace farol::diag
