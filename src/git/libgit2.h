// Owners of what libgit2 hands out. For the .cpp files of this folder only.
#pragma once

#include <memory>
#include <string>

#include <git2.h>

namespace farol::git {

// Holds the state of libgit2, which must exist as long as any of its objects does. The library counts its users.
class Libgit2Session {
 public:
  Libgit2Session() { git_libgit2_init(); }
  Libgit2Session(const Libgit2Session&) = delete;
  Libgit2Session& operator=(const Libgit2Session&) = delete;
  ~Libgit2Session() { git_libgit2_shutdown(); }
};

template <auto free>
struct Freed {
  template <class T>
  void operator()(T* object) const {
    free(object);
  }
};

using RepositoryHandle = std::unique_ptr<git_repository, Freed<git_repository_free>>;
using OdbHandle = std::unique_ptr<git_odb, Freed<git_odb_free>>;
using OdbObjectHandle = std::unique_ptr<git_odb_object, Freed<git_odb_object_free>>;
using ObjectHandle = std::unique_ptr<git_object, Freed<git_object_free>>;
using CommitHandle = std::unique_ptr<git_commit, Freed<git_commit_free>>;
using TreeHandle = std::unique_ptr<git_tree, Freed<git_tree_free>>;
using ConfigHandle = std::unique_ptr<git_config, Freed<git_config_free>>;

// Returns what libgit2 says of the call that has just failed.
[[nodiscard]] std::string last_message();

}  // namespace farol::git
