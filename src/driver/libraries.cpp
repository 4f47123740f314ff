#include "driver/libraries.h"

#include <span>
#include <utility>

#include "decide/decisions.h"
#include "library/library.h"
#include "sema/resolve.h"
#include "syntax/library_loader.h"

namespace farol::driver {

Compilation compile_libraries(base::Date as_of, bool packs) {
  Compilation result;
  syntax::Program program;
  const auto load = [&](std::span<const library::Embedded> entries, bool are_packs) {
    for (const library::Embedded& entry : entries) {
      if (auto loaded = syntax::load_library(entry.name, are_packs, result.sources))
        program.libraries.push_back(std::move(*loaded));
    }
  };
  load(library::all(), false);
  if (packs) load(library::packs(), true);
  result.model = sema::resolve(program, result.sources, result.sink);
  result.decisions = decide::decide(result.model, as_of);
  return result;
}

}  // namespace farol::driver
