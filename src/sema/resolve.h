// From trees to the model: drops, names, attributes against their schemas, lists to sets, conditions to sets.
#pragma once

#include <vector>

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

// A place that names something declared, with the place that declares it. Labels of statements are not declared so.
struct NameUse {
  source::Span span, declared;
};
// Returns each use that was resolved, in no order; what declares a name is a use of it, too.
[[nodiscard]] std::vector<NameUse> find_uses(const syntax::Program& program, const source::SourceMap& sources);

}  // namespace farol::sema
