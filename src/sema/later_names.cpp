#include "sema/later_names.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <utility>
#include <variant>

#include "base/text.h"
#include "diag/messages_sema.h"
#include "sema/names.h"
#include "syntax/library_versions.h"

namespace farol::sema {
namespace {

Kind kind_of_name(syntax::Declaration::Kind kind) {
  using Declared = syntax::Declaration::Kind;
  switch (kind) {
    case Declared::data: return Kind::data;
    case Declared::store: return Kind::store;
    case Declared::app: return Kind::app;
    case Declared::group: return Kind::group;
    case Declared::place: return Kind::place;
    case Declared::department: return Kind::department;
    case Declared::role: return Kind::role;
    case Declared::feature: return Kind::feature;
    case Declared::control: return Kind::control;
  }
  return Kind::role;
}

std::string name_at(const syntax::Library& library, std::string_view version) {
  return library.name + " " + std::string(version);
}

}  // namespace

LaterNames::LaterNames(const syntax::Program& program) {
  for (const syntax::Library& library : program.libraries) {
    if (library.pin.is_none()) continue;
    for (const syntax::Statement& statement : library.later) {
      const auto since = syntax::version_of(statement, library.later);
      if (const auto* declaration = std::get_if<syntax::Declaration>(&statement.node)) {
        names_.emplace(declaration->name.text, Later{&library, *since, kinds(kind_of_name(declaration->kind))});
      } else if (const auto* context = std::get_if<syntax::ContextDeclaration>(&statement.node)) {
        names_.emplace(context->name.text, Later{&library, *since, kinds(Kind::context)});
      } else if (const auto* set = std::get_if<syntax::SetDeclaration>(&statement.node)) {
        constexpr std::array list_kinds = {Kind::role_list, Kind::feature_list, Kind::object_list};
        names_.emplace(set->name.text, Later{&library, *since, kinds(list_kinds[static_cast<std::size_t>(set->kind)])});
      } else if (const auto* check = std::get_if<syntax::Check>(&statement.node)) {
        names_.emplace(check->id.text, Later{&library, *since, 0});
      }
    }
  }
}

bool LaterNames::note(std::string_view name, source::Span span, const Later& later) {
  uses_[later.library].push_back({span, name, later});
  return true;
}

bool LaterNames::take(std::string_view name, source::Span span, std::uint32_t kinds) {
  const auto found = names_.find(name);
  return found != names_.end() && (found->second.kinds & kinds) != 0 && note(found->first, span, found->second);
}

bool LaterNames::take_namespace(std::string_view name, source::Span span) {
  const std::string prefix = std::string(name) + ".";
  const auto first = names_.lower_bound(prefix);
  if (first == names_.end() || !first->first.starts_with(prefix) || first->second.kinds != kinds(Kind::feature))
    return false;
  return note(first->first.substr(0, name.size()), span, first->second);
}

bool LaterNames::take_check(std::string_view id, source::Span span) {
  const auto found = names_.find(id);
  return found != names_.end() && found->second.kinds == 0 && note(found->first, span, found->second);
}

std::string_view LaterNames::find_nearest(std::string_view name, std::uint32_t kinds) const {
  std::vector<std::string_view> candidates;
  for (const auto& [each, later] : names_) {
    if ((later.kinds & kinds) != 0) candidates.push_back(each);
  }
  return base::find_nearest(name, candidates).value_or(std::string_view{});
}

diag::Text LaterNames::came_with(std::string_view name) const {
  const Later& later = names_.at(name);
  return message::came_with(std::string(name), name_at(*later.library, later.since), later.library->version);
}

diag::Edit LaterNames::raise_for(std::string_view name) const {
  const Later& later = names_.at(name);
  return {later.library->pin, std::string(later.since)};
}

diag::Diagnostic LaterNames::describe(std::vector<Use> uses) {
  std::stable_sort(uses.begin(), uses.end(), [](const Use& a, const Use& b) { return a.span < b.span; });
  const Use& first = uses.front();
  const syntax::Library& library = *first.later.library;
  auto finding =
      diag::make(diag::Code::unknown_name, first.span,
                 message::came_with(std::string(first.name), name_at(library, first.later.since), library.version));
  std::string_view needed = first.later.since;
  std::set<source::Span> places;
  std::vector<std::string> names;
  for (const Use& use : uses) {
    if (syntax::is_older(needed, use.later.since)) needed = use.later.since;
    places.insert(use.span);
    const std::string name(use.name);
    if (use.name != first.name && std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  }
  if (places.size() > 1 && names.empty()) {
    finding.details.push_back(message::in_more_places(places.size() - 1));
  } else if (places.size() > 1) {
    finding.details.push_back(message::later_in_more_places(places.size() - 1, std::move(names)));
  }
  finding.fixes.push_back({message::write_name((library.pack ? "use pack " : "use ") + name_at(library, needed)),
                           {},
                           {{library.pin, std::string(needed)}}});
  return finding;
}

void LaterNames::report(diag::Sink& sink) const {
  for (const auto& [library, uses] : uses_) sink.report(describe(uses));
}

}  // namespace farol::sema
