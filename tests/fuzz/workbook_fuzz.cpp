// Any bytes as a workbook: as they are where they begin as an archive does, else as parts that one is made of. A line
// `=== NAME` begins a part.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <string>
#include <variant>

#include <zip.h>

#include "base/csv.h"
#include "base/text.h"
#include "base/workbook.h"
#include "fuzz/body.h"
#include "fuzz/mutators.h"

namespace {

using namespace farol;

void add(zip_t* archive, const std::string& name, const std::string& content) {
  zip_source_t* source = zip_source_buffer(archive, content.data(), content.size(), 0);
  if (zip_file_add(archive, name.c_str(), source, ZIP_FL_ENC_UTF_8 | ZIP_FL_OVERWRITE) < 0) zip_source_free(source);
}

std::string archive_of(const std::string& parts) {
  zip_error_t error;
  zip_error_init(&error);
  zip_source_t* target = zip_source_buffer_create(nullptr, 0, 0, &error);
  zip_t* archive = zip_open_from_source(target, ZIP_TRUNCATE, &error);
  fuzz::require(archive != nullptr, "no archive");
  zip_source_keep(target);
  std::deque<std::string> contents;  // as long as the archive is not written
  for (std::size_t at = parts.find("=== "); at != std::string::npos;) {
    const std::size_t line = std::min(parts.find('\n', at), parts.size());
    const std::size_t next = parts.find("\n=== ", line);
    contents.push_back(line == parts.size() ? "" : parts.substr(line + 1, next - line - 1));
    add(archive, parts.substr(at + 4, line - at - 4), contents.back());
    at = next == std::string::npos ? next : next + 1;
  }
  std::string bytes;
  if (zip_close(archive) != 0) zip_discard(archive);
  if (zip_source_open(target) == 0) {
    zip_source_seek(target, 0, SEEK_END);
    bytes.resize(static_cast<std::size_t>(zip_source_tell(target)));
    zip_source_seek(target, 0, SEEK_SET);
    zip_source_read(target, bytes.data(), bytes.size());
    zip_source_close(target);
  }
  zip_source_free(target);
  return bytes;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const auto read = base::read_workbook(base::looks_like_workbook(text) ? text : archive_of(text));
  const auto* sheet = std::get_if<base::Sheet>(&read);
  fuzz::count.add(sheet != nullptr);
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
