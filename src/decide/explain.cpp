#include "decide/explain.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>

#include "base/sorted.h"
#include "decide/answers.h"
#include "diag/messages_decide.h"

namespace farol::decide {

bool speaks_of(const Model& model, const model::Area& area, ObjectId object) {
  return std::any_of(area.objects.begin(), area.objects.end(),
                     [&](auto term) { return contains(model, model[term], object); });
}

bool speaks_of(const Model& model, const model::Area& area, FeatureId feature) {
  return std::any_of(area.features.begin(), area.features.end(),
                     [&](auto term) { return contains(model, model[term], feature); });
}

bool speaks_of(const Model& model, const model::Area& area, RoleId role) {
  return std::any_of(area.subjects.begin(), area.subjects.end(),
                     [&](auto term) { return contains(model, model[term], role); });
}

namespace {

using model::SubjectTerm;
using model::Verb;

// An `only` speaks to everybody.
bool speaks_to(const Model& model, const model::Rule& rule, RoleId role, FeatureId feature) {
  return speaks_of(model, rule.area, feature) && (rule.verb == Verb::only || speaks_of(model, rule.area, role));
}

int rank(Effect effect) {
  switch (effect) {
    case Effect::allow: return 0;
    case Effect::deny: return 1;
    case Effect::conflict: return 2;
    case Effect::none: return 3;
  }
  return 3;
}

class Explainer {
 public:
  Explainer(const Model& model, const Decisions& decisions, const Answers& answers, Question question)
      : model_(model), decisions_(decisions), answers_(answers) {
    result_.question = std::move(question);
  }

  Explanation run() {
    collect_candidates();
    const Table& table = decisions_.table(asked().role, asked().feature);
    std::vector<ObjectId> left = asked_objects();
    auto objects = objects_by_cell(model_, table, model_[asked().feature].acts_on);
    for (std::size_t i = 0; i < table.cells.size(); ++i) {
      std::sort(objects[i].begin(), objects[i].end());
      std::vector<ObjectId> here, rest;
      std::set_intersection(objects[i].begin(), objects[i].end(), left.begin(), left.end(), std::back_inserter(here));
      std::set_difference(left.begin(), left.end(), here.begin(), here.end(), std::back_inserter(rest));
      add_cell(table.cells[i], here);
      left = std::move(rest);
    }
    add_cell(Decisions::no_cell(), left);
    if (!result_.problem.empty()) result_.answers.clear();
    for (ExplainedAnswer& answer : result_.answers) complete(answer);
    sort_answers();
    find_others();
    return std::move(result_);
  }

 private:
  [[nodiscard]] const Question& asked() const { return result_.question; }

  [[nodiscard]] std::vector<ObjectId> asked_objects() const {
    std::vector<ObjectId> objects = model_.objects_of(model_[asked().feature].acts_on);
    std::sort(objects.begin(), objects.end());
    if (asked().objects.empty()) return objects;
    std::vector<ObjectId> meant;
    std::set_intersection(objects.begin(), objects.end(), asked().objects.begin(), asked().objects.end(),
                          std::back_inserter(meant));
    return meant;
  }

  [[nodiscard]] const model::Condition& asked_when() const {
    return model_.conditions[asked().when ? asked().when->index() : 0];  // the first is "always"
  }

  // Rules that speak of this feature to this role.
  void collect_candidates() {
    for (std::size_t i = 0; i < model_.rules.size(); ++i) {
      const model::Rule& rule = model_.rules[i];
      if (!speaks_to(model_, rule, asked().role, asked().feature)) continue;
      if (rule.is_live(decisions_.as_of)) candidates_.emplace_back(i);
    }
    result_.not_in_force = not_in_force(model_, decisions_.as_of, asked().role, asked().feature, asked_objects());
    for (std::size_t i = 0; i < model_.guardrails.size(); ++i) {
      const model::Guardrail& guardrail = model_.guardrails[i];
      if (guardrail.kind == model::Guardrail::Kind::require && speaks_of(model_, guardrail.area, asked().feature) &&
          speaks_of(model_, guardrail.area, asked().role)) {
        requirements_.push_back(i);
      }
    }
  }

