// The decided function as a few relational tables, for a database that holds the people, the files and the logs
// (docs/warehouse.md).
//
// A person with several roles is no union of them: what they may do is decided here for each combination that is given
// as a `Person`, and whoever holds another combination is unknown to the tables. Every row bears the id of its export,
// so that the views refuse tables that were not written together.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_system.h"
#include "decide/people.h"
#include "model/model.h"
#include "source/source_map.h"

namespace farol::query {

// The files by name, without a folder: the tables as CSV, `schema.sql` with their declarations and the views, and for
// each database the statements that load them. `people` are combinations of several roles, each once; single roles and
// whoever holds none are always there. The policy has no errors. `version` is that of the program.
[[nodiscard]] std::vector<base::OutputFile> export_tables(const model::Model& model, const decide::Decisions& decisions,
                                                          const std::vector<decide::Person>& people,
                                                          const source::SourceMap& sources, std::string_view version);

struct SqlPart {
  std::string_view name;  // `schema.sql`
  std::string_view text;
};
// The parts of the SQL that are the same for every policy: src/query/tables. `@…@` stands for what contexts add.
[[nodiscard]] std::span<const SqlPart> sql_parts();

}  // namespace farol::query
