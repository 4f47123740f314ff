#include "syntax/reword.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/text.h"
#include "syntax/antlr_parser.h"
#include "syntax/foreign_words.h"
#include "syntax/literals.h"
#include "syntax/message_advice.h"

namespace farol::syntax {
namespace {

constexpr std::size_t most_words = 200, most_changes = 40, depth_limit = 50;

struct Word {
  std::string text;
  Kind kind = Kind::end;
  std::uint32_t begin = 0, end = 0;  // in the file, of a word that is there

  bool operator==(const Word& other) const { return text == other.text; }
};
using Words = std::vector<Word>;

Word made(std::string text) {
  const Tokens scanned = scan(text);
  return {std::move(text), scanned.tokens.front().kind};
}

// `title:` is two words here.
Words words_of(const TextTokens& tokens, std::size_t first, std::size_t end) {
  Words words;
  for (std::size_t i = first; i < end; ++i) {
    const source::Span span = tokens.span(i);
    if (tokens.kind(i) != Kind::key) {
      words.push_back({std::string(tokens.word(i)), tokens.kind(i), span.begin, span.end});
      continue;
    }
    const std::string name(word_of_key(tokens.word(i)));
    Word word = made(name);
    word.begin = span.begin;
    word.end = span.begin + static_cast<std::uint32_t>(name.size());
    words.push_back(std::move(word));
    words.push_back({":", Kind::error_char, span.end - 1, span.end});
  }
  return words;
}

std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find(' '), text.size());
    parts.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return parts;
}

struct Saying {
  std::vector<std::string_view> written, meant;
  bool at_start = false, at_end = false;
};

const std::vector<Saying>& sayings() {
  static const auto all = [] {
    std::vector<Saying> made;
    const auto add = [&](std::string_view written, std::string_view meant) {
      Saying saying{split(written), split(meant)};
      saying.at_start = saying.written.front() == "^";
      saying.at_end = saying.written.back() == "$";
      if (saying.at_start) saying.written.erase(saying.written.begin());
      if (saying.at_end) saying.written.pop_back();
      made.push_back(std::move(saying));
    };
#define FAROL_SAYING(written, meant) add(written, meant);
#include "syntax/sayings.def"
#undef FAROL_SAYING
    return made;
  }();
  return all;
}

bool is_verb(Kind kind) { return kind >= Kind::allow && kind <= Kind::only; }
bool has_dot(const Word& word) { return word.text.find('.') != std::string::npos; }

// Whether a word stands for one of a saying. What the saying keeps goes into `kept`.
bool fits(std::string_view wanted, const Word& word, std::vector<const Word*>& kept) {
  const bool is_kept =
      (wanted == "NAME" && word.kind == Kind::name) ||
      (wanted == "DOTTED" && ((word.kind == Kind::name && has_dot(word)) || word.kind == Kind::wildcard)) ||
      (wanted == "DATE" && word.kind == Kind::date) || (wanted == "TEXT" && word.kind == Kind::string) ||
      (wanted == "NUMBER" && word.kind == Kind::number) || (wanted == "VERB" && is_verb(word.kind));
  if (is_kept) kept.push_back(&word);
  return is_kept || base::fold_case(word.text) == wanted;
}

// The words that a saying means, with those that it keeps.
Words filled(const std::vector<std::string_view>& meant, const std::vector<const Word*>& kept) {
  Words words;
  for (const std::string_view part : meant) {
    std::string text;
    bool is_whole = false;
    for (std::size_t i = 0; i < part.size(); ++i) {
      if (part[i] != '{' || i + 2 >= part.size()) {
        text += part[i];
        continue;
      }
      const Word& word = *kept.at(static_cast<std::size_t>(part[i + 1] - '1'));
      is_whole = part.size() == 3;
      if (is_whole) words.push_back(word);
      text += word.text;
      i += 2;
    }
    if (!is_whole) words.push_back(made(std::move(text)));
  }
  return words;
}

bool apply(const Saying& saying, Words& words, std::size_t start) {
  if (words.size() < start + saying.written.size()) return false;
  const std::size_t last = words.size() - saying.written.size();
  const std::size_t from = saying.at_end ? last : start, to = saying.at_start ? start : last;
  for (std::size_t at = from; at <= to; ++at) {
    std::vector<const Word*> kept;
    bool all = true;
    for (std::size_t i = 0; i < saying.written.size() && all; ++i) all = fits(saying.written[i], words[at + i], kept);
    if (!all) continue;
    Words meant = filled(saying.meant, kept);
    const auto begin = words.begin() + static_cast<std::ptrdiff_t>(at);
    words.erase(begin, begin + static_cast<std::ptrdiff_t>(saying.written.size()));
    words.insert(words.begin() + static_cast<std::ptrdiff_t>(at), std::make_move_iterator(meant.begin()),
                 std::make_move_iterator(meant.end()));
    return true;
  }
  return false;
}

// Marks around a list, as other languages have them: `allow [a, b] to …`.
bool take_brackets_out(Words& words) {
  if (words.empty() || !is_verb(words.front().kind)) return false;
  const auto is_bracket = [](const Word& word) {
    return word.text == "[" || word.text == "]" || word.text == "{" || word.text == "}";
  };
  return std::erase_if(words, is_bracket) > 0;
}

