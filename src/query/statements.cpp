#include "query/statements.h"
#include "source/place.h"

#include <utility>
#include <vector>

namespace farol::query {

std::string rule_in_full(const model::Rule& rule, const source::SourceMap& sources, const document::Words& words) {
  std::vector<std::string> parts{words.rule(rule)};
  if (std::string place = source::place_of(sources, rule.spans.statement); !place.empty())
    parts.push_back(std::move(place));
  if (!rule.because.empty()) parts.push_back(words.quoted(rule.because));
  return words.join(parts, base::Phrase::list_semicolon);
}

}  // namespace farol::query
