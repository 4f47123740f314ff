// Runs a fuzz body without a fuzzer: on each file of the folders that are named, and on mutants of each.
//   syntax_fuzz FOLDER… [--rounds N] [--seed N]
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <random>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);

namespace {

void run(const std::string& text) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
}

// Cuts, copies and overwrites pieces, of one text or of two.
std::string mutate(std::string text, const std::string& other, std::mt19937_64& random) {
  const auto below = [&](std::size_t limit) { return limit == 0 ? 0 : static_cast<std::size_t>(random() % limit); };
  for (std::size_t change = below(6) + 1; change > 0; --change) {
    const std::size_t at = below(text.size() + 1);
    switch (below(5)) {
      case 0: text.erase(at, below(12)); break;
      case 1: text.insert(at, other.substr(below(other.size() + 1), below(24))); break;
      case 2: text.insert(at, text.substr(below(text.size() + 1), below(24))); break;
      case 3:
        if (at < text.size()) text[at] = static_cast<char>(random());
        break;
      default: text.insert(at, 1, "{}()\"`,:.=|<*/\\\n -"[below(18)]); break;
    }
  }
  return text;
}

}  // namespace

int main(int count, char** arguments) {
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
      for (const auto& entry : std::filesystem::recursive_directory_iterator(argument)) {
        if (!entry.is_regular_file()) continue;
        std::ifstream file(entry.path(), std::ios::binary);
        texts.emplace_back(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
      }
    }
  }
  if (texts.empty()) {
    std::fprintf(stderr, "no corpus\n");
    return 2;
  }
  for (const std::string& text : texts) run(text);
  std::mt19937_64 random(seed);
  for (std::uint64_t round = 0; round < rounds; ++round)
    run(mutate(texts[random() % texts.size()], texts[random() % texts.size()], random));
  std::printf("%zu texts, %llu mutants\n", texts.size(), static_cast<unsigned long long>(rounds));
  return 0;
}