// `allow drive.read on wages to hr`: what is done stands where the language has who does it.
bool put_who_first(Words& words, std::size_t start) {
  if (words.size() < start + 4 || !is_verb(words[start].kind)) return false;
  const auto is_feature = [](const Word& word) {
    return word.kind == Kind::wildcard || (word.kind == Kind::name && has_dot(word)) || word.kind == Kind::comma;
  };
  const auto is_listed = [](const Word& word) {
    return word.kind == Kind::name || word.kind == Kind::comma || word.kind == Kind::everyone ||
           word.kind == Kind::range || word.kind == Kind::all || word.kind == Kind::or_ || word.kind == Kind::below ||
           word.kind == Kind::above || word.kind == Kind::except;
  };
  std::size_t at = start + 1;
  const auto take = [&](const auto& is_part) {
    const std::size_t first = at;
    while (at < words.size() && is_part(words[at])) ++at;
    return Words(words.begin() + static_cast<std::ptrdiff_t>(first), words.begin() + static_cast<std::ptrdiff_t>(at));
  };
  const auto is_here = [&](Kind kind) { return at < words.size() && words[at].kind == kind; };
  const Words what = take(is_feature);
  Words objects;
  if (what.empty()) return false;
  if (is_here(Kind::on)) {
    ++at;
    objects = take(is_listed);
  }
  if (!is_here(Kind::to) && !is_here(Kind::for_)) return false;
  ++at;
  const Words who = take(is_listed);
  if (who.empty() || std::any_of(who.begin(), who.end(), has_dot)) return false;
  Words all(words.begin(), words.begin() + static_cast<std::ptrdiff_t>(start) + 1);
  all.insert(all.end(), who.begin(), who.end());
  all.push_back(made("to"));
  all.insert(all.end(), what.begin(), what.end());
  if (!objects.empty()) all.push_back(made("on"));
  all.insert(all.end(), objects.begin(), objects.end());
  all.insert(all.end(), words.begin() + static_cast<std::ptrdiff_t>(at), words.end());
  words = std::move(all);
  return true;
}

std::string text_of(const Words& words, std::size_t first, std::size_t end) {
  std::string text;
  for (std::size_t i = first; i < end; ++i) {
    const std::string& word = words[i].text;
    const bool closes_up = i == first || word == "," || word == ":" || words[i - 1].text.ends_with('\n');
    text += (closes_up ? "" : " ") + word;
  }
  return text;
}

bool can_be_read(const std::string& text) {
  TextTokens tokens{{}, text, scan(text)};
  StatementParser parser(tokens, depth_limit);
  for (std::size_t at = 0; tokens.kind(at) != Kind::end;) {
    Statement statement;
    const auto outcome = parser.parse(at, tokens.size() - 1, statement);
    const auto* parsed = std::get_if<StatementParser::Parsed>(&outcome);
    if (parsed == nullptr || parsed->problem || parsed->next <= at) return false;
    at = parsed->next;
  }
  return true;
}

bool change(Words& words) {
  // Behind a label.
  const std::size_t start = words.size() > 2 && words[1].text == ":" && may_have_label(words[2].kind) ? 2 : 0;
  std::size_t changes = take_brackets_out(words) ? 1 : 0;
  for (const Saying& saying : sayings()) {
    while (changes < most_changes && apply(saying, words, saying.at_start ? start : 0)) ++changes;
  }
  return put_who_first(words, start) || changes > 0;
}

// The words of other languages for those of this one.
bool translate(const TextTokens& tokens, Words& words) {
  bool any = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (words[i].kind != Kind::name) continue;
    const auto meant = find_foreign_keyword(words[i].text, i == 0);
    if (!meant || is_declared_role(tokens, words[i].text) || declares_object(tokens, words[i].text)) continue;
    words[i] = made(std::string(text_of_keyword(*meant)));
    any = true;
  }
  return any;
}

}  // namespace

std::optional<diag::Edit> reword(const TextTokens& tokens, std::size_t first, std::size_t end) {
  if (end <= first || end - first > most_words) return std::nullopt;
  // A comment inside would be lost.
  for (const Comment& comment : tokens.scanned.comments) {
    if (comment.before > first && comment.before < end) return std::nullopt;
  }
  const Words written = words_of(tokens, first, end);
  Words words = written;
  bool changed = change(words);
  if (!changed || !can_be_read(text_of(words, 0, words.size()))) {
    if (!translate(tokens, words)) return std::nullopt;
    changed = change(words);
    if (!changed || !can_be_read(text_of(words, 0, words.size()))) return std::nullopt;
  }
  // What is the same at both ends stays as it is.
  const auto differ = std::mismatch(written.begin(), written.end(), words.begin(), words.end());
  const auto same = static_cast<std::size_t>(differ.first - written.begin());
  std::size_t tail = 0;
  while (tail < std::min(written.size(), words.size()) - same &&
         written[written.size() - 1 - tail] == words[words.size() - 1 - tail])
    ++tail;
  const std::string text = text_of(words, same, words.size() - tail);
  if (same + tail == written.size()) {
    const std::uint32_t place = same == 0 ? written.front().begin : written[same - 1].end;
    return diag::Edit{{tokens.source, place, place}, same == 0 ? text + " " : " " + text};
  }
  return diag::Edit{{tokens.source, written[same].begin, written[written.size() - 1 - tail].end}, text};
}

}  // namespace farol::syntax
