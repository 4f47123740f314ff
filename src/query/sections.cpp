#include "query/sections.h"

#include <array>
#include <set>

namespace farol::query {
namespace {

using base::Phrase;
using model::KeptBy;
using model::Model;

constexpr std::array all_keepers = {KeptBy::api, KeptBy::console, KeptBy::people, KeptBy::nobody};

// What keeps the permissions that a row shows; where it shows none, those of the feature.
std::set<KeptBy> keepers_of(const decide::Keeping& keeping, const Rows& rows, const Row& row) {
  std::set<KeptBy> keepers;
  for (std::size_t i = 0; i < row.answers.size(); ++i) {
    for (const Answer& answer : row.answers[i]) {
      const auto found = keeping.of(rows.roles[i], row.feature, answer.objects, answer.rules);
      keepers.insert(found.begin(), found.end());
    }
  }
  if (!keepers.empty()) return keepers;
  const auto any = keeping.of(row.feature);
  return {any.begin(), any.end()};
}

void mark_rules(const Row& row, std::vector<bool>& rules) {
  for (const auto& answers : row.answers) {
    for (const Answer& answer : answers) {
      for (const model::RuleId rule : answer.rules) rules[rule.index()] = true;
    }
  }
}

// The title of a feature, with the people whom its rules name where people keep it.
std::string kept_feature(const Model& model, const Row& row, KeptBy keeper, const document::Words& words) {
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

Section how_to_read(const document::Words& words) {
  Section section{words(Phrase::how_to_read), {}, {}};
  for (const Phrase sentence : {Phrase::read_marks, Phrase::read_tiers, Phrase::read_notes, Phrase::read_rest}) {
    section.items.emplace_back(words.text(sentence));
  }
  return section;
}

Section reasons(const Model& model, const Rows& rows, const document::Words& words) {
  std::vector<bool> deciding(model.rules.size());
  for (const Row& row : rows.rows) mark_rules(row, deciding);
  Section section{words(Phrase::reasons), {}, {}};
  for (std::size_t i = 0; i < deciding.size(); ++i) {
    const model::Rule& rule = model.rules[i];
    if (!deciding[i] || rule.because.empty()) continue;
    const std::string reason = words.quoted(rule.because);
    section.items.push_back(words(Phrase::pair, {reason, words.rule(rule)}));
  }
  return section;
}

Section features(const Model& model, const std::vector<model::FeatureId>& ids, Phrase title,
                 const document::Words& words) {
  Section section{words(title), {}, {}};
  for (const model::FeatureId id : ids) section.items.push_back(words.title_and_name(model[id]));
  return section;
}

Section keepers(const Model& model, const decide::Keeping& keeping, const Rows& rows, const document::Words& words) {
  Section section{words(Phrase::who_keeps_it), {}, {}};
  for (const KeptBy keeper : all_keepers) {
    std::vector<std::string> kept;
    for (const Row& row : rows.rows) {
      if (keepers_of(keeping, rows, row).contains(keeper)) kept.push_back(kept_feature(model, row, keeper, words));
    }
    if (kept.empty()) continue;
    const std::string who = words(Phrase::name_in_brackets, {words.kept_by(keeper), words.kept_by_means(keeper)});
    section.items.push_back(words(Phrase::pair, {who, words.list(kept)}));
  }
  return section;
}

}  // namespace

std::string keepers_in_words(const decide::Keeping& keeping, const Rows& rows, const Row& row,
                             const document::Words& words) {
  std::vector<std::string> parts;
  for (const KeptBy keeper : keepers_of(keeping, rows, row)) parts.emplace_back(words.kept_by(keeper));
  return words.list(parts);
}

std::vector<Section> sections_below(const Model& model, const decide::Keeping& keeping, const Rows& rows,
                                    const document::Words& words) {
  Section nobody_may = features(model, rows.nobody_may, Phrase::nobody_may, words);
  if (nobody_may.items.empty()) nobody_may.items.emplace_back(words.text(Phrase::nothing_here));
  Section left = features(model, rows.left_to_platform, Phrase::left_to_platform, words);
  left.text = words.text(Phrase::left_means);

  std::vector<Section> sections{how_to_read(words), reasons(model, rows, words), std::move(nobody_may), std::move(left),
                                keepers(model, keeping, rows, words)};
  std::erase_if(sections, [](const Section& section) { return section.items.empty(); });
  return sections;
}

}  // namespace farol::query
