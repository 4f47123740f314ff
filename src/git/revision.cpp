#include "git/revision.h"

#include <algorithm>
#include <array>
#include <filesystem>
#include <set>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/text.h"
#include "git/libgit2.h"
#include "git/tree_files.h"

namespace farol::git {
namespace {

namespace fs = std::filesystem;

// Extensions that change how a repository is written or fetched, not what its objects are; libgit2 refuses what it is
// not told of.
constexpr std::array<const char*, 3> harmless_extensions{"partialclone", "preciousobjects", "worktreeconfig"};

// `folder` as it is spelt, without links resolved.
std::string absolute(const std::string& folder) {
  std::error_code ignored;
  std::string path = base::normalise_path(fs::absolute(folder, ignored).string());
  return path;
}

std::string without_links(const std::string& path) {
  std::error_code error;
  const fs::path resolved = fs::weakly_canonical(path, error);
  return base::normalise_path(error ? path : resolved.string());
}

// Git's own word for hashes other than SHA-1, if the configuration has one.
std::string object_format(const std::string& git_folder) {
  git_config* opened = nullptr;
  if (git_config_open_ondisk(&opened, (git_folder + "/config").c_str()) != 0) return {};
  const ConfigHandle config(opened);
  git_buf value = GIT_BUF_INIT;
  std::string format;
  if (git_config_get_string_buf(&value, config.get(), "extensions.objectformat") == 0) format = value.ptr;
  git_buf_dispose(&value);
  return format;
}

// The folder of `.git`, or the repository itself where it is bare.
std::string owned_folder(const std::string& git_folder) {
  const std::string folder = base::normalise_path(git_folder);
  return folder.ends_with("/.git") ? folder.substr(0, folder.size() - 5) : folder;
}

std::string to_hex(const git_oid& id) {
  std::string text(GIT_OID_HEXSZ, '0');
  git_oid_fmt(text.data(), &id);
  return text;
}

base::FileError cannot_open(int error, const std::string& folder) {
  const std::string message = last_message();
  git_buf found = GIT_BUF_INIT;
  const bool discovered = git_repository_discover(&found, folder.c_str(), 1, nullptr) == 0;
  const std::string git_folder = discovered ? found.ptr : absolute(folder);
  git_buf_dispose(&found);
  if (error == GIT_ENOTFOUND && !discovered) return {fmt::format("`{}` is in no git repository", folder)};
  // libgit2 1.5 says not-found where it has found no `safe.directory`.
  if (error == GIT_EOWNER || error == GIT_ENOTFOUND)
    return {
        fmt::format("the git repository of `{}` belongs to another user; if you trust it: "
                    "git config --global --add safe.directory {}",
                    folder, owned_folder(git_folder))};
  if (const std::string format = object_format(git_folder); !format.empty() && format != "sha1")
    return {
        fmt::format("the git repository of `{}` names its objects by {}, which farol cannot read; "
                    "`git worktree add FOLDER REV` lays a revision out as files",
                    folder, format)};
  return {fmt::format("the git repository of `{}` cannot be opened: {}", folder, message)};
}

base::FileResult<RepositoryHandle> open_repository(const std::string& folder) {
  auto extensions = harmless_extensions;
  git_libgit2_opts(GIT_OPT_SET_EXTENSIONS, extensions.data(), extensions.size());
  git_repository* opened = nullptr;
  const int error = git_repository_open_ext(&opened, folder.c_str(), GIT_REPOSITORY_OPEN_CROSS_FS, nullptr);
  if (error != 0) return cannot_open(error, folder);
  return RepositoryHandle(opened);
}

// How a user calls a reference: `refs/heads/main` is `main`.
std::string_view short_name(std::string_view reference) {
  for (const std::string_view folder : {"refs/heads/", "refs/tags/", "refs/remotes/"}) {
    if (reference.starts_with(folder)) return reference.substr(folder.size());
  }
  return reference;
}

std::set<std::string> names_of_revisions(git_repository* repository) {
  std::set<std::string> names{"HEAD"};
  const auto add = [](const char* name, void* to) {
    static_cast<std::set<std::string>*>(to)->emplace(short_name(name));
    return 0;
  };
  git_reference_foreach_name(repository, add, &names);
  return names;
}

// ` (…)` where history is cut off.
std::string shallow_hint(git_repository* repository) {
  if (git_repository_is_shallow(repository) != 1) return {};
  return "; this clone is shallow, and `git fetch --unshallow` brings the rest of the history";
}

// The part of a name that refers to something: `main` of `main~2`, `main^{/fix}` and `main@{yesterday}`.
std::string_view stem_of(std::string_view name) {
  const std::size_t end = std::min({name.find('~'), name.find('^'), name.find("@{"), name.size()});
  return name.substr(0, end);
}

base::FileError unknown(git_repository* repository, const std::string& name) {
  if (git_repository_head_unborn(repository) == 1)
    return {fmt::format("there is no revision `{}`: nothing has been committed yet", name)};
  const std::string stem(stem_of(name));
  git_object* object = nullptr;
  if (stem.size() < name.size() && !stem.empty() && git_revparse_single(&object, repository, stem.c_str()) == 0) {
    git_object_free(object);
    return {fmt::format("there is no revision `{}`, although there is `{}`{}", name, stem, shallow_hint(repository))};
  }
  const std::set<std::string> names = names_of_revisions(repository);
  if (names.contains(stem))
    return {fmt::format("the revision `{}` cannot be read: `{}` is damaged, or what it names is missing{}", name, stem,
                        shallow_hint(repository))};
  const std::vector<std::string_view> candidates(names.begin(), names.end());
  // Where one branch has been checked out, the others are there under the name of the place they come from.
  const auto remote = std::find_if(candidates.begin(), candidates.end(),
                                   [&](std::string_view candidate) { return candidate.ends_with("/" + stem); });
  const auto nearest = remote != candidates.end() ? std::optional(*remote) : base::find_nearest(stem, candidates);
  if (!nearest) return {fmt::format("there is no revision `{}`{}", name, shallow_hint(repository))};
  return {fmt::format("there is no revision `{}`; did you mean `{}{}`?", name, *nearest, name.substr(stem.size()))};
}

base::FileResult<ObjectHandle> find_object(git_repository* repository, const std::string& name) {
  git_object* object = nullptr;
  const int error = git_revparse_single(&object, repository, name.c_str());
  if (error == 0) return ObjectHandle(object);
  if (error == GIT_EAMBIGUOUS)
    return base::FileError{fmt::format("more than one object of the repository begins with `{}`", name)};
  return unknown(repository, name);
}

base::FileResult<ObjectHandle> peel(const ObjectHandle& object, git_object_t type, const std::string& name) {
  git_object* peeled = nullptr;
  if (git_object_peel(&peeled, object.get(), type) != 0)
    return base::FileError{fmt::format("`{}` is not a commit", name)};
  return ObjectHandle(peeled);
}

base::FileResult<ObjectHandle> find_commit(git_repository* repository, const std::string& name) {
  auto object = find_object(repository, name);
  if (auto* error = std::get_if<base::FileError>(&object)) return std::move(*error);
  return peel(std::get<0>(object), GIT_OBJECT_COMMIT, name);
}

// The commit at which two branches parted.
base::FileResult<ObjectHandle> find_parting(git_repository* repository, const Revision& revision) {
  auto one = find_commit(repository, revision.name);
  if (auto* error = std::get_if<base::FileError>(&one)) return std::move(*error);
  auto other = find_commit(repository, revision.branch);
  if (auto* error = std::get_if<base::FileError>(&other)) return std::move(*error);
  git_oid common{};
  git_object* object = nullptr;
  if (git_merge_base(&common, repository, git_object_id(std::get<0>(one).get()),
                     git_object_id(std::get<0>(other).get())) != 0 ||
      git_object_lookup(&object, repository, &common, GIT_OBJECT_COMMIT) != 0)
    return base::FileError{fmt::format("`{}` and `{}` have no commit in common{}", revision.name, revision.branch,
                                       shallow_hint(repository))};
  return ObjectHandle(object);
}

Place place_of(git_repository* repository, const std::string& folder) {
  const char* top = git_repository_workdir(repository);
  const bool bare = top == nullptr;
  Place place;
  place.top = without_links(bare ? git_repository_path(repository) : top);
  place.current = absolute(".");
  place.folder = absolute(folder);
  const std::string real = without_links(place.folder);
  if (!bare && real.starts_with(place.top + "/")) place.inside = real.substr(place.top.size() + 1);
  return place;
}

// The day on the author's clock.
base::Date day_of(const git_signature& signature) {
  constexpr std::int64_t minute = 60, day = 24 * 60 * 60;
  const std::int64_t seconds = signature.when.time + signature.when.offset * minute;
  return {static_cast<std::int32_t>(seconds >= 0 ? seconds / day : (seconds - day + 1) / day)};
}

// Names what lies at a path from the top, `.` for all; nothing where nothing does.
std::string content_at(git_commit* commit, const std::string& path) {
  git_tree* tree = nullptr;
  if (git_commit_tree(&tree, commit) != 0) return {};
  const TreeHandle owned(tree);
  if (path.empty() || path == ".") return to_hex(*git_tree_id(tree));
  git_tree_entry* entry = nullptr;
  if (git_tree_entry_bypath(&entry, tree, path.c_str()) != 0) return {};
  const std::string id = to_hex(*git_tree_entry_id(entry));
  git_tree_entry_free(entry);
  return id;
}

CommitInfo describe(git_commit* commit, const std::string& path) {
  CommitInfo info;
  info.id = to_hex(*git_commit_id(commit));
  if (const git_signature* author = git_commit_author(commit)) {
    info.date = day_of(*author);
    info.author = author->name == nullptr ? "" : author->name;
  }
  const char* subject = git_commit_summary(commit);
  info.subject = subject == nullptr ? "" : subject;
  for (unsigned int i = 0; i < git_commit_parentcount(commit); ++i)
    info.parents.push_back(to_hex(*git_commit_parent_id(commit, i)));
  info.content = content_at(commit, path);
  return info;
}

}  // namespace

std::string last_message() {
  const git_error* error = git_error_last();
  return error == nullptr || error->message == nullptr ? "unknown fault" : error->message;
}

base::FileResult<OpenRevision> open_revision(const std::string& folder, const Revision& revision) {
  const Libgit2Session session;
  auto opened = open_repository(folder);
  if (auto* error = std::get_if<base::FileError>(&opened)) return std::move(*error);
  RepositoryHandle repository = std::get<RepositoryHandle>(std::move(opened));

  auto found =
      revision.branch.empty() ? find_object(repository.get(), revision.name) : find_parting(repository.get(), revision);
  if (auto* error = std::get_if<base::FileError>(&found)) return std::move(*error);
  const ObjectHandle object = std::get<ObjectHandle>(std::move(found));
  auto peeled = peel(object, GIT_OBJECT_TREE, revision.name);
  if (auto* error = std::get_if<base::FileError>(&peeled)) return std::move(*error);
  const git_oid tree = *git_object_id(std::get<ObjectHandle>(peeled).get());
  // A tag is a name for its commit.
  auto commit = peel(object, GIT_OBJECT_COMMIT, revision.name);
  const auto* of_commit = std::get_if<ObjectHandle>(&commit);

  git_odb* objects = nullptr;
  if (git_repository_odb(&objects, repository.get()) != 0)
    return base::FileError{"the objects of the git repository cannot be read: " + last_message()};
  Place place = place_of(repository.get(), folder);
  OpenRevision result;
  result.commit = to_hex(of_commit == nullptr ? tree : *git_object_id(of_commit->get()));
  git_commit* known = nullptr;
  if (of_commit != nullptr && git_commit_lookup(&known, repository.get(), git_object_id(of_commit->get())) == 0) {
    const CommitHandle owned(known);
    result.about = describe(known, ".");
  }
  result.files =
      std::make_unique<TreeFiles>(std::move(repository), OdbHandle(objects), tree, std::move(place), revision.name);
  return result;
}

base::FileResult<CommitInfo> describe_commit(const std::string& folder, const Revision& revision,
                                             const std::string& path) {
  const Libgit2Session session;
  auto opened = open_repository(folder);
  if (auto* error = std::get_if<base::FileError>(&opened)) return std::move(*error);
  const RepositoryHandle repository = std::get<RepositoryHandle>(std::move(opened));
  auto found = find_commit(repository.get(), revision.name);
  if (auto* error = std::get_if<base::FileError>(&found)) return std::move(*error);
  git_commit* commit = nullptr;
  if (git_commit_lookup(&commit, repository.get(), git_object_id(std::get<ObjectHandle>(found).get())) != 0)
    return base::FileError{"the commit cannot be read: " + last_message()};
  const CommitHandle owned(commit);
  const Place place = place_of(repository.get(), folder);
  return describe(commit, base::normalise_path(place.inside.empty() ? path : place.inside + "/" + path));
}

}  // namespace farol::git
