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

namespace farol::base {
namespace {

namespace fs = std::filesystem;

// As the operating system says it, in the style of our messages: "no such file or directory".
std::string reason_of(const std::error_code& error) {
  std::string reason = error.message();
  const auto is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  if (reason.size() > 1 && is_upper(reason[0]) && !is_upper(reason[1])) reason[0] = static_cast<char>(reason[0] + 32);
  return reason;
}
std::string reason_of_errno() { return reason_of({errno, std::generic_category()}); }

struct Closer {
  void operator()(std::FILE* file) const { static_cast<void>(std::fclose(file)); }
};
using OpenFile = std::unique_ptr<std::FILE, Closer>;

// Writes files in two steps: everything beside its target, then everything by renaming. What was done is undone by the
// destructor unless `commit` succeeded.
class Transaction {
 public:
  Transaction() = default;
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction() {
    if (!done_) roll_back();
  }

  std::error_code prepare(const OutputFile& file);
  // On failure, `failed` is the index of the file that could not be replaced.
  std::error_code commit(std::size_t& failed);

 private:
  struct Step {
    std::string target;
    std::string temporary;  // empty: a device or pipe, written in place
    std::string backup;     // the old file, under a second name
    std::string_view content;
    bool replaces = false;
    bool renamed = false;
  };

  std::error_code make_folders(const fs::path& folder);
  std::string unused_name(const fs::path& target);
  void roll_back();

  std::vector<Step> steps_;
  std::vector<fs::path> made_folders_;  // outermost first
  int names_ = 0;
  bool done_ = false;
};

std::error_code last_error() { return {errno, std::generic_category()}; }

std::error_code write_all(int file, std::string_view content) {
  while (!content.empty()) {
    const ssize_t written = ::write(file, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return last_error();
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

std::error_code write_new(const std::string& path, std::string_view content, int flags) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CLOEXEC | flags, 0666);
  if (file < 0) return last_error();
  std::error_code error = write_all(file, content);
  // Some file systems report a full disk only here.
  if (::close(file) != 0 && !error) error = last_error();
  return error;
}

std::error_code Transaction::make_folders(const fs::path& folder) {
  std::error_code error;
  if (folder.empty() || fs::is_directory(folder, error)) return {};
  if (fs::exists(folder, error)) return std::make_error_code(std::errc::not_a_directory);
  if (const std::error_code above = make_folders(folder.parent_path())) return above;
  if (fs::create_directory(folder, error)) made_folders_.push_back(folder);
  return error;
}

std::string Transaction::unused_name(const fs::path& target) {
  const std::string suffix = std::to_string(::getpid()) + "-" + std::to_string(names_++);
  return (target.parent_path() / ("." + target.filename().string() + "." + suffix)).string();
}

std::error_code Transaction::prepare(const OutputFile& file) {
  std::error_code error;
  const fs::file_status status = fs::status(file.path, error);
  error.clear();  // what is not there is about to be made
  const bool is_file = fs::is_regular_file(status);
  if (fs::is_directory(status) || file.path.ends_with('/')) return std::make_error_code(std::errc::is_a_directory);
  if (fs::exists(status) && !is_file) {
    steps_.push_back({file.path, "", "", file.content, true, false});
    return {};
  }
  // A link keeps pointing where it does; the file behind it is replaced.
  fs::path target = file.path;
  if (is_file) target = fs::canonical(target, error);
  if (error) return error;
  if (is_file && ::access(target.c_str(), W_OK) != 0) return last_error();
  if (const std::error_code folders = make_folders(target.parent_path())) return folders;

  Step step{target.string(), unused_name(target), "", {}, is_file, false};
  error = write_new(step.temporary, file.content, O_CREAT | O_EXCL);
  if (!error && is_file) fs::permissions(step.temporary, status.permissions(), error);
  steps_.push_back(std::move(step));
  return error;
}

std::error_code Transaction::commit(std::size_t& failed) {
  for (failed = 0; failed < steps_.size(); ++failed) {
    Step& step = steps_[failed];
    if (step.temporary.empty()) {
      if (const std::error_code error = write_new(step.target, step.content, 0)) return error;
      continue;
    }
    // Without hard links there is no way back from a later failure, but each file is still whole.
    std::string backup = unused_name(step.target);
    if (::link(step.target.c_str(), backup.c_str()) == 0) step.backup = std::move(backup);
    if (std::rename(step.temporary.c_str(), step.target.c_str()) != 0) return last_error();
    step.renamed = true;
  }
  for (const Step& step : steps_) {
    if (!step.backup.empty()) static_cast<void>(::unlink(step.backup.c_str()));
  }
  done_ = true;
  return {};
}

void Transaction::roll_back() {
  for (auto step = steps_.rbegin(); step != steps_.rend(); ++step) {
    if (step->temporary.empty()) continue;
    if (!step->renamed) static_cast<void>(::unlink(step->temporary.c_str()));
    if (step->renamed && !step->replaces) static_cast<void>(::unlink(step->target.c_str()));
    if (!step->backup.empty()) static_cast<void>(std::rename(step->backup.c_str(), step->target.c_str()));
    // Renaming one name of a file onto another of its names does nothing and leaves both.
    if (!step->backup.empty()) static_cast<void>(::unlink(step->backup.c_str()));
  }
  for (auto folder = made_folders_.rbegin(); folder != made_folders_.rend(); ++folder) {
    std::error_code ignored;
    fs::remove(*folder, ignored);
  }
}

}  // namespace

FileResult<std::string> DiskFileSystem::read(const std::string& path, std::size_t limit) const {
  const OpenFile file(std::fopen(path.c_str(), "rbe"));
  if (!file) return FileError{reason_of_errno()};
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
  if (is_directory(path)) return FileError{"is a directory"};
  OpenFile file{std::fopen(path.c_str(), "rbe")};
  if (!file) return FileError{reason_of_errno()};
  return std::make_unique<FileStream>(std::move(file));
}

bool DiskFileSystem::is_directory(const std::string& path) const {
  std::error_code ignored;
  return fs::is_directory(path, ignored);
}

bool DiskFileSystem::exists(const std::string& path) const {
  std::error_code ignored;
  return fs::exists(path, ignored);
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

std::variant<std::monostate, FileError> DiskFileSystem::write(const std::vector<OutputFile>& files) {
  Transaction transaction;
  for (const OutputFile& file : files) {
    if (const std::error_code error = transaction.prepare(file)) return cannot_write(file.path, reason_of(error));
  }
  std::size_t failed = 0;
  if (const std::error_code error = transaction.commit(failed))
    return cannot_write(files[failed].path, reason_of(error));
  return {};
}

}  // namespace farol::base
