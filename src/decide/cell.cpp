#include "decide/cell.h"

#include <algorithm>
#include <map>
#include <utility>

#include "base/sorted.h"
#include "diag/messages_decide.h"

namespace farol::decide {

using model::Verb;

namespace {

// One combination is by far the most common case: no set has to be made for it.
const base::BitSet& the_one_combination() {
  static const base::BitSet one{1, true};
  return one;
}

}  // namespace

CellSweep::CellSweep(const model::Model& model, const std::vector<Statement>& statements, RuleFacts& facts)
    : model_(model), statements_(statements), facts_(facts), terms_(model) {}

void CellSweep::split(const std::vector<Entry>& entries) {
  parts_.clear();
  std::size_t count = 0;
  for (const Entry& entry : entries) count += statements_[entry.statement].area->objects.size();
  if (!spend(work_of_a_part * count)) return;
  for (const Entry& entry : entries) {
    for (const model::ObjectTermId object : statements_[entry.statement].area->objects) {
      Part part;
      part.statement = entry.statement;
      part.subject = entry.subject;
      part.feature = entry.feature;
      part.object = object;
      part.kinds = terms_.kinds(object);
      parts_.push_back(std::move(part));
    }
  }
}

// The objects that some part tells from those of their tier or kind, and those that stand for all others.
std::vector<ObjectId> CellSweep::objects_told_apart(model::ActsOn kind) {
  std::vector<ObjectId>& twins = twins_[static_cast<std::size_t>(kind)];
  if (twins.empty()) {
    for (const ObjectId object : model_.objects_of(kind)) {
      if (twin_of(model_, object) == object) twins.push_back(object);
    }
    base::sort_unique(twins);
  }
  std::vector<ObjectId> objects = twins;
  for (const Part& part : parts_) {
    for (const ObjectId object : terms_.odd(part.object)) {
      if (model_[object].kind == kind) objects.push_back(object);
    }
  }
  if (objects.size() > twins.size()) base::sort_unique(objects);
  return objects;
}

void CellSweep::find_parts_on(ObjectId object, std::vector<std::uint32_t>& parts) const {
  parts.clear();
  for (std::uint32_t i = 0; i < parts_.size(); ++i) {
    if (contains(model_, model_[parts_[i].object], object)) parts.push_back(i);
  }
}

// Returns the cell that has just these parts: `next`, if there was none yet. Most cells have one part or none.
std::size_t CellSweep::cell_with(const std::vector<std::uint32_t>& parts, std::size_t next) {
  if (parts.size() > 1) return cell_of_several_.try_emplace(parts, next).first->second;
  std::optional<std::size_t>& known = parts.empty() ? cell_of_none_ : cell_of_one_[parts.front()];
  if (!known) known = next;
  return *known;
}

Table CellSweep::run(const std::vector<Entry>& entries, model::ActsOn kind, diag::Text& problem) {
  Table table;
  split(entries);
  if (is_exhausted()) {
    problem = message::too_many_comparisons(max_work);
    return table;
  }
  cell_of_none_.reset();
  cell_of_one_.assign(parts_.size(), std::nullopt);
  cell_of_several_.clear();
  const std::vector<ObjectId> objects = objects_told_apart(kind);
  table.cells.reserve(std::min(objects.size(), parts_.size() + 1));
  for (const ObjectId object : objects) {
    if (!spend(parts_.size())) {
      problem = message::too_many_comparisons(max_work);
      break;
    }
    find_parts_on(object, parts_here_);
    const std::size_t place = cell_with(parts_here_, table.cells.size());
    if (place < table.cells.size()) {
      table.cells[place].objects.push_back(object);
      continue;
    }
    Cell cell;
    cell.objects.push_back(object);
    if (!decide_alone(parts_here_, cell) && !decide_cell(parts_here_, cell, problem)) break;
    table.cells.push_back(std::move(cell));
  }
  return table;
}

// Decides a cell without a rule, and one with one allow or deny that always holds: by far the most common ones. Returns
// false if it is another one.
bool CellSweep::decide_alone(const std::vector<std::uint32_t>& indices, Cell& cell) {
  if (indices.size() > 1) return false;
  Segment segment;
  segment.where = the_one_combination();
  if (!indices.empty()) {
    const Part& part = parts_[indices.front()];
    const Statement& statement = statements_[part.statement];
    const model::Condition& when = model_[statement.area->when];
    if (!statement.verb || refuses(statement.verb) || !when.contexts.empty() || when.where.none()) return false;
    const bool allow = statement.verb == Verb::allow;
    segment.effect = allow ? Effect::allow : Effect::deny;
    segment.rules.push_back(statement.rule);
    if (allow) {
      segment.controls = *statement.controls;
      base::sort_unique(segment.controls);
    }
    facts_.decides[statement.rule.index()] = true;
    facts_.needed[statement.rule.index()] = true;
    note_terms(part);
  }
  cell.segments.push_back(std::move(segment));
  return true;
}

bool CellSweep::decide_cell(const std::vector<std::uint32_t>& indices, Cell& cell, diag::Text& problem) {
  std::vector<Part> parts;
  parts.reserve(indices.size());
  for (const std::uint32_t i : indices) {
    parts.push_back(parts_[i]);
    const auto& contexts = model_[statements_[parts_[i].statement].area->when].contexts;
    cell.contexts.insert(cell.contexts.end(), contexts.begin(), contexts.end());
  }
  base::sort_unique(cell.contexts);
  const std::size_t size = combinations(model_, cell.contexts);
  if (size > model::max_combinations) {
    problem = message::cell_has_combinations(model::max_combinations);
    return false;
  }
  if (!spend((work_of_a_part + size / 2) * parts.size())) {
    problem = message::too_many_comparisons(max_work);
    return false;
  }
  std::map<model::ConditionId, base::BitSet> widened;
  for (Part& part : parts) {
    const model::ConditionId when = statements_[part.statement].area->when;
    if (cell.contexts.empty()) {
      part.where = model_[when].where;
    } else {
      const auto [entry, fresh] = widened.try_emplace(when);
      if (fresh) entry->second = widen(model_, model_[when].contexts, model_[when].where, cell.contexts);
      part.where = entry->second;
    }
  }
  base::BitSet refused{size};
  refuse(parts, refused);
  if (!sweep(parts, refused, cell) || !read_off(parts, refused, cell)) {
    problem = message::too_many_comparisons(max_work);
    return false;
  }
  if (!find_clashes(parts, refused, cell)) {
    problem = message::too_many_clashes(max_clashes);
    return false;
  }
  note_facts(parts, refused, cell);
  return true;
}

void CellSweep::refuse(std::vector<Part>& parts, base::BitSet& refused) {
  for (Part& part : parts) {
    if (!refuses(verb_of(part))) continue;
    if (verb_of(part) == Verb::forbid) {
      part.decides = part.where;
    } else {
      // The door of an `only` is shut to everybody else, and to those inside when the condition does not hold.
      part.decides = base::BitSet{refused.size(), true};
      if (!part.subject.is_none()) part.decides -= part.where;
    }
    refused |= part.decides;
  }
}

bool CellSweep::is_more_special(const Part& a, const Part& b) {
  // With equal sums a set that lies inside is the same set.
  return a.rank < b.rank && terms_.is_inside(a.subject, b.subject) && terms_.is_inside(a.object, b.object) &&
         terms_.is_inside(a.feature, b.feature, a.kinds) && a.where.is_subset_of(b.where);
}

bool CellSweep::sweep(std::vector<Part>& parts, const base::BitSet& refused, Cell& cell) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    Part& part = parts[i];
    if (verb_of(part) != Verb::allow && verb_of(part) != Verb::deny) continue;
    part.rank = terms_.size(part.subject) + terms_.size(part.feature, part.kinds) + terms_.size(part.object) +
                part.where.count();
    order.push_back(i);
  }
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    return parts[a].rank != parts[b].rank ? parts[a].rank < parts[b].rank : a < b;
  });
  std::vector<std::size_t> alive;
  for (const std::size_t i : order) {
    // Those of the same rank have sets of equal size: none of them lies inside another.
    const auto above =
        std::partition_point(alive.begin(), alive.end(), [&](std::size_t j) { return parts[j].rank < parts[i].rank; });
    const auto count = static_cast<std::size_t>(above - alive.begin());
    if (!spend((1 + count) * (1 + refused.size() / 512))) return false;
    stand_above(parts, i, {alive.data(), count}, refused, cell);
    if (parts[i].decides.any() || !parts[i].but_for.empty()) alive.push_back(i);
  }
  return true;
}

