// The place in a law, as the law of each language writes it.
#pragma once

#include <string>
#include <string_view>

#include "base/phrases.h"

namespace farol::document {

// `7(4)` is "article 7(4)", "第七條第四款", "artigo 7.º, n.º 4"; `4, 10` are two articles, `19-20` the articles from
// one to the other. What is not numbered so (`A.8.3`, `Schedule 1, DPP4(1)`) is returned as it is.
[[nodiscard]] std::string article(std::string_view place, base::Language language);

}  // namespace farol::document
