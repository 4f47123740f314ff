// Where a name is used, and what a new name for it changes in the files of a policy.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/phrases.h"
#include "driver/driver.h"
#include "lsp/answers.h"

namespace farol::lsp {

// Something that the policy declares, the place of it that was asked about, and every place that names it, by file and
// place. `declared` is none of them; it may be in a library.
struct Named {
  source::Span here, declared;
  std::vector<source::Span> uses;
};
// Returns nullopt where no name stands that was resolved. Labels are no such names.
[[nodiscard]] std::optional<Named> named_at(const File& file, std::uint32_t at);

[[nodiscard]] Json references(const File& file, std::uint32_t at, bool with_declaration);
// The name that can be changed at a place, with its range; null where there is none.
[[nodiscard]] Json prepare_rename(const File& file, std::uint32_t at);

// A policy as it would be with other texts for some of its files, which are named by path.
using CompileWith = std::function<driver::Compilation(const std::map<std::string, std::string>& texts)>;

// A `WorkspaceEdit`, or why there is none, in the client's language. The edited policy was compiled: it has no error
// that it had not before, and no `namespace.*` in it means something else than before. A role keeps its old name as
// `was:`, by which the tenant's role is renamed instead of made anew.
[[nodiscard]] std::variant<Json, std::string> rename(const File& file, std::uint32_t at, const std::string& name,
                                                     const CompileWith& compile_with);

}  // namespace farol::lsp
