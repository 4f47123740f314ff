#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <memory>
#include <optional>
#include <system_error>
#include <utility>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file_errors.h"
#include "base/file_system.h"
#include "base/system_error.h"

namespace farol::base {
namespace {

namespace fs = std::filesystem;

std::string reason_of_errno() { return reason_of(std::error_code{errno, std::generic_category()}); }

// A file that is open for reading. Those of the C library ask for memory where they may not throw.
class OpenFile {
 public:
  explicit OpenFile(int number) : number_(number) {}
  OpenFile(OpenFile&& other) noexcept : number_(std::exchange(other.number_, -1)), first_(other.first_) {}
  OpenFile& operator=(OpenFile&&) = delete;
  ~OpenFile() {
    if (number_ >= 0) ::close(number_);
  }

  [[nodiscard]] int number() const { return number_; }
  // The byte of a pipe that was read already.
  void put_back(char first) { first_ = first; }
  // As many bytes as there are, up to `size`.
  [[nodiscard]] FileResult<std::size_t> read(char* buffer, std::size_t size) {
    std::size_t taken = 0;
    if (first_ && size > 0) buffer[taken++] = *std::exchange(first_, std::nullopt);
    while (taken < size) {
      const ssize_t count = ::read(number_, buffer + taken, size - taken);
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return FileError{reason_of_errno()};
      if (count == 0) break;
      taken += static_cast<std::size_t>(count);
    }
    return taken;
  }

 private:
  int number_;
  std::optional<char> first_;
};

bool is_null_device(const struct stat& status) {
  struct stat null {};
  return ::stat("/dev/null", &null) == 0 && S_ISCHR(status.st_mode) && status.st_rdev == null.st_rdev;
}

// Opens what has an end. Opening never waits for somebody to write to a pipe: one that nobody has open for writing is
// an error, while one that is being written to, such as `<(command)` of a shell, is read.
FileResult<OpenFile> open_to_read(const std::string& path) {
  OpenFile file(::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY));
  struct stat status {};
  if (file.number() < 0 || ::fstat(file.number(), &status) != 0) return FileError{reason_of_errno()};
  if (S_ISDIR(status.st_mode)) return FileError{"is a directory"};
  if (S_ISFIFO(status.st_mode)) {
    char first = '\0';
    const ssize_t count = ::read(file.number(), &first, 1);
    if (count == 0) return FileError{"is a pipe that nobody writes to"};
    if (count == 1) file.put_back(first);
  } else if (!S_ISREG(status.st_mode) && !is_null_device(status)) {
    return FileError{"is a device"};
  }
  if (::fcntl(file.number(), F_SETFL, ::fcntl(file.number(), F_GETFL) & ~O_NONBLOCK) != 0)
    return FileError{reason_of_errno()};
  return file;
}

}  // namespace

FileResult<std::string> DiskFileSystem::read(const std::string& path, std::size_t limit) const {
  auto opened = open_to_read(path);
  if (auto* error = std::get_if<FileError>(&opened)) return std::move(*error);
  OpenFile& file = std::get<OpenFile>(opened);
  struct stat status {};
  std::size_t guess = 0;
  if (::fstat(file.number(), &status) == 0 && S_ISREG(status.st_mode)) guess = static_cast<std::size_t>(status.st_size);
  if (guess > limit) return too_large(limit);

  // One byte more than expected, so that the end of the file is seen without another round.
  constexpr std::size_t chunk = std::size_t{1} << 16;
  std::string content;
  std::size_t size = 0;
  while (true) {
    content.resize(std::max(size + 1, size == 0 ? guess + 1 : size + chunk));
    const auto read = file.read(content.data() + size, content.size() - size);
    if (const auto* error = std::get_if<FileError>(&read)) return *error;
    size += std::get<std::size_t>(read);
    if (size > limit) return too_large(limit);
    if (size < content.size()) break;
  }
  content.resize(size);
  return content;
}

namespace {

class FileStream final : public ByteStream {
 public:
  explicit FileStream(OpenFile file) : file_(std::move(file)) {}

  [[nodiscard]] FileResult<std::size_t> read(char* buffer, std::size_t size) override {
    return file_.read(buffer, size);
  }

 private:
  OpenFile file_;
};

}  // namespace

FileResult<std::unique_ptr<ByteStream>> DiskFileSystem::open(const std::string& path) const {
  auto opened = open_to_read(path);
  if (auto* error = std::get_if<FileError>(&opened)) return std::move(*error);
  return std::make_unique<FileStream>(std::get<OpenFile>(std::move(opened)));
}

bool DiskFileSystem::is_directory(const std::string& path) const {
  std::error_code ignored;
  return fs::is_directory(path, ignored);
}

bool DiskFileSystem::exists(const std::string& path) const {
  std::error_code ignored;
  return fs::exists(path, ignored);
}

bool DiskFileSystem::is_file(const std::string& path) const {
  std::error_code ignored;
  return fs::is_regular_file(path, ignored);
}

FileResult<std::vector<std::string>> DiskFileSystem::list(const std::string& path) const {
  std::error_code error;
  std::vector<std::string> names;
  fs::directory_iterator entry(path, error);
  for (; !error && entry != fs::directory_iterator(); entry.increment(error)) {
    std::error_code unknown;
    if (entry->is_regular_file(unknown)) names.push_back(entry->path().filename().string());
  }
  if (error) return FileError{reason_of(error)};
  std::sort(names.begin(), names.end());
  return names;
}

std::string DiskFileSystem::canonical(const std::string& path) const {
  std::error_code error;
  const fs::path absolute = fs::absolute(path, error);
  if (error) return normalise_path(path);
  const fs::path resolved = fs::weakly_canonical(absolute, error);
  return normalise_path(error ? absolute.string() : resolved.string());
}

}  // namespace farol::base
