// Wrong usage: every message is ours, names what would be right, and ends in exit code 2.
#include <doctest/doctest.h>

#include "cli/verbs.h"
#include "support/farol.h"

namespace farol::testing::cli_usage_test {
namespace {

const std::string policy = "farol 1\nuse dingtalk 2026.11\nrole staff\nallow staff to meeting.join\n";

Outcome run(const std::vector<std::string>& arguments) {
  base::MemoryFileSystem files;
  files.files["policy.farol"] = policy;
  return run_farol(files, arguments);
}

void refuses(const std::vector<std::string>& arguments, const std::string& message) {
  const Outcome outcome = run(arguments);
  INFO(outcome.err);
  CHECK(outcome.exit == 2);
  CHECK(outcome.out == "");
  CHECK(outcome.err.starts_with("error: " + message));
}

}  // namespace

TEST_CASE("unknown verbs and options come with the nearest one") {
  refuses({"chekc"}, "unknown verb `chekc`; did you mean `check`?");
  refuses({"policy.farol"}, "unknown verb `policy.farol`; to check a policy: farol check policy.farol");
  refuses({"explicate"}, "unknown verb `explicate`");
  refuses({"check", "--lnag", "en"}, "`farol check` has no option `--lnag`; did you mean `--lang`?");
  refuses({"check", "--like=shop"}, "`farol check` has no option `--like`");
  refuses({}, "which verb?");
  refuses({"--"}, "a verb is missing in `farol --`");
  refuses({"---", "polciy"}, "unknown verb `polciy`");
}

TEST_CASE("values of options are checked") {
  refuses({"check", "--lang", "fr"}, "`--lang` cannot be `fr`; it is `en`, `zh-Hant`, `zh-Hans` or `pt`");
  refuses({"check", "--lang", "zh-hant"}, "`--lang` cannot be `zh-hant`; did you mean `zh-Hant`?");
  refuses({"check", "--lang"}, "`--lang` needs a value: --lang LANG");
  refuses({"check", "--lang", "en", "--lang", "pt"}, "`--lang` is given twice");
  refuses({"check", "--as-of", "2026-02-30"}, "`2026-02-30` is not a day; a day is written 2026-11-23");
  refuses({"check", "-C", "nowhere"}, "`nowhere` is not a folder");
  refuses({"check", "--root", "nowhere"}, "`nowhere` is not a folder");
  refuses({"compile"}, "`farol compile` writes files and needs a folder for them");
  refuses({"matrix", "--check", "m.md", "-o", "n.md"}, "`--check` writes nothing");
}

TEST_CASE("unknown names come with the nearest one") {
  refuses({"matrix", "--role", "stuff"}, "the policy has no role `stuff`; did you mean `staff`?");
  refuses({"matrix", "--feature", "meeting.jion"},
          "the policy has no feature `meeting.jion`; did you mean `meeting.join`?");
  refuses({"matrix", "--tier", "secret"}, "the policy has no tier `secret`");
  refuses({"who", "meeting"}, "`meeting` is a group of features; one of them is needed: ");
  refuses({"who", "can", "snd", "all"}, "it cannot be asked who can `snd`; did you mean `send`?");
  refuses({"who", "meeting.join", "policy.farol", "two", "three"}, "`three` is one name too many");
  refuses({"what"}, "what may which role do?");
  refuses({"list", "role"}, "`role` cannot be listed; did you mean `roles`?");
  refuses({"list"}, "what is to be listed?");
  refuses({"completions", "fsh"}, "there are no completions for `fsh`; did you mean `fish`?");
  refuses({"init"}, "`farol init` needs one folder");
  refuses({"init", "x", "--like", "klinic"}, "`--like` cannot be `klinic`; did you mean `clinic`?");
}

TEST_CASE("control characters of arguments do not reach the terminal") {
  CHECK(run({"ch\x1b[31meck"}).err.find('\x1b') == std::string::npos);
  CHECK(run({"check", "no\x1b[31m.farol"}).err.find('\x1b') == std::string::npos);
}

TEST_CASE("options may stand before the verb") {
  CHECK(run({"-q", "check"}).exit == 0);
  CHECK(run({"--lang", "pt", "check"}).out == "policy: 1 regra, 1 função: sem conflitos\n");
}

TEST_CASE("every verb has help with examples, and lists its options") {
  CHECK(run({"--help"}).exit == 0);
  for (const cli::Verb& verb : cli::verbs()) {
    const std::string name{verb.name};
    CAPTURE(name);
    CHECK(run({"--help"}).out.find("  " + name + " ") != std::string::npos);
    const Outcome help = run({name, "--help"});
    CHECK(help.exit == 0);
    CHECK(help.err == "");
    CHECK(help.out.starts_with("farol " + name + ": "));
    CHECK(help.out.find("\nExamples:\n") != std::string::npos);
    for (const cli::Option& option : verb.options) CHECK(help.out.find(option.spelling()) != std::string::npos);
  }
}

TEST_CASE("completions know every verb and option") {
  for (const std::string shell : {"bash", "zsh", "fish"}) {
    CAPTURE(shell);
    const Outcome outcome = run({"completions", shell});
    CHECK(outcome.exit == 0);
    for (const cli::Verb& verb : cli::verbs()) {
      CHECK(outcome.out.find(verb.name) != std::string::npos);
      for (const cli::Option& option : verb.options) {
        if (!option.name.empty())
          CHECK(outcome.out.find((shell == "fish" ? "-l " : "--") + std::string(option.name)) != std::string::npos);
      }
    }
  }
}

}  // namespace farol::testing::cli_usage_test
