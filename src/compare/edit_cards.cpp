#include "compare/edit_cards.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <tuple>

#include "base/page_phrases.h"
#include "compare/edit_lines.h"
#include "compare/page.h"

namespace farol::compare {
namespace {

using base::Phrase;
using decide::Effect;
using document::Line;
using document::Mark;
using document::Words;

// A table of more columns or rows is no longer taken in at a glance; the sentences say all of it.
constexpr std::size_t max_columns = 8, max_rows = 40, max_roles = 6, max_features = 6;

Mark mark_of(Direction direction) {
  switch (direction) {
    case Direction::widening: return Mark::widening;
    case Direction::narrowing: return Mark::narrowing;
    case Direction::mixed: break;
  }
  return Mark::mixed;
}

// What every permission requires on both sides is said once, in the head of the page.
std::string state_of(const Answer& answer, const std::vector<ControlId>& everywhere, const Words& words) {
  const auto in_words = [&](Mark mark, Phrase phrase) {
    return std::string(document::symbol(mark)) + " " + words(phrase);
  };
  switch (answer.effect) {
    case Effect::allow: {
      std::string text = in_words(Mark::allow, Phrase::diff_state_allowed);
      std::vector<ControlId> own;
      std::set_difference(answer.controls.begin(), answer.controls.end(), everywhere.begin(), everywhere.end(),
                          std::back_inserter(own));
      if (!own.empty()) text += words(Phrase::explain_with, {words.controls(own)});
      return text;
    }
    case Effect::deny: return in_words(Mark::deny, base::pages::diff_cell_denied);
    case Effect::conflict: return words(Phrase::diff_state_undecided);
    case Effect::none: break;
  }
  return answer.governed ? in_words(Mark::none, base::pages::diff_cell_none)
                         : in_words(Mark::platform, Phrase::diff_state_platform);
}

// The cells of the matrix that an edit changes: what was and what is, a row for each kind of thing that somebody does,
// a column for those roles for whom all of it is alike.
class CellTable {
 public:
  CellTable(const Review& review, const Edit& edit, const Words& words)
      : difference_(review.difference), edit_(edit), words_(words) {}

  [[nodiscard]] document::Table table() const {
    std::map<RoleId, std::vector<std::size_t>> by_role;
    for (const std::size_t i : edit_.changes) {
      for (const RoleId role : difference_.changes[i].roles) by_role[role].push_back(i);
    }
    // Roles in the order of their ids; whoever holds none has the last one.
    std::vector<std::pair<std::vector<RoleId>, std::vector<std::size_t>>> columns;
    for (const auto& [role, its_changes] : by_role) {
      const std::vector<std::size_t>& changes = its_changes;
      const auto same =
          std::find_if(columns.begin(), columns.end(), [&](const auto& column) { return column.second == changes; });
      if (same == columns.end()) {
        columns.push_back({{role}, changes});
      } else {
        same->first.push_back(role);
      }
    }
    using Where = std::tuple<std::vector<FeatureId>, model::ActsOn, std::vector<ObjectId>>;
    std::vector<std::pair<Where, std::vector<std::size_t>>> rows;
    for (const std::size_t i : edit_.changes) {
      const Change& change = difference_.changes[i];
      const Where where{change.features, change.kind, change.objects};
      const auto same = std::find_if(rows.begin(), rows.end(), [&](const auto& row) { return row.first == where; });
      if (same == rows.end()) {
        rows.push_back({where, {i}});
      } else {
        same->second.push_back(i);
      }
    }
    document::Table table;
    if (columns.size() > max_columns || rows.size() > max_rows) return table;
    table.head.emplace_back(words_.text(Phrase::feature));
    for (const auto& column : columns) table.head.emplace_back(words_.roles(column.first, max_roles));
    for (const auto& [where, changes] : rows) {
      std::vector<document::Cell> cells{name_of(difference_.changes[changes.front()])};
      for (const auto& column : columns) cells.push_back(cell_of(changes, column.second));
      table.rows.push_back(std::move(cells));
    }
    return table;
  }

 private:
  [[nodiscard]] document::Cell name_of(const Change& change) const {
    const model::Model& model = difference_.vocabulary.model;
    std::vector<std::string> names;
    for (const FeatureId feature : change.features) names.push_back(words_.title(model[feature]));
    std::vector<Line> lines{words_.list(names, max_features)};
    if (change.kind != model::ActsOn::nothing) {
      const std::string on = words_.objects(change.objects, change.kind);
      lines.emplace_back(on.empty() ? words_(Phrase::everything) : on);
    }
    return lines;
  }

