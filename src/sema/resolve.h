// From trees to the model: drops, names, attributes against their schemas, lists to sets, conditions to sets.
#pragma once

#include "diag/sink.h"
#include "model/model.h"
#include "source/source_map.h"
#include "syntax/loader.h"

namespace farol::sema {

// Reports what a policy says about things and sets, F2xxx: names, kinds, attributes, empty lists, impossible
// conditions, objects that do not fit; never what it means. Also `too-large`, and one `not-evaluated` for each kind of
// statement that no stage looks at yet. Always returns a usable model: what is wrong is left out of it, and the roles
// and features that it may have been about are marked `uncertain`, so that no later stage builds a finding on it.
[[nodiscard]] model::Model resolve(const syntax::Program& program, const source::SourceMap& sources, diag::Sink& sink);

}  // namespace farol::sema
