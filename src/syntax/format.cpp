#include "syntax/format.h"

#include <algorithm>

#include "syntax/layout.h"
#include "syntax/parser.h"

namespace farol::syntax {
namespace {

using source::Span;
using syntax::Comment;
using syntax::Kind;

// The tokens `first` to `last`, both included.
struct Piece {
  std::size_t first = 0, last = 0;
  bool as_it_is = false;
};

class Formatter {
 public:
  Formatter(const Words& words, std::string_view line_end) : words_(words), line_end_(line_end) {}

  std::string run(const std::vector<Piece>& pieces) {
    for (const Piece& piece : pieces) {
      write_comments(piece.first);
      write_piece(piece);
    }
    write_comments(words_.tokens.size() - 1);
    if (!out_.empty()) out_ += line_end_;
    return std::move(out_);
  }

 private:
  // Those between the pieces before and the one that starts with a token.
  void write_comments(std::size_t token) {
    const std::size_t end = words_.tokens[token].begin;
    for (; next_comment_ < words_.comments.size() && words_.comments[next_comment_].begin < end; ++next_comment_) {
      const Comment& comment = words_.comments[next_comment_];
      if (comment.begin < previous_end_) continue;  // inside of a piece, which has written it
      const bool behind = !out_.empty() && words_.line_ends(previous_end_, comment.begin) == 0;
      if (behind && !line_is_over_) {
        out_ += "  ";
      } else {
        start_line(comment.begin);
      }
      out_ += words_.word(comment);
      line_is_over_ = true;
      previous_end_ = comment.end;
    }
  }

  void write_piece(const Piece& piece) {
    const std::size_t begin = words_.tokens[piece.first].begin, end = words_.tokens[piece.last].end;
    start_line(begin);
    if (piece.as_it_is) {
      // With its indentation, which says where it ends.
      std::size_t line = begin;
      while (line > previous_end_ && (words_.text[line - 1] == ' ' || words_.text[line - 1] == '\t')) --line;
      const bool first_in_line = line == 0 || words_.text[line - 1] == '\n' || words_.text[line - 1] == '\r';
      if (first_in_line) out_ += words_.text.substr(line, begin - line);
      out_ += words_.text.substr(begin, end - begin);
    } else {
      out_ += lay_out(words_, piece.first, piece.last, line_end_);
    }
    previous_end_ = end;
    line_is_over_ = false;
  }

  // One empty line stays where there were some, but not at the top.
  void start_line(std::size_t begin) {
    if (out_.empty()) return;
    out_ += line_end_;
    if (words_.line_ends(previous_end_, begin) > 1) out_ += line_end_;
  }

  const Words& words_;
  std::string_view line_end_;
  std::string out_;
  std::size_t next_comment_ = 0;
  std::size_t previous_end_ = 0;  // of the last piece or comment in the source
  bool line_is_over_ = false;     // a comment is the last thing on the line
};

// Everything that was read as a statement; what lies between, and what has an error in it, stays as it is.
std::vector<Piece> pieces_of(const Words& words, const syntax::File& file, const std::vector<Span>& errors) {
  const auto& tokens = words.tokens;
  const auto token_at = [&](std::uint32_t offset) {
    return static_cast<std::size_t>(
        std::lower_bound(tokens.begin(), tokens.end(), offset,
                         [](const auto& token, std::uint32_t wanted) { return token.begin < wanted; }) -
        tokens.begin());
  };
  const auto has_error = [&](std::size_t first, std::size_t last) {
    const std::uint32_t begin = tokens[first].begin, end = tokens[last].end;
    return std::any_of(errors.begin(), errors.end(), [&](const Span& error) {
      return error.begin < end && begin < std::max(error.end, error.begin + 1);
    });
  };
  std::vector<Piece> known;
  if (file.version) known.push_back({0, 1, has_error(0, 1)});
  for (const syntax::Statement& statement : file.statements) {
    const std::size_t first = token_at(statement.span.begin), last = token_at(statement.span.end) - 1;
    // The lines of a check are its author's: they follow how it is read aloud.
    const bool check = std::holds_alternative<syntax::Check>(statement.node);
    known.push_back({first, last, check || has_error(first, last)});
  }
  for (const syntax::BrokenStatement& broken : file.broken)
    known.push_back({token_at(broken.span.begin), token_at(broken.span.end) - 1, true});
  std::sort(known.begin(), known.end(), [](const Piece& a, const Piece& b) { return a.first < b.first; });

  std::vector<Piece> pieces;
  std::size_t next = 0;
  for (const Piece& piece : known) {
    if (piece.first < next) continue;
    if (piece.first > next) pieces.push_back({next, piece.first - 1, true});
    pieces.push_back(piece);
    next = piece.last + 1;
  }
  if (next + 1 < tokens.size()) pieces.push_back({next, tokens.size() - 2, true});
  return pieces;
}

std::string_view line_end_of(std::string_view text) {
  const std::size_t end = text.find('\n');
  return end != std::string_view::npos && end > 0 && text[end - 1] == '\r' ? "\r\n" : "\n";
}

}  // namespace

std::string format(const source::SourceMap& sources, source::SourceId id, diag::Sink& sink) {
  const std::string_view text = sources.text(id);
  diag::Sink found;
  const syntax::File file = syntax::parse(sources, id, found);
  std::vector<Span> errors;
  bool readable = true;
  for (diag::Diagnostic& diagnostic : found.sorted(sources)) {
    errors.push_back(diagnostic.span);
    if (diagnostic.code == diag::Code::unreadable_file) readable = false;
    sink.report(std::move(diagnostic));
  }
  for (const auto& [code, count] : found.dropped()) sink.report_more(code, count);
  if (!readable) return std::string(text);
  const syntax::Tokens scanned = syntax::scan(text);
  const bool cut = std::any_of(scanned.tokens.begin(), scanned.tokens.end(),
                               [](const syntax::Token& token) { return token.kind == Kind::unterminated_comment; });
  // Errors that were not spelled out have no place.
  if (cut || !found.dropped().empty()) return std::string(text);
  const Words words{text, scanned.tokens, scanned.comments};
  return Formatter{words, line_end_of(text)}.run(pieces_of(words, file, errors));
}

}  // namespace farol::syntax
