// The decided function as Cedar policies (docs.cedarpolicy.com), for applications that ask an engine at run time.
//
// A request is about a `Farol::Person` whose parent is the `Farol::Holder` of their roles, an `Action` that is a
// feature, and a resource of the kind that the feature acts on. Cedar allows it just where the policy does on the day
// of the export; what an engine cannot do with it is listed in the file of losses.
#pragma once

#include <vector>

#include "base/file_system.h"
#include "decide/people.h"
#include "model/model.h"

namespace farol::query {

// The files by name: `policies.cedar`, `schema.cedarschema`, `entities.json` and `losses.txt`. `people` are
// combinations of several roles, each once. The policy has no errors.
[[nodiscard]] std::vector<base::OutputFile> export_cedar(const model::Model& model, const decide::Decisions& decisions,
                                                         const std::vector<decide::Person>& people);

}  // namespace farol::query
