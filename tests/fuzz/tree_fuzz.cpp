// Any tree of a git repository as the folder of a policy. Lines make objects: `b CONTENT` is a file or where a link
// leads, `t` begins a tree, and `e MODE INDEX NAME` is an entry of it, with the object that was made as number INDEX.
#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <sstream>
#include <string>
#include <vector>

#include <git2.h>
#include <git2/sys/mempack.h>
#include <git2/sys/odb_backend.h>
#include <git2/sys/repository.h>

#include "driver/driver.h"
#include "fuzz/body.h"
#include "fuzz/mutators.h"
#include "git/libgit2.h"
#include "git/tree_files.h"
#include "support/farol.h"

namespace {

using namespace farol;

// Every path of the trees, and whatever else a name of an entry can be taken for.
void visit(const git::TreeFiles& files, const std::string& path, std::size_t depth) {
  constexpr std::size_t most = 1 << 16;
  static_cast<void>(files.canonical(path));
  const auto read = files.read(path, most);
  if (const auto* text = std::get_if<std::string>(&read)) {
    fuzz::require(files.exists(path) && !files.is_directory(path), "what can be read is not there");
    fuzz::require(text->size() <= most, "more is read than was asked for");
  } else {
    fuzz::require(!std::get<base::FileError>(read).reason.empty(), "it cannot be read, and nothing says why");
  }
  const auto names = files.list(path);
  if (const auto* found = std::get_if<std::vector<std::string>>(&names)) {
    fuzz::require(files.is_directory(path), "what can be listed is no folder");
    for (const std::string& name : *found) {
      if (depth > 0) visit(files, base::join_path(path, name), depth - 1);
    }
  }
}

class Objects {
 public:
  Objects() {
    git_odb* odb = nullptr;
    git_odb_backend* memory = nullptr;
    fuzz::require(git_odb_new(&odb) == 0 && git_mempack_new(&memory) == 0, "no memory for objects");
    odb_.reset(odb);
    fuzz::require(git_odb_add_backend(odb, memory, 1) == 0, "no place for objects");
  }

  void add(const std::string& bytes, git_object_t type) {
    git_oid id{};
    if (git_odb_write(&id, odb_.get(), bytes.data(), bytes.size(), type) == 0) ids_.push_back(id);
  }
  void enter(std::string& tree, const std::string& mode, std::size_t index, const std::string& name) const {
    if (ids_.empty()) return;
    tree += mode + " " + name + '\0';
    const git_oid& id = ids_[index % ids_.size()];
    tree.append(reinterpret_cast<const char*>(id.id), sizeof id.id);
  }
  [[nodiscard]] git::RepositoryHandle repository() const {
    git_repository* made = nullptr;
    fuzz::require(git_repository_wrap_odb(&made, odb_.get()) == 0, "no repository");
    return git::RepositoryHandle(made);
  }
  [[nodiscard]] git::OdbHandle odb(const git::RepositoryHandle& repository) const {
    git_odb* found = nullptr;
    fuzz::require(git_repository_odb(&found, repository.get()) == 0, "no objects");
    return git::OdbHandle(found);
  }
  [[nodiscard]] const std::vector<git_oid>& ids() const { return ids_; }

 private:
  git::Libgit2Session session_;
  git::OdbHandle odb_;
  std::vector<git_oid> ids_;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  Objects objects;
  std::istringstream lines(std::string(reinterpret_cast<const char*>(data), size));
  std::string tree;
  std::vector<std::string> names;  // of entries
  bool in_tree = false;
  const auto end_tree = [&] {
    if (in_tree) objects.add(tree, GIT_OBJECT_TREE);
    tree.clear();
    in_tree = false;
  };
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with("e ")) {
      std::istringstream parts(line.substr(2));
      std::string mode, name;
      std::size_t index = 0;
      parts >> mode >> index;
      std::getline(parts.ignore(), name);
      objects.enter(tree, mode, index, name);
      names.push_back(name);
      continue;
    }
    end_tree();
    if (line.starts_with("t")) in_tree = true;
    if (line.starts_with("b ")) {
      std::replace(line.begin(), line.end(), '\x01', '\n');
      objects.add(line.substr(2), GIT_OBJECT_BLOB);
    }
  }
  end_tree();
  if (objects.ids().empty()) return 0;
  git::RepositoryHandle repository = objects.repository();
  git::OdbHandle odb = objects.odb(repository);
  const git::TreeFiles files(std::move(repository), std::move(odb), objects.ids().back(), {"/w", "/w", "/w", ""},
                             "HEAD");
  constexpr std::size_t depth = 5;
  visit(files, ".", depth);
  for (const std::string& name : names) {
    visit(files, name, depth);
    visit(files, name + "/" + names.front(), depth);
  }
  driver::Options options;
  options.load.paths = {"."};
  options.as_of = *base::parse_date(testing::today);
  const driver::Compilation compilation = driver::compile(files, options);
  fuzz::count.add(data, size, compilation.sources.size() > 0);
  return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t most, unsigned seed) {
  return fuzz::mutate(data, size, most, seed, 0, fuzz::change_any);
}