// Finds what stands above a part, by statement: no point is taken twice by the parts of one statement.
void CellSweep::stand_above(std::vector<Part>& parts, std::size_t i, std::span<const std::size_t> above,
                            const base::BitSet& refused, Cell& cell) {
  Part& part = parts[i];
  part.decides = part.where;
  const bool deny = verb_of(part) == Verb::deny;
  base::BitSet twice{part.where.size()};  // where two statements stand above it
  for (const std::size_t j : above) {
    const Part& other = parts[j];
    const bool told = other.where.is_subset_of(twice);
    if ((told && !deny) || !part.where.intersects(other.where) || !is_more_special(other, part)) continue;
    if (deny && verb_of(other) == Verb::allow && !other.decides.is_subset_of(refused)) {
      if (!cell.disputes) cell.disputes.emplace();
      cell.disputes->piercings.push_back({statements_[other.statement].rule, statements_[part.statement].rule});
    }
    // The parts of one statement have one condition: the second one takes nothing more.
    const bool known = std::any_of(part.but_for.begin(), part.but_for.end(),
                                   [&](const auto& entry) { return entry.first == other.statement; });
    if (told || known) continue;
    twice |= other.where - part.decides;  // what is taken already is taken by another statement
    part.but_for.emplace_back(other.statement, other.where);
    part.decides -= other.where;
  }
  for (auto& [statement, where] : part.but_for) where -= twice;
  std::erase_if(part.but_for, [](const auto& entry) { return entry.second.none(); });
}

