// What a cell says of each of its rules: whether it decides here, by which of its terms, and whether the cell would
// answer otherwise without it.
#include <algorithm>

#include "analysis/cell.h"

namespace farol::analysis {
namespace {

bool refuses(Statement::Kind kind) { return kind == Statement::Kind::forbid || kind == Statement::Kind::only; }

template <class Id>
void note_term(std::vector<bool>& flags, const std::vector<Id>& list, Id term) {
  if (flags.empty()) return;
  const auto at = static_cast<std::size_t>(std::find(list.begin(), list.end(), term) - list.begin());
  if (at < flags.size()) flags[at] = true;
}

base::BitSet allowed_in(const Cell& cell, std::size_t size) {
  base::BitSet allowed{size};
  for (const Segment& segment : cell.segments) {
    if (segment.effect == Effect::allow) allowed |= segment.where;
  }
  return allowed;
}

}  // namespace

void CellSweep::note_terms(const Part& part) {
  const std::size_t rule = statements_[part.statement].rule.index();
  const model::Area& area = *statements_[part.statement].area;
  note_term(facts_.subjects[rule], area.subjects, part.subject);
  note_term(facts_.features[rule], area.features, part.feature);
  note_term(facts_.objects[rule], area.objects, part.object);
}

void CellSweep::note_facts(const std::vector<Part>& parts, const base::BitSet& refused, const Cell& cell) {
  for (const Part& part : parts) {
    const Statement& statement = statements_[part.statement];
    if (statement.kind == Statement::Kind::require || part.decides.none()) continue;
    const bool refusal = refuses(statement.kind);
    if (!refusal && part.decides.is_subset_of(refused)) continue;
    facts_.decides[statement.rule.index()] = true;
    if (!refusal) note_terms(part);
  }
  // The parts of one statement stand together.
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const std::uint32_t statement = parts[i].statement;
    if ((i > 0 && parts[i - 1].statement == statement) || statements_[statement].kind == Statement::Kind::require)
      continue;
    const std::size_t rule = statements_[statement].rule.index();
    if (facts_.needed[rule]) continue;
    facts_.needed[rule] = refuses(statements_[statement].kind)
                              ? refusal_is_needed(parts, statement)
                              : grant_is_needed(parts, statement, refused) || control_is_needed(parts, statement, cell);
  }
}

// Where an allow or deny decides, others must decide alike, or would without it, and none against it.
bool CellSweep::grant_is_needed(const std::vector<Part>& parts, std::uint32_t statement,
                                const base::BitSet& refused) const {
  const std::size_t size = refused.size();
  base::BitSet own{size}, alike{size}, against{size};
  for (const Part& part : parts) {
    if (refuses(kind(part)) || kind(part) == Statement::Kind::require) continue;
    if (part.statement == statement) {
      own |= part.decides;
      continue;
    }
    base::BitSet& side = kind(part) == statements_[statement].kind ? alike : against;
    side |= part.decides;
    for (const auto& [above, where] : part.but_for) {
      if (above == statement) side |= where;
    }
  }
  own -= refused;
  return !own.is_subset_of(alike) || own.intersects(against);
}

// Each control of an allow must come from elsewhere too, wherever the rule applies and the effect is allow.
bool CellSweep::control_is_needed(const std::vector<Part>& parts, std::uint32_t statement, const Cell& cell) const {
  const Statement& it = statements_[statement];
  if (it.kind != Statement::Kind::allow || it.controls->empty()) return false;
  const std::size_t size = parts.front().where.size();
  base::BitSet own{size};
  for (const Part& part : parts) {
    if (part.statement == statement) own |= part.where;
  }
  own &= allowed_in(cell, size);
  return std::any_of(it.controls->begin(), it.controls->end(), [&](ControlId control) {
    base::BitSet elsewhere{size};
    for (const Part& part : parts) {
      const Statement& other = statements_[part.statement];
      if (part.statement == statement ||
          (other.kind != Statement::Kind::allow && other.kind != Statement::Kind::require))
        continue;
      if (std::binary_search(other.controls->begin(), other.controls->end(), control)) elsewhere |= part.where;
    }
    return !own.is_subset_of(elsewhere);
  });
}

// Where nothing else refuses, the denies must decide, and nothing against them.
bool CellSweep::refusal_is_needed(const std::vector<Part>& parts, std::uint32_t statement) const {
  const std::size_t size = parts.front().where.size();
  base::BitSet own{size}, others{size}, denied{size}, allowed{size};
  for (const Part& part : parts) {
    switch (kind(part)) {
      case Statement::Kind::forbid:
      case Statement::Kind::only: (part.statement == statement ? own : others) |= part.decides; break;
      case Statement::Kind::deny: denied |= part.decides; break;
      case Statement::Kind::allow: allowed |= part.decides; break;
      case Statement::Kind::require: break;
    }
  }
  own -= others;
  return !own.is_subset_of(denied) || own.intersects(allowed);
}

}  // namespace farol::analysis
