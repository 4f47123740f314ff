// What a word is that no policy declares: words of the language, values of closed lists, attributes, kinds of facts,
// values of contexts, libraries and packs. `farol explain WORD`.
#pragma once

#include <optional>
#include <string>

#include "cli/question.h"
#include "driver/driver.h"

namespace farol::cli {

// `libraries` has all libraries and packs, `model` what contexts there are. Returns nullopt if it is no such word.
[[nodiscard]] std::optional<std::string> render_word(const driver::Compilation& libraries, const model::Model& model,
                                                     const std::string& word, const AnswerOptions& options);

}  // namespace farol::cli
