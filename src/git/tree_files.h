// The files of one tree of a repository. For the .cpp files of this folder only.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <vector>

#include "base/file_system.h"
#include "git/libgit2.h"

namespace farol::git {

// Where the tree lies among the folders of the disk. All paths are absolute and have no `.`, `..` or slash at the end.
struct Place {
  std::string top;      // of the repository
  std::string current;  // the folder the process was started in
  std::string folder;   // through which the repository was found, as it was spelt,
  std::string inside;   // and what it is from the top: `policies/clinic`, or nothing
};

class TreeFiles final : public base::FileSystem {
 public:
  // `name` is how messages call the revision.
  TreeFiles(RepositoryHandle repository, OdbHandle odb, const git_oid& tree, Place place, std::string name)
      : repository_(std::move(repository)),
        odb_(std::move(odb)),
        tree_(tree),
        place_(std::move(place)),
        name_(std::move(name)) {}

  [[nodiscard]] base::FileResult<std::string> read(const std::string& path, std::size_t limit) const override;
  [[nodiscard]] bool is_directory(const std::string& path) const override;
  [[nodiscard]] bool exists(const std::string& path) const override;
  [[nodiscard]] base::FileResult<std::vector<std::string>> list(const std::string& path) const override;
  [[nodiscard]] std::string canonical(const std::string& path) const override;
  [[nodiscard]] std::variant<std::monostate, base::FileError> write(
      const std::vector<base::OutputFile>& files) override;

 private:
  enum class Kind : std::uint8_t { folder, file, missing, unusable };
  struct Found {
    Kind kind = Kind::missing;
    git_oid id{};        // of a folder or a file
    std::string path;    // from the top, links resolved as far as there is something
    std::string reason;  // why it is missing or unusable
  };
  struct Walk;

  // What a path means from the top of the repository; nothing: it lies outside.
  [[nodiscard]] std::optional<std::string> inside(const std::string& path) const;
  [[nodiscard]] Found find(const std::string& path) const;
  [[nodiscard]] Found find_inside(const std::string& path) const;
  [[nodiscard]] bool follow(Walk& walk, const git_oid& link) const;
  [[nodiscard]] base::FileError missing(const git_tree& folder, const std::string& name) const;
  [[nodiscard]] base::FileResult<std::string> content(const git_oid& id, std::size_t limit) const;

  Libgit2Session session_;
  RepositoryHandle repository_;
  OdbHandle odb_;
  git_oid tree_;
  Place place_;
  std::string name_;
};

}  // namespace farol::git
