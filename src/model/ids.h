// The ids of everything that a policy declares. An id is an index into the table of the same name in `Model`.
#pragma once

#include "base/id.h"

namespace farol::model {

struct Role;
struct Feature;
struct Namespace;
struct Tier;
struct Object;
struct Context;
struct Control;
struct SubjectTerm;
struct FeatureTerm;
struct ObjectTerm;
struct Condition;
struct Rule;

using RoleId = base::Id<Role>;
using FeatureId = base::Id<Feature>;
using NamespaceId = base::Id<Namespace>;
using TierId = base::Id<Tier>;
using ObjectId = base::Id<Object>;
using ContextId = base::Id<Context>;
using ControlId = base::Id<Control>;
using SubjectTermId = base::Id<SubjectTerm>;
using FeatureTermId = base::Id<FeatureTerm>;
using ObjectTermId = base::Id<ObjectTerm>;
using ConditionId = base::Id<Condition>;
using RuleId = base::Id<Rule>;

}  // namespace farol::model
