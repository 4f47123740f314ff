// Against repositories that git itself makes.
#include <filesystem>
#include <string>
#include <variant>
#include <vector>

#include <doctest/doctest.h>
#include <unistd.h>

#include "driver/driver.h"
#include "git/revision.h"
#include "support/farol.h"
#include "support/scratch_repository.h"

namespace git_revision_test {

using namespace farol;
using git::Revision;
using testing::ScratchRepository;
namespace fs = std::filesystem;

namespace {

std::string error_at(const std::string& folder, const Revision& revision) {
  const auto opened = git::open_revision(folder, revision);
  const auto* error = std::get_if<base::FileError>(&opened);
  return error == nullptr ? "" : error->reason;
}

git::OpenRevision open(const std::string& folder, const Revision& revision) {
  auto opened = git::open_revision(folder, revision);
  const auto* error = std::get_if<base::FileError>(&opened);
  REQUIRE_MESSAGE(error == nullptr, (error == nullptr ? "" : error->reason));
  return std::get<git::OpenRevision>(std::move(opened));
}

std::string content(const base::FileSystem& files, const std::string& path, std::size_t limit = 1000) {
  const auto result = files.read(path, limit);
  const auto* error = std::get_if<base::FileError>(&result);
  return error == nullptr ? std::get<std::string>(result) : "(" + error->reason + ")";
}

std::vector<std::string> list(const base::FileSystem& files, const std::string& path) {
  const auto result = files.list(path);
  const auto* error = std::get_if<base::FileError>(&result);
  return error == nullptr ? std::get<0>(result) : std::vector<std::string>{"(" + error->reason + ")"};
}

// The process stands in a folder, as long as this lives.
class Standing {
 public:
  explicit Standing(const std::string& folder) : before_(fs::current_path()) { fs::current_path(folder); }
  Standing(const Standing&) = delete;
  Standing& operator=(const Standing&) = delete;
  ~Standing() { fs::current_path(before_); }

