// What the verbs do with their inputs and outputs; what they say of a policy is in the golden tests.
#include <sstream>
#include <stdexcept>

#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "cli/cli.h"
#include "support/farol.h"

namespace farol::testing::cli_verbs_test {
namespace {

const std::string clean =
    "farol 1\nuse dingtalk 2026.11\ntiers open < secret\nrole staff\nrole boss inherits staff\n"
    "allow staff to meeting.join\nallow boss to drive.read on secret\n"
    "test \"files\" {\n  expect allow boss to drive.read on secret\n}\n";
const std::string broken = "farol 1\nuse dingtalk 2026.11\nrole staff\nallow stuff to meeting.join\n";
const std::string failing = clean + "test \"open files\" {\n  expect allow exactly staff to drive.read on open\n}\n";

struct Folder {
  base::MemoryFileSystem disk;
  std::map<std::string, std::string>& files = disk.files;

  Folder(std::initializer_list<std::pair<const std::string, std::string>> content) { files = content; }
  Outcome run(const std::vector<std::string>& arguments, const Circumstances& circumstances = {}) {
    return run_farol(disk, arguments, circumstances);
  }
};

const Circumstances terminal{.standard_input = "", .terminal = true, .no_color = false};
const Circumstances no_color{.standard_input = "", .terminal = true, .no_color = true};

}  // namespace

TEST_CASE("exit codes: clean, errors, unreadable") {
  Folder folder{{"good/a.farol", clean}, {"bad/a.farol", broken}, {"empty/readme.txt", ""}};
  CHECK(folder.run({"check", "good"}).exit == 0);
  CHECK(folder.run({"check", "bad"}).exit == 1);
  CHECK(folder.run({"check", "empty"}).exit == 2);
  CHECK(folder.run({"check", "missing.farol"}).exit == 2);
  CHECK(folder.run({"check", "good"}).out == "good: 2 rules, 2 roles, 2 tiers: no conflicts\n");
  CHECK(folder.run({"check", "bad"}).out == "");
}

TEST_CASE("standard input is a policy, once however often it is named") {
  Folder folder{};
  CHECK(folder.run({"check", "-"}, {.standard_input = clean, .terminal = false, .no_color = false}).exit == 0);
  CHECK(
      folder.run({"check", "--each", "-", "-"}, {.standard_input = clean, .terminal = false, .no_color = false}).exit ==
      0);
  CHECK(folder.run({"check", "-"}, {.standard_input = broken, .terminal = false, .no_color = false}).exit == 1);
}

TEST_CASE("--each gives one line a policy and the worst exit code") {
  Folder folder{{"good/a.farol", clean}, {"bad/a.farol", broken}};
  const Outcome outcome = folder.run({"check", "--each", "good", "bad", "none"});
  CHECK(outcome.exit == 2);
  CHECK(outcome.out ==
        "good: 2 rules, 2 roles, 2 tiers: no conflicts\nbad: 1 error, 1 warning\nnone: cannot be read\n");
  CHECK(folder.run({"test", "--each", "good", "bad"}).out ==
        "good: the test holds\nbad: not tested, the policy has errors\n");
  CHECK(folder.run({"compile", "--each", "good", "x/../good", "-o", "out"}).exit == 2);
  CHECK(folder.run({"compile", "--each", "good", "bad", "-o", "out"}).wrote.size() == 5);
  CHECK(folder.files.contains("out/good/permissions.json"));
}

TEST_CASE("JSON is one document, with --each one line for each policy") {
  Folder folder{{"good/a.farol", clean}, {"bad/a.farol", broken}};
  const Outcome one = folder.run({"check", "bad", "--error-format", "json"});
  CHECK(one.err == "");
  CHECK(nlohmann::json::parse(one.out).at("ok") == false);
  const Outcome both = folder.run({"check", "--each", "good", "bad", "--error-format", "json"});
  const std::size_t end = both.out.find('\n');
  CHECK(nlohmann::json::parse(both.out.substr(0, end)).at("path") == "good");
  CHECK(nlohmann::json::parse(both.out.substr(end)).at("path") == "bad");
  const Outcome to_file = folder.run({"check", "bad", "--error-format", "json", "-o", "findings.json"});
  CHECK(to_file.out == "");
  CHECK(to_file.exit == 1);
  CHECK(to_file.wrote.at("findings.json") == one.out);
}

TEST_CASE("--quiet says nothing but errors") {
  Folder folder{{"good/a.farol", clean}, {"bad/a.farol", broken}};
  for (const std::string verb : {"check", "test"}) {
    const Outcome outcome = folder.run({verb, "-q", "good"});
    CHECK(outcome.out + outcome.err == "");
  }
  CHECK(folder.run({"compile", "-q", "good", "-o", "out"}).out == "");
  CHECK(folder.run({"check", "-q", "bad"}).err != "");
}

TEST_CASE("-C moves everything, the output too") {
  Folder folder{{"firm/good/a.farol", clean}};
  CHECK(folder.run({"check", "-C", "firm", "good"}).exit == 0);
  CHECK(folder.run({"-C", "firm/good", "matrix", "-o", "m.md"}).wrote.contains("firm/good/m.md"));
}

TEST_CASE("a policy with errors leaves every output as it was") {
  Folder folder{{"bad/a.farol", broken}, {"out/permissions.json", "old"}};
  CHECK(folder.run({"compile", "bad", "-o", "out"}).exit == 1);
  CHECK(folder.run({"matrix", "bad", "-o", "out/matrix.md"}).exit == 1);
  CHECK(folder.run({"who", "meeting.join", "--in", "bad", "-o", "out/who.txt"}).exit == 1);
  CHECK(folder.files.size() == 2);
  CHECK(folder.files["out/permissions.json"] == "old");
}

TEST_CASE("compile writes both files or none") {
  Folder folder{{"good/a.farol", clean}};
  const Outcome outcome = folder.run({"compile", "good", "-o", "out"});
  CHECK(outcome.exit == 0);
  CHECK(outcome.out ==
        "wrote out/permissions.json, out/steps.json, out/matrix.md, out/checklist.md and out/checklist.html\n");
  CHECK(outcome.wrote.size() == 5);

  folder.disk.unwritable = {"locked"};
  const Outcome refused = folder.run({"compile", "good", "-o", "locked"});
  CHECK(refused.exit == 2);
  CHECK(refused.out == "");
  CHECK(refused.err == "error: cannot write `locked/permissions.json`: permission denied\n");
}

TEST_CASE("matrix --check tells a stale file, whatever its line ends") {
  Folder folder{{"good/a.farol", clean}};
  CHECK(folder.run({"matrix", "good", "-o", "m.md"}).exit == 0);
  CHECK(folder.run({"matrix", "good", "--check", "m.md"}).exit == 0);
  std::string returns;
  for (const char c : folder.files["m.md"]) returns += c == '\n' ? "\r\n" : std::string(1, c);
  folder.files["m.md"] = returns;
  CHECK(folder.run({"matrix", "good", "--check", "m.md"}).exit == 0);
  folder.files["m.md"] += "more";
  CHECK(folder.run({"matrix", "good", "--check", "m.md"}).exit == 1);
  CHECK(folder.run({"matrix", "good", "--check", "missing.md"}).exit == 2);
}

TEST_CASE("a failing test is exit code 1, in JSON with its counterexample") {
  Folder folder{{"a.farol", failing}};
  const Outcome text = folder.run({"test"});
  CHECK(text.exit == 1);
  CHECK(text.out == "ok      files\nFAILED  open files\n1 of 2 tests fails\n");
  const auto json = nlohmann::json::parse(folder.run({"test", "--format", "json"}).out);
  CHECK(json.at("summary") == nlohmann::json{{"tests", 2}, {"failed", 1}, {"errors", 0}});
  CHECK(json.at("tests").at(1).at("expectations").at(0).at("counterexample").at("role") == "staff");
}

TEST_CASE("who and what tell names from paths") {
  Folder folder{{"good/a.farol", clean}};
  const std::string in_folder = folder.run({"who", "drive.read", "secret", "-C", "good"}).out;
  CHECK(in_folder.find("boss") != std::string::npos);
  CHECK(folder.run({"who", "drive.read", "secret", "--in", "good"}).out == in_folder);
  CHECK(folder.run({"who", "drive.read", "secret", "good/"}).out == in_folder);
  CHECK(folder.run({"who", "drive.read", "good"}).exit == 2);
  CHECK(folder.run({"who", "can", "see", "secret", "good/"}).out.find("boss") != std::string::npos);
  CHECK(folder.run({"who", "meeting.join", "secret", "good/"}).exit == 2);
  CHECK(folder.run({"what", "boss", "good/a.farol"}).exit == 0);
  CHECK(folder.run({"what", "everyone", "good/"}).exit == 0);
  CHECK(nlohmann::json::parse(folder.run({"what", "boss", "good/", "--format", "json"}).out).at("role") == "boss");
  CHECK(nlohmann::json::parse(folder.run({"what", "everyone", "good/", "--format", "json"}).out).at("role").is_null());
  CHECK(nlohmann::json::parse(folder.run({"who", "can", "see", "secret", "good/", "--format", "json"}).out)
            .at("answers")
            .is_array());
}

TEST_CASE("list shows the policy's words, and the catalogue's where there is no policy") {
  Folder folder{{"good/a.farol", clean}, {"bad/a.farol", broken}};
  CHECK(folder.run({"list", "roles", "good"}).out == "boss     inherits staff\nstaff\n");
  CHECK(folder.run({"list", "features"}).out.find("meeting.record") != std::string::npos);
  CHECK(folder.run({"list", "roles"}).exit == 2);
  CHECK(folder.run({"list", "roles", "bad"}).exit == 1);
  CHECK(folder.run({"list", "roles", "bad"}).out == "staff\n");
  CHECK(folder.run({"list", "findings"}).out.find("F3001  error    conflict\n") != std::string::npos);
  CHECK(folder.run({"list", "packs"}).exit == 0);
}

TEST_CASE("colours are for terminals, unless NO_COLOR or --color say something else") {
  Folder folder{{"bad/a.farol", broken}};
  const auto colored = [&](const std::vector<std::string>& arguments, const Circumstances& circumstances) {
    return folder.run(arguments, circumstances).err.find("\x1b[") != std::string::npos;
  };
  CHECK_FALSE(colored({"check", "bad"}, {}));
  CHECK(colored({"check", "bad"}, terminal));
  CHECK_FALSE(colored({"check", "bad"}, no_color));
  CHECK(colored({"check", "bad", "--color", "always"}, no_color));
  CHECK_FALSE(colored({"check", "bad", "--color", "never"}, terminal));
}

TEST_CASE("what an earlier run has bound belongs to a policy in one file, and to one on standard input") {
  base::MemoryFileSystem files;
  files.files["p.farol"] = "farol 1\n";
  files.files["ids.farol"] = broken;
  files.files["q/p.farol"] = "farol 1\n";
  Circumstances typed;
  typed.standard_input = "farol 1\n";
  const auto reads_ids = [&](const std::string& path) {
    return run_farol(files, {"apply", path}, typed).err.find("ids.farol") != std::string::npos;
  };
  CHECK(reads_ids("p.farol"));
  CHECK(reads_ids("-"));
  CHECK_FALSE(reads_ids("q/p.farol"));
}

TEST_CASE("a fault of farol is exit code 3 and says what to do") {
  base::MemoryFileSystem disk;
  std::ostringstream out, err;
  cli::Environment environment{
      .files = disk,
      .standard_input = [](std::size_t) -> std::string { throw std::runtime_error("the pipe is on fire"); },
      .out = out,
      .err = err,
      .now = {}};
  CHECK(cli::run({"check", "-"}, environment) == 3);
  CHECK(err.str().find("the pipe is on fire\nThis is a fault of farol") != std::string::npos);
}

}  // namespace farol::testing::cli_verbs_test
