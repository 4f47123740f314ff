// libgit2, loaded when the first revision is asked for: it brings sixteen libraries of its own, and whoever only checks
// a policy would wait for them as long as for farol. For the .cpp files of this folder only.
#pragma once

#include <memory>
#include <string>

#include <git2.h>

namespace farol::git {

// Its functions, by their names without `git_`.
struct Libgit2 {
#define FAROL_GIT_FUNCTION(name) decltype(&git_##name) name = nullptr;
#include "git/functions.def"
#undef FAROL_GIT_FUNCTION
};

// Nothing where it is not installed, at the version that farol was built with.
[[nodiscard]] const Libgit2* find_libgit2();
// Where it is known to be there.
[[nodiscard]] inline const Libgit2& libgit2() { return *find_libgit2(); }

// Its state, as long as anything of it is in use.
class Libgit2Session {
 public:
  Libgit2Session() { libgit2().libgit2_init(); }
  Libgit2Session(const Libgit2Session&) = delete;
  Libgit2Session& operator=(const Libgit2Session&) = delete;
  ~Libgit2Session() { libgit2().libgit2_shutdown(); }
};

template <auto free>
struct Freed {
  template <class T>
  void operator()(T* object) const {
    (libgit2().*free)(object);
  }
};

using RepositoryHandle = std::unique_ptr<git_repository, Freed<&Libgit2::repository_free>>;
using OdbHandle = std::unique_ptr<git_odb, Freed<&Libgit2::odb_free>>;
using OdbObjectHandle = std::unique_ptr<git_odb_object, Freed<&Libgit2::odb_object_free>>;
using ObjectHandle = std::unique_ptr<git_object, Freed<&Libgit2::object_free>>;
using TreeHandle = std::unique_ptr<git_tree, Freed<&Libgit2::tree_free>>;
using ConfigHandle = std::unique_ptr<git_config, Freed<&Libgit2::config_free>>;

// What it says of the call that has just failed.
[[nodiscard]] std::string last_message();
// In hexadecimal digits.
[[nodiscard]] std::string to_string(const git_oid& id);

}  // namespace farol::git
