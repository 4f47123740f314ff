#include "base/write_ahead.h"

#include <cerrno>
#include <filesystem>
#include <system_error>

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/file_errors.h"
#include "base/interruptions.h"
#include "base/system_error.h"

namespace farol::base {
namespace {

constexpr mode_t for_its_owner = 0600;
constexpr mode_t folder_for_its_owner = 0700;

std::string reason_of_last() { return reason_of(std::error_code{errno, std::generic_category()}); }

// Makes the folder of a file, if it is not there.
void make_folder_of(const std::string& path) {
  const std::string folder = std::filesystem::path(path).parent_path().string();
  if (!folder.empty()) static_cast<void>(::mkdir(folder.c_str(), folder_for_its_owner));
}

// A new name is on the disk when its folder is.
bool sync_folder(const std::string& path) {
  const std::filesystem::path parent = std::filesystem::path(path).parent_path();
  const int folder = ::open(parent.empty() ? "." : parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return false;
  const bool synced = ::fsync(folder) == 0 || errno == EINVAL || errno == ENOTSUP;
  ::close(folder);
  return synced;
}

class Locked final : public HeldFile {
 public:
  explicit Locked(int file) : file_(file) {}
  ~Locked() override { ::close(file_); }

 private:
  int file_;
};

}  // namespace

std::variant<std::monostate, FileError> DiskWriteAhead::append(const std::string& path, std::string_view text) {
  const Interruptions interruptions;  // over a limit of size a write is an error, and not the end
  make_folder_of(path);
  const bool is_new = ::access(path.c_str(), F_OK) != 0;
  const int file = ::open(path.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, for_its_owner);
  if (file < 0) return cannot_write(path, reason_of_last());
  while (!text.empty()) {
    const ssize_t written = ::write(file, text.data(), text.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) {
      const std::string reason = reason_of_last();
      ::close(file);
      return cannot_write(path, reason);
    }
    text.remove_prefix(static_cast<std::size_t>(written));
  }
  const bool is_synced = ::fdatasync(file) == 0 || errno == EINVAL || errno == ENOTSUP;
  const std::string reason = is_synced ? std::string{} : reason_of_last();
  // Some file systems report a full disk only here.
  if (::close(file) != 0 && reason.empty()) return cannot_write(path, reason_of_last());
  if (!reason.empty()) return cannot_write(path, reason);
  if (is_new && !sync_folder(path)) return cannot_write(path, reason_of_last());
  return {};
}

FileResult<std::unique_ptr<HeldFile>> DiskWriteAhead::hold(const std::string& path) {
  make_folder_of(path);
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC | O_NOCTTY, for_its_owner);
  if (file < 0) return cannot_write(path, reason_of_last());
  if (::flock(file, LOCK_EX | LOCK_NB) == 0) return std::make_unique<Locked>(file);
  const std::string reason = reason_of_last();
  ::close(file);
  return cannot_write(path, reason);
}

bool DiskWriteAhead::is_private(const std::string& path) const {
  struct stat status {};
  constexpr mode_t others = 0077;
  return ::stat(path.c_str(), &status) == 0 && S_ISREG(status.st_mode) && status.st_uid == ::geteuid() &&
         (status.st_mode & others) == 0;
}

}  // namespace farol::base
