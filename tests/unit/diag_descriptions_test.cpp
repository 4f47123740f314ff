#include <doctest/doctest.h>

#include "diag/diagnostic.h"

namespace diag_descriptions_test {

using namespace farol::diag;

TEST_CASE("every kind of finding has a description, whole sentences") {
  for (const CodeInfo& code : all_codes()) {
    const std::string_view text = description(code.code);
    CHECK_MESSAGE(text.ends_with('.'), code.name, " needs a sentence in src/diag/descriptions.def");
  }
}

}  // namespace diag_descriptions_test
