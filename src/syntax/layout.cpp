#include "syntax/layout.h"

#include <algorithm>

#include "base/text.h"
#include "syntax/format.h"

namespace farol::syntax {
namespace {

using syntax::Comment;
using syntax::Kind;

// How much a statement is broken into lines.
struct Breaks {
  bool block = false;    // an attribute a line
  bool reasons = false;  // before each reason, and who keeps it
  bool clauses = false;  // before `to`, `on`, `when` …
};

class Layout {
 public:
  Layout(const Words& words, std::size_t first, std::size_t last, std::string_view line_end)
      : words_(words), first_(first), last_(last), line_end_(line_end) {}

  std::string run() {
    const Breaks least{block_is_open(), has_translated_reason(), false};
    Breaks breaks = least;
    std::string text = render(breaks);
    // One step more at a time, until all lines fit or nothing is left to break.
    for (bool Breaks::*step : {&Breaks::block, &Breaks::reasons, &Breaks::clauses}) {
      if (fits(text)) break;
      breaks.*step = true;
      text = render(breaks);
    }
    return text;
  }

 private:
  [[nodiscard]] Kind kind(std::size_t token) const { return words_.tokens[token].kind; }

  // Tests have a line for each expectation. A block that its author opened over several lines stays open; so does one
  // with a comment that ends a line.
  [[nodiscard]] bool block_is_open() const {
    for (std::size_t i = first_; i < last_; ++i) {
      if (kind(i) != Kind::lbrace) continue;
      if (kind(first_) == Kind::test) return kind(i + 1) != Kind::rbrace;
      if (kind(i + 1) != Kind::rbrace && words_.line_ends(words_.tokens[i].end, words_.tokens[i + 1].begin) > 0)
        return true;
      return std::any_of(words_.comments.begin(), words_.comments.end(), [&](const Comment& comment) {
        return comment.before > i && comment.before <= last_ && ends_line(comment);
      });
    }
    return false;
  }

  [[nodiscard]] bool has_translated_reason() const {
    if (kind(first_) == Kind::test) return false;
    for (std::size_t i = first_; i < last_ && kind(i) != Kind::lbrace; ++i) {
      if (kind(i) == Kind::because_in && kind(i + 1) == Kind::string) return true;
    }
    return false;
  }

  [[nodiscard]] bool ends_line(const Comment& comment) const {
    return comment.form != Comment::Form::block || words_.line_ends(comment.begin, comment.end) > 0;
  }

  static bool fits(std::string_view text) {
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      if (base::display_width(text.substr(0, end)) > max_width) return false;
      text.remove_prefix(std::min(end + 1, text.size()));
    }
    return true;
  }

  // A comma between attributes, or behind the last one.
  [[nodiscard]] bool is_idle_comma(std::size_t token, std::size_t depth) const {
    return depth > 0 && kind(token) == Kind::comma && token < last_ &&
           (kind(token + 1) == Kind::key || kind(token + 1) == Kind::rbrace);
  }

  std::string render(const Breaks& breaks) {
    out_.clear();
    previous_end_ = words_.tokens[first_].begin;
    std::size_t depth = 0, previous = last_ + 1;
    for (std::size_t i = first_; i <= last_; ++i) {
      const bool idle = is_idle_comma(i, depth);
      if (kind(i) == Kind::rbrace && depth > 0) --depth;
      const bool first_in_line = i != first_ && write_comments(i, breaks, depth);
      if (idle) {
        pending_line_ = pending_line_ || first_in_line;
        previous_end_ = words_.tokens[i].end;
        continue;
      }
      if (i != first_) separate(previous, i, breaks, depth, first_in_line || pending_line_);
      pending_line_ = false;
      write_word(i);
      previous_end_ = words_.tokens[i].end;
      if (kind(i) == Kind::lbrace) ++depth;
      previous = i;
    }
    return out_;
  }

  // `admin : yes` has its colon in the word.
  void write_word(std::size_t token) {
    const std::string_view word = words_.word(token);
    if (kind(token) != Kind::key) {
      out_ += word;
      return;
    }
    const std::size_t end = word.find_last_not_of(" \t\r\n:");
    out_.append(word.substr(0, end + 1)) += ':';
  }

  // Those before a token. True: the token must start a line.
  bool write_comments(std::size_t token, const Breaks& breaks, std::size_t depth) {
    bool new_line = false;
    auto comment = std::lower_bound(words_.comments.begin(), words_.comments.end(), token,
                                    [](const Comment& each, std::size_t wanted) { return each.before < wanted; });
    for (; comment != words_.comments.end() && comment->before == token; ++comment) {
      const bool own_line = new_line || words_.line_ends(previous_end_, comment->begin) > 0;
      if (own_line) {
        start_line(breaks.block ? std::max<std::size_t>(depth + (kind(token) == Kind::rbrace ? 1 : 0), 1) : 1);
      } else {
        out_ += comment->form == Comment::Form::block ? " " : "  ";
      }
      out_ += words_.word(*comment);
      previous_end_ = comment->end;
      new_line = own_line || comment->form != Comment::Form::block;
    }
    return new_line;
  }

  void separate(std::size_t previous, std::size_t token, const Breaks& breaks, std::size_t depth, bool new_line) {
    const Kind before = kind(previous), now = kind(token);
    const bool closes = now == Kind::rbrace, opened = before == Kind::lbrace;
    const bool begins = depth > 0 && (now == Kind::key || now == Kind::expect) && !closes;
    if (closes && opened && !new_line) return;
    if (breaks.block && (begins || closes)) return start_line(depth);
    if (new_line) return start_line(closes ? depth : depth + 1);
    if (depth == 0 && breaks_before(before, now, breaks)) return start_line(1);
    if (now == Kind::comma || before == Kind::lparen || now == Kind::rparen) return;
    out_ += begins && !opened && !out_.ends_with("*/") ? "  " : " ";
  }

  static bool breaks_before(Kind before, Kind now, const Breaks& breaks) {
    // Behind these a word is a value.
    if (before == Kind::is || before == Kind::not_ || before == Kind::or_ || before == Kind::bar) return false;
    switch (now) {
      case Kind::because:
      case Kind::because_in:
      case Kind::kept:
      case Kind::instead: return breaks.reasons;
      case Kind::to:
      case Kind::on:
      case Kind::when:
      case Kind::requiring:
      case Kind::for_: return breaks.clauses;
      default: return false;
    }
  }

  void start_line(std::size_t indentation) {
    while (out_.ends_with(' ')) out_.pop_back();
    out_ += line_end_;
    out_.append(2 * indentation, ' ');
  }

  const Words& words_;
  std::size_t first_, last_;
  std::string_view line_end_;
  std::string out_;
  std::size_t previous_end_ = 0;  // of the last token or comment in the source
  bool pending_line_ = false;     // a comma went that had to start a line
};

}  // namespace

std::size_t Words::line_ends(std::size_t begin, std::size_t end) const {
  std::size_t count = 0;
  for (std::size_t at = begin; at < end; ++at) {
    if (text[at] == '\n' || (text[at] == '\r' && !(at + 1 < text.size() && text[at + 1] == '\n'))) ++count;
  }
  return count;
}

std::string lay_out(const Words& words, std::size_t first, std::size_t last, std::string_view line_end) {
  return Layout{words, first, last, line_end}.run();
}

}  // namespace farol::syntax
