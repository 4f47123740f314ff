#include "git/libgit2.h"

#include <optional>

#include <dlfcn.h>

namespace farol::git {
namespace {

template <class Function>
bool find(void* library, const char* name, Function& function) {
  function = reinterpret_cast<Function>(::dlsym(library, name));  // NOLINT: this is how POSIX hands out functions
  return function != nullptr;
}

// Never unloaded: libraries behind it cannot be.
std::optional<Libgit2> load() {
  void* library = ::dlopen("libgit2.so." LIBGIT2_SOVERSION, RTLD_NOW | RTLD_LOCAL);
  if (library == nullptr) return std::nullopt;
  Libgit2 functions;
#define FAROL_GIT_FUNCTION(name) \
  if (!find(library, "git_" #name, functions.name)) return std::nullopt;
#include "git/functions.def"
#undef FAROL_GIT_FUNCTION
  return functions;
}

}  // namespace

const Libgit2* find_libgit2() {
  static const std::optional<Libgit2> loaded = load();
  return loaded ? &*loaded : nullptr;
}

std::string last_message() {
  const git_error* error = libgit2().error_last();
  return error == nullptr || error->message == nullptr ? "unknown fault" : error->message;
}

std::string to_string(const git_oid& id) {
  std::string text(GIT_OID_HEXSZ, '0');
  libgit2().oid_fmt(text.data(), &id);
  return text;
}

}  // namespace farol::git
