// The real world for `cli::run`: disk, terminal, clock.
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <ctime>
#include <iostream>
#include <optional>
#include <string>

#include <sys/ioctl.h>
#include <unistd.h>

#include "base/process.h"
#include "cli/cli.h"

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

farol::base::Date today() {
  const std::time_t now = std::chrono::system_clock::to_time_t(std::chrono::system_clock::now());
  std::tm local{};
  localtime_r(&now, &local);
  const std::chrono::year_month_day day{std::chrono::year{local.tm_year + 1900},
                                        std::chrono::month{static_cast<unsigned>(local.tm_mon + 1)},
                                        std::chrono::day{static_cast<unsigned>(local.tm_mday)}};
  return {static_cast<std::int32_t>(std::chrono::sys_days{day}.time_since_epoch().count())};
}

// 0 where it is not known.
std::size_t terminal_width() {
  winsize size{};
  return ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) == 0 ? size.ws_col : 0;
}

// Made at the start: a signal handler must not allocate.
const std::string fault = farol::cli::describe_fault("something that must hold does not");

// A failed assertion ends in here, and so does `std::terminate`.
extern "C" void report_fault(int) {
  [[maybe_unused]] const auto written = ::write(STDERR_FILENO, fault.data(), fault.size());
  std::_Exit(static_cast<int>(farol::cli::ExitCode::internal_error));
}

}  // namespace

int main(int count, char** words) {
  std::ios::sync_with_stdio(false);
  std::signal(SIGABRT, report_fault);
  farol::base::DiskFileSystem disk;
  const char* no_color = std::getenv("NO_COLOR");
  farol::cli::Environment environment{.files = disk,
                                      .standard_input = read_standard_input,
                                      .out = std::cout,
                                      .err = std::cerr,
                                      .out_is_terminal = isatty(STDOUT_FILENO) == 1,
                                      .err_is_terminal = isatty(STDERR_FILENO) == 1,
                                      .no_color = no_color != nullptr && *no_color != '\0',
                                      .today = today(),
                                      .read_line = read_line,
                                      .run_program = farol::base::run_program,
                                      .open_revision = farol::git::open_revision};
  if (const std::size_t width = terminal_width(); width > 0) environment.width = width;
  const int code = farol::cli::run({words + (count > 0 ? 1 : 0), words + count}, environment);
  std::cout.flush();
  if (!std::cout) {
    std::cerr << "error: cannot write to standard output\n";
    return static_cast<int>(farol::cli::ExitCode::usage_error);
  }
  return code;
}
