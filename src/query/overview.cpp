// The matrix on one screen: what a terminal shows before somebody asks for details.
#include <algorithm>
#include <compare>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "document/words.h"
#include "query/matrix.h"
#include "query/matrix_words.h"

namespace farol::query {
namespace {

using base::Phrase;
using document::Cell;
using document::Line;
using document::Look;
using document::Mark;
using document::Words;

// With more features than these a matrix fills many screens.
constexpr std::size_t most_features = 12, most_roles = 16;

// Of a role: in how many features of each group something is allowed, and up to which tier.
struct Allowed {
  std::vector<std::size_t> allowed;
  std::optional<model::TierId> highest;

  // The result is named because libc++ 14 has no `<=>` for vectors, and then makes one of `<` and `==`.
  std::strong_ordering operator<=>(const Allowed&) const = default;
};

struct Overview {
  std::vector<std::string_view> groups;
  std::vector<std::size_t> features;  // of each group
  std::map<Allowed, std::size_t> places;
  std::vector<std::pair<Allowed, std::vector<model::RoleId>>> columns;  // roles for which it is the same together
};

Overview overview_of(const model::Model& model, const Rows& rows) {
  Overview overview;
  std::vector<Allowed> columns(rows.roles.size());
  for (const Row& row : rows.rows) {
    const std::string_view group = group_of(model[row.feature]);
    if (overview.groups.empty() || overview.groups.back() != group) {
      overview.groups.push_back(group);
      overview.features.push_back(0);
      for (Allowed& column : columns) column.allowed.push_back(0);
    }
    ++overview.features.back();
    for (std::size_t role = 0; role < columns.size(); ++role) {
      bool is_allowed = false;
      for (const decide::Answer& answer : row.summaries[row.of_role[role]]) {
        if (answer.effect != decide::Effect::allow) continue;
        is_allowed = true;
        for (const model::ObjectId object : answer.objects) {
          const model::TierId tier = model[object].tier;
          std::optional<model::TierId>& highest = columns[role].highest;
          if (!tier.is_none() && (!highest || *highest < tier)) highest = tier;
        }
      }
      if (is_allowed) ++columns[role].allowed.back();
    }
  }
  for (std::size_t role = 0; role < columns.size(); ++role) {
    const auto [place, fresh] = overview.places.try_emplace(columns[role], overview.columns.size());
    if (fresh) overview.columns.push_back({columns[role], {}});
    overview.columns[place->second].second.push_back(rows.roles[role]);
  }
  return overview;
}

}  // namespace

std::optional<document::Document> matrix_overview(const model::Model& model, const decide::Decisions& decisions,
                                                  const decide::Answers& answers, const MatrixOptions& options) {
  const Words words{model, options.language};
  const Rows rows = collect_rows(model, decisions, answers, options);
  if (rows.rows.size() <= most_features) return std::nullopt;
  const Overview overview = overview_of(model, rows);
  const std::size_t shown = std::min(overview.columns.size(), most_roles);
  const auto for_each_column = [&](const auto& each) {
    for (std::size_t i = 0; i < shown; ++i) each(overview.columns[i]);
  };
  document::Document document;
  document.language = options.language;
  document.title = words(Phrase::matrix_title, {words.name_of_policy()});
  document.lead = {words(Phrase::as_of, {base::to_string(decisions.as_of)}), words.text(Phrase::overview_text)};
  document::Table table;
  table.turned_head = words(Phrase::role);
  table.head.emplace_back();
  for_each_column([&](const auto& column) { table.head.emplace_back(words.roles(column.second, 2)); });
  for (std::size_t group = 0; group < overview.groups.size(); ++group) {
    const std::string_view name = overview.groups[group];
    const std::string title = words.name_space(name);
    table.rows.push_back({name.empty() || name == title ? title : words(Phrase::name_in_brackets, {title, name})});
    const std::string all = std::to_string(overview.features[group]);
    for_each_column([&](const auto& column) {
      const std::size_t allowed = column.first.allowed[group];
      const std::string count = std::to_string(allowed);
      table.rows.back().push_back(allowed == 0 ? Cell{Line(Mark::none, "")}
                                               : Line(Mark::allow, allowed == overview.features[group]
                                                                       ? words(Phrase::overview_all, {all})
                                                                       : words(Phrase::overview_some, {count, all})));
    });
  }
  if (!model.tiers.front().name.empty()) {
    table.rows.push_back({words.text(Phrase::overview_highest)});
    for_each_column([&](const auto& column) {
      table.rows.back().push_back(column.first.highest ? Cell{words.title(model[*column.first.highest])}
                                                       : Cell{Line(Mark::none, "")});
    });
  }
  document::Section& section = document.add_section();
  section.add(std::move(table));
  std::size_t left_out = 0;
  for (std::size_t i = shown; i < overview.columns.size(); ++i) left_out += overview.columns[i].second.size();
  if (left_out > 0) section.add(Line(words(Phrase::overview_roles, {std::to_string(left_out)})));
  constexpr std::string_view ask = "farol matrix --role ROLE, farol matrix --feature GROUP";
  constexpr std::string_view whole = "farol matrix --format text, farol matrix -o matrix.html";
  section.add(Line(words(Phrase::overview_more, {ask, whole})));
  return document;
}

}  // namespace farol::query
