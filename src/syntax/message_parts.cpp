// Slips with whole parts of a statement: parts in another order, dates in words, tiers the other way round.
#include <algorithm>
#include <array>
#include <iterator>
#include <span>
#include <utility>
#include <vector>

#include "base/text.h"
#include "diag/messages_syntax.h"
#include "syntax/literals.h"
#include "syntax/message_advice.h"
#include "syntax/written_dates.h"

namespace farol::syntax {
namespace {

// In which order the parts of a statement come, by the word that begins each.
struct PartOrder {
  std::string_view rule;
  std::vector<Kind> order;
  diag::Text (*help)();
};

const std::vector<PartOrder>& part_orders() {
  static const std::vector<PartOrder> orders = {
      {"grant",
       {Kind::to, Kind::on, Kind::when, Kind::requiring, Kind::from, Kind::until, Kind::because, Kind::kept},
       message::order_of_a_rule},
      {"guardrail", {Kind::to, Kind::on, Kind::when, Kind::because}, message::order_of_a_guardrail},
      {"requirement", {Kind::for_, Kind::to, Kind::on, Kind::when, Kind::because}, message::order_of_a_require},
      {"expectation", {Kind::to, Kind::on, Kind::when, Kind::requiring, Kind::because}, message::order_of_an_expect},
      {"waiver", {Kind::for_, Kind::until, Kind::because, Kind::by, Kind::instead}, message::order_of_a_waive},
      {"separation", {Kind::at, Kind::because}, message::order_of_a_separate}};
  return orders;
}

struct Part {
  std::size_t place = 0;  // in the order
  std::size_t first = 0, last = 0;
};

// The statement's tokens; of a test only the line that is wrong.
std::pair<std::size_t, std::size_t> tokens_of(const Situation& s, std::string_view rule) {
  if (rule != "expectation") return {s.first, s.end};
  std::size_t first = s.at();
  while (first > s.first && s.kind(first) != Kind::expect) --first;
  std::size_t end = first + 1;
  while (end < s.end && s.kind(end) != Kind::expect && s.kind(end) != Kind::rbrace) ++end;
  return {first, end};
}

// A word behind one of these is a value.
bool takes_a_value(Kind kind) { return kind == Kind::is || kind == Kind::not_ || kind == Kind::or_; }

// The place in the order. The `on` of a day, which a test may have, comes before the reason.
std::size_t place_of(const Situation& s, std::size_t token, const std::vector<Kind>& order) {
  const bool is_day = s.kind(token) == Kind::on && s.kind(token + 1) == Kind::date;
  const auto found = std::find(order.begin(), order.end(), is_day ? Kind::because : s.kind(token));
  return 2 * static_cast<std::size_t>(found - order.begin()) - (is_day ? 1U : 0U);
}

std::vector<Part> parts_of(const Situation& s, std::size_t first, std::size_t end, const std::vector<Kind>& order) {
  std::vector<Part> parts;
  long depth = 0;
  for (std::size_t i = first; i < end; ++i) {
    const Kind kind = s.kind(i);
    depth += kind == Kind::lparen ? 1 : kind == Kind::rparen ? -1 : 0;
    const auto found = std::find(order.begin(), order.end(), kind);
    if (depth == 0 && found != order.end() && i > first && !takes_a_value(s.kind(i - 1)))
      parts.push_back({place_of(s, i, order), i, i});
    if (!parts.empty()) parts.back().last = i;
  }
  return parts;
}

bool has_comment(const Situation& s, std::size_t first, std::size_t last) {
  const auto& comments = s.tokens.scanned.comments;
  return std::any_of(comments.begin(), comments.end(), [&](const Comment& comment) {
    return comment.begin > s.tokens[first].begin && comment.begin < s.tokens[last].end;
  });
}

}  // namespace

bool advise_on_order(const Situation& s, diag::Diagnostic& diagnostic) {
  // Behind the condition of an expectation, `on` asks for a day.
  const bool wants_day = s.in("expectation") && s.before() == Kind::on && s.mismatch.expects(Kind::date);
  if (!is_connective(s.found()) && s.found() != Kind::at && !wants_day) return false;
  const auto& orders = part_orders();
  const auto order = std::find_if(orders.begin(), orders.end(), [&](const PartOrder& each) { return s.in(each.rule); });
  if (order == orders.end()) return false;
  const auto [first, end] = tokens_of(s, order->rule);
  const std::vector<Part> parts = parts_of(s, first, end, order->order);
  std::vector<Part> sorted = parts;
  const auto before = [](const Part& a, const Part& b) { return a.place < b.place; };
  std::stable_sort(sorted.begin(), sorted.end(), before);
  const bool twice = std::adjacent_find(sorted.begin(), sorted.end(), [](const Part& a, const Part& b) {
                       return a.place == b.place;
                     }) != sorted.end();
  const bool in_order = std::is_sorted(parts.begin(), parts.end(), before);
  if (in_order && !twice && wants_day) return false;
  diagnostic.help = order->help();
  // `allow on contracts hr to …`: what stands behind the first part does not belong to it.
  const bool lacks_subjects = !parts.empty() && !is_entry(s.kind(parts.front().first - 1));
  if (in_order || twice || lacks_subjects || has_comment(s, parts.front().first, parts.back().last)) return true;
  std::string text;
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    const source::Span part = s.tokens.span(sorted[i].first, sorted[i].last);
    text += s.tokens.text.substr(part.begin, part.end - part.begin);
    if (i + 1 == sorted.size()) break;
    // What stood between two parts, a blank or a new line, stays in its place.
    const std::uint32_t gap = s.tokens[parts[i].last].end;
    text += s.tokens.text.substr(gap, s.tokens[parts[i + 1].first].begin - gap);
  }
  diagnostic.fixes.push_back(
      {message::put_parts_in_order(), {}, {{s.tokens.span(parts.front().first, parts.back().last), text}}});
  return true;
}

