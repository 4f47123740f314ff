// How the JSON of answers writes a rule with its place, and whom it is about.
#pragma once

#include <vector>

#include "base/json_writer.h"
#include "model/model.h"
#include "source/source_map.h"

namespace farol::query {

// The members of an object: the rule's label or text, file, line, reason.
void write_rule_members(base::JsonWriter& json, const model::Model& model, const source::SourceMap& sources,
                        model::RuleId id);
void write_place(base::JsonWriter& json, const source::SourceMap& sources, source::Span place);
void write_keepers(base::JsonWriter& json, const std::vector<model::KeptBy>& keepers);
// Null: whoever holds none.
void write_role(base::JsonWriter& json, const model::Model& model, model::RoleId role);

}  // namespace farol::query
