// Which features a statement may have been about that could not be read. No later stage says anything about them: what
// is missing could be what they lack.
#pragma once

#include <string_view>
#include <unordered_set>
#include <vector>

#include "sema/resolution.h"

namespace farol::sema {

class Doubts {
 public:
  explicit Doubts(Resolution& resolution) : resolution_(resolution), marked_(resolution.model.features.size(), false) {}

  // What the features of a rule name; all features where it has no list, or none that names any.
  void add(const syntax::RuleBody& body);
  // A statement that could not be read at all may have been about every feature that it mentions.
  void add(const syntax::BrokenStatement& broken);
  // Marks them in the model.
  void settle();

 private:
  bool add_terms(const std::vector<syntax::Term>& terms);
  bool add_name(std::string_view name);
  bool add_namespace(std::string_view name);
  void add_everything() { everything_ = true; }

  Resolution& resolution_;
  std::vector<bool> marked_;
  bool everything_ = false;
  std::unordered_set<std::string_view> lists_;  // named lists that were gone through already
};

}  // namespace farol::sema
