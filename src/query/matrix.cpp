#include "query/matrix.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <unordered_map>

#include "base/sorted.h"
#include "document/words.h"
#include "query/rows.h"
#include "query/sections.h"

namespace farol::query {
namespace {

using base::Phrase;
using model::FeatureId;
using model::Model;
using model::ObjectId;
using model::RoleId;

std::string superscript(std::size_t number) {
  constexpr std::array<std::string_view, 10> digits = {"⁰", "¹", "²", "³", "⁴", "⁵", "⁶", "⁷", "⁸", "⁹"};
  std::string text;
  for (const char digit : std::to_string(number)) text += digits[static_cast<std::size_t>(digit - '0')];
  return text;
}

Phrase meaning(Mark mark) {
  switch (mark) {
    case Mark::allow: return Phrase::mark_allow;
    case Mark::deny: return Phrase::mark_deny;
    case Mark::none: return Phrase::mark_none;
    case Mark::platform: break;
  }
  return Phrase::mark_platform;
}

// The first part of a feature's name: `meeting` of `meeting.room.book`. Features that share it stand together.
std::string_view name_space(const model::Feature& feature) {
  const std::size_t dot = feature.name.find('.');
  return dot == std::string::npos ? std::string_view{} : std::string_view{feature.name}.substr(0, dot);
}

class Builder {
 public:
  Builder(const Model& model, const decide::Decisions& decisions, const decide::Keeping& keeping,
          const MatrixOptions& options)
      : model_(model),
        decisions_(decisions),
        keeping_(keeping),
        words_(model, options.language),
        day_(options.stated.value_or(decisions.as_of)),
        rows_(collect_rows(model, decisions, options)) {
    if (options.all_controls_in_notes) rows_.everywhere.clear();
  }

  Matrix run() {
    matrix_.title = words_(Phrase::matrix_title, {words_.name_of_policy()});
    matrix_.as_of = words_(Phrase::as_of, {base::to_string(day_)});
    matrix_.groups_are = words_.text(Phrase::page_group);
    matrix_.names_are = words_.text(Phrase::name);
    matrix_.legend_title = words_.text(Phrase::legend);
    for (const Mark mark : {Mark::allow, Mark::deny, Mark::none, Mark::platform}) {
      matrix_.legend.emplace_back(mark, words_.text(meaning(mark)));
    }
    if (!rows_.everywhere.empty()) matrix_.everywhere = words_(Phrase::everywhere, {words_.controls(rows_.everywhere)});
    matrix_.notes.title = words_.text(Phrase::notes);
    for (const Row& row : rows_.rows) add_line(row);
    matrix_.sections = sections_below(model_, keeping_, rows_, words_);
    return std::move(matrix_);
  }

 private:
  [[nodiscard]] Heading heading(Phrase phrase) const { return {words_(phrase), {}}; }

  // The rows are in the order of their names, so those of a namespace stand together.
  void add_line(const Row& row) {
    const std::string_view space = name_space(model_[row.feature]);
    if (matrix_.tables.empty() || space != last_space_) begin_table(space);
    const model::Feature& feature = model_[row.feature];
    const std::string title = words_.title(feature);
    Line line{{title, title == feature.name ? std::string{} : feature.name}, {}};
    for (const auto& answers : row.answers) line.cells.push_back(cell(row.feature, answers));
    line.cells.push_back({{}, keepers_in_words(keeping_, rows_, row, words_)});
    matrix_.tables.back().lines.push_back(std::move(line));
  }

  void begin_table(std::string_view space) {
    last_space_ = space;
    Table table{words_.name_space(space), words_(Phrase::feature), words_(Phrase::role), {}, {}};
    for (const RoleId role : rows_.roles) {
      table.columns.push_back(role == model_.nobody() ? heading(Phrase::no_role)
                                                      : Heading{words_.title(model_[role]), {}});
    }
    table.columns.push_back(heading(Phrase::kept_by));
    matrix_.tables.push_back(std::move(table));
  }

