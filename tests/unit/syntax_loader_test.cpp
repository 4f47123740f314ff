#include <algorithm>
#include <filesystem>
#include <string>
#include <variant>
#include <vector>

#include <doctest/doctest.h>

#include "base/file_system.h"
#include "library/library.h"
#include "syntax/library_versions.h"
#include "syntax/loader.h"

namespace syntax_loader_test {

namespace {

using namespace farol;
using diag::Code;

struct Loaded {
  source::SourceMap sources;
  diag::Sink sink;
  syntax::Program program;

  Loaded(const base::FileSystem& disk, const syntax::LoadOptions& options) {
    program = syntax::load(disk, options, sources, sink);
  }
  Loaded(const base::FileSystem& disk, std::vector<std::string> paths, std::string root = {})
      : Loaded(disk, syntax::LoadOptions{std::move(paths), std::move(root), {}, {}}) {}

  [[nodiscard]] std::vector<diag::Diagnostic> diagnostics() const { return sink.sorted(sources); }
  [[nodiscard]] std::vector<std::string> names() const {
    std::vector<std::string> all;
    for (const auto& file : program.files) all.push_back(sources.name(file.source));
    return all;
  }
  [[nodiscard]] std::string_view text(source::Span span) const { return sources.text(span); }
};

using Names = std::vector<std::string>;

base::MemoryFileSystem disk_with(std::map<std::string, std::string> files) {
  base::MemoryFileSystem disk;
  disk.files = std::move(files);
  return disk;
}

// The only diagnostic.
diag::Diagnostic only(const Loaded& loaded) {
  const auto all = loaded.diagnostics();
  REQUIRE(all.size() == 1);
  return all.front();
}

std::string newest_version() {
  return Loaded(disk_with({{"a.farol", "farol 1\nuse dingtalk\n"}}), {"a.farol"}).program.libraries.at(0).version;
}

}  // namespace

TEST_CASE("a folder is the policy of its files, and not of its sub-folders") {
  const auto disk = disk_with({{"p/b.farol", "farol 1\n"},
                               {"p/a.farol", "farol 1\n"},
                               {"p/.hidden.farol", "x"},
                               {"p/c.txt", "x"},
                               {"p/q/d.farol", "x"}});
  CHECK(Loaded(disk, {"p"}).names() == Names{"p/a.farol", "p/b.farol"});
  CHECK(Loaded(disk, {"p/"}).names() == Names{"p/a.farol", "p/b.farol"});
  CHECK(Loaded(disk, {"./p/b.farol", "p", "p/a.farol"}).names() == Names{"p/a.farol", "p/b.farol"});
}

TEST_CASE("without paths, the folder that one is in") {
  CHECK(Loaded(disk_with({{"a.farol", "farol 1\n"}}), std::vector<std::string>{}).names() == Names{"a.farol"});
}

TEST_CASE("the order of the arguments changes nothing") {
  const auto disk = disk_with({{"a.farol", "farol 1\n"}, {"b.farol", "farol 1\ninclude \"a.farol\"\n"}});
  CHECK(Loaded(disk, {"a.farol", "b.farol"}).names() == Loaded(disk, {"b.farol", "a.farol"}).names());
}

TEST_CASE("includes are followed, once, from where they are written") {
  const auto disk = disk_with({{"p/main.farol", "farol 1\ninclude \"sub/x.farol\"\ninclude \"main.farol\"\n"},
                               {"p/sub/x.farol", "farol 1\ninclude \"../y.farol\"\ninclude \"./x.farol\"\n"},
                               {"p/y.farol", "farol 1\ninclude \"main.farol\"\n"}});
  const Loaded loaded(disk, {"p/main.farol"});
  CHECK(loaded.diagnostics().empty());
  CHECK(loaded.names() == Names{"p/main.farol", "p/sub/x.farol", "p/y.farol"});
  CHECK(!loaded.program.unreadable);
}

TEST_CASE("what cannot be read is named where it is asked for") {
  const auto disk = disk_with({{"p/a.farol", "farol 1\ninclude \"no.farol\"\nrole x\n"}, {"q/readme", "x"}});
  const Loaded missing(disk, {"p/a.farol"});
  CHECK(sentence(only(missing).message) == "cannot read `p/no.farol`: no such file or directory");
  CHECK(missing.text(only(missing).span) == "\"no.farol\"");
  CHECK(missing.program.unreadable);
  CHECK(missing.program.files.size() == 1);

  const Loaded nowhere(disk, {"none.farol"});
  CHECK(sentence(only(nowhere).message) == "cannot read `none.farol`: no such file or directory");
  CHECK(only(nowhere).file == "none.farol");
  CHECK(only(nowhere).span.is_none());
  CHECK(nowhere.program.unreadable);

  CHECK(sentence(only(Loaded(disk, {"q"})).message) == "cannot read `q`: no .farol file in this folder");
  CHECK(Loaded(disk_with({{"x.farol", "farol 1\nrole \xFF"}}), {"x.farol"}).program.unreadable);
}

TEST_CASE("a file over the limit is refused") {
  auto disk = disk_with({{"a.farol", "farol 1\nrole abc\n"}});
  syntax::LoadOptions options{{"a.farol"}, {}, {}, {}};
  options.limits.file_bytes = 10;
  const Loaded loaded(disk, options);
  CHECK(only(loaded).code == Code::unreadable_file);
  CHECK(loaded.program.files.empty());
}

TEST_CASE("no file outside the root is read") {
  const auto disk = disk_with({{"p/a.farol", "farol 1\ninclude \"../b.farol\"\ninclude \"/c.farol\"\n"},
                               {"b.farol", "farol 1\n"},
                               {"c.farol", "farol 1\n"},
                               {"pp/d.farol", "farol 1\n"}});
  const Loaded outside(disk, {"p/a.farol"});
  REQUIRE(outside.diagnostics().size() == 2);
  CHECK(outside.diagnostics()[0].code == Code::outside_directory);
  CHECK(sentence(outside.diagnostics()[0].message) == "`b.farol` lies outside the policy's directory");
  CHECK(outside.text(outside.diagnostics()[0].span) == "\"../b.farol\"");
  CHECK(!outside.program.unreadable);

  const Loaded wider(disk, {"p/a.farol"}, ".");
  CHECK(wider.diagnostics().empty());
  CHECK(wider.names() == Names{"/c.farol", "b.farol", "p/a.farol"});

  const Loaded two(disk, {"p/a.farol", "b.farol"}, "p");
  CHECK(two.diagnostics().size() == 3);
  // A folder whose name only begins like the root's.
  CHECK(only(Loaded(disk, {"pp/d.farol"}, "p")).code == Code::outside_directory);
}

TEST_CASE("links are resolved before it is asked where a file lies") {
  namespace fs = std::filesystem;
  const fs::path folder = fs::temp_directory_path() / "farol-syntax-loader-test";
  fs::remove_all(folder);
  fs::create_directories(folder / "policy");
  base::DiskFileSystem disk;
  REQUIRE(std::holds_alternative<std::monostate>(
      disk.write({{(folder / "policy/a.farol").string(), "farol 1\ninclude \"link.farol\"\ninclude \"same.farol\"\n"},
                  {(folder / "secret.farol").string(), "farol 1\n"}})));
  fs::create_symlink(folder / "secret.farol", folder / "policy/link.farol");
  fs::create_symlink(folder / "policy/a.farol", folder / "policy/same.farol");
  const Loaded included(disk, {(folder / "policy/a.farol").string()});
  CHECK(only(included).code == Code::outside_directory);
  CHECK(included.program.files.size() == 1);
  const Loaded listed(disk, {(folder / "policy").string()});
  CHECK(listed.program.files.size() == 1);
  CHECK(listed.sink.has_errors());
  fs::remove_all(folder);
}

TEST_CASE("standard input is a file in the folder that one is in") {
  syntax::LoadOptions options{{"-"}, {}, "farol 1\ninclude \"a.farol\"\n", {}};
  const Loaded loaded(disk_with({{"a.farol", "farol 1\n"}}), options);
  CHECK(loaded.diagnostics().empty());
  CHECK(loaded.names() == Names{"<stdin>", "a.farol"});
}

TEST_CASE("a library at a version is what existed then") {
  const std::string newest = newest_version();
  const Loaded loaded(disk_with({{"a.farol", "farol 1\nuse dingtalk " + newest + "\n"}}), {"a.farol"});
  CHECK(loaded.diagnostics().empty());
  REQUIRE(loaded.program.libraries.size() == 1);
  CHECK(loaded.program.libraries[0].name == "dingtalk");
  CHECK(loaded.program.libraries[0].version == newest);
  CHECK(loaded.program.libraries[0].file.statements.size() > 50);
  CHECK(loaded.sources.is_library(loaded.program.libraries[0].file.source));
}

TEST_CASE("a library without a version is the newest, and a warning that pins it") {
  const Loaded loaded(disk_with({{"a.farol", "farol 1\nuse dingtalk\n"}}), {"a.farol"});
  const diag::Diagnostic warning = only(loaded);
  CHECK(warning.code == Code::unpinned_library);
  CHECK(loaded.text(warning.span) == "dingtalk");
  REQUIRE(warning.fixes.size() == 1);
  CHECK(warning.fixes[0].edits[0].text == " " + newest_version());
}

TEST_CASE("libraries, packs and versions that there are not") {
  const Loaded near(disk_with({{"a.farol", "farol 1\nuse dingtlk 2026.11\n"}}), {"a.farol"});
  CHECK(sentence(only(near).message) == "unknown library `dingtlk`");
  CHECK(sentence(only(near).help) == "did you mean `dingtalk`?");
  CHECK(near.text(only(near).span) == "dingtlk");
  CHECK(near.program.libraries.empty());

  const Loaded pack(disk_with({{"a.farol", "farol 1\nuse pack macao_pdpa 2026.11\n"}}), {"a.farol"});
  CHECK(sentence(only(pack).message) == "unknown pack `macao_pdpa`");
  CHECK(sentence(only(pack).help) == "did you mean `macau_pdpa`?");
  CHECK(pack.program.libraries.empty());
  CHECK(std::get<syntax::Use>(pack.program.files.at(0).statements.at(0).node).pack);

  const Loaded version(disk_with({{"a.farol", "farol 1\nuse dingtalk 1999.1\n"}}), {"a.farol"});
  CHECK(only(version).code == Code::unknown_version);
  CHECK(version.text(only(version).span) == "1999.1");
  CHECK(sentence(only(version).help).find(newest_version()) != std::string::npos);
  CHECK(version.program.libraries.size() == 1);  // so that its names are not unknown too
}

TEST_CASE("a library used twice is one library") {
  const std::string newest = newest_version();
  const Loaded same(disk_with({{"a.farol", "farol 1\nuse dingtalk " + newest + "\n"},
                               {"b.farol", "farol 1\nuse dingtalk " + newest + "\n"}}),
                    {"."});
  CHECK(same.diagnostics().empty());
  CHECK(same.program.libraries.size() == 1);
}

TEST_CASE("versions are compared as numbers") {
  using syntax::is_older;
  CHECK(is_older("2026.9", "2026.11"));
  CHECK(!is_older("2026.11", "2026.9"));
  CHECK(!is_older("2026.11", "2026.11"));
  CHECK(!is_older("2026.09", "2026.9"));
  CHECK(is_older("2026", "2026.1"));
  CHECK(is_older("2025.12", "2026"));
}

}  // namespace syntax_loader_test
