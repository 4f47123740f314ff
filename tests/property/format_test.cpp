#include <doctest/doctest.h>
#include <fmt/format.h>

#include "generator.h"
#include "random.h"
#include "support/format_laws.h"

// The canonical layout on random policies: as they are printed, with comments and blanks thrown between all their
// words, and damaged.
namespace property::format_test {
namespace {

const std::uint32_t policies = rounds(10'000);

bool is_blank(char c) { return c == ' ' || c == '\n'; }

// Every blank outside of texts and comments becomes some other blank, or a comment.
std::string with_hostile_blanks(const std::string& text, Random& random) {
  static const std::vector<std::string> blanks{
      " ",       "\n",         "  ",        "\t",  "\n\n\n", " // a comment\n", " /* b */ ", "\n/* c\n   d */",
      "/* e */", "\n  // f\n", "\n/// g\n", "\r\n"};
  std::string result;
  bool quoted = false;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!quoted && text.compare(at, 2, "//") == 0) {
      const std::size_t end = text.find('\n', at);
      result += text.substr(at, end - at);
      at = end - 1;
      continue;
    }
    if (text[at] == '"' && (at == 0 || text[at - 1] != '\\')) quoted = !quoted;
    // A blank that ends a line comment must go on doing so.
    if (!quoted && text[at] == ' ' && !is_blank(text[at + 1]) && random.chance(30)) {
      result += random.pick(blanks);
    } else {
      result += text[at];
    }
  }
  return result;
}

std::string damaged(std::string text, Random& random) {
  for (std::size_t count = random.between(1, 4); count > 0 && !text.empty(); --count) {
    const std::size_t at = random.below(text.size());
    switch (random.below(4)) {
      case 0: text.erase(at, 1); break;
      case 1: text.insert(at, 1, "{}(),:\"=| \n"[random.below(11)]); break;
      case 2: text.erase(at, random.below(12)); break;
      default: text.insert(at, "\nallow "); break;
    }
  }
  return text;
}

}  // namespace

TEST_CASE("the laws of laying out, on random policies") {
  for (std::uint32_t seed = 0; seed < policies; ++seed) {
    Random random(seed + 1);
    const oracle::Policy policy = generate_policy(seed);
    const std::string text =
        print(policy, {.seed = seed, .shuffled = true, .files = 1, .spread_out = seed % 2 == 0}).front().text;
    for (const std::string& variant : {text, with_hostile_blanks(text, random)}) {
      if (const auto problem = farol::testing::check_formatting(variant)) FAIL("seed ", seed, ": ", *problem);
    }
  }
  fmt::print("NOTE: {} random policies laid out, twice each\n", policies);
}

TEST_CASE("the laws of laying out, on damaged policies") {
  constexpr std::uint32_t damages = 3'000;
  for (std::uint32_t seed = 0; seed < damages; ++seed) {
    Random random(seed + 7);
    const std::string text = damaged(print(generate_policy(seed), {}).front().text, random);
    if (const auto problem = farol::testing::check_formatting(text)) FAIL("seed ", seed, ": ", *problem);
  }
}

}  // namespace property::format_test