  // "Not permitted" is what a cell means by not mentioning something, so beside other answers it is said only of what
  // stands apart.
  Cell cell(FeatureId feature, const std::vector<Answer>& answers) {
    const std::vector<ObjectId> apart = apart_in(answers, model_[feature].acts_on);
    Cell cell;
    for (const Answer& answer : answers) {
      const bool needs_saying = answer.mark != Mark::none || answers.size() == 1;
      const std::vector<ObjectId> objects = needs_saying ? answer.objects : common(answer.objects, apart);
      if (objects.empty()) continue;
      const std::string on = words_.objects_beside(apart, objects, model_[feature].acts_on);
      cell.entries.push_back({answer.mark, on, note(answer), answer.rules, tiers_of(objects)});
    }
    return cell;
  }

  [[nodiscard]] std::vector<model::TierId> tiers_of(const std::vector<ObjectId>& objects) const {
    std::vector<model::TierId> tiers;
    for (const ObjectId object : objects) {
      if (!model_[object].tier.is_none()) tiers.push_back(model_[object].tier);
    }
    base::sort_unique(tiers);
    return tiers;
  }

  // The objects that have not just the answers of their twin: of their tier's other data, of the apps without a name …
  [[nodiscard]] std::vector<ObjectId> apart_in(const std::vector<Answer>& answers, model::ActsOn kind) const {
    const bool one_for_all = answers.size() == 1 && answers.front().objects.size() == model_.objects_of(kind).size();
    if (one_for_all) return {};
    std::map<ObjectId, std::vector<std::size_t>> answers_about;
    for (std::size_t i = 0; i < answers.size(); ++i) {
      for (const ObjectId object : answers[i].objects) answers_about[object].push_back(i);
    }
    std::vector<ObjectId> apart;
    for (const auto& [object, about] : answers_about) {
      const auto twin = answers_about.find(decide::twin_of(model_, object));
      if (twin == answers_about.end() || twin->second != about) apart.push_back(object);
    }
    return apart;
  }

  static std::vector<ObjectId> common(const std::vector<ObjectId>& a, const std::vector<ObjectId>& b) {
    std::vector<ObjectId> both;
    std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
    return both;
  }

  // The number of the note that says when, with what and until when; equal notes have one number.
  std::size_t note(const Answer& answer) {
    std::vector<std::string> parts;
    if (std::string condition = words_.condition(answer.when); !condition.empty())
      parts.push_back(std::move(condition));
    std::vector<model::ControlId> controls;
    std::set_difference(answer.controls.begin(), answer.controls.end(), rows_.everywhere.begin(),
                        rows_.everywhere.end(), std::back_inserter(controls));
    if (!controls.empty())
      parts.push_back(words_(Phrase::pair, {words_.text(Phrase::field_requires), words_.controls(controls)}));
    if (answer.expires) parts.push_back(words_(Phrase::until_day, {base::to_string(*answer.expires)}));
    if (parts.empty()) return 0;
    const std::string text = words_.join(parts, Phrase::list_semicolon);
    const auto [known, fresh] = notes_.try_emplace(text, notes_.size() + 1);
    if (fresh) matrix_.notes.items.push_back(text);
    return known->second;
  }

  const Model& model_;
  const decide::Decisions& decisions_;
  const decide::Keeping& keeping_;
  document::Words words_;
  base::Date day_;
  Rows rows_;
  std::string_view last_space_;
  std::unordered_map<std::string, std::size_t> notes_;
  Matrix matrix_;
};

}  // namespace

std::string_view symbol(Mark mark) {
  switch (mark) {
    case Mark::allow: return "✔";
    case Mark::deny: return "✖";
    case Mark::none: return "–";
    case Mark::platform: return "○";
  }
  return {};
}

std::string Entry::text() const {
  std::string text{symbol(mark)};
  if (!on.empty()) text += " " + on;
  if (note != 0) text += superscript(note);
  return text;
}

Table transposed(const Table& table) {
  Table turned{table.title, table.columns_are, table.lines_are, {}, {}};
  for (const Line& line : table.lines) turned.columns.push_back(line.heading);
  for (std::size_t column = 0; column < table.columns.size(); ++column) {
    Line line{table.columns[column], {}};
    for (const Line& row : table.lines) line.cells.push_back(row.cells[column]);
    turned.lines.push_back(std::move(line));
  }
  return turned;
}

Matrix build_matrix(const Model& model, const decide::Decisions& decisions, const decide::Keeping& keeping,
                    const MatrixOptions& options) {
  return Builder{model, decisions, keeping, options}.run();
}

}  // namespace farol::query
