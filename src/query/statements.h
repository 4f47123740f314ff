// How answers refer to the statements behind them.
#pragma once

#include <string>

#include "document/words.h"
#include "model/model.h"
#include "source/source_map.h"

namespace farol::query {

// `minutes; rules.farol:24; “Board meetings are minuted”`
[[nodiscard]] std::string rule_in_full(const model::Rule& rule, const source::SourceMap& sources,
                                       const document::Words& words);

}  // namespace farol::query
