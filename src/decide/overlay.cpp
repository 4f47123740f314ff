#include "decide/overlay.h"

#include "base/sorted.h"

namespace farol::decide {

bool overlay(const Model& model, const Cell& a, const Cell& b, const WantedPair& wanted, const Overlap& visit) {
  const auto contexts = base::united(a.contexts, b.contexts);
  if (model::combinations(model, contexts) > model::max_combinations) return false;
  for (const Segment& x : a.segments) {
    for (const Segment& y : b.segments) {
      if (!wanted(x, y)) continue;
      auto where =
          model::widen(model, a.contexts, x.where, contexts) & model::widen(model, b.contexts, y.where, contexts);
      if (where.any()) visit(x, y, contexts, std::move(where));
    }
  }
  return true;
}

}  // namespace farol::decide
