#include <array>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include <sys/stat.h>
#include <unistd.h>

#include <doctest/doctest.h>

#include "base/file_system.h"
#include "base/interruptions.h"
#include "support/temporary_folder.h"

namespace base_file_system_test {

using namespace farol::base;
using Folder = farol::testing::TemporaryFolder;
namespace fs = std::filesystem;

namespace {

std::size_t count(const Folder& folder) {
  return static_cast<std::size_t>(
      std::distance(fs::recursive_directory_iterator(folder.path()), fs::recursive_directory_iterator()));
}

template <class T>
std::string error_of(const T& result) {
  const auto* error = std::get_if<FileError>(&result);
  return error == nullptr ? "" : error->reason;
}

std::string content(const FileSystem& disk, const std::string& path) {
  const auto result = disk.read(path, 1000);
  const auto* text = std::get_if<std::string>(&result);
  return text == nullptr ? "(" + error_of(result) + ")" : *text;
}

}  // namespace

TEST_CASE("paths") {
  CHECK(join_path("a/b", "../c.farol") == "a/c.farol");
  CHECK(join_path("a", "/c") == "/c");
  CHECK(join_path("", "c") == "c");
  CHECK(join_path(".", "./c") == "c");
  CHECK(join_path("a", "../../c") == "../c");
  CHECK(folder_of("a/b.farol") == "a");
  CHECK(folder_of("b.farol") == ".");
  CHECK(folder_of("/b.farol") == "/");
  CHECK(normalise_path("./a//b/./../c/") == "a/c");
  CHECK(normalise_path("../../a") == "../../a");
  CHECK(normalise_path("/../a") == "/a");
  CHECK(normalise_path("a/..") == ".");
  CHECK(normalise_path("") == ".");
}

TEST_CASE("the file system in memory behaves like a disk") {
  MemoryFileSystem disk;
  disk.files = {{"a/x.farol", "x"}, {"a/b/y.farol", "yy"}, {"./a/w.farol", "w"}};
  CHECK(content(disk, "a/x.farol") == "x");
  CHECK(content(disk, "/a/./b/../x.farol") == "x");
  CHECK(content(disk, "a/w.farol") == "w");
  CHECK(content(disk, "a") == "(is a directory)");
  CHECK(content(disk, "b") == "(no such file or directory)");
  CHECK(error_of(disk.read("a/b/y.farol", 1)) == "larger than 1 bytes");
  CHECK(std::get<0>(disk.list("a")) == std::vector<std::string>{"w.farol", "x.farol"});
  CHECK(std::get<0>(disk.list(".")).empty());
  CHECK(error_of(disk.list("a/x.farol")) == "not a directory");
  CHECK(disk.is_directory("a/b"));
  CHECK_FALSE(disk.is_directory("a/x.farol"));
  CHECK(disk.exists("a"));
  CHECK_FALSE(disk.exists("c"));
  CHECK(disk.canonical("a/../a/x.farol") == disk.canonical("/a/x.farol"));
}

TEST_CASE("in memory all files are written or none") {
  MemoryFileSystem disk;
  disk.files = {{"a/x", "old"}};
  disk.unwritable = {"locked"};
  CHECK(error_of(disk.write({{"a/x", "new"}, {"locked/y", "y"}})) == "cannot write `locked/y`: permission denied");
  CHECK(error_of(disk.write({{"n", "new"}, {"a", "y"}})) == "cannot write `a`: is a directory");
  CHECK(error_of(disk.write({{"n", "new"}, {"a/x/y", "y"}})) == "cannot write `a/x/y`: not a directory");
  CHECK(disk.files == std::map<std::string, std::string>{{"a/x", "old"}});
  CHECK(error_of(disk.write({{"./a/x", "new"}, {"out/y", "y"}})).empty());
  CHECK(disk.files == std::map<std::string, std::string>{{"a/x", "new"}, {"out/y", "y"}});
}

TEST_CASE("reading from disk") {
  const Folder folder;
  DiskFileSystem disk;
  std::ofstream(folder / "x") << "some text";
  CHECK(content(disk, folder / "x") == "some text");
  CHECK(std::get<0>(disk.read(folder / "x", 9)) == "some text");
  CHECK(error_of(disk.read(folder / "x", 8)) == "larger than 8 bytes");
  CHECK(error_of(disk.read(folder / "x", 0)) == "larger than 0 bytes");
  CHECK(content(disk, folder / "y") == "(no such file or directory)");
  CHECK(content(disk, folder / "") == "(is a directory)");
  CHECK(error_of(disk.list(folder / "y")) == "no such file or directory");
  CHECK(disk.exists(folder / "x"));
  CHECK(std::get<0>(disk.read("/dev/null", 10)).empty());
  CHECK(error_of(disk.read("/dev/zero", std::size_t{1} << 20)) == "is a device");
  CHECK(error_of(disk.open("/dev/zero")) == "is a device");
  CHECK(error_of(disk.open(folder / "")) == "is a directory");
}

TEST_CASE("a pipe is read if somebody writes to it, and is no file of a policy") {
  const Folder folder;
  const DiskFileSystem disk;
  REQUIRE(::mkfifo((folder / "pipe").c_str(), 0600) == 0);
  CHECK(error_of(disk.read(folder / "pipe", 10)) == "is a pipe that nobody writes to");
  CHECK(error_of(disk.open(folder / "pipe")) == "is a pipe that nobody writes to");
  CHECK_FALSE(disk.is_file(folder / "pipe"));
  CHECK(disk.exists(folder / "pipe"));
  std::array<int, 2> ends{};
  REQUIRE(::pipe(ends.data()) == 0);
  std::thread writer([&] {
    CHECK(::write(ends[1], "te", 2) == 2);
    CHECK(::write(ends[1], "xt", 2) == 2);
    ::close(ends[1]);
  });
  CHECK(content(disk, "/dev/fd/" + std::to_string(ends[0])) == "text");
  writer.join();
  ::close(ends[0]);
}

TEST_CASE("lists are sorted and hold files only") {
  const Folder folder;
  DiskFileSystem disk;
  CHECK(error_of(disk.write({{folder / "b", ""}, {folder / "a", ""}, {folder / "sub/c", ""}})).empty());
  fs::create_symlink("b", folder / "link");
  CHECK(std::get<0>(disk.list(folder / "")) == std::vector<std::string>{"a", "b", "link"});
}

TEST_CASE("two spellings of one file are equal") {
  const Folder folder;
  DiskFileSystem disk;
  CHECK(error_of(disk.write({{folder / "a/x", ""}})).empty());
  fs::create_directory_symlink("a", folder / "link");
  CHECK(disk.canonical(folder / "link/x") == disk.canonical(folder / "a/./x"));
  CHECK(disk.canonical(folder / "link/../b/none") == disk.canonical(folder / "b/none"));
  CHECK(disk.canonical("none").starts_with('/'));
}

TEST_CASE("files are written whole, with new folders, through links, and keep their mode") {
  const Folder folder;
  DiskFileSystem disk;
  std::ofstream(folder / "x") << "old";
  fs::permissions(folder / "x", fs::perms::owner_read | fs::perms::owner_write);
  fs::create_symlink("x", folder / "link");
  CHECK(error_of(disk.write({{folder / "link", "new"}, {folder / "a/b/y", "y"}})).empty());
  CHECK(content(disk, folder / "x") == "new");
  CHECK(content(disk, folder / "a/b/y") == "y");
  CHECK(fs::is_symlink(folder / "link"));
  CHECK(fs::status(folder / "x").permissions() == (fs::perms::owner_read | fs::perms::owner_write));
  CHECK(count(folder) == 5);  // x, link, a, a/b, a/b/y: nothing temporary is left
}

TEST_CASE("a failure leaves everything as it was") {
  const Folder folder;
  DiskFileSystem disk;
  std::ofstream(folder / "x") << "old";
  fs::create_directory(folder / "sub");
  CHECK(error_of(disk.write({{folder / "x", "new"}, {folder / "n/m/y", "y"}, {folder / "sub", "z"}})) ==
        "cannot write `" + (folder / "sub") + "`: is a directory");
  CHECK(error_of(disk.write({{folder / "x", "new"}, {folder / "x/y", "y"}})) ==
        "cannot write `" + (folder / "x/y") + "`: not a directory");
  CHECK(content(disk, folder / "x") == "old");
  CHECK(count(folder) == 2);
}

TEST_CASE("a link that leads nowhere yet stays, and its file is made where it points") {
  const Folder folder;
  DiskFileSystem disk;
  fs::create_directory(folder / "a");
  fs::create_symlink("../b/real", folder / "a/second");
  fs::create_symlink("a/second", folder / "first");
  fs::create_symlink("self", folder / "self");
  CHECK(error_of(disk.write({{folder / "first", "text"}})).empty());
  CHECK(content(disk, folder / "b/real") == "text");
  CHECK(fs::is_symlink(folder / "first"));
  CHECK(fs::is_symlink(folder / "a/second"));
  CHECK(error_of(disk.write({{folder / "self", "text"}})) ==
        "cannot write `" + (folder / "self") + "`: too many levels of symbolic links");
  CHECK(count(folder) == 6);
}

TEST_CASE("a file that is not what was read is left alone, and the others with it") {
  const Folder folder;
  DiskFileSystem disk;
  MemoryFileSystem memory;
  std::ofstream(folder / "x") << "theirs";
  memory.files = {{folder / "x", "theirs"}};
  for (FileSystem* each : {static_cast<FileSystem*>(&disk), static_cast<FileSystem*>(&memory)}) {
    const auto is_refused = [&](const Original& original) {
      const auto result = each->write({{folder / "y", "y"}, {folder / "x", "ours", original}});
      const auto* error = std::get_if<FileError>(&result);
      return error != nullptr && error->was_changed && !each->exists(folder / "y");
    };
    CHECK(is_refused({true, "their"}));
    CHECK(is_refused({true, "theirs."}));
    CHECK(is_refused({true, ""}));
    CHECK(is_refused({false, ""}));
    CHECK(content(*each, folder / "x") == "theirs");
    CHECK(error_of(each->write({{folder / "x", "ours", Original{true, "theirs"}}})).empty());
    CHECK(content(*each, folder / "x") == "ours");
    CHECK(error_of(each->write({{folder / "y", "y", Original{}}})).empty());
    const auto again = each->write({{folder / "y", "z", Original{}}});
    CHECK(std::get<FileError>(again).was_changed);
    const auto gone = each->write({{folder / "z", "z", Original{true, ""}}});
    CHECK(std::get<FileError>(gone).was_changed);
  }
  CHECK(count(folder) == 2);
}

TEST_CASE("what a killed process has left is removed by the next that writes, and nothing else") {
  const Folder folder;
  DiskFileSystem disk;
  const std::vector<std::string> ours{".farol-0123456789abcdef.new", ".farol-fedcba9876543210.old"};
  const std::vector<std::string> others{".farol-0123456789abcdef.txt", ".farol-0123456789abcdeg.new", ".farol-1.new",
                                        "farol-0123456789abcdef.new", ".x.123-0"};
  for (const auto* names : {&ours, &others}) {
    for (const std::string& name : *names) std::ofstream(folder / name) << name;
  }
  CHECK(error_of(disk.write({{folder / "x", "text"}})).empty());
  for (const std::string& name : ours) CHECK_FALSE(disk.exists(folder / name));
  for (const std::string& name : others) CHECK(content(disk, folder / name) == name);
}

TEST_CASE("a signal that comes while files are written is obeyed afterwards") {
  const Folder folder;
  DiskFileSystem disk;
  static volatile std::sig_atomic_t seen = 0;
  const auto before = std::signal(SIGTERM, [](int) { seen = seen + 1; });
  {
    const Interruptions held;
    CHECK(std::raise(SIGTERM) == 0);
    CHECK(Interruptions::noted());
    CHECK(seen == 0);
  }
  CHECK(seen == 1);
  CHECK(error_of(disk.write({{folder / "x", "text"}})).empty());
  CHECK(seen == 1);
  static_cast<void>(std::signal(SIGTERM, before));
}

TEST_CASE("devices are written in place") {
  DiskFileSystem disk;
  CHECK(error_of(disk.write({{"/dev/null", "text"}})).empty());
  CHECK(fs::is_character_file("/dev/null"));
  CHECK(error_of(disk.write({{"/dev/full", "text"}})) == "cannot write `/dev/full`: no space left on device");
}

TEST_CASE("a file that belongs to an input lies in its folder, and where nobody knows what it is, nowhere else") {
  MemoryFileSystem files;
  files.files = {{"p/a.farol", ""}, {"b.farol", ""}};
  CHECK(path_beside(files, "p", "ids.farol") == "p/ids.farol");
  CHECK(path_beside(files, "p/a.farol", "ids.farol") == "p/ids.farol");
  CHECK(path_beside(files, "b.farol", "ids.farol") == "ids.farol");
  CHECK(path_beside(files, ".", "ids.farol") == "ids.farol");
  CHECK(path_beside(files, "not/there", "ids.farol") == "not/there/ids.farol");
}

}  // namespace base_file_system_test
