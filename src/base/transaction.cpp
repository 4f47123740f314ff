// Writing files: all whole, or none touched.
#include <algorithm>
#include <array>
#include <atomic>
#include <cerrno>
#include <chrono>
#include <cstdio>
#include <ctime>
#include <filesystem>
#include <memory>
#include <system_error>
#include <thread>
#include <utility>

#include <dirent.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <fmt/format.h>

#include "base/file_errors.h"
#include "base/file_system.h"
#include "base/interruptions.h"
#include "base/system_error.h"

namespace farol::base {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view own_prefix = ".farol-";
constexpr std::string_view new_suffix = ".new", old_suffix = ".old";
constexpr std::size_t random_digits = 16;

std::error_code last_error() { return {errno, std::generic_category()}; }

// A name that no other process makes: ids of processes repeat, in containers they are all alike.
std::string random_name(const fs::path& folder, std::string_view suffix) {
  std::uint64_t number = 0;
  if (::getentropy(&number, sizeof number) != 0) {
    static std::uint64_t count = 0;
    const auto now = std::chrono::steady_clock::now().time_since_epoch().count();
    number = static_cast<std::uint64_t>(now) * 0x9E3779B97F4A7C15u + static_cast<std::uint64_t>(::getpid()) + ++count;
  }
  return (folder / fmt::format("{}{:016x}{}", own_prefix, number, suffix)).string();
}

bool is_own_name(std::string_view name) {
  if (name.size() != own_prefix.size() + random_digits + new_suffix.size() || !name.starts_with(own_prefix))
    return false;
  const std::string_view digits = name.substr(own_prefix.size(), random_digits);
  return digits.find_first_not_of("0123456789abcdef") == std::string_view::npos &&
         (name.ends_with(new_suffix) || name.ends_with(old_suffix));
}

// Some file systems, and devices, have nothing to sync.
std::error_code synced(int result) {
  if (result == 0 || errno == EINVAL || errno == ENOTSUP || errno == EROFS || errno == ENOSYS) return {};
  return last_error();
}

std::error_code write_all(int file, std::string_view content) {
  while (!content.empty()) {
    const ssize_t written = ::write(file, content.data(), content.size());
    if (written < 0 && errno == EINTR && !Interruptions::noted()) continue;
    if (written < 0) return last_error();
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  return {};
}

std::error_code write_in_place(const std::string& path, std::string_view content) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CLOEXEC | O_NOCTTY);
  if (file < 0) return last_error();
  std::error_code error = write_all(file, content);
  if (::close(file) != 0 && !error) error = last_error();
  return error;
}

// A folder while nobody else writes to it. The folder itself is locked, so that nothing is left behind; where a file
// system has no locks, a comparison with what was read still finds most changes.
class LockedFolder {
 public:
  explicit LockedFolder(std::string path) : path_(std::move(path)) {}
  LockedFolder(const LockedFolder&) = delete;
  LockedFolder& operator=(const LockedFolder&) = delete;
  ~LockedFolder() { close(); }

