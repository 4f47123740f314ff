#include "support/statements.h"

#include <algorithm>
#include <random>

#include "support/text_diff.h"

namespace farol::testing {
namespace {

bool continues(std::string_view line) { return line.empty() || line.front() == ' ' || line.front() == '}'; }

std::vector<std::string> split_statements(std::string_view policy) {
  std::vector<std::string> statements;
  bool documented = false;  // the last one is a comment so far
  for (const std::string_view line : lines_of(policy)) {
    const bool documents = line.starts_with("///");
    if (line.starts_with("farol 1") || (line.starts_with("//") && !documents)) continue;
    if (!continues(line) && !documented) statements.emplace_back();
    if (!statements.empty()) statements.back() += std::string(line) + "\n";
    documented = documents;
  }
  return statements;
}

}  // namespace

std::vector<std::string> shuffle_statements(std::string_view policy, std::uint32_t seed, std::size_t files) {
  std::vector<std::string> statements = split_statements(policy);
  std::mt19937 random(seed);
  std::shuffle(statements.begin(), statements.end(), random);
  std::vector<std::string> parts(files, "farol 1\n");
  for (std::size_t i = 0; i < statements.size(); ++i) parts[i % files] += statements[i];
  return parts;
}

}  // namespace farol::testing
