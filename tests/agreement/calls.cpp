// calls: runs one command line of farol for each line of standard input, a JSON list of words, in the folder that it
// was started in. Answers each with a line of JSON: the exit code, and what was written to standard output and standard
// error. Twenty thousand policies ask a million questions, most of whose time would be that of starting a program.
#include <iostream>
#include <sstream>
#include <string>
#include <vector>

#include <nlohmann/json.hpp>

#include "cli/cli.h"

int main() {
  farol::base::DiskFileSystem disk;
  for (std::string line; std::getline(std::cin, line);) {
    std::istringstream in;
    std::ostringstream out, err;
    farol::cli::Environment environment{.files = disk,
                                        .standard_input = [](std::size_t) { return std::string{}; },
                                        .in = &in,
                                        .out = out,
                                        .err = err,
                                        .now = {}};
    const int code = farol::cli::run(nlohmann::json::parse(line).get<std::vector<std::string>>(), environment);
    std::cout << nlohmann::json{{"code", code}, {"out", out.str()}, {"err", err.str()}} << std::endl;
  }
}
