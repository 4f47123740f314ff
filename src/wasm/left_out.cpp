// What this build has not, in one place. Whoever asks for it is told.
#include "base/workbook.h"
#include "document/document.h"

namespace farol {

namespace base {

bool looks_like_workbook(std::string_view bytes) { return bytes.starts_with("PK\x03\x04"); }

std::variant<Sheet, std::string> read_workbook(std::string_view) {
  return "this build of farol reads no workbooks; save it as CSV in UTF-8";
}

}  // namespace base

namespace document {

bool renders_workbooks() { return false; }
std::string render_xlsx(const std::vector<Sheet>&, const base::Date&) { return {}; }

}  // namespace document

}  // namespace farol
