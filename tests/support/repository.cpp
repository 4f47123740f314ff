#include "support/repository.h"

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace farol::testing {
namespace {

namespace fs = std::filesystem;

const fs::path root = FAROL_SOURCE_DIR;

}  // namespace

std::string read_repository(const std::string& path) {
  std::ifstream file(root / path, std::ios::binary);
  if (!file) throw std::runtime_error("cannot read " + path);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

void write_repository(const std::string& path, std::string_view text) {
  fs::create_directories((root / path).parent_path());
  std::ofstream file(root / path, std::ios::binary);
  file << text;
  if (!file.flush()) throw std::runtime_error("cannot write " + path);
}

std::vector<std::string> list_repository(const std::string& folder, std::string_view ending) {
  std::vector<std::string> paths;
  if (!fs::is_directory(root / folder)) return paths;
  for (const auto& entry : fs::recursive_directory_iterator(root / folder)) {
    const std::string path = fs::relative(entry.path(), root).generic_string();
    if (entry.is_regular_file() && path.ends_with(ending)) paths.push_back(path);
  }
  std::sort(paths.begin(), paths.end());
  return paths;
}

bool update_wanted() {
  const char* value = std::getenv("FAROL_UPDATE_GOLDEN");
  return value != nullptr && std::string_view(value) != "" && std::string_view(value) != "0";
}

std::string shared_folder() {
  const char* value = std::getenv("FAROL_SHARED");
  if (value != nullptr && *value != '\0') return value;
  const fs::path beside = root.parent_path() / "shared";
  return fs::is_directory(beside) ? beside.string() : "";
}

}  // namespace farol::testing
