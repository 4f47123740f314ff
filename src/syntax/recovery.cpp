#include "syntax/recovery.h"

#include <algorithm>
#include <vector>

#include "base/text.h"
#include "syntax/foreign_words.h"
#include "syntax/literals.h"

namespace farol::syntax {
namespace {

// What a token does to the depth of braces. A text that lacks its closing quote has swallowed the braces behind it.
long braces_of(const TextTokens& tokens, std::size_t index) {
  switch (tokens.kind(index)) {
    case Kind::lbrace: return 1;
    case Kind::rbrace: return -1;
    case Kind::unterminated_string: {
      const std::string_view word = tokens.word(index);
      return static_cast<long>(std::count(word.begin(), word.end(), '{')) -
             static_cast<long>(std::count(word.begin(), word.end(), '}'));
    }
    default: return 0;
  }
}

void add_names(const TextTokens& tokens, std::size_t index, std::vector<Name>& names) {
  const std::string_view word = tokens.word(index);
  const auto add = [&](std::string_view part) {
    const auto begin = static_cast<std::uint32_t>(tokens[index].begin + (part.data() - word.data()));
    names.push_back({name_of(part), {tokens.source, begin, begin + static_cast<std::uint32_t>(part.size())}});
  };
  switch (tokens.kind(index)) {
    case Kind::name: add(word); break;
    case Kind::key: add(word_of_key(word)); break;
    case Kind::wildcard: add(word_of_wildcard(word)); break;
    case Kind::range:
      add(words_of_range(word).first);
      add(words_of_range(word).second);
      break;
    default: break;
  }
}

// What the statement was meant to be: by its first word or the one that this is near to.
Kind intended_kind(const TextTokens& tokens, std::size_t first) {
  if (is_statement_word(tokens.kind(first))) return tokens.kind(first);
  if (tokens.kind(first) != Kind::name) return Kind::end;
  return find_nearest_statement_word(tokens.word(first)).value_or(Kind::end);
}

void add_declared(const TextTokens& tokens, Kind kind, std::size_t first, std::size_t end, BrokenStatement& broken) {
  if (kind == Kind::tiers || kind == Kind::context) {
    for (std::size_t i = first + 1; i < end && tokens.kind(i) != Kind::lbrace; ++i)
      add_names(tokens, i, broken.declares);
    return;
  }
  // Of a word that is no statement's and near to none, the braces say that it was to be a declaration or a fact.
  const bool fact = kind == Kind::end && first + 2 < end && tokens.kind(first + 2) == Kind::lbrace;
  if ((is_declaration_word(kind) || fact) && first + 1 < end) add_names(tokens, first + 1, broken.declares);
}

}  // namespace

bool starts_statement(const TextTokens& tokens, std::size_t index) {
  const Kind kind = tokens.kind(index);
  if (kind == Kind::end || is_statement_word(kind)) return true;
  if (kind == Kind::key) {
    const Kind next = tokens.kind(index + 1);
    return may_have_label(next) || (next == Kind::final && may_have_label(tokens.kind(index + 2)));
  }
  if (kind != Kind::name) return false;
  const Kind next = tokens.kind(index + 1);
  if (next == Kind::name && tokens.kind(index + 2) == Kind::equals)
    return tokens.word(index) == "words" || tokens.word(index) == "limit";
  return next == Kind::lbrace || (next == Kind::name && tokens.kind(index + 2) == Kind::lbrace);
}

std::size_t find_resumption(const TextTokens& tokens, std::size_t first) {
  long depth = braces_of(tokens, first);
  // A file of another kind has words at the margin by the thousand, and none of them is worth a look for what it meant.
  std::size_t looks = 64;
  for (std::size_t i = first + 1; i < tokens.size(); ++i) {
    if (starts_statement(tokens, i)) {
      const std::optional<std::size_t> indentation = tokens.indentation(i);
      if (tokens.kind(i) == Kind::end || indentation == std::size_t{0} || (indentation && depth <= 0)) return i;
    } else if (depth <= 0 && looks > 0 && tokens.kind(i) == Kind::name && tokens.is_at_margin(i)) {
      --looks;
      if (find_nearest_statement_word(tokens.word(i))) return i;
    }
    depth = std::max(0L, depth + braces_of(tokens, i));
  }
  return tokens.size() - 1;
}

BrokenStatement describe_broken(const TextTokens& tokens, std::size_t first, std::size_t end) {
  BrokenStatement broken;
  broken.span = tokens.span(first, std::max(first, end - 1));
  std::size_t start = first;
  if (tokens.kind(start) == Kind::key) {
    add_names(tokens, start, broken.declares);
    start += tokens.kind(start + 1) == Kind::final ? 2U : 1U;
  }
  if (start < end) {
    const Kind kind = intended_kind(tokens, start);
    broken.is_rule = kind == Kind::end || kind == Kind::test || may_have_label(kind);
    add_declared(tokens, kind, start, end, broken);
  }
  for (std::size_t i = first; i < end; ++i) add_names(tokens, i, broken.mentions);
  return broken;
}

std::optional<Kind> find_nearest_statement_word(std::string_view word) {
  static const std::vector<std::string_view> words = [] {
    std::vector<std::string_view> all;
    for (auto kind = static_cast<int>(Kind::farol); kind <= static_cast<int>(Kind::check); ++kind)
      all.push_back(text_of_keyword(static_cast<Kind>(kind)));
    return all;
  }();
  if (const auto foreign = find_foreign_keyword(word, true)) return foreign;
  const std::optional<std::string_view> nearest = base::find_nearest(word, words);
  return nearest ? find_keyword(*nearest) : std::nullopt;
}

}  // namespace farol::syntax
