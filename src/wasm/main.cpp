// The command line under node, and the same as one call for a page, whose files are in memory.
#include <algorithm>
#include <chrono>
#include <iostream>
#include <optional>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include <emscripten.h>

#include <nlohmann/json.hpp>

#include "base/time_zone.h"
#include "cli/cli.h"
#include "lsp/server.h"
#include "wasm/git_command.h"
#include "wasm/host.h"

namespace {

using farol::cli::Environment;

std::string read_all(std::istream& in, std::size_t limit) {
  std::string text;
  std::vector<char> buffer(std::size_t{1} << 16);
  while (text.size() <= limit && in) {
    in.read(buffer.data(), static_cast<std::streamsize>(buffer.size()));
    text.append(buffer.data(), static_cast<std::size_t>(in.gcount()));
  }
  return text;
}

farol::base::Instant now() {
  return {
      std::chrono::duration_cast<std::chrono::seconds>(std::chrono::system_clock::now().time_since_epoch()).count()};
}

farol::base::Language language() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    if (const std::string value = farol::wasm::variable(name); !value.empty())
      return farol::cli::language_of_locale(value);
  }
  return farol::base::Language::en;
}

}  // namespace

// One command line of a page. `request` is JSON: the words behind `farol` and what stands on standard input. Returns
// JSON, which is valid until the next call: the exit code, and what was written to standard output and standard error.
extern "C" EMSCRIPTEN_KEEPALIVE const char* farol_run(const char* request) {
  static std::string answer;
  const auto asked = nlohmann::json::parse(request);
  farol::base::DiskFileSystem files;
  std::istringstream in(asked.value("input", ""));
  std::ostringstream out, err;
  Environment environment{.files = files,
                          .standard_input = [&](std::size_t limit) { return read_all(in, limit); },
                          .in = &in,
                          .out = out,
                          .err = err,
                          .now = now()};
  const int code = farol::cli::run(asked.at("words").get<std::vector<std::string>>(), environment);
  answer = nlohmann::json{{"code", code}, {"out", out.str()}, {"err", err.str()}}.dump(
      -1, ' ', false, nlohmann::json::error_handler_t::replace);
  return answer.c_str();
}

// One message of a client to the language server of a page, as JSON; an empty one when nothing has come for a moment.
// Returns what the server says, each message behind its head; valid until the next call.
extern "C" EMSCRIPTEN_KEEPALIVE const char* farol_serve(const char* message) {
  static std::string answer;
  static farol::base::DiskFileSystem files;
  static std::ostringstream out;
  static farol::lsp::Session session(out, files, farol::base::day_in_utc(now()), farol::base::Language::en);
  out.str("");
  if (const std::string_view text = message; text.empty()) {
    session.rest();
  } else {
    session.take(text);
  }
  answer = out.str();
  return answer.c_str();
}

int main(int count, char** words) {
  std::ios::sync_with_stdio(false);
  farol::base::DiskFileSystem disk;
  Environment environment{
      .files = disk,
      .standard_input = [](std::size_t limit) { return read_all(std::cin, limit); },
      .in = &std::cin,
      .out = std::cout,
      .err = std::cerr,
      .out_is_terminal = farol::wasm::is_terminal(1),
      .err_is_terminal = farol::wasm::is_terminal(2),
      .no_color = !farol::wasm::variable("NO_COLOR").empty(),
      .now = now(),
      .read_line = []() -> std::optional<std::string> {
        std::string line;
        return std::getline(std::cin, line) ? std::optional(line) : std::nullopt;
      },
      .run_program = [](const auto& program, const auto& input) { return farol::wasm::run_program(program, input); },
      .open_revision = farol::wasm::open_revision,
      .describe_commit = farol::wasm::describe_commit,
      .language = language()};
  if (const std::size_t width = farol::wasm::terminal_width(); width > 0) environment.width = width;
  const int code = farol::cli::run({words + std::min(count, 1), words + count}, environment);
  std::cout.flush();
  std::cerr.flush();
  if (std::cout && std::cerr) return code;
  std::cerr << "error: cannot write to standard output\n";
  return static_cast<int>(farol::cli::ExitCode::usage_error);
}
