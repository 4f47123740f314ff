#include "query/fields.h"

#include <algorithm>

#include "base/text.h"
#include "source/place.h"

namespace farol::query {

Fields::Fields(bool color, const std::vector<std::string_view>& names) : color_(color) {
  for (const std::string_view name : names) width_ = std::max(width_, base::display_width(name));
}

void Fields::line(std::string_view text) {
  out_ += text;
  out_ += '\n';
}

void Fields::bold(std::string_view text) {
  if (color_) out_ += "\x1b[1m";
  out_ += text;
  if (color_) out_ += "\x1b[0m";
  out_ += '\n';
}

void Fields::field(std::string_view name, std::string_view value) {
  out_ += "  ";
  out_ += name;
  out_.append(width_ - base::display_width(name) + 2, ' ');
  out_ += value;
  out_ += '\n';
}

std::string rule_in_full(const model::Rule& rule, const source::SourceMap& sources, const document::Words& words) {
  std::vector<std::string> parts{words.rule(rule)};
  if (std::string place = source::place_of(sources, rule.spans.statement); !place.empty())
    parts.push_back(std::move(place));
  if (!rule.because.empty()) parts.push_back(words(base::Phrase::quoted, {words.in(rule.because)}));
  return words.join(parts, base::Phrase::list_semicolon);
}

}  // namespace farol::query
