// Comparing two policies, held to the oracle: every point of both is decided naively on every day on which something
// begins or ends, and the changes that the compiler finds must be just those points at which the two answers differ.
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "base/date.h"
#include "comparison.h"
#include "driver/diff.h"
#include "edits.h"
#include "model/contexts.h"

namespace diff_test {

using namespace farol;
using property::Random;

namespace {

struct Answer {
  oracle::Effect effect = oracle::Effect::none;
  oracle::Set controls = {};
  bool governed = false;  // of `none`: else it is left to the platform

  bool operator==(const Answer&) const = default;
};

// A point of both policies: of a context value that is new, which old one it is compared with.
struct JointPoint {
  std::string role, feature, object;
  std::map<std::string, std::pair<std::string, std::string>> contexts;  // by context: its value before and after

  auto operator<=>(const JointPoint&) const = default;
};

bool has(const auto& declared, const std::string& name) {
  return std::any_of(declared.begin(), declared.end(), [&](const auto& one) { return one.name == name; });
}

Answer better(const Answer& a, const Answer& b) {
  const auto rank = [](oracle::Effect effect) {
    return effect == oracle::Effect::allow      ? 3
           : effect == oracle::Effect::conflict ? 2
           : effect == oracle::Effect::deny     ? 1
                                                : 0;
  };
  if (a.effect != b.effect) return rank(a.effect) > rank(b.effect) ? a : b;
  Answer result{a.effect, {}};
  std::set_intersection(a.controls.begin(), a.controls.end(), b.controls.begin(), b.controls.end(),
                        std::inserter(result.controls, result.controls.end()));
  return result;
}

// One policy asked about points of both.
class Side {
 public:
  Side(const oracle::Policy& own, const oracle::Policy& other, bool later, std::string_view day)
      : own_(own), other_(other), later_(later), decisions_(oracle::decide(own, day)) {}

  Answer at(const JointPoint& point) const {
    if (!has(own_.features, point.feature)) return {};
    Answer answer = at_feature(point);
    answer.governed = answer.effect == oracle::Effect::none && decisions_.governed.contains(point.feature);
    return answer;
  }

 private:
  Answer at_feature(const JointPoint& point) const {
    oracle::Tuple tuple;
    for (const oracle::Context& context : own_.contexts) {
      const auto& [before, after] = point.contexts.at(context.name);
      tuple.push_back(later_ ? after : before);
    }
    std::optional<Answer> result;
    for (const std::string& role : origins(point.role)) {
      const Answer answer = decided({role, point.feature, object(point), tuple});
      result = result ? better(*result, answer) : answer;
    }
    return *result;
  }

  Answer decided(const oracle::Point& point) const {
    const auto found = decisions_.answers.find(point);
    return found == decisions_.answers.end() ? Answer{} : Answer{found->second.effect, found->second.controls};
  }

  // A role that is not here: the nearest ones above it that are.
  oracle::Set origins(const std::string& role) const {
    if (role == oracle::nobody || has(own_.roles, role)) return {role};
    oracle::Set found;
    std::vector<std::string> open = oracle::named(other_.roles, role).parents;
    while (!open.empty()) {
      const std::string name = open.back();
      open.pop_back();
      if (has(own_.roles, name)) {
        found.insert(name);
      } else {
        const auto& parents = oracle::named(other_.roles, name).parents;
        open.insert(open.end(), parents.begin(), parents.end());
      }
    }
    return found.empty() ? oracle::Set{std::string(oracle::nobody)} : found;
  }

  std::string object(const JointPoint& point) const {
    if (has(own_.data, point.object)) return point.object;
    if (has(other_.data, point.object)) {
      const std::string& tier = oracle::named(other_.data, point.object).tier;
      return tier.empty() ? std::string(oracle::untiered) : tier;
    }
    if (!has(own_.things, point.object) && has(other_.things, point.object))
      return oracle::other_thing(oracle::named(other_.things, point.object).kind);
    return point.object;
  }

