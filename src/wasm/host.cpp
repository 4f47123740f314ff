#include "wasm/host.h"

#include <cstdlib>

#include <emscripten.h>

#include <nlohmann/json.hpp>

// clang-format off
// Returns bytes that the caller frees: `0` and the output, `1` and what is wrong.
EM_JS(char*, farol_run_program, (const char* request, std::size_t* size), {
  const { words, input, says_errors } = JSON.parse(UTF8ToString(request));
  let kind = '1', answer = 'no other program can be called in a browser';
  if (typeof require === 'function') {
    const { error, status, stdout } = require('child_process').spawnSync(words[0], words.slice(1).map(Module.outside), {
      input, maxBuffer: 1 << 30, windowsHide: true, stdio: ['pipe', 'pipe', says_errors ? 'inherit' : 'ignore'],
    });
    if (error) answer = error.code === 'ENOENT' ? 'No such file or directory' : error.message;
    else if (status !== 0) answer = 'it has failed';
    else [kind, answer] = ['0', stdout];
  }
  const bytes = typeof answer === 'string' ? new TextEncoder().encode(answer) : answer;
  const text = _malloc(bytes.length + 1);
  HEAPU8[text] = kind.charCodeAt(0);
  HEAPU8.set(bytes, text + 1);
  HEAPU32[size >> 2] = bytes.length + 1;
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
  std::size_t size = 0;
  char* text = farol_run_program(request.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace).c_str(), &size);
  const std::string answer(text, size);
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
