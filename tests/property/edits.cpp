#include "edits.h"

#include <algorithm>
#include <functional>

namespace property {
namespace {

using oracle::List;
using oracle::Policy;
using oracle::Statement;
using oracle::Term;
using oracle::Verb;

using Made = std::optional<Edit>;

Made same_with(const Policy& policy, Layout layout) { return Edit{policy, layout}; }

Made shuffle(const Policy& policy, Random& random) {
  return same_with(policy, {.seed = static_cast<std::uint32_t>(random.below(1000)), .shuffled = true});
}

Made move_to_files(const Policy& policy, Random& random) {
  return same_with(policy, {.seed = static_cast<std::uint32_t>(random.below(1000)), .shuffled = true, .files = 3});
}

Made lay_out(const Policy& policy, Random& random) {
  return same_with(policy, {.seed = static_cast<std::uint32_t>(random.below(1000)), .spread_out = true});
}

Made split_lists(const Policy& policy, Random& random) { return Edit{with_lists_split(policy, random)}; }

Made write_names_out(const Policy& policy, Random& /*random*/) { return Edit{with_names_written_out(policy)}; }

// A statement that `wanted` picks, and what `change` makes of it.
Made edit_statement(const Policy& policy, Random& random, const std::function<bool(const Statement&)>& wanted,
                    const std::function<void(Statement&)>& change) {
  std::vector<std::size_t> candidates;
  for (std::size_t at = 0; at < policy.statements.size(); ++at) {
    if (wanted(policy.statements[at])) candidates.push_back(at);
  }
  if (candidates.empty()) return std::nullopt;
  Edit edit{policy};
  Statement& statement = edit.policy.statements[random.pick(candidates)];
  change(statement);
  edit.label = statement.label;
  return edit;
}

bool is_rule(const Statement& one) {
  return one.verb == Verb::allow || one.verb == Verb::deny || one.verb == Verb::forbid || one.verb == Verb::only;
}
bool is_allow(const Statement& one) { return one.verb == Verb::allow; }

Made relabel(const Policy& policy, Random& random) {
  Made made = edit_statement(policy, random, is_rule, [](Statement& one) { one.label += "-again"; });
  if (made) made->label.clear();
  return made;
}

Made give_reason(const Policy& policy, Random& random) {
  return edit_statement(policy, random, is_rule, [](Statement& one) { one.because = "Another reason"; });
}

Made add_rule(const Policy& policy, Verb verb, Random& random) {
  Edit edit{policy};
  edit.policy.statements.push_back(random_rule(policy, verb, "fresh", random));
  edit.label = "fresh";
  return edit;
}
Made add_allow(const Policy& policy, Random& random) { return add_rule(policy, Verb::allow, random); }
Made add_deny(const Policy& policy, Random& random) { return add_rule(policy, Verb::deny, random); }
Made add_forbid(const Policy& policy, Random& random) { return add_rule(policy, Verb::forbid, random); }
Made add_only(const Policy& policy, Random& random) { return add_rule(policy, Verb::only, random); }
Made add_require(const Policy& policy, Random& random) {
  if (policy.controls.empty()) return std::nullopt;
  return add_rule(policy, Verb::require, random);
}

Made drop_statement(const Policy& policy, Random& random) {
  if (policy.statements.size() < 2) return std::nullopt;
  Edit edit{policy};
  const std::size_t at = random.below(policy.statements.size());
  edit.label = policy.statements[at].label;
  edit.policy.statements.erase(edit.policy.statements.begin() + static_cast<std::ptrdiff_t>(at));
  return edit;
}

Made turn_verb(const Policy& policy, Random& random) {
  return edit_statement(
      policy, random, [](const Statement& one) { return one.verb == Verb::deny || one.verb == Verb::forbid; },
      [](Statement& one) { one.verb = one.verb == Verb::deny ? Verb::forbid : Verb::deny; });
}

Made add_control(const Policy& policy, Random& random) {
  if (policy.controls.empty()) return std::nullopt;
  const std::string control = random.pick(policy.controls);
  return edit_statement(
      policy, random,
      [&](const Statement& one) {
        return is_allow(one) && std::find(one.controls.begin(), one.controls.end(), control) == one.controls.end();
      },
      [&](Statement& one) { one.controls.push_back(control); });
}

Made drop_control(const Policy& policy, Random& random) {
  return edit_statement(
      policy, random, [](const Statement& one) { return is_allow(one) && !one.controls.empty(); },
      [](Statement& one) { one.controls.pop_back(); });
}

Made grow_except(const Policy& policy, Random& random) {
  const std::string role = random.pick(policy.roles).name;
  return edit_statement(policy, random, is_rule, [&](Statement& one) {
    one.subjects.except.push_back({.form = Term::Form::exactly, .name = role});
  });
}

Made drop_except(const Policy& policy, Random& random) {
  return edit_statement(
      policy, random, [](const Statement& one) { return is_rule(one) && !one.subjects.except.empty(); },
      [](Statement& one) { one.subjects.except.clear(); });
}

Made widen_subjects(const Policy& policy, Random& random) {
  const std::string role = random.pick(policy.roles).name;
  return edit_statement(policy, random, is_rule, [&](Statement& one) {
    one.subjects.terms.push_back({.form = Term::Form::role, .name = role});
  });
}

Made narrow_subjects(const Policy& policy, Random& random) {
  return edit_statement(
      policy, random, [](const Statement& one) { return is_rule(one) && one.subjects.terms.size() > 1; },
      [](Statement& one) { one.subjects.terms.pop_back(); });
}

Made change_condition(const Policy& policy, Random& random) {
  if (policy.contexts.empty()) return std::nullopt;
  const oracle::Context& context = random.pick(policy.contexts);
  const std::string value = random.pick(context.values);
  return edit_statement(policy, random, is_rule, [&](Statement& one) {
    if (one.when) {
      one.when.reset();
    } else {
      one.when = oracle::Condition{.form = oracle::Condition::Form::is, .name = context.name, .values = {value}};
    }
  });
}

Made let_it_end(const Policy& policy, Random& random) {
  const std::vector<std::string> days = {"2026-11-22", "2026-11-24", "2026-12-31"};
  const std::string day = random.pick(days);
  return edit_statement(policy, random, is_rule, [&](Statement& one) {
    one.until = day;
    if (one.from > one.until) one.from.clear();
  });
}

Made begin_later(const Policy& policy, Random& random) {
  return edit_statement(policy, random, is_rule, [&](Statement& one) {
    one.from = "2026-12-01";
    if (!one.until.empty() && one.until < one.from) one.until.clear();
  });
}

Made move_data(const Policy& policy, Random& random) {
  if (policy.data.empty() || policy.tiers.size() < 2) return std::nullopt;
  Edit edit{policy};
  edit.policy.data[random.below(policy.data.size())].tier = random.pick(policy.tiers);
  return edit;
}

Made change_parents(const Policy& policy, Random& random) {
  Edit edit{policy};
  const std::size_t at = random.below(policy.roles.size());
  std::vector<std::string> earlier;
  for (std::size_t i = 0; i < at; ++i) earlier.push_back(policy.roles[i].name);
  edit.policy.roles[at].parents = random.sample(earlier, random.below(3));
  return edit;
}

Made declare_something(const Policy& policy, Random& random) {
  return Edit{with_new_declaration(policy, random).policy};
}

Made add_value(const Policy& policy, Random& random) {
  if (policy.contexts.empty()) return std::nullopt;
  Edit edit{policy};
  oracle::Context& context = edit.policy.contexts[random.below(policy.contexts.size())];
  context.values.insert(context.values.begin() + static_cast<std::ptrdiff_t>(random.below(context.values.size() + 1)),
                        "fresh");
  return edit;
}

Made change_set(const Policy& policy, Random& random) {
  std::vector<std::size_t> lists;
  for (std::size_t at = 0; at < policy.lists.size(); ++at) {
    if (policy.lists[at].kind == oracle::NamedList::Kind::roles) lists.push_back(at);
  }
  if (lists.empty()) return std::nullopt;
  Edit edit{policy};
  edit.policy.lists[random.pick(lists)].list.terms.push_back(
      {.form = Term::Form::role, .name = random.pick(policy.roles).name});
  return edit;
}

}  // namespace

const std::vector<KnownEdit>& known_edits() {
  static const std::vector<KnownEdit> edits = {{"statements in another order", true, shuffle},
                                               {"statements in other files", true, move_to_files},
                                               {"another layout", true, lay_out},
                                               {"lists split into statements", true, split_lists},
                                               {"names of lists written out", true, write_names_out},
                                               {"another label", true, relabel},
                                               {"another reason", true, give_reason},
                                               {"one more allow", false, add_allow},
                                               {"one more deny", false, add_deny},
                                               {"one more forbid", false, add_forbid},
                                               {"one more only", false, add_only},
                                               {"one more require", false, add_require},
                                               {"a statement less", false, drop_statement},
                                               {"deny becomes forbid, or the reverse", false, turn_verb},
                                               {"a control more", false, add_control},
                                               {"a control less", false, drop_control},
                                               {"a longer except", false, grow_except},
                                               {"no except", false, drop_except},
                                               {"one more role in a rule", false, widen_subjects},
                                               {"a role less in a rule", false, narrow_subjects},
                                               {"another condition", false, change_condition},
                                               {"a rule that ends", false, let_it_end},
                                               {"a rule that begins later", false, begin_later},
                                               {"a data class at another tier", false, move_data},
                                               {"a role with other parents", false, change_parents},
                                               {"one more declaration", false, declare_something},
                                               {"one more value of a context", false, add_value},
                                               {"a longer named list", false, change_set}};
  return edits;
}

}  // namespace property