  const oracle::Policy& own_;
  const oracle::Policy& other_;
  bool later_;
  oracle::Decisions decisions_;
};

// Everything that one of them declares.
template <class Declared>
std::vector<Declared> united(std::vector<Declared> all, const std::vector<Declared>& more) {
  for (const Declared& one : more) {
    if (!has(all, one.name)) all.push_back(one);
  }
  return all;
}

std::vector<std::map<std::string, std::pair<std::string, std::string>>> joint_contexts(const oracle::Policy& before,
                                                                                       const oracle::Policy& after) {
  std::vector<std::map<std::string, std::pair<std::string, std::string>>> all(1);
  for (const oracle::Context& context : united(after.contexts, before.contexts)) {
    std::vector<std::pair<std::string, std::string>> values;
    const bool both = has(before.contexts, context.name) && has(after.contexts, context.name);
    for (const std::string& value : context.values) {
      const std::vector<std::string> old = both ? oracle::named(before.contexts, context.name).values : context.values;
      if (std::find(old.begin(), old.end(), value) != old.end()) {
        values.emplace_back(value, value);
      } else {
        for (const std::string& earlier : old) values.emplace_back(earlier, value);
      }
    }
    decltype(all) longer;
    for (const auto& tuple : all) {
      for (const auto& value : values) {
        longer.push_back(tuple);
        longer.back()[context.name] = value;
      }
    }
    all = std::move(longer);
  }
  return all;
}

std::vector<JointPoint> joint_points(const oracle::Policy& before, const oracle::Policy& after) {
  oracle::Policy both = after;
  both.roles = united(after.roles, before.roles);
  both.data = united(after.data, before.data);
  both.things = united(after.things, before.things);
  both.features = united(after.features, before.features);
  std::vector<JointPoint> points;
  const auto contexts = joint_contexts(before, after);
  for (const std::string& role : oracle::subjects_of(both)) {
    for (const oracle::Feature& feature : both.features) {
      for (const std::string& object : oracle::objects_of(both, feature)) {
        for (const auto& context : contexts) points.push_back({role, feature.name, object, context});
      }
    }
  }
  return points;
}

std::vector<std::string> days_of(const oracle::Policy& before, const oracle::Policy& after) {
  std::set<std::string> days = property::days_of(before);
  days.merge(property::days_of(after));
  return {days.begin(), days.end()};
}

oracle::Effect effect_of(decide::Effect effect) {
  switch (effect) {
    case decide::Effect::allow: return oracle::Effect::allow;
    case decide::Effect::deny: return oracle::Effect::deny;
    case decide::Effect::conflict: return oracle::Effect::conflict;
    case decide::Effect::none: break;
  }
  return oracle::Effect::none;
}

// What the compiler found, point by point.
class Found {
 public:
  Found(const compare::Difference& difference, const model::Model& before, const model::Model& after)
      : difference_(difference), model_(difference.vocabulary.model), before_(before), after_(after) {}

  // The change that is about the point on that day; the number of such changes.
  std::pair<const compare::Change*, std::size_t> at(const JointPoint& point, base::Date day) const {
    const compare::Change* found = nullptr;
    std::size_t count = 0;
    for (const compare::Change& change : difference_.changes) {
      if ((change.from && day < *change.from) || (change.until && day > *change.until)) continue;
      if (!names(change.roles, point.role, [&](RoleId id) { return role_name(id); })) continue;
      if (!names(change.features, point.feature, [&](model::FeatureId id) { return model_[id].name; })) continue;
      if (!names(change.objects, point.object, [&](model::ObjectId id) { return property::object_name(model_, id); }))
        continue;
      const auto inside = [&](const decide::Box& box) {
        return std::all_of(box.begin(), box.end(), [&](const auto& choice) { return holds(choice, point); });
      };
      if (std::none_of(change.when.begin(), change.when.end(), inside)) continue;
      found = &change;
      ++count;
    }
    return {found, count};
  }

