// Any bytes as a workbook: as they are where they begin as an archive does, else as parts that one is made of. A line
// `=== NAME` begins a part.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/csv.h"
#include "base/text.h"
#include "base/workbook.h"
#include "fuzz/body.h"
#include "fuzz/mutators.h"
#include "support/archive.h"

namespace {

using namespace farol;

std::string archive_of(const std::string& text) {
  std::vector<std::pair<std::string, std::string>> parts;
  for (std::size_t at = text.find("=== "); at != std::string::npos;) {
    const std::size_t line = std::min(text.find('\n', at), text.size());
    const std::size_t next = text.find("\n=== ", line);
    parts.emplace_back(text.substr(at + 4, line - at - 4),
                       line == text.size() ? "" : text.substr(line + 1, next - line - 1));
    at = next == std::string::npos ? next : next + 1;
  }
  return testing::make_archive(parts);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto read = base::read_workbook(base::looks_like_workbook(text) ? text : archive_of(text));
  const auto* sheet = std::get_if<base::Sheet>(&read);
  fuzz::count.add(data, size, sheet != nullptr);
  if (sheet == nullptr) {
    const std::string& problem = std::get<std::string>(read);
    fuzz::require(!problem.empty() && !base::find_invalid_utf8(problem), "a problem that is no text");
    return 0;
  }
  fuzz::require(std::holds_alternative<base::CsvRows>(base::read_csv(sheet->csv)), "a sheet that cannot be read");
  for (const std::string& name : sheet->other_sheets)
    fuzz::require(!base::find_invalid_utf8(name), "a name of a sheet is not UTF-8");
  return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t most, unsigned seed) {
  return fuzz::mutate(data, size, most, seed, 0, fuzz::change_any);
}
