#include "query/matrix_words.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <set>
#include <string_view>
#include <utility>

#include "base/sorted.h"
#include "query/answers.h"

namespace farol::query {
namespace {

using base::Phrase;
using decide::Answer;
using document::Mark;
using document::Words;
using model::KeptBy;
using model::Model;
using model::ObjectId;

std::vector<model::TierId> tiers_of(const Model& model, const std::vector<ObjectId>& objects) {
  std::vector<model::TierId> tiers;
  for (const ObjectId object : objects) {
    if (!model[object].tier.is_none()) tiers.push_back(model[object].tier);
  }
  base::sort_unique(tiers);
  return tiers;
}

// The objects that do not have just the answers of their twin: of their tier's other data, of the apps without a name …
std::vector<ObjectId> apart_in(const Model& model, const std::vector<Answer>& answers, model::ActsOn kind) {
  const bool one_for_all = answers.size() == 1 && answers.front().objects.size() == model.objects_of(kind).size();
  if (one_for_all) return {};
  std::map<ObjectId, std::vector<std::size_t>> answers_about;
  for (std::size_t i = 0; i < answers.size(); ++i) {
    for (const ObjectId object : answers[i].objects) answers_about[object].push_back(i);
  }
  std::vector<ObjectId> apart;
  for (const auto& [object, about] : answers_about) {
    const auto twin = answers_about.find(decide::twin_of(model, object));
    if (twin == answers_about.end() || twin->second != about) apart.push_back(object);
  }
  return apart;
}

// Cells, and the notes that they refer to.
class CellWriter {
 public:
  CellWriter(const Model& model, const Rows& rows, const Words& words) : model_(model), rows_(rows), words_(words) {}

  // "Not permitted" is what a cell means by not mentioning something, so beside other answers it is said only of what
  // is apart.
  std::vector<CellEntry> cell(model::FeatureId feature, const std::vector<Answer>& answers) {
    const model::ActsOn kind = model_[feature].acts_on;
    const std::vector<ObjectId> apart = apart_in(model_, answers, kind);
    std::vector<CellEntry> cell;
    for (const Answer& answer : answers) {
      const Mark mark = mark_of(model_, answer);
      std::vector<ObjectId> objects = answer.objects;
      if (mark == Mark::none && answers.size() > 1) {
        objects.clear();
        std::set_intersection(answer.objects.begin(), answer.objects.end(), apart.begin(), apart.end(),
                              std::back_inserter(objects));
      }
      if (objects.empty()) continue;
      CellEntry& entry = cell.emplace_back();
      entry.mark = mark;
      entry.on = words_.objects_beside(apart, objects, kind);
      entry.note = note(answer);
      entry.rules = answer.rules;
      entry.tiers = tiers_of(model_, objects);
    }
    return cell;
  }

  std::vector<std::string> take_notes() { return std::move(notes_); }

 private:
  // The number of the note that says when, with what and until when; equal notes have one number.
  std::size_t note(const Answer& answer) {
    std::vector<std::string> parts;
    if (!answer.is_always()) parts.push_back(words_.condition(answer.when));
    std::vector<model::ControlId> controls;
    std::set_difference(answer.controls.begin(), answer.controls.end(), rows_.everywhere.begin(),
                        rows_.everywhere.end(), std::back_inserter(controls));
    if (!controls.empty())
      parts.push_back(words_(Phrase::pair, {words_.text(Phrase::field_requires), words_.controls(controls)}));
    if (answer.expires) parts.push_back(words_(Phrase::until_day, {base::to_string(*answer.expires)}));
    if (parts.empty()) return 0;
    const std::string text = words_.join(parts, Phrase::list_semicolon);
    const auto [known, fresh] = numbers_.try_emplace(text, numbers_.size() + 1);
    if (fresh) notes_.push_back(text);
    return known->second;
  }

