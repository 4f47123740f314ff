// What two policies speak of, as one vocabulary, so that their decisions can be laid side by side.
//
// Things are the same where their kinds and names are, or where one was renamed into the other. What only one side has
// is compared with what it came from: a role with the roles that it inherits (else with whoever holds none), a data
// class with its tier, an app (group …) with any other one, a context value with each old value, anything else with
// nothing at all.
#pragma once

#include <cstdint>
#include <string>
#include <utility>
#include <vector>

#include "model/model.h"

namespace farol::compare {

using model::ContextId;
using model::ControlId;
using model::FeatureId;
using model::Model;
using model::ObjectId;
using model::RoleId;
using model::TierId;

struct Rename {
  std::string kind;  // `role`, `feature`, `tier` …
  std::string before, after;
  bool declared = false;  // by `was`; else both mean the same, and nothing else does
  bool bound = false;     // both are bound to one id of the tenant
};

// Maps the ids of one side to those of the vocabulary of both, and back. `none()` means that a side lacks the thing.
struct Mapping {
  std::vector<RoleId> roles;
  std::vector<FeatureId> features;
  std::vector<std::vector<ObjectId>> objects;  // a tier without a name is every tier of the other side
  std::vector<ContextId> contexts;
  std::vector<ControlId> controls;

  std::vector<RoleId> own_roles;
  std::vector<FeatureId> own_features;
  std::vector<ObjectId> own_objects;
  std::vector<ContextId> own_contexts;
  std::vector<ControlId> own_controls;
  std::vector<std::vector<std::uint32_t>> own_values;  // by context and value; of a context that is there
};

struct Vocabulary {
  Model model;  // no rules: only what they are about
  Mapping before, after;
  std::vector<Rename> renames;  // by kind, then name
};

// Renamings beyond those that the later policy declares, such as one that was recognised.
[[nodiscard]] Vocabulary unite(const Model& before, const Model& after, const std::vector<Rename>& recognised = {});

}  // namespace farol::compare