  Answer answer(const compare::Answer& answer) const {
    Answer result{effect_of(answer.effect), {}, answer.governed};
    for (const model::ControlId control : answer.controls) result.controls.insert(model_[control].name);
    return result;
  }

 private:
  using RoleId = model::RoleId;

  template <class Id, class Name>
  static bool names(const std::vector<Id>& ids, const std::string& name, const Name& name_of) {
    return std::any_of(ids.begin(), ids.end(), [&](Id id) { return name_of(id) == name; });
  }
  std::string role_name(RoleId id) const {
    return id == model_.nobody() ? std::string(oracle::nobody) : model_[id].name;
  }

  bool holds(const std::pair<model::ContextId, std::vector<std::uint32_t>>& choice, const JointPoint& point) const {
    const auto& values = point.contexts.at(model_[choice.first].name);
    const auto &old = values.first, &now = values.second;
    const std::size_t context = choice.first.index();
    return std::any_of(choice.second.begin(), choice.second.end(), [&](std::uint32_t value) {
      const auto is = [&](const model::Model& model, const compare::Mapping& mapping, const std::string& wanted) {
        const model::ContextId own = mapping.own_contexts[context];
        return own.is_none() || model[own].values[mapping.own_values[context][value]] == wanted;
      };
      return is(before_, difference_.vocabulary.before, old) && is(after_, difference_.vocabulary.after, now);
    });
  }

