// What the phases of `resolve` share: each reads what those before it have filled in.
#pragma once

#include <string_view>
#include <vector>

#include "diag/sink.h"
#include "model/model.h"
#include "sema/names.h"
#include "sema/statements.h"
#include "source/source_map.h"

namespace farol::sema {

// What stands behind a table of the model, by the same index.
template <class Node>
using Origins = std::vector<Entry<Node>>;

struct Resolution {
  Resolution(const syntax::Program& loaded, const source::SourceMap& all_sources, diag::Sink& to)
      : program(loaded), sources(all_sources), sink(to), names(loaded, to) {}

  const syntax::Program& program;
  const source::SourceMap& sources;
  diag::Sink& sink;

  Statements statements;
  Names names;
  model::Model model;

  Origins<syntax::Declaration> roles, features, controls, stores;
  Origins<syntax::Declaration> objects;  // without a node for tiers, the others and nothing
  Origins<syntax::Tiers> tiers;          // the one statement, for each of its tiers
  Origins<syntax::ContextDeclaration> contexts;
  Origins<syntax::ConditionDeclaration> conditions;
  Origins<syntax::SetDeclaration> role_lists, feature_lists, object_lists;
  std::unordered_map<std::string_view, model::NamespaceId> namespaces;

  void report(diag::Code code, Span span, diag::Text message) {
    sink.report(diag::make(code, span, std::move(message)));
  }
};

// What can stand where a name is asked for.
namespace wanted {
inline constexpr Kinds object_kinds =
    kinds(Kind::tier, Kind::data, Kind::app, Kind::group, Kind::place, Kind::department);
inline constexpr Wanted tier{kinds(Kind::tier), "tier", {}};
inline constexpr Wanted data{kinds(Kind::data), "data class", {}};
inline constexpr Wanted store{kinds(Kind::store), "store", {}};
inline constexpr Wanted group{kinds(Kind::group), "group", {}};
inline constexpr Wanted department{kinds(Kind::department), "department", {}};
inline constexpr Wanted role{kinds(Kind::role), "role", {}};
inline constexpr Wanted feature{kinds(Kind::feature), "feature", {}};
inline constexpr Wanted control{kinds(Kind::control), "control", {}};
inline constexpr Wanted feature_or_control{kinds(Kind::feature, Kind::control), "feature or control", {}};
inline constexpr Wanted context{kinds(Kind::context), "context", {}};
inline constexpr Wanted condition{kinds(Kind::condition), "condition", {}};
inline constexpr Wanted subject{kinds(Kind::role, Kind::role_list), "role", {}};
inline constexpr Wanted feature_term{kinds(Kind::feature, Kind::feature_list), "feature", {}};
inline constexpr Wanted object{object_kinds | kinds(Kind::object_list), "object", {}};
}  // namespace wanted

// Everything that a policy declares.
inline constexpr Wanted anything{(Kinds{1} << kind_count) - 1, "thing", {}};

}  // namespace farol::sema
