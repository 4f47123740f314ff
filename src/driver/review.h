// The review of access: the sheet that goes out, and what comes back.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "base/phrases.h"
#include "driver/driver.h"

namespace farol::driver {

enum class PaperForm : std::uint8_t { markdown, html, csv };

// An earlier state of the policy, decided for its own day.
struct EarlierPolicy {
  std::string name;  // as it was given
  Compilation compilation;
};
// The day of the policy's latest review that is not after `as_of`; without one `as_of` itself.
[[nodiscard]] base::Date last_review(const model::Model& model, base::Date as_of);

// `since` may be null.
[[nodiscard]] std::string render_review(const Compilation& compilation, const EarlierPolicy* since,
                                        base::Language language, PaperForm form);

struct ReviewResult {
  std::string document;
  bool settled = false;  // every permission is decided, and every one stays
};
// `sheets` are names and texts. Or what is wrong with one of them.
[[nodiscard]] std::variant<ReviewResult, std::string> read_review(
    const Compilation& compilation, const std::vector<std::pair<std::string, std::string>>& sheets,
    base::Language language, bool html);

}  // namespace farol::driver
