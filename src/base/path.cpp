#include <vector>

#include "base/file_system.h"

namespace farol::base {

std::string join_path(std::string_view folder, std::string_view path) {
  if (folder.empty() || path.starts_with('/')) return normalise_path(path);
  return normalise_path(std::string(folder) + "/" + std::string(path));
}

std::string folder_of(std::string_view path) {
  const std::size_t slash = path.rfind('/');
  if (slash == std::string_view::npos) return ".";
  return slash == 0 ? "/" : std::string(path.substr(0, slash));
}

std::string path_beside(const FileSystem& files, const std::string& input, std::string_view name) {
  return join_path(files.is_file(input) ? folder_of(input) : input, name);
}

std::string normalise_path(std::string_view path) {
  const bool absolute = path.starts_with('/');
  std::vector<std::string_view> kept;
  for (std::size_t at = 0; at < path.size();) {
    const std::size_t end = std::min(path.find('/', at), path.size());
    const std::string_view part = path.substr(at, end - at);
    at = end + 1;
    if (part.empty() || part == ".") continue;
    if (part != "..") {
      kept.push_back(part);
    } else if (!kept.empty() && kept.back() != "..") {
      kept.pop_back();
    } else if (!absolute) {
      kept.push_back(part);
    }
  }
  std::string result = absolute ? "/" : "";
  for (std::size_t i = 0; i < kept.size(); ++i) {
    if (i > 0) result += '/';
    result += kept[i];
  }
  return result.empty() ? "." : result;
}

}  // namespace farol::base
