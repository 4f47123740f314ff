// A page of the documentation, its blocks run as a reader would run them. docs/testing.md says what a block may be.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "support/farol.h"
#include "support/markdown.h"

namespace farol::testing {

// A policy of the page, and what is found in it.
struct PolicyBlock {
  std::size_t line = 0;
  std::string fails;                            // the finding that it shows; empty: none
  std::map<std::string, std::string> findings;  // by name: how severe
  std::string said;                             // as text
};

struct DocPage {
  std::string text;                   // with the console output that really comes
  std::vector<std::string> failures;  // `line 12: …`
  std::vector<PolicyBlock> policy_blocks;
  std::size_t commands = 0;
};

// `examples` are the files of the repository's examples, which lie beside the page's own.
[[nodiscard]] DocPage run_doc_page(const std::string& text, const std::map<std::string, std::string>& examples);

}  // namespace farol::testing
