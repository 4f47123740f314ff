#include "wasm/git_command.h"

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/file_errors.h"
#include "wasm/host.h"

namespace farol::wasm {
namespace {

namespace fs = std::filesystem;
using base::FileError;
using base::FileResult;

std::string real(const std::string& path) {
  std::error_code error;
  const fs::path resolved = fs::weakly_canonical(fs::absolute(path, error), error);
  return base::normalise_path(error ? path : resolved.generic_string());
}

std::vector<std::string> lines_of(const std::string& text, char end) {
  std::vector<std::string> lines;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t next = std::min(text.find(end, at), text.size());
    lines.push_back(text.substr(at, next - at));
    at = next + 1;
  }
  return lines;
}

class Git {
 public:
  explicit Git(std::string folder) : folder_(std::move(folder)) {}

  // What git writes, without the end of the last line.
  [[nodiscard]] FileResult<std::string> ask(std::vector<std::string> words) const {
    auto answer = raw(std::move(words));
    if (auto* text = std::get_if<std::string>(&answer); text != nullptr && text->ends_with('\n')) text->pop_back();
    return answer;
  }
  [[nodiscard]] FileResult<std::string> raw(std::vector<std::string> words) const {
    words.insert(words.begin(), {"git", "-C", folder_});
    return run_program(words, "", false);
  }

  // The top of the working tree, or of a bare repository.
  [[nodiscard]] FileResult<std::string> top() const {
    auto found = ask({"rev-parse", "--show-toplevel"});
    if (std::holds_alternative<FileError>(found)) found = ask({"rev-parse", "--absolute-git-dir"});
    if (const auto* error = std::get_if<FileError>(&found)) {
      if (error->reason != "it has failed") return FileError{fmt::format("git cannot be called: {}", error->reason)};
      return FileError{fmt::format("`{}` is in no git repository", folder_)};
    }
    std::string path = std::get<std::string>(std::move(found));
    if (path.size() > 1 && path[1] == ':') path.insert(0, "/");  // see npm/windows.js
    return real(path);
  }

  // The full name of what a revision means.
  [[nodiscard]] FileResult<std::string> resolve(const git::Revision& revision) const {
    if (!revision.branch.empty()) {
      auto parting = ask({"merge-base", revision.name, revision.branch});
      if (std::holds_alternative<std::string>(parting)) return parting;
      for (const std::string& name : {revision.name, revision.branch}) {
        if (auto one = resolve({name}); std::holds_alternative<FileError>(one)) return one;
      }
      return FileError{fmt::format("`{}` and `{}` have no commit in common", revision.name, revision.branch)};
    }
    for (const char* kind : {"^{commit}", "^{tree}"}) {
      auto id = ask({"rev-parse", "--verify", "--quiet", "--end-of-options", revision.name + kind});
      if (std::holds_alternative<std::string>(id)) return id;
    }
    return FileError{fmt::format("there is no revision `{}`", revision.name)};
  }

  // Fails where the id is that of a tree.
  [[nodiscard]] FileResult<git::CommitInfo> describe(const std::string& id, const std::string& path) const {
    const auto answer = ask({"show", "-s", "--date=short", "--format=%H%n%ad%n%an%n%P%n%T%n%s", id + "^{commit}"});
    if (const auto* error = std::get_if<FileError>(&answer)) return *error;
    std::vector<std::string> lines = lines_of(std::get<std::string>(answer), '\n');
    constexpr std::size_t fields = 6;
    if (lines.size() + 1 < fields) return FileError{fmt::format("`{}` is not a commit", id)};
    lines.resize(fields);
    git::CommitInfo info;
    info.id = lines[0];
    if (const auto day = base::parse_date(lines[1])) info.date = *day;
    info.author = lines[2];
    if (!lines[3].empty()) info.parents = lines_of(lines[3], ' ');
    info.subject = lines[5];
    if (path.empty() || path == ".") {
      info.content = lines[4];
    } else if (const auto content = ask({"rev-parse", "--verify", "--quiet", id + ":" + path});
               std::holds_alternative<std::string>(content)) {
      info.content = std::get<std::string>(content);
    }
    return info;
  }

 private:
  std::string folder_;
};

// The files of one tree, whose names are read once.
class CommandFiles final : public base::FileSystem {
 public:
  CommandFiles(Git git, std::string top, std::string name)
      : git_(std::move(git)), top_(std::move(top)), current_(real(".")), name_(std::move(name)) {}

