// `A or B` between conditions: who does not write parentheses leaves open what `and` beside it joins.
#include <utility>
#include <vector>

#include "diag/messages_syntax.h"
#include "syntax/message_advice.h"
#include "syntax/recovery.h"

namespace farol::syntax {
namespace {

struct Range {
  std::size_t first = 0;
  std::size_t end = 0;  // not included
};

bool ends_condition(Kind kind) {
  switch (kind) {
    case Kind::end:
    case Kind::requiring:
    case Kind::from:
    case Kind::until:
    case Kind::because:
    case Kind::kept:
    case Kind::expect:
    case Kind::for_:
    case Kind::key:
    case Kind::lbrace:
    case Kind::rbrace: return true;
    default: return false;
  }
}

// The condition around the token that does not fit, up to the parentheses that it stands in.
Range condition_around(const Situation& s) {
  Range range{s.at(), s.at()};
  for (int depth = 0; range.first > s.first; --range.first) {
    const Kind before = s.kind(range.first - 1);
    if (before == Kind::rparen) ++depth;
    if (before == Kind::lparen && depth-- == 0) break;
    if (before == Kind::when || before == Kind::equals || before == Kind::expect) break;
    if (before == Kind::name && s.tokens.word(range.first - 1) == "where") break;
  }
  for (int depth = 0; range.end < s.end; ++range.end) {
    const Kind kind = s.kind(range.end);
    if (kind == Kind::lparen) ++depth;
    if (kind == Kind::rparen && depth-- == 0) break;
    const bool next =
        range.end > s.at() && s.tokens.starts_new_line(range.end) && starts_statement(s.tokens, range.end);
    if (ends_condition(kind) || next) break;
  }
  return range;
}

// Whether the `or` at this token joins conditions, and not the values of one `is`.
bool joins_conditions(const Situation& s, const Range& range, std::size_t token) {
  const Kind next = s.kind(token + 1);
  if (next == Kind::lparen || next == Kind::not_ || s.kind(token + 2) == Kind::is) return true;
  // Back over `a or b` to the word before: `is` or `is not` makes them values.
  std::size_t at = token;
  while (at >= range.first + 2 && s.kind(at - 2) == Kind::or_) at -= 2;
  const Kind before = at >= range.first + 2 ? s.kind(at - 2) : Kind::end;
  return before != Kind::is && !(before == Kind::not_ && at >= range.first + 3 && s.kind(at - 3) == Kind::is);
}

bool is_in_parentheses(const Situation& s, const Range& side) {
  int depth = 0;
  for (std::size_t i = side.first; i < side.end; ++i) {
    if (s.kind(i) == Kind::lparen) ++depth;
    if (s.kind(i) == Kind::rparen) --depth;
    if (depth == 0) return i > side.first && i + 1 == side.end;
  }
  return false;
}

std::vector<Range> sides_of_or(const Situation& s, const Range& condition) {
  std::vector<Range> sides;
  std::size_t first = condition.first;
  int depth = 0;
  for (std::size_t i = condition.first; i < condition.end; ++i) {
    if (s.kind(i) == Kind::lparen) ++depth;
    if (s.kind(i) == Kind::rparen) --depth;
    if (depth != 0 || s.kind(i) != Kind::or_ || !joins_conditions(s, condition, i)) continue;
    sides.push_back({first, i});
    first = i + 1;
  }
  if (!sides.empty()) sides.push_back({first, condition.end});
  return sides;
}

}  // namespace

bool advise_on_or(const Situation& s, diag::Diagnostic& diagnostic) {
  if (!s.in("condition") && !s.in("predicate")) return false;
  diag::Fix fix{message::put_sides_in_parentheses(), {}, {}};
  for (const Range& side : sides_of_or(s, condition_around(s))) {
    if (side.first >= side.end) return false;
    if (is_in_parentheses(s, side)) continue;
    const source::Span span = s.tokens.span(side.first, side.end - 1);
    fix.edits.push_back({{span.source, span.begin, span.begin}, "("});
    fix.edits.push_back({{span.source, span.end, span.end}, ")"});
  }
  if (fix.edits.empty()) return false;
  diagnostic.message = message::sides_need_parentheses();
  diagnostic.help = message::parentheses_leave_no_doubt();
  diagnostic.fixes.push_back(std::move(fix));
  return true;
}

}  // namespace farol::syntax
