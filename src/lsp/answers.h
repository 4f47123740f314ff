// What the server says of a text and of its policy, as the protocol's JSON.
#pragma once

#include <string>
#include <string_view>

#include <nlohmann/json_fwd.hpp>

#include "driver/driver.h"
#include "lsp/positions.h"

namespace farol::lsp {

using Json = nlohmann::ordered_json;

// A file of a policy, and how the client counts.
struct File {
  const driver::Compilation& compilation;
  source::SourceId source;
  Encoding encoding;
  base::Language language;
};

[[nodiscard]] std::string uri_of(std::string_view path);
// Returns an empty text for what is no file.
[[nodiscard]] std::string path_of(std::string_view uri);

// The findings about each file of a compilation: `{ uri: [Diagnostic] }`, files without any included.
[[nodiscard]] Json diagnostics(const driver::Compilation& compilation, Encoding encoding, base::Language language);
// Repairs of the findings that touch a range.
[[nodiscard]] Json code_actions(const File& file, std::uint32_t begin, std::uint32_t end);
[[nodiscard]] Json hover(const File& file, std::uint32_t at);
[[nodiscard]] Json definition(const File& file, std::uint32_t at);
[[nodiscard]] Json completion(const File& file, std::uint32_t at);
[[nodiscard]] Json symbols(const File& file);
[[nodiscard]] Json folding(const File& file);
// The legend of `semantic_tokens`.
[[nodiscard]] Json token_types();
[[nodiscard]] Json semantic_tokens(const File& file);
// The edits that lay the file out as `farol fmt` does.
[[nodiscard]] Json formatting(const File& file);

}  // namespace farol::lsp
