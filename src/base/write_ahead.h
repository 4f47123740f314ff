// Files of which every line has to be on the disk before the next thing is done.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <variant>

#include "base/file_system.h"

namespace farol::base {

// A file that no other process has meanwhile.
class HeldFile {
 public:
  HeldFile() = default;
  HeldFile(const HeldFile&) = delete;
  HeldFile& operator=(const HeldFile&) = delete;
  virtual ~HeldFile() = default;
};

// The disk as a parameter, as FileSystem is.
class WriteAhead {
 public:
  virtual ~WriteAhead() = default;
  // The text is on the disk, behind what the file has, when this returns without an error; after an error a part of it
  // may be there. A file that is made is for its owner alone.
  [[nodiscard]] virtual std::variant<std::monostate, FileError> append(const std::string& path,
                                                                       std::string_view text) = 0;
  // Keeps a file for this process as long as the result lives. An error if another process has it.
  [[nodiscard]] virtual FileResult<std::unique_ptr<HeldFile>> hold(const std::string& path) = 0;
  // Returns true if nobody but its owner, who runs this process, may read a file.
  [[nodiscard]] virtual bool is_private(const std::string& path) const = 0;
};

class DiskWriteAhead final : public WriteAhead {
 public:
  [[nodiscard]] std::variant<std::monostate, FileError> append(const std::string& path, std::string_view text) override;
  [[nodiscard]] FileResult<std::unique_ptr<HeldFile>> hold(const std::string& path) override;
  [[nodiscard]] bool is_private(const std::string& path) const override;
};

}  // namespace farol::base
