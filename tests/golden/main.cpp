// farol_golden [--update] [TOPIC|FILE]…: runs the golden cases, all of them without arguments.
#include <csignal>
#include <cstdio>
#include <cstring>
#include <exception>
#include <string>
#include <vector>

#include <unistd.h>

#include <fmt/format.h>

#include "support/golden_case.h"
#include "support/repository.h"
#include "support/text_diff.h"

namespace {

using namespace farol::testing;

// A crash takes the process with it; what it was busy with is the last thing to be said.
char busy_with[200];

void on_crash(int signal) {
  for (const char* text : {"\ncrashed in ", static_cast<const char*>(busy_with), "\n"}) {
    if (write(STDERR_FILENO, text, std::strlen(text)) < 0) break;
  }
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

struct Counts {
  int good = 0, updated = 0, bad = 0;
};

void report(Counts& counts, const std::string& path, const std::string& what) {
  ++counts.bad;
  fmt::print("{}: {}\n", path, what);
}

void run_case(const std::string& path, bool update, Counts& counts) {
  *fmt::format_to_n(busy_with, sizeof busy_with - 1, "{}", path).out = '\0';
  const std::string text = read_repository(path);
  const GoldenCase actual = run_golden(parse_golden(text));
  const std::string now = print_golden(actual);
  if (const auto fault = find_fault(actual)) return report(counts, path, "a fault of the program itself\n" + *fault);
  if (now == text) {
    ++counts.good;
  } else if (update) {
    write_repository(path, now);
    ++counts.updated;
    fmt::print("{}", unified_diff(text, now, path));
  } else {
    report(counts, path, "not as expected\n" + unified_diff(text, now, path));
  }
}

// `syntax` is all of tests/golden/syntax, `syntax/typo.golden` one case; paths as a shell completes them work too.
std::vector<std::string> find_cases(std::string name) {
  const std::string folder = "tests/golden/";
  if (name.starts_with(folder)) name.erase(0, folder.size());
  std::vector<std::string> cases;
  for (const std::string& path : list_repository(folder, ".golden")) {
    const std::string inside = path.substr(folder.size());
    if (name.empty() || inside == name || inside.starts_with(name + "/")) cases.push_back(path);
  }
  return cases;
}

}  // namespace

int main(int count, char** arguments) {
  bool update = update_wanted();
  std::vector<std::string> names;
  for (int i = 1; i < count; ++i) {
    if (std::string(arguments[i]) == "--update") {
      update = true;
    } else {
      names.emplace_back(arguments[i]);
    }
  }
  if (names.empty()) names.emplace_back();
  for (const int signal : {SIGABRT, SIGSEGV, SIGFPE, SIGILL}) std::signal(signal, on_crash);
  std::setvbuf(stdout, nullptr, _IOLBF, BUFSIZ);

  Counts counts;
  for (const std::string& name : names) {
    const std::vector<std::string> cases = find_cases(name);
    if (cases.empty()) report(counts, name, "no such topic or case");
    for (const std::string& path : cases) {
      try {
        run_case(path, update, counts);
      } catch (const std::exception& problem) {
        report(counts, path, problem.what());
      }
    }
  }
  fmt::print("{} golden cases: {} as expected, {} updated, {} failed\n", counts.good + counts.updated + counts.bad,
             counts.good, counts.updated, counts.bad);
  return counts.bad == 0 ? 0 : 1;
}