Segment CellSweep::segment_at(const std::vector<Part>& parts, bool refused, std::size_t combination) const {
  Segment segment;
  bool allow = false, deny = false;
  for (const Part& part : parts) {
    const auto verb = verb_of(part);
    if (!verb || refuses(verb) != refused || !part.decides.test(combination)) continue;
    segment.rules.push_back(statements_[part.statement].rule);
    (verb == Verb::allow ? allow : deny) = true;
  }
  segment.effect = refused || (deny && !allow) ? Effect::deny
                   : allow && deny             ? Effect::conflict
                   : allow                     ? Effect::allow
                                               : Effect::none;
  base::sort_unique(segment.rules);
  if (segment.effect != Effect::allow) return segment;
  for (const Part& part : parts) {
    const auto verb = verb_of(part);
    if (verb && verb != Verb::allow) continue;
    const auto& controls = *statements_[part.statement].controls;
    if (!controls.empty() && part.where.test(combination)) {
      segment.controls.insert(segment.controls.end(), controls.begin(), controls.end());
    }
  }
  base::sort_unique(segment.controls);
  return segment;
}

bool CellSweep::read_off(const std::vector<Part>& parts, const base::BitSet& refused, Cell& cell) {
  const std::size_t size = refused.size();
  std::vector<std::size_t> hashes;  // of the rules of each segment: two long lists may differ at their end
  for (std::size_t combination = 0; combination < size; ++combination) {
    Segment segment = segment_at(parts, refused.test(combination), combination);
    std::size_t hash = segment.rules.size();
    for (const RuleId rule : segment.rules) hash = hash * 0x9E3779B97F4A7C15ULL + rule.value;
    std::size_t same = 0;
    while (same < cell.segments.size() &&
           (hashes[same] != hash || cell.segments[same].effect != segment.effect ||
            cell.segments[same].controls != segment.controls || cell.segments[same].rules != segment.rules))
      ++same;
    if (same < cell.segments.size()) {
      cell.segments[same].where.set(combination);
      continue;
    }
    if (!spend(work_of_an_entry * segment.rules.size())) return false;
    if (size == 1) {
      segment.where = the_one_combination();
    } else {
      segment.where = base::BitSet{size};
      segment.where.set(combination);
    }
    cell.segments.push_back(std::move(segment));
    hashes.push_back(hash);
  }
  return true;
}

bool CellSweep::find_clashes(const std::vector<Part>& parts, const base::BitSet& refused, Cell& cell) {
  const bool conflict = std::any_of(cell.segments.begin(), cell.segments.end(),
                                    [](const Segment& segment) { return segment.effect == Effect::conflict; });
  if (!conflict) return true;
  std::map<std::pair<RuleId, RuleId>, base::BitSet> found;
  for (const Part& a : parts) {
    if (verb_of(a) != Verb::allow) continue;
    for (const Part& b : parts) {
      if (verb_of(b) != Verb::deny) continue;
      base::BitSet both = (a.decides & b.decides) - refused;
      if (both.none()) continue;
      const auto [entry, fresh] =
          found.try_emplace({statements_[a.statement].rule, statements_[b.statement].rule}, both.size());
      if (fresh && ++clashes_ > max_clashes) return false;
      entry->second |= both;
    }
  }
  if (found.empty()) return true;
  if (!cell.disputes) cell.disputes.emplace();
  for (auto& [rules, where] : found) cell.disputes->clashes.push_back({rules.first, rules.second, std::move(where)});
  return true;
}

}  // namespace farol::decide
