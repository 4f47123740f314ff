#include "wasm/host.h"

#include <cstdlib>

#include <emscripten.h>

#include <nlohmann/json.hpp>

// clang-format off
// Returns text that the caller frees: `0` and the output, `1` and what is wrong.
EM_JS(char*, farol_run_program, (const char* request), {
  const { words, input, says_errors } = JSON.parse(UTF8ToString(request));
  let answer;
  if (typeof require !== 'function') {
    answer = '1no other program can be called in a browser';
  } else {
    const { error, status, stdout } = require('child_process').spawnSync(words[0], words.slice(1), {
      input, encoding: 'utf8', maxBuffer: 1 << 30, windowsHide: true,
      stdio: ['pipe', 'pipe', says_errors ? 'inherit' : 'ignore'],
    });
    answer = error ? '1' + (error.code === 'ENOENT' ? 'No such file or directory' : error.message)
           : status !== 0 ? '1it has failed' : '0' + stdout;
  }
  const size = lengthBytesUTF8(answer) + 1;
  const text = _malloc(size);
  stringToUTF8(answer, text, size);
  return text;
});

EM_JS(int, farol_is_terminal, (int stream), {
  return typeof require === 'function' && require('tty').isatty(stream) ? 1 : 0;
});

EM_JS(int, farol_terminal_width, (), {
  return typeof process === 'object' && require('tty').isatty(1) ? process.stdout.columns || 0 : 0;
});
// clang-format on

namespace farol::wasm {

base::FileResult<std::string> run_program(const std::vector<std::string>& words, const std::string& input,
                                          bool says_errors) {
  const nlohmann::json request{{"words", words}, {"input", input}, {"says_errors", says_errors}};
  char* text = farol_run_program(request.dump().c_str());
  const std::string answer = text;
  std::free(text);
  if (answer.starts_with('1')) return base::FileError{answer.substr(1)};
  return answer.substr(1);
}

bool is_terminal(int stream) { return farol_is_terminal(stream) == 1; }

std::size_t terminal_width() { return static_cast<std::size_t>(farol_terminal_width()); }

std::string variable(std::string_view name) {
  const char* value = std::getenv(std::string(name).c_str());
  return value == nullptr ? "" : value;
}

}  // namespace farol::wasm
