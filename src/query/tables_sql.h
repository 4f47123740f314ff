// The SQL of an export of tables: the parts in src/query/tables, with what a policy adds to them.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/file_system.h"
#include "model/model.h"

namespace farol::query {

// The part of a column's name that stands for a context. PostgreSQL cuts names off at 63 bytes, so that a long one is a
// number; no context is called so.
[[nodiscard]] std::string name_in_columns(const model::Model& model, model::ContextId id);
// A column for a context, `when_device`, in quotes where a database would not take it as it is.
[[nodiscard]] std::string column_of(const model::Model& model, model::ContextId id, std::string_view prefix);

// `tables` are the names of those that are stamped.
[[nodiscard]] std::vector<base::OutputFile> sql_files(const model::Model& model,
                                                      const std::vector<std::string>& tables);

}  // namespace farol::query
