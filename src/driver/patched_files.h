// A disk on which some files are replaced, so that a change is tried before it is written.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/file_system.h"

namespace farol::driver {

class PatchedFileSystem final : public base::FileSystem {
 public:
  // `patches` by canonical paths. The disk must outlive it.
  PatchedFileSystem(const base::FileSystem& disk, std::map<std::string, std::string> patches)
      : disk_(disk), patches_(std::move(patches)) {}

  [[nodiscard]] base::FileResult<std::string> read(const std::string& path, std::size_t limit) const override {
    const auto patched = patches_.find(disk_.canonical(path));
    return patched == patches_.end() ? disk_.read(path, limit) : base::FileResult<std::string>{patched->second};
  }
  [[nodiscard]] bool is_directory(const std::string& path) const override { return disk_.is_directory(path); }
  [[nodiscard]] bool exists(const std::string& path) const override { return disk_.exists(path); }
  [[nodiscard]] base::FileResult<std::vector<std::string>> list(const std::string& path) const override {
    return disk_.list(path);
  }
  [[nodiscard]] std::string canonical(const std::string& path) const override { return disk_.canonical(path); }
  [[nodiscard]] std::variant<std::monostate, base::FileError> write(const std::vector<base::OutputFile>&) override {
    return base::FileError{"a trial writes nothing"};
  }

 private:
  const base::FileSystem& disk_;
  std::map<std::string, std::string> patches_;
};

}  // namespace farol::driver