bool advise_on_date(const Situation& s, diag::Diagnostic& diagnostic) {
  const bool in_block = s.in("block");
  if (!in_block && !(s.mismatch.expects(Kind::date) && !s.mismatch.expects(Kind::string))) return false;
  std::size_t first = s.at();
  const auto is_part = [&](std::size_t token) {
    const Kind kind = s.kind(token);
    return kind == Kind::number || kind == Kind::date || kind == Kind::duration || kind == Kind::error_char;
  };
  const auto starts_here = [&](std::size_t token) {
    return token > s.first && !s.tokens.starts_new_line(token) &&
           (is_part(token - 1) || s.kind(token - 1) == Kind::name);
  };
  while (in_block && starts_here(first)) --first;
  std::size_t end = first;
  while (end < s.end && (end == first || !s.tokens.starts_new_line(end)) &&
         (is_part(end) || s.kind(end) == Kind::name || s.kind(end) == Kind::string || s.kind(end) == Kind::comma))
    ++end;
  for (; end > first; --end) {
    const source::Span span = s.tokens.span(first, end - 1);
    std::string_view text = s.tokens.text.substr(span.begin, span.end - span.begin);
    if (text.size() > 2 && text.starts_with('"') && text.ends_with('"')) text = text.substr(1, text.size() - 2);
    const auto date = read_written_date(text);
    if (!date) continue;
    diagnostic.help = message::date_is_written();
    add_replacement(diagnostic, span, base::to_string(*date));
    return true;
  }
  return false;
}

// `tiers high > low`
bool advise_on_reversed_tiers(const Situation& s, diag::Diagnostic& diagnostic) {
  if (s.kind(s.first) != Kind::tiers || s.found() != Kind::error_char || s.tokens.word(s.at()) != ">") return false;
  std::vector<std::string_view> names;
  std::size_t end = s.first + 1;
  for (bool name = true; end < s.end; ++end, name = !name) {
    if (name && s.kind(end) == Kind::name) {
      names.push_back(s.tokens.word(end));
    } else if (name || s.tokens.word(end) != ">") {
      break;
    }
  }
  diagnostic.help = message::tiers_written_lowest_first();
  if (names.size() < 2 || end != s.first + 2 * names.size()) return true;
  if (end < s.end && s.kind(end) != Kind::lbrace) return true;
  std::string text;
  for (std::size_t i = names.size(); i > 0; --i) text += (text.empty() ? "" : " < ") + std::string(names[i - 1]);
  add_replacement(diagnostic, s.tokens.span(s.first + 1, end - 1), text);
  return true;
}

