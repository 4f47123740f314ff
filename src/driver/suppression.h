// Applies waivers and severities before findings reach the sink: what a waiver covers does not count, and a kind of
// finding has the severity that the policy or the command line gives it.
//
// A waiver is for one kind of finding until a day, and for the things that it names, or for all of that kind. It covers
// a finding if it names all that the finding is about in one respect, as in `diag::Diagnostic::about`: all its roles,
// all its features … Several waivers can cover a finding together. One whose day has passed covers nothing and is an
// error; one that covers nothing is a warning, unless what was not found or decided could be what it is for.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "base/date.h"
#include "check/findings.h"
#include "diag/sink.h"
#include "model/model.h"

namespace farol::driver {

// By kind of finding.
using Severities = std::map<std::string, diag::Setting, std::less<>>;

// Returns the severities of the policy; those of the command line override them.
[[nodiscard]] Severities severities_of(const model::Model& model, const Severities& command_line);

// Returns the severity that a kind has, given its own. Returns nullopt if the kind is off.
[[nodiscard]] std::optional<diag::Severity> settled_severity(const Severities& severities, std::string_view kind,
                                                             diag::Severity own);
[[nodiscard]] std::optional<diag::Severity> settled_severity(const Severities& severities, diag::Code code);

// Removes from the sink and from the findings what does not count, and reports expired and unused waivers.
// `whole_checks` are the IDs of the checks whose findings are all in `findings`: a waiver of another is not called
// unused.
void suppress(const model::Model& model, const source::SourceMap& sources, base::Date as_of,
              const Severities& severities, const std::set<std::string_view>& whole_checks, diag::Sink& sink,
              check::Findings& findings);

}  // namespace farol::driver
