#include "query/sheet.h"

#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>

#include "base/csv.h"
#include "base/text.h"
#include "document/page.h"
#include "document/words.h"
#include "model/digest.h"
#include "model/reviews.h"
#include "query/statements.h"

namespace farol::query {
namespace {

using base::Language;
using base::Phrase;

// The columns that come back filled in.
enum SheetColumn : std::size_t { keep, by, on, remark, permission, column_count };
constexpr std::array<Phrase, column_count> headings = {Phrase::keep_grant, Phrase::decided_by, Phrase::decided_on,
                                                       Phrase::remark, Phrase::review_permission};

bool is_in_any_language(std::string_view text, Phrase phrase) {
  return std::any_of(base::all_languages.begin(), base::all_languages.end(),
                     [&](Language language) { return base::text(phrase, language) == text; });
}

// Reads what people write into the column, in any of the languages.
std::optional<bool> read_yes_no(std::string_view text) {
  const std::string word = base::fold_case(text);
  if (is_in_any_language(word, Phrase::yes) || word == "y" || word == "s" || word == "保留") return true;
  if (is_in_any_language(word, Phrase::no) || word == "n" || word == "nao" || word == "取消") return false;
  return std::nullopt;
}

}  // namespace

document::Document make_sheet(const std::vector<Change>& changes, bool compares, const RoleHolders* holders,
                              Language language) {
  document::Table table;
  for (const Phrase heading :
       {Phrase::owner, Phrase::privileged, Phrase::data_class, Phrase::role, Phrase::held_by, Phrase::features_of_data,
        Phrase::review_when, Phrase::review_requires, Phrase::until, Phrase::since_review})
    table.head.emplace_back(base::text(heading, language));
  for (const Phrase heading : headings) table.head.emplace_back(base::text(heading, language));
  for (const Change& change : changes) {
    const ReviewedGrant& grant = change.grant;
    const bool removed = change.kind == Change::Kind::removed;
    table.rows.push_back({grant.owner, grant.privileged ? std::string(base::text(Phrase::yes, language)) : "",
                          grant.data, grant.role, removed ? "" : holders_in_words(holders, grant.held_by, language),
                          grant.feature, grant.when, grant.controls, grant.until,
                          compares ? in_words(change, language) : "", "", "", "", "", removed ? "" : grant.permission});
  }
  document::Document document;
  document.language = language;
  document.title = base::text(Phrase::report_review, language);
  document.add_section().add(std::move(table));
  return document;
}

std::variant<std::vector<ReviewAnswer>, std::string> read_sheet(std::string_view text, const std::string& name) {
  const auto table = base::read_csv(text);
  if (const auto* problem = std::get_if<std::string>(&table)) return *problem;
  const auto& rows = std::get<base::CsvRows>(table);
  if (rows.empty()) return std::string("it is empty; a sheet is made by farol report review --format csv");
  std::array<std::size_t, column_count> columns{};
  for (std::size_t column = 0; column < column_count; ++column) {
    const std::vector<std::string>& head = rows.front().cells;
    const auto found = std::find_if(head.begin(), head.end(), [&](const std::string& cell) {
      return is_in_any_language(base::trimmed(cell), headings[column]);
    });
    if (found == head.end())
      return fmt::format("row {}: no column is called `{}`; a sheet is made by farol report review --format csv",
                         rows.front().number, base::text(headings[column], Language::en));
    columns[column] = static_cast<std::size_t>(found - head.begin());
  }
  std::vector<ReviewAnswer> answers;
  for (std::size_t i = 1; i < rows.size(); ++i) {
    const base::CsvRow& row = rows[i];
    const auto cell = [&](SheetColumn column) { return base::trimmed(row.cells[columns[column]]); };
    ReviewAnswer answer{
        row.number, name, std::string(cell(permission)), {}, std::string(cell(by)), std::string(cell(remark)), {}};
    if (!cell(keep).empty()) {
      answer.keep = read_yes_no(cell(keep));
      if (!answer.keep) return fmt::format("row {}: `{}` is neither yes nor no", row.number, cell(keep));
    }
    if (!cell(on).empty()) {
      answer.on = base::read_csv_day(cell(on));
      if (!answer.on)
        return fmt::format("row {}: `{}` is not a day; a day is written 2026-11-23", row.number, cell(on));
    }
    // A permission that was taken away since the last review has an empty column: there is nothing to decide.
    if (!answer.permission.empty()) answers.push_back(std::move(answer));
  }
  return answers;
}

std::variant<Result, std::string> hold_against(const std::vector<ReviewAnswer>& answers,
                                               const std::vector<ReviewedGrant>& grants, const RoleHolders* holders,
                                               const model::Model& model, const decide::Decisions& decisions) {
  std::map<std::string_view, const ReviewAnswer*> by_permission;
  for (const ReviewAnswer& answer : answers) {
    if (answer.on && decisions.as_of < *answer.on)
      return fmt::format("row {} of `{}`: {} is still to come", answer.row, answer.sheet, base::to_string(*answer.on));
    const auto [found, is_new] = by_permission.try_emplace(answer.permission, &answer);
    if (is_new) continue;
    const ReviewAnswer& other = *found->second;
    if (other.keep && answer.keep && *other.keep != *answer.keep)
      return fmt::format("`{}` is decided twice, and differently: row {} of `{}` and row {} of `{}`", answer.permission,
                         other.row, other.sheet, answer.row, answer.sheet);
    // If a sheet is returned twice, the non-empty answer wins.
    if (!other.keep || (answer.keep && other.by.empty())) found->second = &answer;
  }
  Result result;
  std::map<std::string_view, const ReviewAnswer*> unmatched = by_permission;
  for (const ReviewedGrant& grant : grants) unmatched.erase(grant.permission);
  for (const ReviewedGrant& grant : grants) {
    const auto found = by_permission.find(grant.permission);
    if (found == by_permission.end()) {
      const std::string longer = grant.subject + " ";
      auto old = unmatched.find(grant.subject);
      if (old == unmatched.end()) old = unmatched.lower_bound(longer);
      if (old == unmatched.end() || (old->first != grant.subject && !old->first.starts_with(longer)))
        result.missing.push_back({grant, nullptr, {}});
      else
        result.altered.push_back({grant, old->second, old->second->permission});
      continue;
    }
    const ReviewAnswer& answer = *found->second;
    const bool is_signed = !answer.by.empty() && answer.on;
    // To give up what one has needs no word.
    const bool by_holder =
        is_signed && answer.keep && *answer.keep && answer.remark.empty() && is_holder(holders, grant, answer.by);
    auto& list = !answer.keep   ? result.open
                 : !is_signed   ? result.unsigned_
                 : by_holder    ? result.by_holders
                 : *answer.keep ? result.kept
                                : result.refused;
    list.push_back({grant, &answer, {}});
    if (answer.keep && is_signed && (!result.last || *result.last < *answer.on)) result.last = answer.on;
  }
  for (const auto& [text, answer] : unmatched) {
    const bool is_altered = std::any_of(result.altered.begin(), result.altered.end(),
                                        [&, known = answer](const auto& line) { return line.answer == known; });
    if (!is_altered) result.gone.push_back(answer);
  }
  result.removals = removals_of(result, model, decisions);
  return result;
}

void add_review(document::Section& section, const Result& result, const std::vector<ReadSheet>& sheets,
                Language language) {
  const auto say = [&](Phrase phrase) { return std::string(base::text(phrase, language)); };
  document::Table read{{say(Phrase::review_sheet), say(Phrase::review_rows), say(Phrase::file_digest)}, {}};
  for (const ReadSheet& sheet : sheets)
    read.rows.push_back(
        {sheet.name, std::to_string(sheet.rows), document::Line().add(sheet.digest, document::Look::code)});
  section.add(std::move(read));
  section.add(base::fill(
      Phrase::review_counts, language,
      {std::to_string(result.kept.size()), std::to_string(result.refused.size()), std::to_string(result.undecided())}));
  add_removals(section, result.removals, result.tenant ? &*result.tenant : nullptr, language);
}

document::Document make_document(const Result& result, const std::vector<ReadSheet>& sheets, const model::Model& model,
                                 const decide::Decisions& decisions, const source::SourceMap& sources,
                                 Language language) {
  const document::Words words{model, language};
  const auto say = [&](Phrase phrase) { return std::string(base::text(phrase, language)); };
  document::Document document;
  document.language = language;
  document.title = say(Phrase::review_result);
  document.lead.push_back(
      words(Phrase::pair,
            {say(Phrase::policy), model.policy.name.empty() ? say(Phrase::not_stated) : words.title(model.policy)}));
  document.lead.push_back(words(Phrase::as_of, {base::to_string(decisions.as_of)}));
  document.frame = document::frame_of(model, language, decisions.as_of);
  document::Section& counts = document.add_section();
  add_review(counts, result, sheets, language);
  if (result.complete() && result.last) {
    std::string digests;
    for (const ReadSheet& sheet : sheets) digests += (digests.empty() ? "sha256:" : " sha256:") + sheet.digest;
    counts.add(words(Phrase::review_complete, {fmt::format("review {{ every: {}  last: {}  evidence: \"{}\" }}",
                                                           base::to_string(model::review_period(model).length),
                                                           base::to_string(*result.last), digests)}));
  } else {
    counts.add(say(result.is_open() ? Phrase::review_open_until_removed : Phrase::review_incomplete));
  }

  // A table of lines, with a last column of its own.
  const auto add = [&](Phrase heading, const std::vector<Result::Line>& lines, Phrase last, const auto& last_cell,
                       const std::string& paragraph = {}) {
    if (lines.empty()) return;
    document::Section& section = document.add_section(say(heading));
    document::Table table{{say(Phrase::owner), say(Phrase::data_class), say(Phrase::role),
                           say(Phrase::features_of_data), say(Phrase::review_terms), say(last)},
                          {}};
    for (const Result::Line& line : lines)
      table.rows.push_back({line.grant.owner, line.grant.data, line.grant.role, line.grant.feature,
                            line.grant.terms(language), last_cell(line)});
    if (!paragraph.empty()) section.add(paragraph);
    section.add(std::move(table));
  };
  const auto signature = [&](const Result::Line& line) {
    std::string text = line.answer->on ? base::to_string(*line.answer->on) : "";
    for (const std::string& part : {line.answer->by, line.answer->remark}) {
      if (!part.empty()) text += (text.empty() ? "" : "\n") + part;
    }
    return text;
  };
  add(Phrase::review_by_holders, result.by_holders, Phrase::review_signed, signature, say(Phrase::review_needs_a_word));
  add(
      Phrase::review_to_remove, result.refused, Phrase::review_rules,
      [&](const Result::Line& line) {
        std::string text;
        for (const model::RuleId rule : line.grant.rules)
          text += (text.empty() ? "" : "\n") + query::rule_in_full(model[rule], sources, words);
        return text + "\n" + signature(line);
      },
      say(Phrase::review_until_changed));
  add(Phrase::review_open, result.open, Phrase::remark, [](const Result::Line& line) { return line.answer->remark; });
  add(Phrase::review_unsigned, result.unsigned_, Phrase::keep_grant,
      [&](const Result::Line& line) { return say(*line.answer->keep ? Phrase::yes : Phrase::no); });
  add(Phrase::review_altered, result.altered, Phrase::review_before,
      [](const Result::Line& line) { return line.before; });
  add(Phrase::review_missing, result.missing, Phrase::review_permission,
      [](const Result::Line& line) { return line.grant.permission; });
  if (!result.gone.empty()) {
    document::List gone;
    for (const ReviewAnswer* answer : result.gone) gone.items.push_back({answer->permission});
    document.add_section(say(Phrase::review_gone)).add(std::move(gone));
  }
  add(Phrase::review_kept, result.kept, Phrase::review_signed, signature);
  return document;
}

}  // namespace farol::query
