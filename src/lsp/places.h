// Places of a policy's files as the protocol writes them.
#pragma once

#include <map>

#include <nlohmann/json.hpp>

#include "lsp/answers.h"
#include "lsp/positions.h"
#include "source/source_map.h"

namespace farol::lsp {

// Places of the files of a policy; the lines of each file are found once.
class Places {
 public:
  Places(const source::SourceMap& sources, Encoding encoding) : sources_(sources), encoding_(encoding) {}

  [[nodiscard]] Json range(const source::Span& span) {
    const Lines& lines = lines_of(span.source);
    return {{"start", json_of(lines.position_of(span.begin))}, {"end", json_of(lines.position_of(span.end))}};
  }
  [[nodiscard]] Json location(const source::Span& span) {
    return {{"uri", uri_of(sources_.name(span.source))}, {"range", range(span)}};
  }
  [[nodiscard]] const Lines& lines_of(source::SourceId source) {
    return known_.try_emplace(source, sources_.text(source), encoding_).first->second;
  }
  [[nodiscard]] const source::SourceMap& sources() const { return sources_; }

 private:
  static Json json_of(Position at) { return {{"line", at.line}, {"character", at.character}}; }

  const source::SourceMap& sources_;
  Encoding encoding_;
  std::map<source::SourceId, Lines> known_;
};

}  // namespace farol::lsp