  // A folder that may be entered and not read cannot be opened, and is written to without a lock.
  std::error_code open() {
    close();
    file_ = ::open(path_.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (file_ < 0 && errno != EACCES) return last_error();
    if (file_ >= 0 && ::fstat(file_, &status_) != 0) return last_error();
    return {};
  }
  // Waits for whoever writes to it. `interrupted` if a signal came.
  std::error_code lock() {
    using namespace std::chrono;
    constexpr auto longest = minutes{1};
    const auto start = steady_clock::now();
    for (auto pause = microseconds{200}; file_ >= 0; pause = std::min(pause * 2, microseconds{20'000})) {
      if (::flock(file_, LOCK_EX | LOCK_NB) == 0) {
        is_locked_ = true;
        break;
      }
      if (errno != EWOULDBLOCK && errno != EINTR) break;
      if (Interruptions::noted()) return std::make_error_code(std::errc::interrupted);
      if (steady_clock::now() - start > longest) return std::make_error_code(std::errc::timed_out);
      std::this_thread::sleep_for(pause);
    }
    return {};
  }
  // Returns false if the folder was removed, or replaced, while we waited.
  [[nodiscard]] bool is_current() const {
    struct stat now {};
    return file_ < 0 ||
           (::stat(path_.c_str(), &now) == 0 && now.st_ino == status_.st_ino && now.st_dev == status_.st_dev);
  }
  // Removes what a process has left that was killed in here. Whoever holds the lock is alone, so that all is left over;
  // without a lock, only what is old.
  void sweep() const {
    // The iterator of the standard library ends the program where the memory ends.
    const std::unique_ptr<DIR, int (*)(DIR*)> folder(::opendir(path_.c_str()), ::closedir);
    if (folder == nullptr) return;
    constexpr std::time_t old = 3600;  // seconds
    while (const dirent* entry = ::readdir(folder.get())) {
      if (!is_own_name(entry->d_name)) continue;
      const std::string path = path_ + "/" + entry->d_name;
      struct stat status {};
      const bool is_old = ::lstat(path.c_str(), &status) == 0 && std::time(nullptr) - status.st_mtime > old;
      if (is_locked_ || is_old) static_cast<void>(::unlink(path.c_str()));
    }
  }
  [[nodiscard]] std::error_code sync() const { return file_ < 0 ? std::error_code{} : synced(::fsync(file_)); }
  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::pair<dev_t, ino_t> identity() const { return {status_.st_dev, status_.st_ino}; }

 private:
  void close() {
    if (file_ >= 0) ::close(file_);
    file_ = -1;
  }

  std::string path_;
  int file_ = -1;
  struct stat status_ {};
  bool is_locked_ = false;
};

// Writes files in two steps: everything beside its target, then everything by renaming. What was done is undone by the
// destructor unless `commit` succeeded. From `commit` on nothing is allocated.
class Transaction {
 public:
  Transaction() = default;
  Transaction(const Transaction&) = delete;
  Transaction& operator=(const Transaction&) = delete;
  ~Transaction() {
    if (!done_) roll_back();
  }

  // Finds the targets, makes their folders and locks them.
  std::variant<std::monostate, FileError> begin(const std::vector<OutputFile>& files);
  std::error_code prepare(std::size_t index, const OutputFile& file);
  // On failure, `failed` is the index of the file that could not be replaced.
  std::error_code commit(std::size_t& failed);
  // Compares a file with what it is said to have been.
  [[nodiscard]] bool is_as_read(std::size_t index, const Original& original) const;

 private:
  struct Step {
    std::string target;
    std::string temporary;  // empty: a device or pipe, written in place, or nothing is to be written
    std::string backup;     // the name for the old file, while the new one is put in its place
    std::string_view content;
    mode_t mode = 0;
    bool replaces = false;
    bool stays = false;  // it is what it shall be
    bool is_written = false, has_backup = false, is_renamed = false;
  };

  static std::error_code find_target(const OutputFile& file, Step& step);
  std::error_code make_folders(const fs::path& folder);
  std::error_code lock_folders();
  void roll_back();

  std::vector<Step> steps_;                             // one for each file
  std::vector<std::unique_ptr<LockedFolder>> folders_;  // each once, in the order in which all processes lock them
  std::vector<std::string> made_folders_;               // outermost first
  bool done_ = false;
};

// A link keeps pointing where it does; the file behind it is replaced, or made.
std::error_code Transaction::find_target(const OutputFile& file, Step& step) {
  if (file.path.ends_with('/')) return std::make_error_code(std::errc::is_a_directory);
  constexpr int most_links = 40;
  fs::path target = file.path;
  std::error_code error;
  for (int links = 0;; ++links) {
    // What cannot be looked at may be a link, which must not be replaced by a file.
    const fs::file_status found = fs::symlink_status(target, error);
    if (found.type() == fs::file_type::none) return error;
    if (!fs::is_symlink(found)) break;
    if (links == most_links) return std::make_error_code(std::errc::too_many_symbolic_link_levels);
    const fs::path next = fs::read_symlink(target, error);
    if (error) return error;
    target = target.parent_path() / next;  // an absolute one replaces what is before it
  }
  struct stat status {};
  const bool exists = ::stat(target.c_str(), &status) == 0;
  if (!exists && errno != ENOENT && errno != ENOTDIR) return last_error();
  if (exists && S_ISDIR(status.st_mode)) return std::make_error_code(std::errc::is_a_directory);
  step.target = target.string();
  step.replaces = exists;
  step.mode = status.st_mode & 07777;
  step.content = file.content;
  step.stays = file.stays();
  if (exists && !S_ISREG(status.st_mode)) return {};
  if (file.stays()) return {};
  if (exists && ::access(target.c_str(), W_OK) != 0) return last_error();
  step.temporary = random_name(target.parent_path(), new_suffix);
  step.backup = random_name(target.parent_path(), old_suffix);
  return {};
}

std::error_code Transaction::make_folders(const fs::path& folder) {
  std::error_code error;
  if (folder.empty() || fs::is_directory(folder, error)) return {};
  if (fs::exists(folder, error)) return std::make_error_code(std::errc::not_a_directory);
  if (const std::error_code above = make_folders(folder.parent_path())) return above;
  made_folders_.push_back(folder.string());
  if (::mkdir(folder.c_str(), 0777) == 0) return {};
  error = last_error();
  made_folders_.pop_back();
  return error == std::errc::file_exists && fs::is_directory(folder) ? std::error_code{} : error;
}

std::error_code Transaction::lock_folders() {
  for (const auto& folder : folders_) {
    if (const std::error_code error = folder->open()) return error;
  }
  // In one order for all processes, so that no two of them wait for each other; and each folder once.
  std::sort(folders_.begin(), folders_.end(),
            [](const auto& a, const auto& b) { return a->identity() < b->identity(); });
  folders_.erase(std::unique(folders_.begin(), folders_.end(),
                             [](const auto& a, const auto& b) { return a->identity() == b->identity(); }),
                 folders_.end());
  for (const auto& folder : folders_) {
    if (const std::error_code error = folder->lock()) return error;
    if (!folder->is_current()) return std::make_error_code(std::errc::no_such_file_or_directory);
  }
  for (const auto& folder : folders_) folder->sweep();
  return {};
}

std::variant<std::monostate, FileError> Transaction::begin(const std::vector<OutputFile>& files) {
  steps_.resize(files.size());
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (const std::error_code error = find_target(files[i], steps_[i]))
      return cannot_write(files[i].path, reason_of(error));
  }
  // A folder may be gone before it is locked: another process had made it, failed, and removed it again.
  constexpr int most_attempts = 100;
  for (int attempt = 1;; ++attempt) {
    folders_.clear();
    for (std::size_t i = 0; i < files.size(); ++i) {
      if (steps_[i].temporary.empty() && !steps_[i].stays) continue;
      const fs::path folder = fs::path(steps_[i].target).parent_path();
      if (const std::error_code error = make_folders(folder)) return cannot_write(files[i].path, reason_of(error));
      std::string path = folder.empty() ? "." : folder.string();
      const bool known =
          std::any_of(folders_.begin(), folders_.end(), [&](const auto& each) { return each->path() == path; });
      if (!known) folders_.push_back(std::make_unique<LockedFolder>(std::move(path)));
    }
    const std::error_code error = lock_folders();
    if (!error) return {};
    if (error == std::errc::no_such_file_or_directory && attempt < most_attempts) continue;
    if (error == std::errc::timed_out)
      return FileError{"cannot write `" + files.front().path +
                       "`: another process has been writing to its folder for a minute"};
    return cannot_write(files.front().path, reason_of(error));
  }
}

bool Transaction::is_as_read(std::size_t index, const Original& original) const {
  const auto now = DiskFileSystem{}.read(steps_[index].target, original.content.size());
  const auto* text = std::get_if<std::string>(&now);
  if (original.exists) return text != nullptr && *text == original.content;
  struct stat status {};
  return ::lstat(steps_[index].target.c_str(), &status) != 0 && errno == ENOENT;
}

std::error_code Transaction::prepare(std::size_t index, const OutputFile& output) {
  Step& step = steps_[index];
  if (step.temporary.empty()) return {};
  if (Interruptions::noted()) return std::make_error_code(std::errc::interrupted);
  // Whether there was a file is asked again: somebody may have made it while we waited.
  struct stat status {};
  step.replaces = ::stat(step.target.c_str(), &status) == 0;
  if (step.replaces) step.mode = status.st_mode & 07777;
  int file = -1;
  constexpr int most_names = 100;
  for (int names = 0; names < most_names; ++names) {
    file = ::open(step.temporary.c_str(), O_WRONLY | O_CLOEXEC | O_CREAT | O_EXCL, 0666);
    if (file >= 0 || errno != EEXIST) break;
    step.temporary = random_name(fs::path(step.target).parent_path(), new_suffix);
  }
  if (file < 0) return last_error();
  step.is_written = true;
  std::error_code error = write_all(file, output.content);
  if (!error && step.replaces && ::fchmod(file, step.mode) != 0) error = last_error();
  // Or a power cut could leave the new name with nothing in it.
  if (!error) error = synced(::fdatasync(file));
  // Some file systems report a full disk only here.
  if (::close(file) != 0 && !error) error = last_error();
  return error;
}

std::error_code Transaction::commit(std::size_t& failed) {
  for (failed = 0; failed < steps_.size(); ++failed) {
    Step& step = steps_[failed];
    if (Interruptions::noted()) return std::make_error_code(std::errc::interrupted);
    if (step.stays) continue;
    if (step.temporary.empty()) {
      if (const std::error_code error = write_in_place(step.target, step.content)) return error;
      continue;
    }
    // Without hard links there is no way back from a later failure, but each file is still whole.
    step.has_backup = step.replaces && ::link(step.target.c_str(), step.backup.c_str()) == 0;
    if (std::rename(step.temporary.c_str(), step.target.c_str()) != 0) return last_error();
    step.is_renamed = true;
  }
  failed = 0;
  for (const auto& folder : folders_) {
    if (const std::error_code error = folder->sync()) return error;
  }
  if (Interruptions::noted()) return std::make_error_code(std::errc::interrupted);
  done_ = true;
  for (const Step& step : steps_) {
    if (step.has_backup) static_cast<void>(::unlink(step.backup.c_str()));
  }
  return {};
}

void Transaction::roll_back() {
  for (auto step = steps_.rbegin(); step != steps_.rend(); ++step) {
    if (step->is_written && !step->is_renamed) static_cast<void>(::unlink(step->temporary.c_str()));
    if (step->is_renamed && !step->replaces) static_cast<void>(::unlink(step->target.c_str()));
    if (!step->has_backup) continue;
    if (step->is_renamed) static_cast<void>(std::rename(step->backup.c_str(), step->target.c_str()));
    // Renaming one name of a file onto another of its names does nothing and leaves both.
    static_cast<void>(::unlink(step->backup.c_str()));
  }
  for (auto folder = made_folders_.rbegin(); folder != made_folders_.rend(); ++folder)
    static_cast<void>(::rmdir(folder->c_str()));
}

std::atomic<bool> something_is_written = false;

}  // namespace

bool DiskFileSystem::has_written() { return something_is_written; }

std::variant<std::monostate, FileError> DiskFileSystem::write(const std::vector<OutputFile>& files) {
  const Interruptions interruptions;  // obeyed when the transaction is through, or undone
  Transaction transaction;
  if (auto begun = transaction.begin(files); std::holds_alternative<FileError>(begun)) return begun;
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (files[i].original && !transaction.is_as_read(i, *files[i].original)) return changed_meanwhile(files[i].path);
  }
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (const std::error_code error = transaction.prepare(i, files[i]))
      return cannot_write(files[i].path, reason_of(error));
  }
  std::size_t failed = 0;
  if (const std::error_code error = transaction.commit(failed))
    return cannot_write(files[std::min(failed, files.size() - 1)].path, reason_of(error));
  something_is_written = true;
  return {};
}

}  // namespace farol::base