// `… is managed require encryption`: what follows on the line was taken for a statement of its own.
bool advise_on_inline_require(const Situation& s, diag::Diagnostic& diagnostic) {
  if (s.kind(s.first) != Kind::require || s.first == 0 || s.tokens.starts_new_line(s.first) ||
      !s.mismatch.expects(Kind::for_))
    return false;
  diagnostic.span = s.tokens.span(s.first);
  diagnostic.message = message::require_starts_a_statement();
  diagnostic.help = message::the_language_says("requiring");
  add_replacement(diagnostic, diagnostic.span, "requiring");
  return true;
}

// `allow all staff to`, `on the contracts`: the name alone means all of it.
bool advise_on_all_before_name(const Situation& s, diag::Diagnostic& diagnostic) {
  const bool in_list = s.in("subjects") || s.in("features") || s.in("objects");
  if (!in_list) return false;
  std::size_t word = s.at();
  const bool is_all = (s.found() == Kind::all || s.found() == Kind::everyone || s.found() == Kind::everything) &&
                      is_entry(s.kind(s.at() + 1));
  if (!is_all) {
    if (!is_entry(s.found()) || s.at() == s.first) return false;
    word = s.at() - 1;
    static constexpr std::string_view articles[] = {"all",   "the",   "a",        "an",         "any",    "each",
                                                    "every", "whole", "everyone", "everything", "anyone", "os",
                                                    "as",    "o",     "todos",    "todas"};
    const std::string before = base::fold_loosely(s.tokens.word(word));
    if (std::find(std::begin(articles), std::end(articles), before) == std::end(articles)) return false;
    // A role may be called `a`.
    if (is_declared_role(s.tokens, s.tokens.word(word)) || declares_object(s.tokens, s.tokens.word(word))) return false;
  }
  if (s.tokens.starts_new_line(word + 1)) return false;
  diagnostic.span = s.tokens.span(word);
  diagnostic.help = message::name_alone_means_all(std::string{s.tokens.word(word + 1)});
  diagnostic.fixes.push_back({message::take_word_out(std::string{s.tokens.word(word)}),
                              {},
                              {{{s.tokens.source, s.tokens[word].begin, s.tokens[word + 1].begin}, ""}}});
  return true;
}

// Whether a statement of the file declares a name as something that features act on.
bool declares_object(const TextTokens& tokens, std::string_view name) {
  for (std::size_t i = 0; i + 1 < tokens.size(); ++i) {
    const Kind kind = tokens.kind(i);
    if (kind == Kind::tiers) {
      for (std::size_t t = i + 1; tokens.kind(t) == Kind::name || tokens.kind(t) == Kind::less; ++t) {
        if (tokens.word(t) == name) return true;
      }
      continue;
    }
    const bool is_object =
        (kind >= Kind::data && kind <= Kind::department && kind != Kind::store) || kind == Kind::objects;
    if (!is_object) continue;
    const std::string_view word = tokens.word(i + 1);
    if (word == name || (tokens.kind(i + 1) == Kind::key && word_of_key(word) == name)) return true;
  }
  return false;
}

// `allow no one to …`
bool advise_on_no_one(const Situation& s, diag::Diagnostic& diagnostic) {
  const Kind verb = s.kind(s.first) == Kind::key ? s.kind(s.first + 1) : s.kind(s.first);
  const bool says_no_one = s.in("subjects") && s.found() == Kind::name && s.tokens.word(s.at()) == "one" &&
                           s.at() > s.first && s.tokens.word(s.at() - 1) == "no";
  const bool says_none = s.in("subjects") && s.found() == Kind::none;
  if (verb != Kind::allow || (!says_no_one && !says_none)) return false;
  const std::size_t rule = s.kind(s.first) == Kind::key ? s.first + 1 : s.first;
  diagnostic.help = message::nobody_is_said_by_forbid();
  diagnostic.fixes.push_back(
      {message::write_name("forbid everyone"),
       {},
       {{s.tokens.span(rule), "forbid"}, {s.tokens.span(says_no_one ? s.at() - 1 : s.at(), s.at()), "everyone"}}});
  return true;
}

}  // namespace farol::syntax
