#include <algorithm>
#include <cstdint>
#include <utility>

#include "base/file_errors.h"
#include "base/file_system.h"

namespace farol::base {
namespace {

// The process of a memory file system was started in `/`: `a/b`, `./a/b` and `/a/b` are one file.
std::string from_root(std::string_view path) {
  const std::string normal = normalise_path("/" + std::string(path));
  return normal.substr(1);
}

using Files = std::map<std::string, std::string>;

// A test may have written the key in another spelling of the same path.
template <class Map>
auto find_file(Map& files, std::string_view path) {
  const std::string wanted = from_root(path);
  const auto direct = files.find(wanted);
  if (direct != files.end()) return direct;
  return std::find_if(files.begin(), files.end(), [&](const auto& entry) { return from_root(entry.first) == wanted; });
}

bool lies_in(const std::string& path, const std::string& folder) {
  return folder.empty() || path == folder || path.starts_with(folder + "/");
}

bool has_below(const Files& files, const std::string& folder) {
  return folder.empty() || std::any_of(files.begin(), files.end(), [&](const auto& entry) {
           return from_root(entry.first).starts_with(folder + "/");
         });
}

class TextStream final : public ByteStream {
 public:
  explicit TextStream(std::string text) : text_(std::move(text)) {}

  [[nodiscard]] FileResult<std::size_t> read(char* buffer, std::size_t size) override {
    const std::size_t count = text_.copy(buffer, size, at_);
    at_ += count;
    return count;
  }

 private:
  std::string text_;
  std::size_t at_ = 0;
};

}  // namespace

std::unique_ptr<ByteStream> stream_of(std::string text) { return std::make_unique<TextStream>(std::move(text)); }

FileResult<std::unique_ptr<ByteStream>> FileSystem::open(const std::string& path) const {
  auto content = read(path, SIZE_MAX);
  if (auto* error = std::get_if<FileError>(&content)) return std::move(*error);
  return stream_of(std::get<std::string>(std::move(content)));
}

FileResult<std::string> MemoryFileSystem::read(const std::string& path, std::size_t limit) const {
  const auto found = find_file(files, path);
  if (found == files.end()) return FileError{is_directory(path) ? "is a directory" : "no such file or directory"};
  if (found->second.size() > limit) return too_large(limit);
  return found->second;
}

bool MemoryFileSystem::is_directory(const std::string& path) const { return has_below(files, from_root(path)); }

bool MemoryFileSystem::exists(const std::string& path) const {
  return find_file(files, path) != files.end() || is_directory(path);
}

FileResult<std::vector<std::string>> MemoryFileSystem::list(const std::string& path) const {
  if (!is_directory(path))
    return FileError{find_file(files, path) != files.end() ? "not a directory" : "no such file or directory"};
  const std::string folder = from_root(path);
  const std::string prefix = folder.empty() ? "" : folder + "/";
  std::vector<std::string> names;
  for (const auto& [key, content] : files) {
    const std::string file = from_root(key);
    if (file.starts_with(prefix) && file.find('/', prefix.size()) == std::string::npos)
      names.push_back(file.substr(prefix.size()));
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::string MemoryFileSystem::canonical(const std::string& path) const { return "/" + from_root(path); }

std::variant<std::monostate, FileError> MemoryFileSystem::write(const std::vector<OutputFile>& outputs) {
  for (const OutputFile& output : outputs) {
    if (output.stays() && find_file(files, output.path) != files.end() &&
        find_file(files, output.path)->second == output.content)
      continue;
    const std::string target = from_root(output.path);
    const bool refused = std::any_of(unwritable.begin(), unwritable.end(),
                                     [&](const std::string& folder) { return lies_in(target, from_root(folder)); });
    if (refused) return cannot_write(output.path, "permission denied");
    if (is_directory(output.path)) return cannot_write(output.path, "is a directory");
    if (output.original) {
      const auto now = find_file(files, output.path);
      const bool exists = now != files.end();
      if (*output.original != Original{exists, exists ? now->second : ""}) return changed_meanwhile(output.path);
    }
    for (std::string folder = folder_of(target); folder != "."; folder = folder_of(folder)) {
      if (find_file(files, folder) != files.end()) return cannot_write(output.path, "not a directory");
    }
  }
  for (const OutputFile& output : outputs) {
    const auto found = find_file(files, output.path);
    if (found != files.end()) {
      found->second = output.content;
    } else {
      files.emplace(normalise_path(output.path), output.content);
    }
  }
  return {};
}

}  // namespace farol::base
