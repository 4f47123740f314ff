// What a cell says of each of its rules: whether it decides here, by which of its terms, and whether the cell would
// answer otherwise without it.
#include <algorithm>
#include <map>
#include <span>

#include "decide/cell.h"

namespace farol::decide {
namespace {

// Where a term stands in a list; its size if it does not. Of a long list the places are kept: each of its terms is
// asked for.
template <class Id>
std::size_t place_in(const std::vector<Id>& list, Id term, PlacesInLists& known) {
  constexpr std::size_t many = 64;
  if (list.size() < many) return static_cast<std::size_t>(std::find(list.begin(), list.end(), term) - list.begin());
  auto& places = known[&list];
  if (places.empty()) {
    for (std::uint32_t i = 0; i < list.size(); ++i) places.emplace_back(list[i].value, i);
    std::sort(places.begin(), places.end());
  }
  const auto found = std::lower_bound(places.begin(), places.end(), std::pair{term.value, std::uint32_t{0}});
  return found != places.end() && found->first == term.value ? found->second : list.size();
}

// `first` is where the list has its flags.
template <class Id>
void note_term(std::vector<bool>& flags, std::size_t first, const std::vector<Id>& list, Id term,
               PlacesInLists& known) {
  if (list.size() < 2) return;
  const std::size_t at = place_in(list, term, known);
  if (at < list.size()) flags[first + at] = true;
}

base::BitSet allowed_in(const Cell& cell, std::size_t size) {
  base::BitSet allowed{size};
  for (const Segment& segment : cell.segments) {
    if (segment.effect == Effect::allow) allowed |= segment.where;
  }
  return allowed;
}

// Where at least one, and where at least two, of the statements that were added do something.
struct Counted {
  explicit Counted(std::size_t size) : once(size), twice(size) {}
  void add(const base::BitSet& where) {
    twice |= once & where;
    once |= where;
  }
  base::BitSet once, twice;
};

// Where parts of other statements would decide without a statement.
struct Freed {
  base::BitSet allowed, denied;
};

template <class Part>
base::BitSet united(std::span<const Part> parts, base::BitSet Part::*set, std::size_t size) {
  base::BitSet all{size};
  for (const Part& part : parts) all |= part.*set;
  return all;
}

// The parts of one statement stand together.
template <class Part, class Visit>
void each_statement(const std::vector<Part>& parts, Visit visit) {
  for (std::size_t first = 0, end = 0; first < parts.size(); first = end) {
    while (end < parts.size() && parts[end].statement == parts[first].statement) ++end;
    visit(parts[first].statement, std::span<const Part>{parts}.subspan(first, end - first));
  }
}

}  // namespace

void CellSweep::note_terms(const Part& part) {
  const model::Area& area = *statements_[part.statement].area;
  const std::size_t subjects = facts_.first_term[statements_[part.statement].rule.index()];
  const std::size_t features = subjects + area.subjects.size();
  note_term(facts_.terms, subjects, area.subjects, part.subject, places_);
  note_term(facts_.terms, features, area.features, part.feature, places_);
  note_term(facts_.terms, features + area.features.size(), area.objects, part.object, places_);
}

void CellSweep::note_facts(const std::vector<Part>& parts, const base::BitSet& refused, const Cell& cell) {
  for (const Part& part : parts) {
    const Statement& statement = statements_[part.statement];
    if (!statement.verb || part.decides.none()) continue;
    const bool refusal = refuses(statement.verb);
    if (!refusal && part.decides.is_subset_of(refused)) continue;
    facts_.decides[statement.rule.index()] = true;
    if (!refusal) note_terms(part);
  }
  note_needed(parts, refused, cell);
}

// Whether the cell would answer otherwise without a statement. What others do beside it is read off counts of one and
// of two statements: each statement is looked at once, however many there are.
void CellSweep::note_needed(const std::vector<Part>& parts, const base::BitSet& refused, const Cell& cell) {
  const bool all_are = std::all_of(parts.begin(), parts.end(), [&](const Part& part) {
    const Statement& statement = statements_[part.statement];
    return !statement.verb || facts_.needed[statement.rule.index()];
  });
  if (all_are) return;
  const std::size_t size = refused.size();
  Counted allows{size}, denies{size}, refusals{size};
  std::map<std::uint32_t, Freed> freed;
  std::map<ControlId, Counted> controls;
  each_statement(parts, [&](std::uint32_t statement, std::span<const Part> own) {
    const Statement& it = statements_[statement];
    const bool allow = it.verb == model::Verb::allow;
    if (it.verb) {
      Counted& side = refuses(it.verb) ? refusals : allow ? allows : denies;
      side.add(united(own, &Part::decides, size));
    }
    if (refuses(it.verb)) return;
    if (!it.controls->empty()) {
      const base::BitSet applies = united(own, &Part::where, size);
      for (const ControlId control : *it.controls) controls.try_emplace(control, size).first->second.add(applies);
    }
    for (const Part& part : own) {
      for (const auto& [above, where] : part.but_for) {
        if (above == statement) continue;
        Freed& by = freed.try_emplace(above, Freed{base::BitSet{size}, base::BitSet{size}}).first->second;
        (allow ? by.allowed : by.denied) |= where;
      }
    }
  });
  const base::BitSet allowed = allowed_in(cell, size);

  // Where an allow or deny decides, others must decide alike, or would without it, and none against it.
  const auto grant_is_needed = [&](bool allow, std::uint32_t statement, base::BitSet own) {
    own -= refused;
    const Counted& side = allow ? allows : denies;
    const Counted& other_side = allow ? denies : allows;
    base::BitSet alike = side.twice, against = other_side.once;
    if (const auto by = freed.find(statement); by != freed.end()) {
      alike |= allow ? by->second.allowed : by->second.denied;
      against |= allow ? by->second.denied : by->second.allowed;
    }
    return !own.is_subset_of(alike) || own.intersects(against);
  };
  // Each control of an allow must come from elsewhere too, wherever the rule applies and the effect is allow.
  const auto control_is_needed = [&](const Statement& it, const base::BitSet& applies) {
    return std::any_of(it.controls->begin(), it.controls->end(), [&](ControlId control) {
      return !(applies & allowed).is_subset_of(controls.at(control).twice);
    });
  };
  // Where nothing else refuses, the denies must decide, and nothing against them.
  const auto refusal_is_needed = [&](const base::BitSet& own) {
    const base::BitSet alone = own - refusals.twice;
    return !alone.is_subset_of(denies.once) || alone.intersects(allows.once);
  };

  each_statement(parts, [&](std::uint32_t statement, std::span<const Part> own) {
    const Statement& it = statements_[statement];
    if (!it.verb || facts_.needed[it.rule.index()]) return;
    const base::BitSet decides = united(own, &Part::decides, size);
    const bool allow = it.verb == model::Verb::allow;
    facts_.needed[it.rule.index()] = refuses(it.verb)
                                         ? refusal_is_needed(decides)
                                         : grant_is_needed(allow, statement, decides) ||
                                               (allow && control_is_needed(it, united(own, &Part::where, size)));
  });
}

}  // namespace farol::decide
