#include <doctest/doctest.h>

#include "diag/pages.h"

namespace diag_descriptions_test {

using namespace farol::diag;

TEST_CASE("every kind of finding has a description, whole sentences") {
  for (const CodeInfo& code : all_codes()) {
    const std::string text = description(code.code);
    CHECK_MESSAGE(text.ends_with('.'), code.name, " needs a sentence at the head of its page");
  }
}

}  // namespace diag_descriptions_test
