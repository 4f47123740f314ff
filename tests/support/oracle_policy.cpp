#include "oracle_policy.h"

#include <fmt/format.h>

namespace oracle {

std::string_view name_of(Kind kind) {
  switch (kind) {
    case Kind::data: return "data";
    case Kind::tier: return "tier";
    case Kind::app: return "app";
    case Kind::group: return "group";
    case Kind::place: return "place";
    case Kind::department: return "department";
    case Kind::nothing: return "nothing";
  }
  return {};
}

std::string_view name_of(Verb verb) {
  switch (verb) {
    case Verb::allow: return "allow";
    case Verb::deny: return "deny";
    case Verb::forbid: return "forbid";
    case Verb::only: return "only";
    case Verb::require: return "require";
    case Verb::never: return "never allow";
    case Verb::always: return "always allow";
  }
  return {};
}

std::string text_of(const Term& term) {
  switch (term.form) {
    case Term::Form::everyone: return "everyone";
    case Term::Form::exactly: return "exactly " + term.name;
    case Term::Form::wildcard: return term.name + ".*";
    case Term::Form::everything: return "everything";
    case Term::Form::or_below: return term.name + " or below";
    case Term::Form::or_above: return term.name + " or above";
    case Term::Form::range: return fmt::format("{}..{}", term.name, term.upper);
    case Term::Form::all: return "all";
    case Term::Form::role:
    case Term::Form::feature:
    case Term::Form::tier:
    case Term::Form::data:
    case Term::Form::thing:
    case Term::Form::named_list: return term.name;
  }
  return {};
}

}  // namespace oracle