  void add_cell(const Cell& cell, const std::vector<ObjectId>& objects) {
    if (objects.empty()) return;
    const model::Condition& when = asked_when();
    const std::vector<ContextId> contexts = base::united(cell.contexts, when.contexts);
    if (combinations(model_, contexts) > model::max_combinations) {
      result_.problem = message::question_has_combinations(model_[asked().feature].name, model::max_combinations);
      return;
    }
    const base::BitSet in_question = widen(model_, when.contexts, when.where, contexts);
    for (const Segment& segment : cell.segments) {
      const base::BitSet where = widen(model_, cell.contexts, segment.where, contexts) & in_question;
      if (where.none()) continue;
      ExplainedAnswer answer;
      answer.effect = segment.effect;
      answer.objects = objects;
      answer.when = boxes_of(model_, contexts, where);
      answer.whenever = where == in_question;
      for (const RuleId rule : segment.rules) answer.deciding.push_back({rule, {}, false});
      for (const ControlId control : segment.controls) answer.controls.push_back({control, {}, {}});
      if (segment.effect == Effect::allow) split_withheld(answer);
      if (!answer.objects.empty()) add(std::move(answer));
    }
  }

  // Objects on which the role does not get what it is allowed are an answer of their own.
  void split_withheld(ExplainedAnswer& answer) {
    const std::vector<ObjectId> withheld = answers_.withheld(asked().role, asked().feature);
    ExplainedAnswer kept_from = answer;
    std::erase_if(kept_from.objects,
                  [&](ObjectId each) { return !std::binary_search(withheld.begin(), withheld.end(), each); });
    if (kept_from.objects.empty()) return;
    std::erase_if(answer.objects,
                  [&](ObjectId each) { return std::binary_search(withheld.begin(), withheld.end(), each); });
    kept_from.withheld = true;
    add(std::move(kept_from));
  }

  // What differs in nothing but its objects is one answer.
  void add(ExplainedAnswer answer) {
    for (ExplainedAnswer& other : result_.answers) {
      const auto same_rules = [](const Voice& a, const Voice& b) { return a.rule == b.rule; };
      const auto same_controls = [](const ControlSource& a, const ControlSource& b) { return a.control == b.control; };
      if (other.effect != answer.effect || other.withheld != answer.withheld || other.when != answer.when ||
          other.whenever != answer.whenever ||
          !std::equal(other.deciding.begin(), other.deciding.end(), answer.deciding.begin(), answer.deciding.end(),
                      same_rules) ||
          !std::equal(other.controls.begin(), other.controls.end(), answer.controls.begin(), answer.controls.end(),
                      same_controls)) {
        continue;
      }
      other.objects = base::united(other.objects, answer.objects);
      return;
    }
    result_.answers.push_back(std::move(answer));
  }

  void complete(ExplainedAnswer& answer) {
    std::vector<RuleId> deciding;
    for (Voice& voice : answer.deciding) {
      deciding.push_back(voice.rule);
      voice = voice_of(voice.rule);
    }
    answer.keepers = answers_.keepers(asked().role, asked().feature, answer.objects, deciding);
    if (!deciding.empty()) answer.expires = last_day(model_, deciding);
    for (const RuleId id : candidates_) {
      const model::Rule& rule = model_[id];
      const bool decides = std::binary_search(deciding.begin(), deciding.end(), id);
      if (rule.verb == Verb::forbid || rule.verb == Verb::only || !applies(rule.area, answer)) continue;
      if (rule.verb == Verb::allow) note_controls(answer, id);
      if (decides) continue;
      const bool agrees = (rule.verb == Verb::allow) == (answer.effect == Effect::allow);
      (agrees ? answer.agreeing : answer.overruled).push_back(voice_of(id));
    }
    for (const std::size_t requirement : requirements_) {
      const model::Guardrail& guardrail = model_.guardrails[requirement];
      if (!applies(guardrail.area, answer)) continue;
      for (ControlSource& source : answer.controls) {
        if (std::binary_search(guardrail.controls.begin(), guardrail.controls.end(), source.control))
          source.requirements.push_back(requirement);
      }
    }
  }