  [[nodiscard]] bool load(const std::string& tree) {
    const auto listed = git_.ask({"ls-tree", "-r", "-z", "--full-tree", tree});
    const auto* text = std::get_if<std::string>(&listed);
    if (text == nullptr) return false;
    for (const std::string& line : lines_of(*text, '\0')) {  // `MODE KIND ID<tab>PATH`
      const std::size_t tab = line.find('\t');
      const std::size_t id = line.rfind(' ', tab);
      if (tab == std::string::npos || id == std::string::npos) continue;
      entries_[line.substr(tab + 1)] = {line.substr(0, 6), line.substr(id + 1, tab - id - 1)};
    }
    return true;
  }

  [[nodiscard]] FileResult<std::string> read(const std::string& path, std::size_t limit) const override {
    if (is_directory(path)) return FileError{"is a directory"};
    const auto found = entries_.find(inside(path));
    if (found == entries_.end()) return FileError{"not there in `" + name_ + "`"};
    if (found->second.mode == "120000") return FileError{"a link, which the git of this build does not follow"};
    if (found->second.mode == "160000") return FileError{"in a submodule, whose files are in another repository"};
    auto text = git_.raw({"cat-file", "blob", found->second.id});
    if (const auto* whole = std::get_if<std::string>(&text); whole != nullptr && whole->size() > limit)
      return base::too_large(limit);
    return text;
  }
  [[nodiscard]] bool is_directory(const std::string& path) const override {
    const std::string from_top = inside(path);
    if (from_top.empty()) return true;
    const auto next = entries_.lower_bound(from_top + "/");
    return next != entries_.end() && next->first.starts_with(from_top + "/");
  }
  [[nodiscard]] bool exists(const std::string& path) const override {
    return entries_.contains(inside(path)) || is_directory(path);
  }
  [[nodiscard]] FileResult<std::vector<std::string>> list(const std::string& path) const override {
    if (!is_directory(path)) return FileError{"not there in `" + name_ + "`"};
    const std::string from_top = inside(path);
    const std::string begin = from_top.empty() ? "" : from_top + "/";
    std::vector<std::string> names;
    for (auto next = entries_.lower_bound(begin); next != entries_.end() && next->first.starts_with(begin); ++next) {
      const std::string name = next->first.substr(begin.size());
      if (name.find('/') == std::string::npos) names.push_back(name);
    }
    return names;
  }
  [[nodiscard]] std::string canonical(const std::string& path) const override {
    return base::normalise_path(base::join_path(current_, path));
  }
  [[nodiscard]] std::variant<std::monostate, FileError> write(const std::vector<base::OutputFile>& files) override {
    return base::cannot_write(files.empty() ? "." : files.front().path, "a revision in git stays as it is");
  }

 private:
  struct Entry {
    std::string mode, id;
  };

  // From the top; outside it, a path that nothing has.
  [[nodiscard]] std::string inside(const std::string& path) const {
    const std::string whole = canonical(path);
    if (whole == top_) return "";
    return whole.starts_with(top_ + "/") ? whole.substr(top_.size() + 1) : "/";
  }

  Git git_;
  std::string top_, current_, name_;
  std::map<std::string, Entry> entries_;
};

}  // namespace

FileResult<git::OpenRevision> open_revision(const std::string& folder, const git::Revision& revision) {
  const Git git(folder);
  auto top = git.top();
  if (auto* error = std::get_if<FileError>(&top)) return std::move(*error);
  auto id = git.resolve(revision);
  if (auto* error = std::get_if<FileError>(&id)) return std::move(*error);
  git::OpenRevision result;
  result.commit = std::get<std::string>(id);
  if (auto info = git.describe(result.commit, "."); std::holds_alternative<git::CommitInfo>(info))
    result.about = std::get<git::CommitInfo>(std::move(info));
  auto files = std::make_unique<CommandFiles>(git, std::get<std::string>(top), revision.name);
  if (!files->load(result.commit)) return FileError{fmt::format("git cannot list the files of `{}`", revision.name)};
  result.files = std::move(files);
  return result;
}

FileResult<git::CommitInfo> describe_commit(const std::string& folder, const git::Revision& revision,
                                            const std::string& path) {
  const Git git(folder);
  const auto top = git.top();
  if (const auto* error = std::get_if<FileError>(&top)) return *error;
  const auto id = git.resolve(revision);
  if (const auto* error = std::get_if<FileError>(&id)) return *error;
  const std::string& root = std::get<std::string>(top);
  const std::string whole = base::normalise_path(base::join_path(real(folder), path));
  const bool below = whole.starts_with(root + "/");
  return git.describe(std::get<std::string>(id), below ? whole.substr(root.size() + 1) : ".");
}

}  // namespace farol::wasm
