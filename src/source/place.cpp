#include "source/place.h"

namespace farol::source {

std::string place_of(const SourceMap& sources, Span span) {
  if (span.is_none()) return {};
  return sources.name(span.source) + ":" + std::to_string(sources.position(span.source, span.begin).line);
}

}  // namespace farol::source