  void note_controls(ExplainedAnswer& answer, RuleId id) const {
    const auto& required = model_[id].controls;
    for (ControlSource& source : answer.controls) {
      if (std::binary_search(required.begin(), required.end(), source.control)) source.rules.push_back(id);
    }
  }

  // At some point of the answer.
  [[nodiscard]] bool applies(const model::Area& area, const ExplainedAnswer& answer) const {
    return meets(model_[area.when], answer.when) &&
           std::any_of(answer.objects.begin(), answer.objects.end(),
                       [&](ObjectId object) { return speaks_of(model_, area, object); });
  }

  // Whether a condition holds somewhere in the boxes: only contexts of the condition matter, box by box.
  [[nodiscard]] bool meets(const model::Condition& condition, const std::vector<Box>& boxes) const {
    for (std::size_t combination = 0; combination < condition.where.size(); ++combination) {
      if (!condition.where.test(combination)) continue;
      const auto values = values_at(model_, condition.contexts, combination);
      const bool inside = std::any_of(boxes.begin(), boxes.end(), [&](const Box& box) {
        return std::all_of(values.begin(), values.end(), [&](const auto& value) {
          const auto choice =
              std::find_if(box.begin(), box.end(), [&](const auto& each) { return each.first == value.first; });
          return choice == box.end() || std::binary_search(choice->second.begin(), choice->second.end(), value.second);
        });
      });
      if (inside) return true;
    }
    return false;
  }

  // By the term that needs the shortest way; `everyone` where there is no nearer one.
  [[nodiscard]] Voice voice_of(RuleId id) const {
    Voice voice{id, {}, true};
    for (const auto term : model_[id].area.subjects) {
      const SubjectTerm& subject = model_[term];
      if (!contains(model_, subject, asked().role)) continue;
      voice.shuts_out = false;
      if (subject.base == SubjectTerm::Base::everyone) continue;
      auto way = way_up(model_, asked().role, subject.role);
      if (voice.way.empty() || way.size() < voice.way.size()) voice.way = std::move(way);
    }
    return voice;
  }

  void sort_answers() {
    std::sort(result_.answers.begin(), result_.answers.end(), [](const auto& a, const auto& b) {
      if (a.effect != b.effect) return rank(a.effect) < rank(b.effect);
      return std::tie(a.objects, a.when) < std::tie(b.objects, b.when);
    });
  }

  void find_others() {
    const bool lacks = std::any_of(result_.answers.begin(), result_.answers.end(),
                                   [](const auto& answer) { return answer.effect != Effect::allow; });
    const bool has = std::any_of(result_.answers.begin(), result_.answers.end(),
                                 [](const auto& answer) { return answer.effect == Effect::allow; });
    if (!lacks || has) return;
    const auto objects = asked_objects();
    std::vector<std::pair<std::size_t, RoleId>> found;  // how many ancestors are not shared
    std::map<const Table*, bool> known;
    for (std::size_t i = 0; i < model_.roles.size(); ++i) {
      const RoleId role{i};
      const Table& table = decisions_.table(role, asked().feature);
      const auto [entry, fresh] = known.try_emplace(&table, false);
      if (fresh) entry->second = allows(table, objects);
      if (entry->second && role != asked().role) found.emplace_back(shared_with(role), role);
    }
    std::sort(found.begin(), found.end(), [](const auto& a, const auto& b) {
      return std::tuple{b.first, a.second} < std::tuple{a.first, b.second};
    });
    for (const auto& [shared, role] : found) result_.others.push_back(role);
  }

