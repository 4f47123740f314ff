#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <system_error>

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

struct Closer {
  void operator()(std::FILE* file) const { static_cast<void>(std::fclose(file)); }
};
using OpenFile = std::unique_ptr<std::FILE, Closer>;

bool is_null_device(const struct stat& status) {
  struct stat null {};
  return ::stat("/dev/null", &null) == 0 && S_ISCHR(status.st_mode) && status.st_rdev == null.st_rdev;
}

// Opens what has an end. Opening never waits for somebody to write to a pipe: one that nobody has open for writing is
// an error, while one that is being written to, such as `<(command)` of a shell, is read.
FileResult<OpenFile> open_to_read(const std::string& path) {
  const int number = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (number < 0) return FileError{reason_of_errno()};
  struct stat status {};
  std::string problem;
  char first = '\0';  // of a pipe, where it is there already
  bool has_first = false;
  if (::fstat(number, &status) != 0) {
    problem = reason_of_errno();
  } else if (S_ISDIR(status.st_mode)) {
    problem = "is a directory";
  } else if (S_ISFIFO(status.st_mode)) {
    const ssize_t count = ::read(number, &first, 1);
    has_first = count == 1;
    if (count == 0) problem = "is a pipe that nobody writes to";
  } else if (!S_ISREG(status.st_mode) && !is_null_device(status)) {
    problem = "is a device";
  }
  if (problem.empty() && ::fcntl(number, F_SETFL, ::fcntl(number, F_GETFL) & ~O_NONBLOCK) != 0)
    problem = reason_of_errno();
  OpenFile file(problem.empty() ? ::fdopen(number, "rb") : nullptr);
  if (file && has_first) static_cast<void>(std::ungetc(static_cast<unsigned char>(first), file.get()));
  if (file) return file;
  if (problem.empty()) problem = reason_of_errno();
  ::close(number);
  return FileError{std::move(problem)};
}

}  // namespace

FileResult<std::string> DiskFileSystem::read(const std::string& path, std::size_t limit) const {
  const auto opened = open_to_read(path);
  if (const auto* error = std::get_if<FileError>(&opened)) return *error;
  const OpenFile& file = std::get<OpenFile>(opened);
  struct stat status {};
  std::size_t guess = 0;
  if (::fstat(::fileno(file.get()), &status) == 0 && S_ISREG(status.st_mode))
    guess = static_cast<std::size_t>(status.st_size);
  if (guess > limit) return too_large(limit);

  // One byte more than expected, so that the end of the file is seen without another round.
  constexpr std::size_t chunk = std::size_t{1} << 16;
  std::string content;
  std::size_t size = 0;
  while (true) {
    content.resize(std::max(size + 1, size == 0 ? guess + 1 : size + chunk));
    const std::size_t count = std::fread(content.data() + size, 1, content.size() - size, file.get());
    size += count;
    if (size > limit) return too_large(limit);
    if (size == content.size()) continue;
    if (std::ferror(file.get()) != 0) return FileError{reason_of_errno()};
    break;
  }
  content.resize(size);
  return content;
}

namespace {

class FileStream final : public ByteStream {
 public:
  explicit FileStream(OpenFile file) : file_(std::move(file)) {}

  [[nodiscard]] FileResult<std::size_t> read(char* buffer, std::size_t size) override {
    const std::size_t count = std::fread(buffer, 1, size, file_.get());
    if (count < size && std::ferror(file_.get()) != 0) return FileError{reason_of_errno()};
    return count;
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
