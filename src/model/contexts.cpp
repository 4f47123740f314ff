#include "model/contexts.h"

#include <algorithm>

#include "model/model.h"

namespace farol::model {

std::vector<std::size_t> strides(const Model& model, const std::vector<ContextId>& contexts) {
  std::vector<std::size_t> result(contexts.size(), 1);
  for (std::size_t i = contexts.size(); i-- > 1;) result[i - 1] = result[i] * model[contexts[i]].values.size();
  return result;
}

std::size_t combinations(const Model& model, const std::vector<ContextId>& contexts) {
  std::size_t product = 1;
  for (const ContextId context : contexts) {
    product *= model[context].values.size();
    if (product > (std::size_t{1} << 32)) break;
  }
  return product;
}

std::vector<std::pair<ContextId, std::uint32_t>> values_at(const Model& model, const std::vector<ContextId>& contexts,
                                                           std::size_t combination) {
  std::vector<std::pair<ContextId, std::uint32_t>> result(contexts.size());
  for (std::size_t i = contexts.size(); i-- > 0;) {
    const std::size_t values = model[contexts[i]].values.size();
    result[i] = {contexts[i], static_cast<std::uint32_t>(combination % values)};
    combination /= values;
  }
  return result;
}

base::BitSet widen(const Model& model, const std::vector<ContextId>& from, const base::BitSet& where,
                   const std::vector<ContextId>& to) {
  if (from == to) return where;
  const auto narrow = strides(model, from);
  std::vector<std::size_t> step(to.size(), 0);  // of the narrow number, for one step of the wide one
  for (std::size_t i = 0; i < from.size(); ++i) {
    const auto at = std::lower_bound(to.begin(), to.end(), from[i]) - to.begin();
    step[static_cast<std::size_t>(at)] = narrow[i];
  }
  base::BitSet result{combinations(model, to)};
  std::vector<std::size_t> values(to.size(), 0);  // counted as on a counter of wheels, the last one fastest
  std::size_t number = 0;
  for (std::size_t combination = 0; combination < result.size(); ++combination) {
    if (where.test(number)) result.set(combination);
    for (std::size_t i = to.size(); i-- > 0;) {
      number += step[i];
      if (++values[i] < model[to[i]].values.size()) break;
      number -= values[i] * step[i];
      values[i] = 0;
    }
  }
  return result;
}

}  // namespace farol::model