 private:
  fs::path before_;
};

}  // namespace

TEST_CASE("files are as they were, whatever lies on disk now") {
  const ScratchRepository scratch;
  scratch.write("policies/a.farol", "one");
  scratch.write("policies/sub/b.farol", "b\r\n");
  scratch.write("策略.farol", "名");
  scratch.commit("first");
  scratch.write("policies/a.farol", "two");
  fs::remove_all(scratch / "policies/sub");
  scratch.commit("second");
  scratch.write("policies/a.farol", "three");

  const Standing here(scratch.folder());
  const auto first = open(".", {"HEAD~1"});
  CHECK(first.commit == scratch.git({"rev-parse", "HEAD~1"}));
  CHECK(content(*first.files, "policies/a.farol") == "one");
  CHECK(content(*first.files, "./policies//sub/../a.farol") == "one");
  CHECK(content(*first.files, scratch / "policies/a.farol") == "one");
  CHECK(content(*first.files, "policies/sub/b.farol") == "b\r\n");
  CHECK(content(*first.files, "策略.farol") == "名");
  CHECK(list(*first.files, ".") == std::vector<std::string>{"策略.farol"});
  CHECK(list(*first.files, "policies") == std::vector<std::string>{"a.farol"});
  CHECK(first.files->is_directory("policies/sub"));
  CHECK(first.files->is_directory("."));
  CHECK(first.files->exists("policies/sub/b.farol"));
  CHECK_FALSE(first.files->is_directory("policies/a.farol"));

  const auto second = open(".", {"main"});
  CHECK(content(*second.files, "policies/a.farol") == "two");
  CHECK_FALSE(second.files->exists("policies/sub"));
  CHECK(second.files->canonical("policies/a.farol") == scratch / "policies/a.farol");
  CHECK(second.files->canonical("policies/../none/x") == scratch / "none/x");
  CHECK(std::get<base::FileError>(second.files->write({{"x", "y"}})).reason ==
        "cannot write `x`: a revision in git stays as it is");
}

TEST_CASE("what cannot be read says why") {
  const ScratchRepository scratch;
  scratch.write("clinic.farol", "farol 1\n");
  scratch.write("large.farol", std::string(5000, '#'));
  scratch.write("kept.farol", "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n");
  scratch.write("sub/x", "x");
  scratch.commit("first");
  const Standing here(scratch.folder());
  const auto files = open(".", {"HEAD"}).files;
  CHECK(content(*files, "clinics.farol") == "(not there in `HEAD`; did you mean `clinic.farol`?)");
  CHECK(content(*files, "q") == "(not there in `HEAD`)");
  CHECK(content(*files, "sub") == "(is a directory)");
  CHECK(content(*files, "clinic.farol/x") == "(not a directory)");
  CHECK(content(*files, "large.farol") == "(larger than 1000 bytes)");
  CHECK(content(*files, "large.farol", 5000).size() == 5000);
  CHECK(content(*files, "kept.farol") == "(kept by Git LFS, and so not in the repository)");
  CHECK(content(*files, "../elsewhere") == "(outside the repository)");
  CHECK(list(*files, "clinic.farol") == std::vector<std::string>{"(not a directory)"});
  CHECK(list(*files, "clinic") == std::vector<std::string>{"(not there in `HEAD`)"});
  CHECK(files->canonical("/elsewhere/x") == "/elsewhere/x");
}

TEST_CASE("paths start where the process stands, and -C names another folder") {
  const ScratchRepository scratch;
  scratch.write("policies/clinic/a.farol", "a");
  scratch.write("policies/shared.farol", "s");
  scratch.commit("first");
  {
    const Standing here(scratch / "policies/clinic");
    const auto files = open(".", {"HEAD"}).files;
    CHECK(content(*files, "a.farol") == "a");
    CHECK(content(*files, "../shared.farol") == "s");
    CHECK(list(*files, "..") == std::vector<std::string>{"shared.farol"});
  }
  {
    const Standing here(scratch.beside(""));
    CHECK(content(*open("repository/policies", {"HEAD"}).files, "repository/policies/shared.farol") == "s");
    // A folder may be reached through a link that the repository knows nothing of.
    fs::create_directory_symlink("repository/policies", scratch.beside("link"));
    const auto files = open("link", {"HEAD"}).files;
    CHECK(content(*files, "link/shared.farol") == "s");
    CHECK(files->canonical("link/shared.farol") == scratch / "policies/shared.farol");
  }
}

TEST_CASE("links are followed within the revision and nowhere else") {
  const ScratchRepository scratch;
  scratch.write("shared/base.farol", "base");
  fs::create_directory(scratch / "p");
  fs::create_symlink("../shared/base.farol", scratch / "p/near.farol");
  fs::create_symlink("../../secret.farol", scratch / "p/out.farol");
  fs::create_symlink("/etc/hostname", scratch / "p/absolute.farol");
  fs::create_symlink(scratch / "shared", scratch / "p/whole");
  fs::create_symlink("loop.farol", scratch / "p/loop.farol");
  fs::create_symlink("nothing.farol", scratch / "p/broken.farol");
  fs::create_directory_symlink("shared", scratch / "folder");
  scratch.commit("links");
  fs::remove(scratch / "shared/base.farol");

  const Standing here(scratch.folder());
  const auto files = open(".", {"HEAD"}).files;
  CHECK(content(*files, "p/near.farol") == "base");
  CHECK(content(*files, "folder/base.farol") == "base");
  CHECK(content(*files, "p/whole/base.farol") == "base");
  CHECK(content(*files, "p/out.farol") == "(a link that leads out of the repository)");
  CHECK(content(*files, "p/absolute.farol") == "(a link that leads out of the repository)");
  CHECK(content(*files, "p/loop.farol") == "(too many levels of links)");
  CHECK(content(*files, "p/broken.farol") == "(not there in `HEAD`)");
  CHECK(files->canonical("p/near.farol") == scratch / "shared/base.farol");
  CHECK(files->canonical("p/out.farol") == scratch / "p/out.farol");
  CHECK(list(*files, "p") == std::vector<std::string>{"absolute.farol", "loop.farol", "near.farol", "out.farol"});
}

TEST_CASE("a policy is compiled from a revision with its includes and the libraries that it pins") {
  const ScratchRepository scratch;
  scratch.write("policies/clinic.farol",
                "farol 1\ninclude \"roles.farol\"\nfeature door.open\nallow staff to door.open\n");
  scratch.write("policies/roles.farol", "farol 1\nrole staff\n");
  scratch.commit("first");
  scratch.write("policies/roles.farol", "farol 1\nrole nurse\n");

  const Standing here(scratch.folder());
  driver::Options options;
  options.load.paths = {"policies/clinic.farol"};
  options.as_of = *base::parse_date(testing::today);
  const auto then = driver::compile(*open(".", {"HEAD"}).files, options);
  CHECK(then.may_write());
  CHECK(then.model.roles.size() == 1);
  const base::DiskFileSystem disk;
  CHECK_FALSE(driver::compile(disk, options).may_write());
}

TEST_CASE("bare repositories, worktrees and shallow clones") {
  const ScratchRepository scratch;
  scratch.write("p/a.farol", "one");
  scratch.commit("first");
  scratch.git({"branch", "old"});
  scratch.write("p/a.farol", "two");
  scratch.commit("second");

  scratch.git({"clone", "--quiet", "--bare", ".", scratch.beside("bare.git")});
  {
    const Standing here(scratch.beside("bare.git"));
    CHECK(content(*open(".", {"old"}).files, "p/a.farol") == "one");
  }
  CHECK(content(*open(scratch.beside("bare.git"), {"old"}).files, scratch.beside("bare.git/p/a.farol")) == "one");

  scratch.git({"worktree", "add", "--quiet", scratch.beside("tree"), "old"});
  {
    const Standing here(scratch.beside("tree/p"));
    CHECK(content(*open(".", {"HEAD"}).files, "a.farol") == "one");
    CHECK(content(*open(".", {"main"}).files, "a.farol") == "two");
  }

  scratch.git({"clone", "--quiet", "--depth=1", "file://" + scratch.folder(), scratch.beside("shallow")});
  {
    const Standing here(scratch.beside("shallow"));
    CHECK(content(*open(".", {"HEAD"}).files, "p/a.farol") == "two");
    CHECK(error_at(".", {"HEAD~1"}) ==
          "there is no revision `HEAD~1`, although there is `HEAD`; this clone is shallow, and `git fetch --unshallow` "
          "brings "
          "the rest of the history");
    CHECK(error_at(".", {"old"}) ==
          "there is no revision `old`; this clone is shallow, and `git fetch --unshallow` brings the rest of the "
          "history");
  }
}

TEST_CASE("a clone without the contents of files") {
  const ScratchRepository scratch;
  scratch.write("a.farol", "one");
  scratch.commit("first");
  scratch.write("a.farol", "two");
  scratch.commit("second");
  scratch.git({"config", "uploadpack.allowFilter", "true"});
  scratch.git({"clone", "--quiet", "--filter=blob:none", "file://" + scratch.folder(), scratch.beside("partial")});
  const Standing here(scratch.beside("partial"));
  CHECK(content(*open(".", {"HEAD"}).files, "a.farol") == "two");
  CHECK(content(*open(".", {"HEAD~1"}).files, "a.farol") == "(its content is not in this clone of the repository)");
}

TEST_CASE("names of revisions, and the nearest where there is none") {
  const ScratchRepository scratch;
  CHECK(error_at(scratch.folder(), {"main"}) == "there is no revision `main`: nothing has been committed yet");
  scratch.write("a", "one");
  scratch.commit("first");
  scratch.git({"tag", "--annotate", "--message=reviewed", "v1.0"});
  scratch.git({"branch", "feature/recording"});
  scratch.git({"clone", "--quiet", ".", scratch.beside("clone")});
  const std::string commit = scratch.git({"rev-parse", "HEAD"});
  for (const std::string name : {"main", "v1.0", "refs/heads/main", "HEAD^0", "HEAD@{0}", "feature/recording"})
    CHECK_MESSAGE(open(scratch.folder(), {name}).commit == commit, name);
  CHECK(open(scratch.folder(), {commit.substr(0, 7)}).commit == commit);
  CHECK(open(scratch.folder(), {"HEAD^{tree}"}).commit == scratch.git({"rev-parse", "HEAD^{tree}"}));

  CHECK(error_at(scratch.folder(), {"mian"}) == "there is no revision `mian`; did you mean `main`?");
  CHECK(error_at(scratch.folder(), {"mian~2"}) == "there is no revision `mian~2`; did you mean `main~2`?");
  CHECK(error_at(scratch.folder(), {"v1.1"}) == "there is no revision `v1.1`; did you mean `v1.0`?");
  CHECK(error_at(scratch.folder(), {"HEAD~1"}) == "there is no revision `HEAD~1`, although there is `HEAD`");
  CHECK(error_at(scratch.folder(), {"quite-another"}) == "there is no revision `quite-another`");
  CHECK(error_at(scratch.beside("clone"), {"feature/recording"}) ==
        "there is no revision `feature/recording`; did you mean `origin/feature/recording`?");
  CHECK(error_at(scratch.folder(), {scratch.git({"hash-object", "a"})}).ends_with("is not a commit"));
}

TEST_CASE("where two branches parted") {
  const ScratchRepository scratch;
  scratch.write("a", "one");
  scratch.commit("first");
  const std::string parting = scratch.git({"rev-parse", "HEAD"});
  scratch.git({"switch", "--quiet", "--create=topic"});
  scratch.commit("on topic");
  scratch.git({"switch", "--quiet", "main"});
  scratch.commit("on main");
  scratch.git({"switch", "--quiet", "--orphan=alone"});
  scratch.commit("alone");
  CHECK(open(scratch.folder(), {"main", "topic"}).commit == parting);
  CHECK(error_at(scratch.folder(), {"main", "alone"}) == "`main` and `alone` have no commit in common");
  CHECK(error_at(scratch.folder(), {"main", "topik"}) == "there is no revision `topik`; did you mean `topic`?");
}

TEST_CASE("a submodule belongs to another repository") {
  const ScratchRepository other;
  other.write("x.farol", "x");
  other.commit("first");
  const ScratchRepository scratch;
  scratch.git({"submodule", "--quiet", "add", other.folder(), "parts"});
  scratch.commit("with parts");
  const Standing here(scratch.folder());
  const auto files = open(".", {"HEAD"}).files;
  CHECK(content(*files, "parts/x.farol") == "(in a submodule, whose files are in another repository)");
  CHECK(content(*files, "parts") == "(in a submodule, whose files are in another repository)");
  CHECK(list(*files, ".") == std::vector<std::string>{".gitmodules"});
  CHECK(content(*open("parts", {"HEAD"}).files, "parts/x.farol") == "x");
}

TEST_CASE("repositories that cannot be opened") {
  const ScratchRepository scratch;
  CHECK(error_at(scratch.beside(""), {"main"}) == "`" + scratch.beside("") + "` is in no git repository");
  scratch.git({"init", "--quiet", "--object-format=sha256", scratch.beside("newer")});
  CHECK(error_at(scratch.beside("newer"), {"main"}) ==
        "the git repository of `" + scratch.beside("newer") +
            "` names its objects by sha256, which farol cannot read; `git worktree add FOLDER REV` lays a revision out "
            "as files");
  scratch.write("a", "a");
  scratch.commit("first");
  if (::geteuid() != 0) return;  // only root can give a folder away
  REQUIRE(::chown(scratch.folder().c_str(), 12345, 12345) == 0);
  REQUIRE(::chown((scratch / ".git").c_str(), 12345, 12345) == 0);
  CHECK(error_at(scratch.folder(), {"main"}) ==
        "the git repository of `" + scratch.folder() +
            "` belongs to another user; if you trust it: git config --global --add safe.directory " + scratch.folder());
  scratch.git_in("/", {"config", "--global", "--add", "safe.directory", scratch.folder()});
  CHECK(error_at(scratch.folder(), {"main"}).empty());
}

TEST_CASE("a damaged repository is an error, not a crash") {
  const ScratchRepository scratch;
  scratch.write("a.farol", "some text");
  scratch.commit("first");
  const std::string name = scratch.git({"rev-parse", "HEAD:a.farol"});
  const fs::path object = scratch / (".git/objects/" + name.substr(0, 2) + "/" + name.substr(2));
  fs::permissions(object, fs::perms::owner_all);
  fs::resize_file(object, 3);
  const Standing here(scratch.folder());
  CHECK(content(*open(".", {"HEAD"}).files, "a.farol").starts_with("(its content is damaged: "));
  scratch.write(".git/HEAD", "nonsense");
  CHECK_FALSE(error_at(".", {"HEAD"}).empty());
}

}  // namespace git_revision_test