  [[nodiscard]] document::Cell cell_of(const std::vector<std::size_t>& row,
                                       const std::vector<std::size_t>& column) const {
    std::vector<Line> lines;
    for (const std::size_t i : row) {
      if (std::find(column.begin(), column.end(), i) == column.end()) continue;
      const Change& change = difference_.changes[i];
      std::string text = words_(Phrase::diff_sides, {state_of(change.before, difference_.everywhere, words_),
                                                     state_of(change.after, difference_.everywhere, words_)});
      if (change.from) text += words_(Phrase::diff_from, {base::to_string(*change.from)});
      if (change.until) text += words_(Phrase::explain_until, {base::to_string(*change.until)});
      lines.emplace_back(mark_of(change.direction), text);
      // Where it changes is said apart: it holds for both sides.
      const bool always = change.when.size() == 1 && change.when.front().empty();
      if (!always) lines.push_back(words_(Phrase::explain_case, {words_.condition_in_sentence(change.when)}));
    }
    return lines;
  }

  const Difference& difference_;
  const Edit& edit_;
  const Words& words_;
};

}  // namespace

document::Section edit_cards(const Review& review, const Words& words) {
  document::Section cards{words.text(Phrase::diff_edits)};
  cards.id = "edits";
  for (const Edit& edit : review.difference.edits) {
    if (edit.account != Edit::Account::permissions) continue;
    document::Item item = item_of(review, edit, words);
    document::Section card{std::move(item.line)};
    card.card = true;
    card.id = "edit-" + std::to_string(cards.sections.size() + 1);
    for (document::Item& each : item.items) card.add(std::move(each.line));
    card.add(CellTable{review, edit, words}.table());
    document::List sentences;
    for (const std::size_t i : edit.changes) {
      const Change& change = review.difference.changes[i];
      document::Item sentence{
          Line(mark_of(change.direction), sentence_of(review.difference, change, words.language(), false))};
      // The card is the cause; what else is behind it is worth a line.
      if (change.causes.size() > 1) {
        for (const Cause& cause : change.causes)
          sentence.items.push_back({sentence_of(review, cause, words.language())});
      }
      sentences.items.push_back(std::move(sentence));
    }
    if (!sentences.items.empty()) {
      document::Section exactly;
      exactly.fold = words(Phrase::diff_fold, {std::to_string(sentences.items.size())});
      exactly.id = card.id + "-points";
      exactly.add(std::move(sentences));
      card.sections.push_back(std::move(exactly));
    }
    cards.sections.push_back(std::move(card));
  }
  return cards;
}

std::vector<document::Count> counts_on_page(const Review& review, const Words& words) {
  std::vector<document::Count> counts;
  const auto add = [&](Mark mark, std::size_t number, Phrase phrase, std::string_view section = {}) {
    if (number > 0) counts.push_back({mark, words(phrase, {std::to_string(number)}), std::string(section)});
  };
  add(Mark::widening, review.count(Direction::widening), Phrase::diff_count_wider);
  add(Mark::narrowing, review.count(Direction::narrowing), Phrase::diff_count_narrower);
  add(Mark::mixed, review.count(Direction::mixed), Phrase::diff_count_otherwise);
  add(Mark::attention, review.difference.weaker_safeguards(), Phrase::diff_count_weaker, safeguards_section);
  add(Mark::unmarked, review.count(FindingChange::Kind::added), Phrase::diff_count_new, findings_section);
  add(Mark::unmarked, review.steps.size(), Phrase::diff_count_steps, steps_section);
  return counts;
}

document::Document web_document_of(const Review& review, base::Language language, document::Page& page) {
  page.counts = counts_on_page(review, Words{review.difference.vocabulary.model, language});
  page.markdown = comment_of(review, language);
  return page_of(review, language, {.cards = true});
}

bool is_on_card(const Difference& difference, std::size_t change) {
  return std::any_of(difference.edits.begin(), difference.edits.end(), [&](const Edit& edit) {
    return edit.account == Edit::Account::permissions &&
           std::binary_search(edit.changes.begin(), edit.changes.end(), change);
  });
}

}  // namespace farol::compare
