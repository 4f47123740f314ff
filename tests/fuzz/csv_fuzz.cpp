// Any bytes as a table: what is read and written comes back the same, by rows and as confirmations.
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/csv.h"
#include "base/text.h"
#include "fuzz/body.h"
#include "query/sheet.h"
#include "target/dingtalk/confirmations.h"

using namespace farol;
using fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto table = base::read_csv(text);
  if (const auto* problem = std::get_if<std::string>(&table)) {
    require(!problem->empty() && !base::find_invalid_utf8(*problem), "a problem that is no text");
  } else {
    base::CsvWriter writer;
    for (const base::CsvRow& row : std::get<base::CsvRows>(table)) writer.row(row.cells);
    const auto again = base::read_csv(writer.take());
    require(std::holds_alternative<base::CsvRows>(again), "what was written cannot be read");
    const auto& rows = std::get<base::CsvRows>(table);
    const auto& rows_again = std::get<base::CsvRows>(again);
    require(rows.size() == rows_again.size(), "rows are lost");
    for (std::size_t i = 0; i < rows.size(); ++i) require(rows[i].cells == rows_again[i].cells, "a row has changed");
  }
  fuzz::count.add(data, size, std::holds_alternative<base::CsvRows>(table));
  const auto ledger = dingtalk::Confirmations::read(text);
  if (const auto* read = std::get_if<dingtalk::Confirmations>(&ledger)) {
    dingtalk::Confirmations more = *read;
    more.add({});
    const auto list = read->list();
    const auto again = dingtalk::Confirmations::read(read->write());
    require(std::holds_alternative<dingtalk::Confirmations>(again), "confirmations that were written cannot be read");
    require(std::get<dingtalk::Confirmations>(again).list().size() == list.size(), "a confirmation is lost");
    require(more.list().size() == list.size() + 1, "a confirmation is not added");
  }
  const auto sheet = query::read_sheet(text, "sheet.csv");
  if (const auto* problem = std::get_if<std::string>(&sheet))
    require(!base::find_invalid_utf8(*problem), "a problem of a sheet is not UTF-8");
  return 0;
}
