// The disk as a parameter: every stage and every test sees files through this interface only.
#pragma once

#include <cstddef>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace farol::base {

// Why a path could not be used: the reason in words, as the operating system gives it ("no such file or directory").
struct FileError {
  std::string reason;
  bool was_changed = false;  // by `write` only: a file is not what it was when it was read; read it again
};

template <class T>
using FileResult = std::variant<T, FileError>;

// A file as it was before it was changed.
struct Original {
  bool exists = false;
  std::string content;

  bool operator==(const Original&) const = default;
};

struct OutputFile {
  std::string path;
  std::string content;
  // What the content was made from: the file is replaced only if it is that still, and left alone if it stays as it is.
  // Nothing: whatever is there goes.
  std::optional<Original> original = {};

  [[nodiscard]] bool stays() const { return original && original->exists && original->content == content; }
};

// The bytes of one file, a piece at a time, so that a file may be larger than the memory.
class ByteStream {
 public:
  virtual ~ByteStream() = default;
  // Fills the buffer, or a part of it; nothing is the end. A failing disk is an error.
  [[nodiscard]] virtual FileResult<std::size_t> read(char* buffer, std::size_t size) = 0;
};

// Of a text that is in memory.
[[nodiscard]] std::unique_ptr<ByteStream> stream_of(std::string text);

// Paths use `/`, relative ones start at the folder the process was started in. No member throws.
class FileSystem {
 public:
  virtual ~FileSystem() = default;

  // At most `limit` bytes are read; a longer file is an error that says so. A device is an error, and a pipe that
  // nobody writes to: neither has an end.
  [[nodiscard]] virtual FileResult<std::string> read(const std::string& path, std::size_t limit) const = 0;
  // For files of any size. What is not on a disk is read whole first.
  [[nodiscard]] virtual FileResult<std::unique_ptr<ByteStream>> open(const std::string& path) const;
  [[nodiscard]] virtual bool is_directory(const std::string& path) const = 0;
  [[nodiscard]] virtual bool exists(const std::string& path) const = 0;
  // What a policy may name: a file that keeps its bytes. A pipe or a device is none.
  [[nodiscard]] virtual bool is_file(const std::string& path) const { return exists(path) && !is_directory(path); }
  // The names of the regular files directly in a folder, sorted by bytes.
  [[nodiscard]] virtual FileResult<std::vector<std::string>> list(const std::string& path) const = 0;
  // Absolute, with links, `.` and `..` resolved as far as the path exists: two spellings of one file compare equal.
  [[nodiscard]] virtual std::string canonical(const std::string& path) const = 0;
  // All files whole, or none touched: each is written beside its target first and renamed when all are there. Missing
  // folders are made. Of two processes that write to one folder the second waits for the first, so that the files of
  // one call are together in the end. On failure, what is wrong and the path it is about.
  [[nodiscard]] virtual std::variant<std::monostate, FileError> write(const std::vector<OutputFile>& files) = 0;
};

class DiskFileSystem final : public FileSystem {
 public:
  [[nodiscard]] FileResult<std::string> read(const std::string& path, std::size_t limit) const override;
  [[nodiscard]] FileResult<std::unique_ptr<ByteStream>> open(const std::string& path) const override;
  [[nodiscard]] bool is_directory(const std::string& path) const override;
  [[nodiscard]] bool exists(const std::string& path) const override;
  [[nodiscard]] bool is_file(const std::string& path) const override;
  [[nodiscard]] FileResult<std::vector<std::string>> list(const std::string& path) const override;
  [[nodiscard]] std::string canonical(const std::string& path) const override;
  // A signal that would end the process while it writes (Ctrl-C, the end of a job) takes effect when everything is as
  // it was, or when everything is written.
  [[nodiscard]] std::variant<std::monostate, FileError> write(const std::vector<OutputFile>& files) override;
  // Returns true once a call of `write` by this process has succeeded. May be asked where nothing can be allocated.
  [[nodiscard]] static bool has_written();
};

// Files in memory, for tests (which may derive a disk that fails) and for repairs that are tried out before they are
// offered. Folders exist where a file lies below them. Paths in `unwritable` (and all below) refuse to be written.
class MemoryFileSystem : public FileSystem {
 public:
  std::map<std::string, std::string> files;
  std::vector<std::string> unwritable;

  [[nodiscard]] FileResult<std::string> read(const std::string& path, std::size_t limit) const override;
  [[nodiscard]] bool is_directory(const std::string& path) const override;
  [[nodiscard]] bool exists(const std::string& path) const override;
  [[nodiscard]] FileResult<std::vector<std::string>> list(const std::string& path) const override;
  [[nodiscard]] std::string canonical(const std::string& path) const override;
  [[nodiscard]] std::variant<std::monostate, FileError> write(const std::vector<OutputFile>& files) override;
};

// `a/b` and `../c.farol` make `a/c.farol`: a path as written in a file of the folder `folder`.
[[nodiscard]] std::string join_path(std::string_view folder, std::string_view path);
[[nodiscard]] std::string folder_of(std::string_view path);
// The path of a file that belongs to an input: in the folder that the input is, or beside the file that it is. Where a
// disk does not say which, it is a path below a file, which nothing can be written to, rather than one elsewhere.
[[nodiscard]] std::string path_beside(const FileSystem& files, const std::string& input, std::string_view name);
// Without `.` and inner `..`, without doubled slashes; says nothing about links.
[[nodiscard]] std::string normalise_path(std::string_view path);

}  // namespace farol::base
