// The real world for `cli::run`: disk, terminal, clock.
#include <algorithm>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <iostream>
#include <new>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include <fcntl.h>
#include <mimalloc.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "base/interruptions.h"
#include "base/process.h"
#include "base/watch.h"
#include "base/write_ahead.h"
#include "cli/cli.h"
#include "https/https.h"

// mimalloc's functions, which are not linked everywhere.
extern "C" __attribute__((weak)) void mi_register_error(mi_error_fun* report, void* argument);
extern "C" __attribute__((weak)) void mi_option_set_default(mi_option_t option, long value);

namespace {

std::string read_standard_input(std::size_t limit) {
  std::string text;
  char buffer[65536];
  while (text.size() <= limit) {
    std::cin.read(buffer, sizeof buffer);
    text.append(buffer, static_cast<std::size_t>(std::cin.gcount()));
    if (!std::cin) break;
  }
  return text;
}

std::optional<std::string> read_line() {
  std::string line;
  return std::getline(std::cin, line) ? std::optional(line) : std::nullopt;
}

farol::base::Instant now() {
  return {
      std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count()};
}

std::chrono::milliseconds monotonic() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::steady_clock::now().time_since_epoch());
}

void wait_for(std::chrono::milliseconds time) { std::this_thread::sleep_for(time); }

std::optional<std::string> variable(const std::string& name) {
  const char* value = std::getenv(name.c_str());
  return value == nullptr ? std::nullopt : std::optional<std::string>(value);
}

// 0 where it is not known.
std::size_t terminal_width() {
  winsize size{};
  return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

farol::base::Language language() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value != nullptr && *value != '\0') return farol::cli::language_of_locale(value);
  }
  return farol::base::Language::en;
}

// A file that is opened must not become standard output or standard error because that was closed.
void open_missing_streams() {
  for (int stream = STDIN_FILENO; stream <= STDERR_FILENO; ++stream) {
    // For reading only, so that what is written there fails, and is an error as it should be.
    if (::fcntl(stream, F_GETFD) < 0 && ::open("/dev/null", O_RDONLY) < 0) return;
  }
}

// Ends the process, since whatever it has is not whole; only a transaction on the disk is undone first, by its
// destructors, behind the exception that this makes `new` throw.
void report_no_memory() {
  if (farol::base::Interruptions::are_held()) throw std::bad_alloc();
  const std::string_view message = farol::cli::describe_no_memory();
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, message.data(), message.size());
  std::_Exit(static_cast<int>(farol::cli::ExitCode::usage_error));
}

// Libraries allocate before `main` and before the constructors of this program, and this runs before theirs.
void watch_memory(int, char**, char**) {
  std::set_new_handler(report_no_memory);
  if (mi_register_error == nullptr) return;
  // Of `check` of 10,000 rules a quarter was the time in which the system hands out memory, four kilobytes at a time.
  // By two megabytes, where it has them, that is nearly nothing. MIMALLOC_LARGE_OS_PAGES=0 is stronger.
  mi_option_set_default(mi_option_large_os_pages, 1);
  // Its `new` does not ask for the handler of `new`, and aborts.
  mi_register_error(
      [](int error, void*) {
        if (error == ENOMEM || error == EOVERFLOW) report_no_memory();
      },
      nullptr);
}
__attribute__((section(".preinit_array"), used)) void (*const watch_memory_first)(int, char**, char**) = watch_memory;

// Made at the start: a signal handler must not allocate.
const std::string fault = farol::cli::describe_fault("something that must hold does not");

// A failed assertion ends in here, and so does `std::terminate`.
extern "C" void report_fault(int) {
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, fault.data(), fault.size());
  std::_Exit(static_cast<int>(farol::cli::ExitCode::internal_error));
}

}  // namespace

int main(int count, char** words) {
  open_missing_streams();
  std::ios::sync_with_stdio(false);
  std::signal(SIGABRT, report_fault);
  farol::base::DiskFileSystem disk;
  farol::base::DiskWriteAhead journals;
  const char* no_color = std::getenv("NO_COLOR");
  farol::cli::Environment environment{.files = disk,
                                      .standard_input = read_standard_input,
                                      .in = &std::cin,
                                      .out = std::cout,
                                      .err = std::cerr,
                                      .out_is_terminal = isatty(STDOUT_FILENO) == 1,
                                      .err_is_terminal = isatty(STDERR_FILENO) == 1,
                                      .no_color = no_color != nullptr && *no_color != '\0',
                                      .now = now(),
                                      .read_line = read_line,
                                      .run_program = farol::base::run_program,
                                      .open_revision = farol::git::open_revision,
                                      .describe_commit = farol::git::describe_commit,
                                      .connect =
                                          [](const farol::apply::Connection& connection) {
                                            return farol::https::connect(connection, farol::base::run_program);
                                          },
                                      .timing = {monotonic, wait_for},
                                      .journals = &journals,
                                      .variable = variable,
                                      .wait_for_change =
                                          [](const std::vector<std::string>& folders) {
                                            farol::base::wait_for_change(folders);
                                            return std::optional(now());
                                          },
                                      .language = language()};
  if (const std::size_t width = terminal_width(); width > 0) environment.width = width;
  int code = farol::cli::run({words + (count > 0 ? 1 : 0), words + count}, environment);
  std::cout.flush();
  constexpr int unsaid = static_cast<int>(farol::cli::ExitCode::usage_error);
  if (!std::cout) {
    std::cerr << "error: cannot write to standard output\n";
    code = unsaid;
  }
  // What could not be said on standard error was not said at all.
  std::cerr.flush();
  if (!std::cerr) code = std::max(code, unsaid);
  // Nothing is taken apart any more, which took a twentieth of the time of `check`.
  std::quick_exit(code);
}
