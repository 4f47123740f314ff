#include "check/evaluation.h"

#include <algorithm>

#include "base/date.h"
#include "base/text.h"

namespace farol::check {
namespace {

using Form = model::CheckExpression::Form;
using Order = model::CheckExpression::Order;
using decide::Effect;

bool is_more(const Item& a, const Item& b) {
  if (const auto* length = std::get_if<base::Duration>(&a)) return is_longer(*length, std::get<base::Duration>(b));
  // Tiers lie in their order.
  return b < a;
}

bool stands(const Item& a, Order order, const Item& b) {
  if (a.index() != b.index()) return false;
  switch (order) {
    case Order::above:
    case Order::after: return is_more(a, b);
    case Order::below:
    case Order::before: return is_more(b, a);
    case Order::at_most: return !is_more(a, b);
    case Order::at_least: return !is_more(b, a);
    case Order::exactly: return a == b;
  }
  return false;
}

base::Date first_day_of_year(base::Date day) {
  return base::parse_date(base::to_string(day).substr(0, 4) + "-01-01").value_or(day);
}

}  // namespace

void Evaluation::open(std::uint64_t steps, std::size_t variables) {
  steps_ = steps;
  environment_.assign(variables, Thing{});
}

bool Evaluation::step() {
  if (steps_ > 0) --steps_;
  return steps_ > 0;
}

void Evaluation::for_each(const model::CheckRange& range, const std::function<bool(Thing)>& each) {
  for (const Thing thing : things_.of_kind(range.kind)) {
    if (!step()) return;
    environment_[range.variable] = thing;
    if (!range.filter.empty() && !holds(range.filter.front())) continue;
    if (exhausted() || !each(thing)) return;
  }
}

bool Evaluation::holds(const model::CheckExpression& expression) {
  if (!step()) return false;
  const auto& children = expression.children;
  const auto is_true = [this](const model::CheckExpression& child) { return holds(child); };
  switch (expression.form) {
    case Form::all_of: return std::all_of(children.begin(), children.end(), is_true);
    case Form::any_of: return std::any_of(children.begin(), children.end(), is_true);
    case Form::negation: return !holds(children.front());
    case Form::some: {
      bool found = false;
      for_each(expression.range.front(), [&](Thing) {
        found = true;
        return false;
      });
      return found;
    }
    case Form::count: return counted(expression);
    case Form::truth: {
      const Items items = values(expression.terms.front());
      return std::find(items.begin(), items.end(), Item{true}) != items.end();
    }
    case Form::equal: return equal(expression.terms.front(), expression.terms.back());
    case Form::absent: return values(expression.terms.front()).empty();
    case Form::order: return ordered(expression);
    case Form::allows:
    case Form::always_allows:
    case Form::requires_: return permitted(expression);
    case Form::open_to_all: return open_to_all(expression);
    case Form::mentions: return mentioned(expression);
  }
  return false;
}

Evaluation::Items Evaluation::values(const model::CheckTerm& term) {
  using TermForm = model::CheckTerm::Form;
  switch (term.form) {
    case TermForm::today: return {decisions_.as_of};
    case TermForm::new_year: return {first_day_of_year(decisions_.as_of)};
    case TermForm::shifted: return shift(term);
    case TermForm::constants: {
      Items items;
      for (const model::Value& value : term.values) things_.append(value, items);
      return items;
    }
    case TermForm::path: break;
  }
  const Thing policy{};
  Items items{term.variable == UINT32_MAX ? policy : environment_[term.variable]};
  for (const std::string& key : term.keys) {
    Items next;
    for (const Item& item : items) {
      // A text where a declared thing could stand has no attributes.
      if (const auto* thing = std::get_if<Thing>(&item)) {
        const std::size_t before = next.size();
        things_.append(*thing, key, next);
        if (term.yes_no && &key == &term.keys.back() && next.size() == before) next.emplace_back(false);
      }
    }
    items = std::move(next);
  }
  if (term.yes_no && items.empty()) items.emplace_back(false);
  return items;
}

Evaluation::Items Evaluation::shift(const model::CheckTerm& term) {
  Items items;
  const Items days = values(term.parts.back());
  for (const Item& length : values(term.parts.front())) {
    for (const Item& day : days) {
      base::Duration duration = std::get<base::Duration>(length);
      if (!term.after) duration.count = -duration.count;
      items.emplace_back(base::add(std::get<base::Date>(day), duration));
    }
  }
  return items;
}

bool Evaluation::equal(const model::CheckTerm& left, const model::CheckTerm& right) {
  const Items a = values(left), b = values(right);
  // A word or a name that is written is something, even if the policy declares nothing of that name.
  if (a.empty() && b.empty()) return right.form != model::CheckTerm::Form::constants;
  return std::any_of(a.begin(), a.end(),
                     [&](const Item& item) { return std::find(b.begin(), b.end(), item) != b.end(); });
}

bool Evaluation::ordered(const model::CheckExpression& expression) {
  const Items a = values(expression.terms.front()), b = values(expression.terms.back());
  return std::any_of(a.begin(), a.end(), [&](const Item& left) {
    return std::any_of(b.begin(), b.end(), [&](const Item& right) { return stands(left, expression.order, right); });
  });
}

bool Evaluation::counted(const model::CheckExpression& expression) {
  double count = 0;
  Items different;  // what the things say, where that is counted
  for_each(expression.range.front(), [&](Thing) {
    if (expression.terms.empty()) ++count;
    for (const model::CheckTerm& term : expression.terms) {
      for (const Item& item : values(term)) {
        if (std::find(different.begin(), different.end(), item) == different.end()) different.push_back(item);
      }
    }
    return true;
  });
  if (!expression.terms.empty()) count = static_cast<double>(different.size());
  return stands(Item{count}, expression.order, Item{static_cast<double>(expression.bound)});
}

// --- The decided function ---

template <class Question>
bool Evaluation::any_cell(const model::CheckExpression& expression, const Question& question) {
  const Items roles = values(expression.terms[0]);
  return std::any_of(roles.begin(), roles.end(), [&](const Item& role) {
    return any_cell(expression, model::RoleId{std::get<Thing>(role).index}, question);
  });
}

template <class Question>
bool Evaluation::any_cell(const model::CheckExpression& expression, model::RoleId role, const Question& question) {
  const std::size_t first = expression.form == Form::open_to_all ? 0 : 1;  // the place of the feature
  const Items features = values(expression.terms[first]);
  const bool named = expression.terms.size() > first + (expression.form == Form::requires_ ? 2U : 1U);
  const Items named_objects = named ? values(expression.terms[first + 1]) : Items{};
  for (const Item& feature_item : features) {
    const model::FeatureId feature{std::get<Thing>(feature_item).index};
    const auto& possible = model_.objects_of(model_[feature].acts_on);
    std::vector<model::ObjectId> objects;
    for (const Item& item : named_objects) {
      const Thing thing = std::get<Thing>(item);
      // A tier stands for its own data, which is the object of the same number.
      const model::ObjectId object{thing.index};
      if (std::find(possible.begin(), possible.end(), object) != possible.end()) objects.push_back(object);
    }
    for (const model::ObjectId object : named ? objects : possible) {
      if (!step()) return false;
      if (question(decisions_.cell(model_, role, feature, object))) return true;
    }
  }
  return false;
}

bool Evaluation::open_to_all(const model::CheckExpression& expression) {
  const auto may = [&](model::RoleId role) {
    return any_cell(expression, role, [](const decide::Cell& cell) { return decide::allows_something(cell); });
  };
  if (may(model_.nobody())) return true;
  bool all = model_.roles.size() > 1;
  for (std::size_t i = 0; i < model_.roles.size(); ++i) {
    const bool is_everybodys = things_.is_everybodys(model_.roles[i]);
    if (!all && !is_everybodys) continue;
    const bool is_allowed = may(model::RoleId{i});
    if (is_allowed && is_everybodys) return true;
    all = all && is_allowed;
  }
  return all;
}

bool Evaluation::mentioned(const model::CheckExpression& expression) {
  const Items texts = values(expression.terms.front()), words = values(expression.terms.back());
  return std::any_of(texts.begin(), texts.end(), [&](const Item& item) {
    const auto* text = std::get_if<std::string_view>(&item);
    if (text == nullptr) return false;
    const std::string folded = base::fold_case(*text);
    return std::any_of(words.begin(), words.end(), [&](const Item& word) {
      return folded.find(base::fold_case(std::get<Word>(word).text)) != std::string::npos;
    });
  });
}

bool Evaluation::permitted(const model::CheckExpression& expression) {
  if (expression.form == Form::allows)
    return any_cell(expression, [](const decide::Cell& cell) { return decide::allows_something(cell); });
  if (expression.form == Form::always_allows) {
    bool asked = false;
    const bool refused = any_cell(expression, [&](const decide::Cell& cell) {
      asked = true;
      return !std::all_of(cell.segments.begin(), cell.segments.end(), decide::is_allowed);
    });
    return asked && !refused;
  }
  const Items controls = values(expression.terms.back());
  const auto lacks = [&](const decide::Segment& segment) {
    return decide::is_allowed(segment) && std::none_of(controls.begin(), controls.end(), [&](const Item& item) {
             const model::ControlId control{std::get<Thing>(item).index};
             return std::binary_search(segment.controls.begin(), segment.controls.end(), control);
           });
  };
  return !any_cell(expression, [&](const decide::Cell& cell) {
    return std::any_of(cell.segments.begin(), cell.segments.end(), lacks);
  });
}

}  // namespace farol::check
