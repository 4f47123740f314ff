#include "cli/input.h"

#include "base/file_errors.h"

namespace farol::cli {

base::FileResult<std::string> read_input(Session& session, const std::string& path, std::size_t limit) {
  if (path != "-") return session.files().read(session.located(path), limit);
  const std::string& text = session.standard_input(limit);
  if (text.size() > limit) return base::too_large(limit);
  return text;
}

}  // namespace farol::cli
