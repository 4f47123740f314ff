// The part of TreeBuilder that reads single tokens.
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"
#include "diag/messages_syntax.h"
#include "syntax/antlr_tree_builder.h"
#include "syntax/literals.h"

namespace farol::syntax {

namespace {

// What a name is called in the tree. One that is longer than any name may be was reported, and is cut, so that nothing
// behind the parser has to do with it in full.
std::string usable_name_of(std::string_view word) {
  constexpr std::size_t most_bytes = 800;  // more than the most code points that a name may have
  std::string name = name_of(word);
  name.resize(base::beginning_of(name, most_bytes).size());
  return name;
}

}  // namespace

source::Span TreeBuilder::span_of(const antlr4::ParserRuleContext& context) const {
  return tokens_.span(index_of(context.start), index_of(context.stop));
}

Name TreeBuilder::part(std::string_view word) const {
  const auto begin = static_cast<std::uint32_t>(word.data() - tokens_.text.data());
  return {usable_name_of(word), {tokens_.source, begin, begin + static_cast<std::uint32_t>(word.size())}};
}

Name TreeBuilder::name(TokenPointer token) const {
  const std::string_view word = tokens_.word(index_of(token));
  return {usable_name_of(word), span_of(token)};
}

Name TreeBuilder::declared_name(TokenPointer key) {
  const std::string_view word = word_of_key(tokens_.word(index_of(key)));
  Name made = part(word);
  if (find_keyword(word)) {
    complain(made.span, message::word_cannot_be_name(std::string{word}));
    problem_->help = message::write_in_backticks(std::string{word});
    problem_->fixes.push_back({message::put_in_backticks(), {}, {{made.span, "`" + std::string{word} + "`"}}});
  }
  return made;
}

std::vector<Name> TreeBuilder::names(const TokenList& tokens) const {
  std::vector<Name> made;
  made.reserve(tokens.size());
  for (TokenPointer token : tokens) made.push_back(name(token));
  return made;
}

Number TreeBuilder::number(TokenPointer token) const {
  return {std::string(tokens_.word(index_of(token))), span_of(token)};
}

String TreeBuilder::string(TokenPointer token) {
  String made;
  made.span = span_of(token);
  const std::string_view word = tokens_.word(index_of(token));
  if (const auto bad = append_string(word, made.text)) {
    const auto begin = made.span.begin + static_cast<std::uint32_t>(bad->begin);
    const auto end = made.span.begin + static_cast<std::uint32_t>(bad->end);
    complain({tokens_.source, begin, end},
             message::not_an_escape(std::string{word.substr(bad->begin, bad->end - bad->begin)}), bad->reason);
  }
  return made;
}

std::optional<String> TreeBuilder::optional_string(TokenPointer token) {
  return token != nullptr ? std::optional(string(token)) : std::nullopt;
}

namespace {

// `2027-6-3`, and the last day of the month for one behind it.
std::optional<base::Date> nearest_day(std::string_view word) {
  std::vector<std::string> parts{""};
  for (const char c : word) {
    if (c == '-')
      parts.emplace_back();
    else
      parts.back() += c;
  }
  if (parts.size() != 3) return std::nullopt;
  for (std::size_t i = 1; i < parts.size(); ++i) {
    if (parts[i].size() == 1) parts[i].insert(0, "0");
  }
  const std::string month = parts[0] + "-" + parts[1] + "-";
  if (const auto day = base::parse_date(month + parts[2])) return day;
  for (const char* last : {"30", "29", "28"}) {
    if (const auto day = base::parse_date(month + last); day && parts[2] > last && parts[2] <= "31") return day;
  }
  return std::nullopt;
}

}  // namespace

DateLiteral TreeBuilder::date(TokenPointer token) {
  const std::string_view word = tokens_.word(index_of(token));
  const std::optional<base::Date> day = base::parse_date(word);
  if (!day) {
    complain(span_of(token), message::not_a_day(std::string{word}), message::date_is_written());
    const std::optional<base::Date> meant = nearest_day(word);
    if (meant && problem_->fixes.empty() && problem_->span == span_of(token))
      problem_->fixes.push_back(
          {message::write_as(base::to_string(*meant)), {}, {{span_of(token), base::to_string(*meant)}}});
  }
  return {day.value_or(base::Date{}), span_of(token)};
}

std::optional<DateLiteral> TreeBuilder::optional_date(TokenPointer token) {
  return token != nullptr ? std::optional(date(token)) : std::nullopt;
}

DurationLiteral TreeBuilder::duration(TokenPointer token) {
  const std::string_view word = tokens_.word(index_of(token));
  const std::optional<base::Duration> read = parse_duration(word);
  if (!read) complain(span_of(token), message::longer_than_any_calendar(std::string{word}));
  return {read.value_or(base::Duration{}), span_of(token)};
}

void TreeBuilder::complain(source::Span span, diag::Text said, diag::Text help) {
  if (problem_) return;
  problem_ = diag::make(diag::Code::syntax_error, span, std::move(said));
  problem_->help = std::move(help);
}

std::optional<diag::Diagnostic> TreeBuilder::take_problem() { return std::exchange(problem_, std::nullopt); }

}  // namespace farol::syntax