  const compare::Difference& difference_;
  const model::Model& model_;
  const model::Model& before_;
  const model::Model& after_;
};

compare::Direction direction_of(const Answer& before, const Answer& after) {
  // What is left to the platform may be permitted there; what no rule allows is no more than what a rule refuses.
  const auto rank = [](const Answer& answer) {
    return answer.effect == oracle::Effect::allow                      ? 2
           : answer.effect == oracle::Effect::none && !answer.governed ? 1
                                                                       : 0;
  };
  if (rank(before) != rank(after))
    return rank(before) < rank(after) ? compare::Direction::widening : compare::Direction::narrowing;
  if (before.effect != after.effect) return compare::Direction::mixed;
  const auto within = [](const oracle::Set& some, const oracle::Set& all) {
    return std::includes(all.begin(), all.end(), some.begin(), some.end());
  };
  if (before.controls != after.controls && within(after.controls, before.controls)) return compare::Direction::widening;
  if (before.controls != after.controls && within(before.controls, after.controls))
    return compare::Direction::narrowing;
  return compare::Direction::mixed;
}

std::string text_of(const oracle::Policy& policy, const property::Layout& layout) {
  std::string text;
  for (const auto& file : property::print(policy, layout)) text += fmt::format("--- {}\n{}", file.path, file.text);
  return text;
}

bool is_well_shaped(const oracle::Policy& policy) { return oracle::find_misshapen(policy) == oracle::Misshapen{}; }

// What an author would say is the text: every statement, without labels, wherever it stands.
std::multiset<std::string> statements_of(const model::Model& model) {
  std::multiset<std::string> all;
  for (const model::StatementText& text : model.canonical) all.emplace(text.without_label());
  return all;
}

struct Tally {
  std::size_t policies = 0, changes = 0, points = 0;
};

// What is wrong, in words; nothing if all is as it should be.
std::string compare_sides(const oracle::Policy& before, const property::KnownEdit& known, const property::Edit& edit,
                          Tally& tally) {
  const oracle::Policy& after = edit.policy;
  const property::Compiled old{property::print(before, {})};
  const property::Compiled now{property::print(after, edit.layout)};
  const model::Model& old_model = old.compilation().model;
  const model::Model& new_model = now.compilation().model;
  const compare::Difference difference =
      compare::compare({old_model, old.compilation().decisions}, {new_model, now.compilation().decisions});
  if (!difference.too_large.empty() || difference.not_beyond) return "not compared";
  if (known.means_nothing && !difference.empty()) return "a change where there is none";
  const bool unsaid = difference.edits.empty() && difference.things.empty() && difference.vocabulary.renames.empty();
  if (unsaid != (statements_of(old_model) == statements_of(new_model)))
    return "a statement that is unsaid, or invented";
  const Found found{difference, old_model, new_model};
  const auto points = joint_points(before, after);
  for (const std::string& day : days_of(before, after)) {
    const base::Date date = *base::parse_date(day);
    const Side was{before, after, false, day}, is{after, before, true, day};
    for (const JointPoint& point : points) {
      const Answer x = was.at(point), y = is.at(point);
      const auto [change, count] = found.at(point, date);
      const std::string place = fmt::format("{} · {} · {} on {}", point.role, point.feature, point.object, day);
      if (count > 1) return place + " is in two changes";
      if ((x == y) != (change == nullptr)) return place + (x == y ? " is in a change" : " is in no change");
      if (change == nullptr) continue;
      ++tally.points;
      if (found.answer(change->before) != x || found.answer(change->after) != y) return place + " has other answers";
      if (change->direction != direction_of(x, y)) return place + " goes the other way";
    }
  }
  for (const compare::Change& change : difference.changes) {
    if (change.causes.empty()) return "a change without a cause";
    if (edit.label.empty()) continue;
    for (const compare::Cause& cause : change.causes) {
      if (cause.statement != edit.label) return fmt::format("{} is blamed, not {}", cause.statement, edit.label);
    }
  }
  tally.changes += difference.changes.size();
  ++tally.policies;
  return {};
}

}  // namespace

TEST_CASE("the changes are the points whose answers differ, and name the statement that was edited") {
  const std::size_t count = property::rounds(10'000);
  std::map<std::string_view, Tally> tallies;
  const auto& edits = property::known_edits();
  std::size_t compared = 0;
  for (std::uint32_t seed = 0; compared < count; ++seed) {
    Random random{seed + 1'000'000};
    const oracle::Policy before = property::generate_policy(seed);
    if (!is_well_shaped(before)) continue;
    const property::KnownEdit& known = edits[seed % edits.size()];
    const auto edit = known.make(before, random);
    if (!edit || !is_well_shaped(edit->policy)) continue;
    const std::string problem = compare_sides(before, known, *edit, tallies[known.name]);
    ++compared;
    if (problem.empty()) continue;
    // The smallest policy that is wrong in the same way, edited by the same choices.
    const auto is_wrong = [&](const oracle::Policy& smaller) {
      Random again{seed + 1'000'000};
      Tally ignored;
      if (smaller.statements.empty() || !is_well_shaped(smaller)) return false;
      const auto made = known.make(smaller, again);
      return made && is_well_shaped(made->policy) && compare_sides(smaller, known, *made, ignored) == problem;
    };
    const oracle::Policy small = is_wrong(before) ? property::smallest_with(before, is_wrong) : before;
    Random again{seed + 1'000'000};
    const auto made = known.make(small, again);
    FAIL("seed ", seed, ", ", known.name, ": ", problem, "\n", text_of(small, {}), "=== after\n",
         text_of(made->policy, made->layout));
  }
  for (const property::KnownEdit& known : edits) {
    const Tally& tally = tallies[known.name];
    INFO(known.name);
    CHECK(tally.policies > property::often);
    CHECK((tally.changes > 0) == !known.means_nothing);
  }
  std::size_t policies = 0, points = 0;
  for (const auto& [name, tally] : tallies) {
    policies += tally.policies;
    points += tally.points;
  }
  fmt::print("NOTE: {} edited policies of {} kinds of edits: {} points that differ, and no other, were found\n",
             policies, edits.size(), points);
}

namespace {

// An edit of a statement that gives no permission, and where it has to be accounted for.
struct QuietEdit {
  std::string_view before, after;
  compare::Edit::Account account;
  compare::Edit::Guard guard = compare::Edit::Guard::none;
};

constexpr std::string_view zeta =
    "role zeta_a { title: \"A\" }\nrole zeta_b\nrole zeta_c\nfeature zeta.f { kept_by: people }\n"
    "allow zeta_a to zeta.f\n";

const std::vector<QuietEdit>& quiet_edits() {
  using Account = compare::Edit::Account;
  using Guard = compare::Edit::Guard;
  static const std::vector<QuietEdit> edits = {
      {"separate zeta_a, zeta_b, zeta_c because \"r\"", "", Account::safeguard, Guard::weaker},
      {"separate zeta_a, zeta_b, zeta_c because \"r\"", "separate zeta_a, zeta_c because \"r\"", Account::safeguard,
       Guard::weaker},
      {"separate zeta_a, zeta_b, zeta_c because \"r\"", "separate zeta_a, zeta_b, zeta_c at most 2 because \"r\"",
       Account::safeguard, Guard::weaker},
      {"separate zeta_a, zeta_b because \"r\"", "separate zeta_a, zeta_b, zeta_c because \"r\"", Account::safeguard,
       Guard::stronger},
      {"separate zeta_a, zeta_b because \"r\"", "separate zeta_a, zeta_c because \"r\"", Account::safeguard,
       Guard::unclear},
      {"", "separate zeta_a, zeta_b because \"r\"", Account::safeguard, Guard::stronger},
      {"never allow zeta_b to zeta.f because \"r\"", "", Account::safeguard, Guard::weaker},
      {"never allow zeta_b, zeta_c to zeta.f because \"r\"", "never allow zeta_b to zeta.f because \"r\"",
       Account::safeguard, Guard::weaker},
      {"never allow zeta_b to zeta.f because \"r\"", "never allow zeta_b, zeta_c to zeta.f because \"r\"",
       Account::safeguard, Guard::stronger},
      {"always allow zeta_a to zeta.f because \"r\"", "", Account::safeguard, Guard::weaker},
      {"zl: final never allow zeta_b to zeta.f because \"r\"", "zl: never allow zeta_b to zeta.f because \"r\"",
       Account::safeguard, Guard::weaker},
      {"test \"t\" { expect allow zeta_a to zeta.f }", "", Account::safeguard, Guard::weaker},
      {"test \"t\" { expect allow zeta_a to zeta.f\n expect none zeta_b to zeta.f }",
       "test \"t\" { expect allow zeta_a to zeta.f }", Account::safeguard, Guard::weaker},
      {"test \"t\" { expect allow zeta_a to zeta.f }", "test \"u\" { expect allow zeta_a to zeta.f }", Account::fact},
      {"", "waive unused-role for zeta_b until 2027-06-30 because \"r\" by \"Ana\"", Account::safeguard, Guard::weaker},
      {"waive unused-role for zeta_b until 2027-01-01 because \"r\" by \"Ana\"",
       "waive unused-role for zeta_b until 2027-06-30 because \"r\" by \"Ana\"", Account::safeguard, Guard::weaker},
      {"waive unused-role for zeta_b until 2027-06-30 because \"r\" by \"Ana\"",
       "waive unused-role for zeta_b until 2027-06-30 because \"s\" by \"Ana\"", Account::fact},
      {"severity { unused-role: error }", "severity { unused-role: off }", Account::safeguard, Guard::weaker},
      {"", "severity { unused-role: error }", Account::safeguard, Guard::stronger},
      {"role zeta_d { admin: yes }", "role zeta_d { admin: no }", Account::safeguard, Guard::weaker},
      {"role zeta_d { title: \"D\" }", "role zeta_d { title: \"The D\" }", Account::fact},
      {"store zeta_s { on: dingtalk kind: folder }", "store zeta_s { on: dingtalk kind: document }", Account::fact},
      {"bind role zeta_a to 300", "bind role zeta_a to 301", Account::fact},
      {"review { last: 2026-01-01 }", "review { last: 2026-07-01 }", Account::fact},
      {"allow zeta_c to zeta.f because \"r\"", "allow zeta_c to zeta.f because \"s\"", Account::fact},
      {"allow zeta_c to zeta.f", "allow zeta_c to zeta.f kept by \"Ana\"", Account::fact},
      {"role zeta_d", "/// The last one.\nrole zeta_d", Account::fact},
      {"roles zeta_set = zeta_a, zeta_b", "roles zeta_set = zeta_a", Account::nothing},
      {"", "allow exactly zeta_a to zeta.f", Account::nothing}};
  return edits;
}

std::string account_for(const oracle::Policy& policy, const QuietEdit& quiet) {
  const auto compiled = [&](std::string_view line) {
    auto files = property::print(policy, {});
    files.front().text += "\n" + std::string(zeta) + std::string(line) + "\n";
    return property::Compiled{files};
  };
  const property::Compiled old = compiled(quiet.before), now = compiled(quiet.after);
  const driver::Compilation &a = old.compilation(), &b = now.compilation();
  const auto difference = compare::compare({a.model, a.decisions}, {b.model, b.decisions});
  if (difference.edits.size() != 1) return fmt::format("{} statements differ", difference.edits.size());
  const compare::Edit& edit = difference.edits.front();
  if (edit.account != quiet.account) return fmt::format("accounted for under {}", to_string(edit.account));
  if (edit.guard != quiet.guard) return fmt::format("the safeguard is {}", to_string(edit.guard));
  const bool weaker = quiet.guard == compare::Edit::Guard::weaker || quiet.guard == compare::Edit::Guard::unclear;
  if ((difference.weaker_safeguards() > 0) != weaker) return "the gate says something else";
  const bool gains = std::any_of(difference.changes.begin(), difference.changes.end(),
                                 [](const auto& change) { return change.direction != compare::Direction::mixed; });
  return gains ? "a permission changes" : "";
}

}  // namespace

TEST_CASE("a statement that gives no permission is said, and where it belongs") {
  const std::uint32_t count = property::rounds(600);
  for (std::uint32_t seed = 0, compared = 0; compared < count; ++seed) {
    const oracle::Policy policy = property::generate_policy(seed + 7'000'000);
    if (!is_well_shaped(policy)) continue;
    const QuietEdit& quiet = quiet_edits()[compared++ % quiet_edits().size()];
    const std::string problem = account_for(policy, quiet);
    INFO("seed ", seed, ": ", quiet.before, " → ", quiet.after, "\n", text_of(policy, {}));
    CHECK(problem == "");
  }
}

TEST_CASE("what a comment folds says the same as the whole difference") {
  const std::uint32_t count = property::rounds(200);
  std::size_t said = 0;
  for (std::uint32_t seed = 0, compared = 0; compared < count; ++seed) {
    const oracle::Policy before = property::generate_policy(seed + 8'000'000);
    const oracle::Policy after = property::generate_policy(seed + 9'000'000);
    if (!is_well_shaped(before) || !is_well_shaped(after)) continue;
    ++compared;
    const property::Compiled old{property::print(before, {})}, now{property::print(after, {})};
    const driver::Compilation &a = old.compilation(), &b = now.compilation();
    compare::Review review;
    review.difference = compare::compare({a.model, a.decisions}, {b.model, b.decisions});
    const auto text = [&](compare::Extent extent) {
      return document::render_text(compare::document_of(review, base::Language::en, extent));
    };
    const std::string whole = text(compare::Extent::whole), folded = text(compare::Extent::comment);
    for (const compare::Change& change : review.difference.changes) {
      const std::string sentence = compare::sentence_of(review.difference, change, base::Language::en, false);
      INFO("seed ", seed, ": ", sentence);
      REQUIRE(whole.find(sentence) != std::string::npos);
      REQUIRE(folded.find(sentence) != std::string::npos);
      ++said;
    }
    for (const compare::Edit& edit : review.difference.edits) {
      INFO("seed ", seed, ": ", edit.before, " → ", edit.after);
      const bool shown = edit.account == compare::Edit::Account::names || edit.kind == compare::Edit::Kind::edited ||
                         folded.find(edit.before + edit.after) != std::string::npos;
      CHECK(shown);
    }
  }
  fmt::print("NOTE: {} sentences of {} pairs of policies stand in both forms\n", said, count);
}

}  // namespace diff_test
