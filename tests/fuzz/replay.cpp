// Runs a fuzz body without a fuzzer: on each file that is named or is in a folder that is, and on mutants of each. With
// LETTERS= before the path, each file is taken once for each letter, behind it: a body may ask by its first byte what
// is wanted. What a body ends at is written to the file fuzz-finding.
//   syntax_fuzz [LETTERS=]PATH… [--rounds N] [--seed N]
#include <algorithm>
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include <fcntl.h>
#include <unistd.h>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
// Of the bodies that have one.
extern "C" __attribute__((weak)) std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size,
                                                                     std::size_t most, unsigned seed);

namespace {

std::mt19937_64 randomness;

std::string running;

extern "C" void write_finding(int) {
  const int file = ::open("fuzz-finding", O_WRONLY | O_CREAT | O_TRUNC, 0666);
  [[maybe_unused]] const auto written = ::write(file, running.data(), running.size());
  std::signal(SIGABRT, SIG_DFL);
  std::abort();
}

void run(const std::string& text) {
  running = text;
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
}

// Cuts, copies and overwrites pieces, of one text or of two.
std::string change_bytes(std::string text, const std::string& other) {
  const auto below = [](std::size_t limit) { return limit == 0 ? 0 : static_cast<std::size_t>(randomness() % limit); };
  for (std::size_t change = below(6) + 1; change > 0; --change) {
    const std::size_t at = below(text.size() + 1);
    switch (below(5)) {
      case 0: text.erase(at, below(12)); break;
      case 1: text.insert(at, other.substr(below(other.size() + 1), below(24))); break;
      case 2: text.insert(at, text.substr(below(text.size() + 1), below(24))); break;
      case 3:
        if (at < text.size()) text[at] = static_cast<char>(randomness());
        break;
      default: text.insert(at, 1, "{}()\"`,:.=|<*/\\\n -"[below(18)]); break;
    }
  }
  return text;
}

std::string mutate(const std::string& text, const std::string& other) {
  if (LLVMFuzzerCustomMutator == nullptr || randomness() % 4 == 0) return change_bytes(text, other);
  constexpr std::size_t room = 4096;
  std::string buffer = text;
  buffer.resize(text.size() + room);
  buffer.resize(LLVMFuzzerCustomMutator(reinterpret_cast<std::uint8_t*>(buffer.data()), text.size(), buffer.size(),
                                        static_cast<unsigned>(randomness())));
  return buffer;
}

void add_text(const std::filesystem::path& path, const std::string& letters, std::vector<std::string>& texts) {
  std::ifstream file(path, std::ios::binary);
  const std::string text{std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
  if (letters.empty()) texts.push_back(text);
  for (const char letter : letters) texts.push_back(letter + text);
}

void add_texts(const std::string& argument, std::vector<std::string>& texts) {
  const std::size_t sign = argument.find('=');
  const std::string letters = argument.substr(0, sign == std::string::npos ? 0 : sign);
  const std::filesystem::path path = argument.substr(sign == std::string::npos ? 0 : sign + 1);
  if (!std::filesystem::is_directory(path)) return add_text(path, letters, texts);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(path)) {
    if (entry.is_regular_file()) add_text(entry.path(), letters, texts);
  }
}

}  // namespace

// What libFuzzer gives to the mutators of bodies.
extern "C" std::size_t LLVMFuzzerMutate(std::uint8_t* data, std::size_t size, std::size_t most) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  const std::string changed = change_bytes(text, text).substr(0, most);
  std::copy(changed.begin(), changed.end(), data);
  return changed.size();
}

int main(int count, char** arguments) {
  std::signal(SIGABRT, write_finding);
  std::uint64_t rounds = 2000;
  std::uint64_t seed = 1;
  std::vector<std::string> texts;
  for (int i = 1; i < count; ++i) {
    const std::string argument = arguments[i];
    if (argument == "--rounds" && i + 1 < count) {
      rounds = std::stoull(arguments[++i]);
    } else if (argument == "--seed" && i + 1 < count) {
      seed = std::stoull(arguments[++i]);
    } else {
      add_texts(argument, texts);
    }
  }
  if (texts.empty()) {
    std::fprintf(stderr, "no corpus\n");
    return 2;
  }
  for (const std::string& text : texts) run(text);
  randomness.seed(seed);
  for (std::uint64_t round = 0; round < rounds; ++round)
    run(mutate(texts[randomness() % texts.size()], texts[randomness() % texts.size()]));
  std::printf("%zu texts, %llu mutants\n", texts.size(), static_cast<unsigned long long>(rounds));
  return 0;
}