  const Model& model_;
  const Rows& rows_;
  const Words& words_;
  std::map<std::string, std::size_t> numbers_;
  std::vector<std::string> notes_;
};

// --- below the tables

void mark_rules(const Row& row, std::vector<bool>& rules) {
  for (const auto& answers : row.summaries) {
    for (const Answer& answer : answers) {
      for (const model::RuleId rule : answer.rules) rules[rule.index()] = true;
    }
  }
}

Explanations how_to_read(const Words& words) {
  Explanations part{words(Phrase::how_to_read), {}, {}};
  for (const Phrase sentence : {Phrase::read_marks, Phrase::read_tiers, Phrase::read_notes, Phrase::read_rest})
    part.items.push_back(words(sentence));
  return part;
}

Explanations reasons(const Model& model, const Rows& rows, const Words& words) {
  std::vector<bool> deciding(model.rules.size());
  for (const Row& row : rows.rows) mark_rules(row, deciding);
  Explanations part{words(Phrase::reasons), {}, {}};
  for (std::size_t i = 0; i < deciding.size(); ++i) {
    const model::Rule& rule = model.rules[i];
    if (deciding[i] && !rule.because.empty())
      part.items.push_back(words(Phrase::pair, {words.quoted(rule.because), words.rule(rule)}));
  }
  return part;
}

Explanations features(const Model& model, const std::vector<model::FeatureId>& ids, Phrase title, const Words& words) {
  Explanations part{words(title), {}, {}};
  for (const model::FeatureId id : ids) part.items.push_back(words.title_and_name(model[id]));
  return part;
}

// The title of a feature; where people keep it, with those whom its rules name.
std::string kept_feature(const Model& model, const Row& row, KeptBy keeper, const Words& words) {
  std::string title = words.title(model[row.feature]);
  if (keeper != KeptBy::people) return title;
  std::vector<bool> rules(model.rules.size());
  mark_rules(row, rules);
  std::set<std::string> named;
  for (std::size_t i = 0; i < rules.size(); ++i) {
    if (rules[i] && !model.rules[i].kept_by.empty()) named.insert(model.rules[i].kept_by);
  }
  if (named.empty()) return title;
  return words(Phrase::name_in_brackets, {title, words.join({named.begin(), named.end()}, Phrase::list_semicolon)});
}

Explanations keepers(const Model& model, const Rows& rows, const Words& words) {
  Explanations part{words(Phrase::who_keeps_it), {}, {}};
  for (const KeptBy keeper : {KeptBy::api, KeptBy::console, KeptBy::people, KeptBy::nobody, KeptBy::withheld}) {
    std::vector<std::string> kept;
    for (const Row& row : rows.rows) {
      if (std::find(row.kept_by.begin(), row.kept_by.end(), keeper) != row.kept_by.end())
        kept.push_back(kept_feature(model, row, keeper, words));
    }
    if (!kept.empty()) part.items.push_back(words(Phrase::pair, {words.kept_by_in_full(keeper), words.list(kept)}));
  }
  return part;
}

// Whose several roles add up to something else than the policy says of them.
Explanations several_roles(const Model& model, const Rows& rows, const Words& words) {
  Explanations part{words(Phrase::several_roles), {}, {}};
  for (const decide::AddedUp& each : rows.added_up) {
    std::vector<std::string> roles, what;
    for (const model::RoleId role : each.held) roles.push_back(words.name_of(role));
    for (const auto& [feature, objects] : each.what) {
      const std::string on = words.objects(objects, model[feature].acts_on);
      const std::string title = words.title(model[feature]);
      what.push_back(on.empty() ? title : words(Phrase::name_in_brackets, {title, on}));
    }
    std::string who = words(Phrase::several_roles_of, {words.list(roles)});
    if (!each.who.empty()) who = words(Phrase::name_in_brackets, {who, words.list(each.who)});
    part.items.push_back(
        words(each.gives ? Phrase::several_roles_gives : Phrase::several_roles_takes, {who, words.list(what)}));
  }
  return part;
}

std::vector<Explanations> below(const Model& model, const Rows& rows, const Words& words) {
  Explanations nobody_may = features(model, rows.nobody_may, Phrase::nobody_may, words);
  if (nobody_may.items.empty()) nobody_may.items.push_back(words(Phrase::nothing_here));
  Explanations left = features(model, rows.left_to_platform, Phrase::left_to_platform, words);
  left.text = words(Phrase::left_means);
  std::vector<Explanations> parts{how_to_read(words), reasons(model, rows, words), std::move(nobody_may),
                                  std::move(left),    keepers(model, rows, words), several_roles(model, rows, words)};
  std::erase_if(parts, [](const Explanations& part) { return part.items.empty(); });
  return parts;
}

}  // namespace

std::string_view group_of(const model::Feature& feature) {
  const std::size_t dot = feature.name.find('.');
  return dot == std::string::npos ? std::string_view{} : std::string_view{feature.name}.substr(0, dot);
}

Phrase meaning_of(Mark mark) {
  switch (mark) {
    case Mark::allow: return Phrase::mark_allow;
    case Mark::withheld: return Phrase::mark_withheld;
    case Mark::deny: return Phrase::mark_deny;
    case Mark::none: return Phrase::mark_none;
    default: return Phrase::mark_platform;
  }
}

MatrixWords in_words(const Model& model, const Rows& rows, base::Date day, const Words& words) {
  MatrixWords matrix;
  matrix.title = words(Phrase::matrix_title, {words.name_of_policy()});
  matrix.as_of = words(Phrase::as_of, {base::to_string(day)});
  if (!rows.everywhere.empty()) matrix.everywhere = words(Phrase::everywhere, {words.controls(rows.everywhere)});
  for (const model::RoleId role : rows.roles)
    matrix.roles.push_back(role == model.nobody() ? words(Phrase::no_role) : words.name_of(role));
  CellWriter cells{model, rows, words};
  std::string_view last_space;
  // The rows are in the order of their names, so those of a namespace follow each other.
  for (const Row& row : rows.rows) {
    const model::Feature& feature = model[row.feature];
    const std::string_view space = group_of(feature);
    if (matrix.groups.empty() || space != last_space) matrix.groups.push_back({words.name_space(space), {}});
    last_space = space;
    FeatureLine& line = matrix.groups.back().lines.emplace_back();
    line.title = words.title(feature);
    if (line.title != feature.name) line.name = feature.name;
    for (const auto& answers : row.summaries) line.cells.push_back(cells.cell(row.feature, answers));
    line.of_role = row.of_role;
    std::vector<std::string> keepers;
    for (const KeptBy keeper : row.kept_by) keepers.emplace_back(words.kept_by(keeper));
    line.kept_by = words.list(keepers);
    line.acts = model[row.feature].acts_on != model::ActsOn::nothing;
  }
  const auto occurs = [&](Mark mark) {
    return std::any_of(matrix.groups.begin(), matrix.groups.end(), [&](const FeatureGroup& group) {
      return std::any_of(group.lines.begin(), group.lines.end(), [&](const FeatureLine& line) {
        return std::any_of(line.cells.begin(), line.cells.end(), [&](const std::vector<CellEntry>& cell) {
          return std::any_of(cell.begin(), cell.end(), [&](const CellEntry& entry) { return entry.mark == mark; });
        });
      });
    });
  };
  std::copy_if(std::begin(marks_of_answers), std::end(marks_of_answers), std::back_inserter(matrix.marks),
               [&](Mark mark) { return mark != Mark::withheld || occurs(mark); });
  matrix.notes = cells.take_notes();
  matrix.below = below(model, rows, words);
  return matrix;
}

}  // namespace farol::query
