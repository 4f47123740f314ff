#include "target/dingtalk/confirmations.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <fmt/ranges.h>

namespace farol::dingtalk {
namespace {

enum Column : std::size_t { step, title, target, value, by, on, evidence, digest, field_count };
constexpr std::array<std::string_view, field_count> heads = {"step", "title", "target",   "value",
                                                             "by",   "on",    "evidence", "sha256"};

bool is_digest(std::string_view text) {
  constexpr std::size_t length = 64;
  return text.size() == length && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

}  // namespace

Confirmations::Confirmations() : rows_{{1, {heads.begin(), heads.end()}}} {
  for (std::size_t field = 0; field < field_count; ++field) columns_.push_back(field);
}

std::variant<Confirmations, std::string> Confirmations::read(std::string_view text) {
  auto table = base::read_csv(text);
  if (auto* problem = std::get_if<std::string>(&table)) return std::move(*problem);
  Confirmations result;
  result.rows_ = std::move(std::get<base::CsvRows>(table));
  if (result.rows_.empty()) return std::string("it is empty; the first row has the names of the columns");
  const std::vector<std::string>& head = result.rows_.front().cells;
  for (std::size_t field = 0; field < field_count; ++field) {
    const auto found = std::find(head.begin(), head.end(), heads[field]);
    if (found == head.end())
      return fmt::format("row {}: no column is called `{}`; the columns are {}", result.rows_.front().number,
                         heads[field], fmt::join(heads, ", "));
    if (std::find(found + 1, head.end(), heads[field]) != head.end())
      return fmt::format("row {}: two columns are called `{}`", result.rows_.front().number, heads[field]);
    result.columns_[field] = static_cast<std::size_t>(found - head.begin());
  }
  for (std::size_t i = 1; i < result.rows_.size(); ++i) {
    const base::CsvRow& row = result.rows_[i];
    const auto cell = [&](Column field) -> const std::string& { return row.cells[result.columns_[field]]; };
    for (const Column field : {step, target, by}) {
      if (cell(field).empty()) return fmt::format("row {}: the column `{}` is empty", row.number, heads[field]);
    }
    const auto day = base::read_csv_day(cell(on));
    if (!day) return fmt::format("row {}: `{}` is not a day; a day is written 2026-11-23", row.number, cell(on));
    if (!cell(digest).empty() && !is_digest(cell(digest)))
      return fmt::format("row {}: `{}` is no SHA-256", row.number, cell(digest));
    result.by_target_[cell(target)].push_back(result.list_.size());
    result.list_.push_back(
        {row.number, cell(step), cell(target), cell(title), cell(value), cell(by), *day, cell(evidence), cell(digest)});
  }
  return result;
}

Status Confirmations::status_of(std::string_view step_id, std::string_view step_target, base::Date as_of,
                                const base::Duration& period) const {
  // What was done last on the target counts: a value that came back has to be set again.
  const auto of_target = by_target_.find(std::string(step_target));
  if (of_target == by_target_.end()) return {};
  const Confirmation* last = nullptr;
  for (const std::size_t at : of_target->second) {
    const Confirmation& each = list_[at];
    if (each.on <= as_of && (last == nullptr || last->on <= each.on)) last = &each;
  }
  if (last == nullptr) return {};
  const base::Date due = base::add(last->on, period);
  if (last->step != step_id) return {Standing::changed, last, due};
  return {due < as_of ? Standing::lapsed : Standing::current, last, due};
}

void Confirmations::add(Confirmation confirmation) {
  confirmation.row = rows_.back().number + 1;
  base::CsvRow row{confirmation.row, std::vector<std::string>(rows_.front().cells.size())};
  const auto set = [&](Column field, std::string text) { row.cells[columns_[field]] = std::move(text); };
  set(step, confirmation.step);
  set(title, confirmation.title);
  set(target, confirmation.target);
  set(value, confirmation.value);
  set(by, confirmation.by);
  set(on, base::to_string(confirmation.on));
  set(evidence, confirmation.evidence);
  set(digest, confirmation.digest);
  rows_.push_back(std::move(row));
  by_target_[confirmation.target].push_back(list_.size());
  list_.push_back(std::move(confirmation));
}

std::string Confirmations::write() const {
  base::CsvWriter csv;
  for (const base::CsvRow& row : rows_) csv.row(row.cells);
  return csv.take();
}

base::Phrase phrase_of(Standing standing) {
  switch (standing) {
    case Standing::open: return base::Phrase::standing_open;
    case Standing::current: return base::Phrase::standing_current;
    case Standing::lapsed: return base::Phrase::standing_lapsed;
    case Standing::changed: return base::Phrase::standing_changed;
    case Standing::withdrawn: return base::Phrase::standing_withdrawn;
  }
  return base::Phrase::standing_open;
}

std::string in_words(const Status& status, base::Language language) {
  using base::Phrase;
  if (status.last == nullptr) return {};
  const auto fill = [&](Phrase phrase, const std::string& last) {
    return base::fill(phrase, language, {base::to_string(status.last->on), status.last->by, last});
  };
  switch (status.standing) {
    case Standing::open: break;
    case Standing::withdrawn: return fill(Phrase::confirmed_withdrawn, {});
    case Standing::current: return fill(Phrase::confirmed_current, base::to_string(status.due));
    case Standing::lapsed: return fill(Phrase::confirmed_lapsed, base::to_string(status.due));
    case Standing::changed: {
      std::string value = status.last->value;  // one line for each part
      for (std::size_t at = 0; (at = value.find('\n', at)) != std::string::npos;)
        value.replace(at, 1, base::text(Phrase::list_comma, language));
      return fill(Phrase::confirmed_changed, value);
    }
  }
  return {};
}

}  // namespace farol::dingtalk
