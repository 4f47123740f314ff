#include "syntax/ast.h"

namespace farol::syntax {

Span span_of(const Value& value) {
  return std::visit([](const auto& each) { return each.span; }, value);
}

}  // namespace farol::syntax
