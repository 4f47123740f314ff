// What rules, guardrails and expectations have in common: who, what, on what, when.
#pragma once

#include <optional>
#include <set>
#include <vector>

#include "sema/conditions.h"
#include "sema/doubts.h"
#include "sema/lists.h"
#include "sema/resolution.h"

namespace farol::sema {

struct ReadBody {
  model::Area area;
  model::AreaSpans spans;
  std::vector<model::ControlId> controls;  // sorted
};

class Areas {
 public:
  Areas(Resolution& resolution, Lists& lists, Conditions& conditions, Doubts& doubts);

  // Nothing: something is wrong, and was reported here or where a name is declared.
  // An `allow` must say its objects, makes features governed, and may require only what its features can have.
  [[nodiscard]] std::optional<ReadBody> read(const syntax::RuleBody& body, Span statement, bool is_allow);

  // The statement is not in the model: the features that it is about are in doubt.
  void leave_out(const syntax::RuleBody& body) { doubts_.add(body); }

 private:
  // The kinds that the features of a term act on.
  struct ActsOn {
    model::KindMask known = 0;
    bool unknown = false;  // of some it could not be read
  };

  [[nodiscard]] ActsOn acts_on(std::uint32_t feature_term);
  [[nodiscard]] model::KindMask kinds_of(std::uint32_t object_term);
  bool check_objects(const PlacedTerms& features, const PlacedTerms& objects);
  void report_wrong_object(const PlacedTerm& feature, const PlacedTerm& object);
  bool check_allow_without_object(const syntax::RuleBody& body, const PlacedTerms& features);
  bool read_controls(const std::vector<syntax::Name>& names, std::vector<model::ControlId>& controls);
  bool check_controls(const std::vector<syntax::Name>& names, const PlacedTerms& features);
  void govern(const PlacedTerms& features, const PlacedTerms& objects);
  [[nodiscard]] bool is_named_feature(const PlacedTerm& term) const;
  [[nodiscard]] const model::Feature& named_feature(const PlacedTerm& term) const;

  Resolution& resolution_;
  Lists& lists_;
  Conditions& conditions_;
  Doubts& doubts_;
  std::uint32_t everything_, all_;                            // the terms that stand for what is left out
  PlacedTerms subject_terms_, feature_terms_, object_terms_;  // of the statement in hand
  std::vector<std::optional<ActsOn>> acts_on_;                // by the number of the feature term
  std::vector<model::KindMask> kinds_;                        // by the number of the object term; 0: not found yet
  std::set<std::pair<std::uint32_t, model::KindMask>> governed_;
};

}  // namespace farol::sema
