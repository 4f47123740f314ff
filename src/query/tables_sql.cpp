#include "query/tables_sql.h"

#include <algorithm>
#include <functional>
#include <map>

#include <fmt/format.h>

#include "base/ids.h"
#include "query/tables.h"

namespace farol::query {
namespace {

using model::ContextId;
using model::Model;
using SqlValues = std::map<std::string_view, std::string, std::less<>>;

// What contexts add. Their names and values are names of the language, without quotes and backslashes.
SqlValues sql_of_contexts(const Model& model) {
  SqlValues values{{"columns", ""}, {"weights", ""}, {"decision_columns", ""}, {"log_columns", ""}, {"always", ""}};
  std::string numbers;
  for (const ContextId id : base::ids(model.contexts)) {
    const std::string column = column_of(model, id, "when_"), weight = column_of(model, id, "weight_");
    values["columns"] += ", " + column + " VARCHAR";
    values["weights"] += ", " + weight + " INTEGER";
    values["decision_columns"] += ", d." + column;
    values["log_columns"] += ", l." + column;
    values["always"] += (values["always"].empty() ? "\nWHERE " : " AND ") + column + " IS NULL";
    std::string choices;
    for (std::size_t value = 0; value < model[id].values.size(); ++value)
      choices += fmt::format(" WHEN '{}' THEN {}", model[id].values[value], value + 1);
    numbers += fmt::format("{}\n    COALESCE(w.{} * CASE l.{}{} ELSE 0 END, 0)", numbers.empty() ? "" : " +", weight,
                           column, choices);
  }
  values["case_no"] = numbers.empty() ? "0" : numbers;
  return values;
}

SqlValues sql_of(const Model& model, const std::vector<std::string>& tables) {
  SqlValues values = sql_of_contexts(model);
  values["tables"] = std::to_string(tables.size());
  for (const std::string& table : tables) {
    std::string& counted = values["counted"];
    if (!counted.empty()) counted += "\nUNION ALL ";
    counted += fmt::format(
        "SELECT '{0}' AS table_name, COUNT(*) AS all_rows, COUNT(CASE WHEN export_id = (SELECT MIN(export_id) FROM "
        "farol_stamp) THEN 1 END) AS own_rows FROM {0}",
        table);
  }
  std::vector<std::string> all{"farol_stamp", "farol_stamp_rows"};
  all.insert(all.end(), tables.begin(), tables.end());
  for (const std::string& name : all) {
    values["copies_postgresql"] +=
        fmt::format("\\copy {0} FROM '{0}.csv' WITH (FORMAT csv, HEADER, ENCODING 'UTF8')\n", name);
    values["copies_duckdb"] +=
        fmt::format("COPY {0} FROM '{0}.csv' (FORMAT csv, HEADER, NULLSTR '', ALLOW_QUOTED_NULLS false);\n", name);
  }
  return values;
}

std::string filled(std::string_view text, const SqlValues& values) {
  std::string result;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = std::min(text.find('@', at), text.size());
    result += text.substr(at, begin - at);
    if (begin == text.size()) break;
    const std::size_t end = text.find('@', begin + 1);
    result += values.find(text.substr(begin + 1, end - begin - 1))->second;
    at = end + 1;
  }
  return result;
}

}  // namespace

std::string name_in_columns(const Model& model, ContextId id) {
  constexpr std::size_t longest = 56;
  return model[id].name.size() > longest ? std::to_string(id.index()) : model[id].name;
}

std::string column_of(const Model& model, ContextId id, std::string_view prefix) {
  const std::string name = std::string(prefix) + name_in_columns(model, id);
  const bool plain = std::all_of(name.begin(), name.end(),
                                 [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_'; });
  return plain ? name : "\"" + name + "\"";
}

std::vector<base::OutputFile> sql_files(const Model& model, const std::vector<std::string>& tables) {
  const SqlValues values = sql_of(model, tables);
  std::vector<base::OutputFile> files;
  for (const SqlPart& part : sql_parts()) files.push_back({std::string(part.name), filled(part.text, values)});
  return files;
}

}  // namespace farol::query
