// farol_sarif_cases FOLDER: writes the findings of every golden case there, in SARIF, for validators.
#include <filesystem>
#include <fstream>

#include <fmt/format.h>

#include "support/sarif_cases.h"

int main(int count, char** arguments) {
  if (count != 2) return 2;
  const std::filesystem::path folder = arguments[1];
  std::size_t written = 0;
  for (const farol::testing::SarifCase& each : farol::testing::sarif_cases()) {
    std::string name = each.name;
    for (char& c : name) c = c == '/' ? '.' : c;
    std::ofstream(folder / (name + ".sarif"), std::ios::binary) << each.sarif;
    ++written;
  }
  fmt::print("{}\n", written);
}
