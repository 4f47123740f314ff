// Examples and starters are laid out as `farol fmt` does: whoever starts from one and runs it sees no change of theirs.
#include <string>

#include <doctest/doctest.h>

#include "source/source_map.h"
#include "support/repository.h"
#include "syntax/format.h"

namespace farol::testing::layout_test {

TEST_CASE("examples and starters are laid out as fmt does") {
  for (const std::string folder : {"examples", "src/cli/starters"}) {
    for (const std::string& path : list_repository(folder, ".farol")) {
      const std::string text = read_repository(path);
      source::SourceMap sources;
      diag::Sink sink;
      const auto id = sources.add(path, text);
      const std::string formatted = syntax::format(sources, id, sink);
      CAPTURE(path);
      CHECK(formatted == text);
      if (update_wanted() && formatted != text) write_repository(path, formatted);
    }
  }
}

}  // namespace farol::testing::layout_test
