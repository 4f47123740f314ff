// Ways out of a finding, as edits of the text. They are proposals: whoever offers them applies each to the policy and
// keeps those that do what they say (`driver`).
#pragma once

#include <string>
#include <vector>

#include "check/findings.h"

namespace farol::check {

// For the conflicts of one rule with others: at most one of each kind, which settles them all. `forbid` for `deny`; an
// `except` on the one or the other side; rules for the overlaps, either way.
[[nodiscard]] std::vector<diag::Fix> propose_repairs(const model::Model& model, const std::vector<Conflict>& conflicts,
                                                     decide::NamePrinter written);

// An `allow` that is to be written: to the roles of the places.
struct Grant {
  const std::vector<decide::Place>* places = nullptr;
  std::vector<model::FeatureId> features;
  std::vector<model::ObjectId> objects;  // empty where the features act on nothing
  std::string when;                      // in the words of the language; empty: always
  bool against_a_deny = false;           // it is an exception, and says why
};
// ` because "…"` with what is to be filled in, in the language that the policy asks for.
[[nodiscard]] std::string reason_to_write(const model::Model& model);
// On a line of its own behind a statement.
[[nodiscard]] diag::Edit grant_edit(const model::Model& model, const Grant& grant, source::Span behind,
                                    decide::NamePrinter written);

}  // namespace farol::check
