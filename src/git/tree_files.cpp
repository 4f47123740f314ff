#include "git/tree_files.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "base/file_errors.h"
#include "base/text.h"

namespace farol::git {
namespace {

// As Linux has it.
constexpr int max_links = 40;
constexpr std::size_t max_link_length = 4096;
// https://github.com/git-lfs/git-lfs/blob/main/docs/spec.md: a pointer is shorter than that, and begins so.
constexpr std::size_t max_pointer_length = 1024;
constexpr std::string_view pointer_begin = "version https://git-lfs.github.com/spec/";

bool lies_in(std::string_view path, std::string_view folder) {
  return path == folder || folder == "/" || (path.starts_with(folder) && path.substr(folder.size()).starts_with('/'));
}

std::string below(std::string_view path, std::string_view folder) {
  return path == folder ? "" : std::string(path.substr(folder == "/" ? 1 : folder.size() + 1));
}

std::deque<std::string> parts_of(std::string_view path) {
  std::deque<std::string> parts;
  for (std::size_t at = 0; at < path.size();) {
    const std::size_t end = std::min(path.find('/', at), path.size());
    if (end > at && path.substr(at, end - at) != ".") parts.emplace_back(path.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

bool is_link(const git_tree_entry* entry) { return git_tree_entry_filemode(entry) == GIT_FILEMODE_LINK; }

}  // namespace

// Where `find_inside` has got to.
struct TreeFiles::Walk {
  std::deque<std::string> ahead;
  std::vector<std::string> names;  // from the top
  std::vector<git_oid> folders;    // the top, and one for each name
  int links = 0;

  [[nodiscard]] std::string path() const {
    std::string text;
    for (const std::string& name : names) text += (text.empty() ? "" : "/") + name;
    for (const std::string& name : ahead) text += (text.empty() ? "" : "/") + name;
    return text;
  }
};

std::optional<std::string> TreeFiles::inside(const std::string& path) const {
  const std::string whole = base::join_path(place_.current, path);
  if (lies_in(whole, place_.folder)) return base::join_path(place_.inside, below(whole, place_.folder));
  if (lies_in(whole, place_.top)) return below(whole, place_.top);
  return std::nullopt;
}

TreeFiles::Found TreeFiles::find(const std::string& path) const {
  const auto from_top = inside(path);
  if (!from_top) return {Kind::unusable, {}, "", "outside the repository"};
  return find_inside(*from_top);
}

// Puts what a link says in front of what is ahead. False: it leads out of the revision.
bool TreeFiles::follow(Walk& walk, const git_oid& link) const {
  const auto read = content(link, max_link_length);
  const auto* target = std::get_if<std::string>(&read);
  if (target == nullptr || target->empty() || ++walk.links > max_links) return false;
  std::string_view rest = *target;
  std::string stripped;
  if (rest.starts_with('/')) {
    const std::string whole = base::normalise_path(rest);
    if (!lies_in(whole, place_.top)) return false;
    stripped = below(whole, place_.top);
    rest = stripped;
    walk.names.clear();
    walk.folders.resize(1);
  }
  std::deque<std::string> parts = parts_of(rest);
  walk.ahead.insert(walk.ahead.begin(), parts.begin(), parts.end());
  return true;
}

TreeFiles::Found TreeFiles::find_inside(const std::string& path) const {
  Walk walk{parts_of(path), {}, {tree_}};
  while (!walk.ahead.empty()) {
    const std::string name = std::move(walk.ahead.front());
    walk.ahead.pop_front();
    if (name == "..") {
      if (walk.names.empty()) return {Kind::unusable, {}, "", "a link that leads out of the repository"};
      walk.names.pop_back();
      walk.folders.pop_back();
      continue;
    }
    git_tree* opened = nullptr;
    if (git_tree_lookup(&opened, repository_.get(), &walk.folders.back()) != 0)
      return {Kind::unusable, {}, walk.path(), "its folder is not in this clone of the repository"};
    const TreeHandle folder(opened);
    const git_tree_entry* entry = git_tree_entry_byname(folder.get(), name.c_str());
    if (entry == nullptr) {
      walk.names.push_back(name);
      return {Kind::missing, {}, walk.path(), missing(*folder, name).reason};
    }
    const git_oid id = *git_tree_entry_id(entry);
    if (is_link(entry)) {
      if (follow(walk, id)) continue;
      return {Kind::unusable,
              {},
              "",
              walk.links > max_links ? "too many levels of links" : "a link that leads out of the repository"};
    }
    walk.names.push_back(name);
    switch (git_tree_entry_type(entry)) {
      case GIT_OBJECT_TREE: walk.folders.push_back(id); break;
      case GIT_OBJECT_COMMIT:
        return {Kind::unusable, {}, walk.path(), "in a submodule, whose files are in another repository"};
      default:
        if (!walk.ahead.empty()) return {Kind::missing, {}, walk.path(), "not a directory"};
        return {Kind::file, id, walk.path(), ""};
    }
  }
  return {Kind::folder, walk.folders.back(), walk.path(), ""};
}

base::FileError TreeFiles::missing(const git_tree& folder, const std::string& name) const {
  std::vector<std::string_view> names;
  for (std::size_t i = 0; i < git_tree_entrycount(&folder); ++i)
    names.emplace_back(git_tree_entry_name(git_tree_entry_byindex(&folder, i)));
  const auto nearest = base::find_nearest(name, names);
  return {"not there in `" + name_ + "`" + (nearest ? "; did you mean `" + std::string(*nearest) + "`?" : "")};
}

base::FileResult<std::string> TreeFiles::content(const git_oid& id, std::size_t limit) const {
  std::size_t size = 0;
  git_object_t type{};
  // The head of an object tells its size, so that a large one is never unpacked.
  int failed = git_odb_read_header(&size, &type, odb_.get(), &id);
  if (failed == 0 && size > limit) return base::too_large(limit);
  git_odb_object* opened = nullptr;
  if (failed == 0) failed = git_odb_read(&opened, odb_.get(), &id);
  const OdbObjectHandle object(opened);
  if (failed == GIT_ENOTFOUND) return base::FileError{"its content is not in this clone of the repository"};
  if (failed != 0) return base::FileError{"its content is damaged: " + last_message()};
  return std::string(static_cast<const char*>(git_odb_object_data(object.get())), git_odb_object_size(object.get()));
}

base::FileResult<std::string> TreeFiles::read(const std::string& path, std::size_t limit) const {
  const Found found = find(path);
  if (found.kind == Kind::folder) return base::FileError{"is a directory"};
  if (found.kind != Kind::file) return base::FileError{found.reason};
  auto text = content(found.id, limit);
  const auto* whole = std::get_if<std::string>(&text);
  if (whole != nullptr && whole->size() < max_pointer_length && whole->starts_with(pointer_begin))
    return base::FileError{"kept by Git LFS, and so not in the repository"};
  return text;
}

bool TreeFiles::is_directory(const std::string& path) const { return find(path).kind == Kind::folder; }

bool TreeFiles::exists(const std::string& path) const {
  const Kind kind = find(path).kind;
  return kind == Kind::folder || kind == Kind::file;
}

base::FileResult<std::vector<std::string>> TreeFiles::list(const std::string& path) const {
  const Found found = find(path);
  if (found.kind == Kind::file) return base::FileError{"not a directory"};
  if (found.kind != Kind::folder) return base::FileError{found.reason};
  git_tree* opened = nullptr;
  if (git_tree_lookup(&opened, repository_.get(), &found.id) != 0)
    return base::FileError{"it is not in this clone of the repository"};
  const TreeHandle folder(opened);
  std::vector<std::string> names;
  for (std::size_t i = 0; i < git_tree_entrycount(folder.get()); ++i) {
    const git_tree_entry* entry = git_tree_entry_byindex(folder.get(), i);
    std::string name = git_tree_entry_name(entry);
    if (git_tree_entry_type(entry) != GIT_OBJECT_BLOB) continue;
    // A link that cannot be followed stays in the list, so that whoever reads it learns why.
    const Kind kind = is_link(entry) ? find_inside(base::join_path(found.path, name)).kind : Kind::file;
    if (kind == Kind::folder || kind == Kind::missing) continue;
    names.push_back(std::move(name));
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::string TreeFiles::canonical(const std::string& path) const {
  const std::string whole = base::join_path(place_.current, path);
  const auto from_top = inside(path);
  if (!from_top) return whole;
  const Found found = find_inside(*from_top);
  // A link that leads elsewhere keeps its own name: reading it says what is wrong.
  return base::join_path(place_.top, found.path.empty() && found.kind == Kind::unusable ? *from_top : found.path);
}

std::variant<std::monostate, base::FileError> TreeFiles::write(const std::vector<base::OutputFile>& files) {
  return base::cannot_write(files.empty() ? "." : files.front().path, "a revision in git stays as it is");
}

}  // namespace farol::git
