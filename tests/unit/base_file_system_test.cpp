#include <filesystem>
#include <fstream>
#include <string>

#include <doctest/doctest.h>

#include "base/file_system.h"
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
  CHECK(error_of(disk.read("/dev/zero", std::size_t{1} << 20)) == "larger than 1 MiB");
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

TEST_CASE("devices are written in place") {
  DiskFileSystem disk;
  CHECK(error_of(disk.write({{"/dev/null", "text"}})).empty());
  CHECK(fs::is_character_file("/dev/null"));
  CHECK(error_of(disk.write({{"/dev/full", "text"}})) == "cannot write `/dev/full`: no space left on device");
}

}  // namespace base_file_system_test