  [[nodiscard]] bool allows(const Table& table, const std::vector<ObjectId>& objects) const {
    const auto answered = objects_by_cell(model_, table, model_[asked().feature].acts_on);
    for (std::size_t i = 0; i < table.cells.size(); ++i) {
      const auto& segments = table.cells[i].segments;
      const bool allowed = std::any_of(segments.begin(), segments.end(), [&](const Segment& segment) {
        return segment.effect == Effect::allow && is_in_question(table.cells[i], segment);
      });
      if (allowed && std::find_first_of(answered[i].begin(), answered[i].end(), objects.begin(), objects.end()) !=
                         answered[i].end()) {
        return true;
      }
    }
    return false;
  }

  // Somewhere in the case that is asked about; where that is too much to look at, it may be.
  [[nodiscard]] bool is_in_question(const Cell& cell, const Segment& segment) const {
    const model::Condition& when = asked_when();
    const std::vector<ContextId> contexts = base::united(cell.contexts, when.contexts);
    if (combinations(model_, contexts) > model::max_combinations) return true;
    return widen(model_, cell.contexts, segment.where, contexts)
        .intersects(widen(model_, when.contexts, when.where, contexts));
  }

  [[nodiscard]] std::size_t shared_with(RoleId role) const {
    if (asked().role == model_.nobody()) return 0;
    std::vector<RoleId> shared;
    const auto& mine = model_[asked().role].ancestors;
    const auto& theirs = model_[role].ancestors;
    std::set_intersection(mine.begin(), mine.end(), theirs.begin(), theirs.end(), std::back_inserter(shared));
    return shared.size();
  }

  const Model& model_;
  const Decisions& decisions_;
  const Answers& answers_;
  std::vector<RuleId> candidates_;         // in force
  std::vector<std::size_t> requirements_;  // that are about the role and the feature
  Explanation result_;
};

}  // namespace

Explanation explain(const Model& model, const Decisions& decisions, const Answers& answers, Question question) {
  return Explainer{model, decisions, answers, std::move(question)}.run();
}

std::vector<RuleId> not_in_force(const Model& model, base::Date day, RoleId role, FeatureId feature,
                                 const std::vector<ObjectId>& objects) {
  std::vector<RuleId> rules;
  for (std::size_t i = 0; i < model.rules.size(); ++i) {
    const model::Rule& rule = model.rules[i];
    if (rule.is_live(day) || !speaks_to(model, rule, role, feature)) continue;
    if (std::any_of(objects.begin(), objects.end(),
                    [&](ObjectId object) { return speaks_of(model, rule.area, object); }))
      rules.emplace_back(i);
  }
  return rules;
}

std::vector<RoleId> way_up(const Model& model, RoleId role, RoleId ancestor) {
  // Level by level, each role once: in a diamond the ways are many, the roles are not. Within a level the roles stand
  // in the order of the ways that lead to them.
  std::vector<RoleId> came_from(model.roles.size(), RoleId::none());
  std::vector<RoleId> queue{role};
  came_from[role.index()] = role;
  for (std::size_t next = 0; next < queue.size() && queue[next] != ancestor; ++next) {
    std::vector<RoleId> parents = model[queue[next]].inherits;
    base::sort_unique(parents);
    for (const RoleId parent : parents) {
      if (!came_from[parent.index()].is_none()) continue;
      came_from[parent.index()] = queue[next];
      queue.push_back(parent);
    }
  }
  std::vector<RoleId> way;
  if (came_from[ancestor.index()].is_none()) return way;
  for (RoleId at = ancestor; at != role; at = came_from[at.index()]) way.push_back(at);
  way.push_back(role);
  std::reverse(way.begin(), way.end());
  return way;
}

}  // namespace farol::decide
