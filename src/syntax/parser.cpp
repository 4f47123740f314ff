#include "syntax/parser.h"

#include <algorithm>
#include <iterator>
#include <string>
#include <utility>

#include "base/text.h"
#include "diag/messages_syntax.h"
#include "syntax/antlr_parser.h"
#include "syntax/foreign_words.h"
#include "syntax/lexical_checks.h"
#include "syntax/merge_markers.h"
#include "syntax/message_advice.h"
#include "syntax/messages.h"
#include "syntax/recovery.h"
#include "syntax/text_tokens.h"

namespace farol::syntax {
namespace {

// Reads a file one statement at a time, so that an error ends with its statement.
class FileParser {
 public:
  FileParser(const TextTokens& tokens, const Limits& limits, ReportedPlaces reported, diag::Sink& sink)
      : tokens_(tokens), limits_(limits), sink_(sink), reported_(std::move(reported)), parser_(tokens, limits.depth) {
    file_.source = tokens.source;
  }

  File run() {
    read_version();
    // Statements are large: one allocation, of a few too many at most.
    const auto& all = tokens_.scanned.tokens;
    file_.statements.reserve(static_cast<std::size_t>(
        std::count_if(all.begin(), all.end(), [](const Token& token) { return is_statement_word(token.kind); })));
    while (tokens_.kind(at_) != Kind::end && file_.broken.size() <= limits_.unreadable_statements) read_statement();
    if (tokens_.kind(at_) != Kind::end) {
      sink_.report(diag::make(diag::Code::too_large, tokens_.span(at_),
                              message::too_many_unreadable_statements(limits_.unreadable_statements)));
    }
    if (version_is_missing_) sink_.report(explain_missing_version(tokens_));
    return std::move(file_);
  }

 private:
  void read_version() {
    if (tokens_.kind(0) == Kind::farol && tokens_.kind(1) == Kind::number) {
      file_.version = Number{std::string(tokens_.word(1)), tokens_.span(1)};
      if (file_.version->text != "1") {
        auto diagnostic = diag::make(diag::Code::unknown_version, tokens_.span(1),
                                     message::language_has_no_version(file_.version->text));
        diagnostic.help = message::compiler_knows_version();
        // `farol 1.0`
        if (file_.version->text.starts_with("1."))
          diagnostic.fixes.push_back({message::write_farol_1(), {}, {{tokens_.span(1), "1"}}});
        sink_.report(std::move(diagnostic));
      }
      at_ = 2;
      return;
    }
    // One that stands further down is reported there, so this waits until the end.
    version_is_missing_ = true;
    // A try at it (`Farol 1`, `farol`) is not worth a second report.
    std::size_t line_end = 1;
    while (line_end < tokens_.size() - 1 && !tokens_.starts_new_line(line_end)) ++line_end;
    const bool tried = tokens_.kind(0) == Kind::farol || (!starts_statement(tokens_, 0) && line_end <= 3);
    if (!tried) return;
    at_ = find_resumption(tokens_, 0);
  }

  void read_statement() {
    const Kind kind = tokens_.kind(at_);
    if (kind == Kind::farol)
      return give_up(explain_stray_version(tokens_, at_, std::exchange(version_is_missing_, false)));
    if (kind != Kind::key && !starts_statement(tokens_, at_)) return give_up(explain_no_statement(tokens_, at_));

    auto outcome = parser_.parse(at_, tokens_.size() - 1, file_.statements.emplace_back());
    if (auto* parsed = std::get_if<StatementParser::Parsed>(&outcome); parsed != nullptr && ends_well(parsed->next)) {
      if (parsed->next == at_ + 2 && runs_on(at_)) return give_up_running_on();
      if (is_only_when(parsed->next)) return give_up_only_when(parsed->next);
      if (const auto part = part_of_the_next(parsed->next)) return give_up_part(*part, parsed->next);
      return accept(std::move(*parsed));
    }
    file_.statements.pop_back();
    if (const auto* deep = std::get_if<StatementParser::TooDeep>(&outcome))
      return give_up(explain_depth(tokens_, deep->token, limits_.depth));

    const std::size_t end = find_resumption(tokens_, at_);
    if (sink_.is_full(diag::Code::syntax_error)) return read_cut_statement(end);
    if (const auto mismatch = parser_.find_mismatch(at_, end)) return give_up(explain(tokens_, at_, end, *mismatch));
    // Whole when it is cut where the next one starts; the pass before had taken the next one's first word for a value.
    outcome = parser_.parse(at_, end, file_.statements.emplace_back());
    if (auto* parsed = std::get_if<StatementParser::Parsed>(&outcome)) accept(std::move(*parsed));
  }

  // Reads the statement up to `end`, and only counts it if it is wrong.
  void read_cut_statement(std::size_t end) {
    auto outcome = parser_.parse(at_, end, file_.statements.emplace_back());
    if (auto* parsed = std::get_if<StatementParser::Parsed>(&outcome)) return accept(std::move(*parsed));
    file_.statements.pop_back();
    if (!is_reported(at_, end)) sink_.report_more(diag::Code::syntax_error, 1);
    file_.broken.push_back(describe_broken(tokens_, at_, end));
    at_ = end;
  }

  // What stands behind a statement starts the next one, or at least a line of its own that is not indented further. One
  // blank is no indentation: it stood behind a word that has been deleted.
  [[nodiscard]] bool ends_well(std::size_t next) const {
    if (starts_statement(tokens_, next)) return true;
    const std::optional<std::size_t> indentation = tokens_.indentation(next);
    return indentation && *indentation <= tokens_.indentation(at_).value_or(0) + 1;
  }

  // `data contracts confidential { … }`: a declaration, and on its line what would be a fact. A colon or `inherits` has
  // been forgotten.
  [[nodiscard]] bool runs_on(std::size_t first) const {
    if (!is_declaration_word(tokens_.kind(first)) || tokens_.kind(first + 2) != Kind::name ||
        tokens_.starts_new_line(first + 2))
      return false;
    // `role hr extends staff { … }`
    if (tokens_.kind(first) == Kind::role && find_foreign_keyword(tokens_.word(first + 2), false) == Kind::inherits)
      return true;
    return tokens_.kind(first + 3) == Kind::lbrace && !tokens_.starts_new_line(first + 3);
  }

  // `when … allow …` on one line: the part in front would belong to the rule before, which its author has not meant.
  [[nodiscard]] std::optional<std::size_t> part_of_the_next(std::size_t next) const {
    if (!may_have_label(tokens_.kind(next)) || tokens_.starts_new_line(next)) return std::nullopt;
    std::size_t part = next;
    while (part > at_ && !tokens_.starts_new_line(part)) --part;
    return part > at_ && is_connective(tokens_.kind(part)) ? std::optional(part) : std::nullopt;
  }

  // `… on wages only when …`: a condition of the rule in front, and no rule of its own.
  [[nodiscard]] bool is_only_when(std::size_t next) const {
    return tokens_.kind(next) == Kind::only && !tokens_.starts_new_line(next) &&
           (tokens_.kind(next + 1) == Kind::when || base::fold_case(tokens_.word(next + 1)) == "if");
  }

  void give_up_only_when(std::size_t only) {
    file_.statements.pop_back();
    const Mismatch mismatch{.token = only, .expected = {Kind::when}, .may_end = true, .rules = {}};
    give_up(explain(tokens_, at_, find_resumption(tokens_, at_), mismatch));
  }

  void give_up_part(std::size_t part, std::size_t next) {
    file_.statements.pop_back();
    const source::Span written = tokens_.span(part, next - 1);
    auto diagnostic =
        diag::make(diag::Code::syntax_error, written,
                   message::part_stands_in_front(std::string{tokens_.word(part)}, std::string{tokens_.word(next)}));
    const std::string text{tokens_.text.substr(written.begin, written.end - written.begin)};
    std::size_t last = next;
    while (last + 1 < tokens_.size() && !tokens_.starts_new_line(last + 1) && tokens_.kind(last + 1) != Kind::end)
      ++last;
    const std::uint32_t end = tokens_[last].end;
    diagnostic.fixes.push_back(
        {message::put_parts_in_order(),
         {},
         {{{tokens_.source, tokens_[part].begin, tokens_[next].begin}, ""}, {{tokens_.source, end, end}, " " + text}}});
    report(std::move(diagnostic), at_, next);
    file_.broken.push_back(describe_broken(tokens_, at_, next));
    at_ = next;
  }

  void give_up_running_on() {
    file_.statements.pop_back();
    Mismatch mismatch{.token = at_ + 2, .expected = {Kind::lbrace}, .may_end = true, .rules = {}};
    if (tokens_.kind(at_) == Kind::data) mismatch.rules.push_back("dataClass");
    if (tokens_.kind(at_) == Kind::role) {
      mismatch.rules.push_back("role");
      mismatch.expected.push_back(Kind::inherits);
    }
    give_up(explain(tokens_, at_, find_resumption(tokens_, at_), mismatch));
  }

  // The last statement of the file has been read up to token `parsed.next`.
  void accept(StatementParser::Parsed parsed) {
    if (parsed.problem) {
      file_.statements.pop_back();
      report(std::move(*parsed.problem), at_, parsed.next);
      file_.broken.push_back(describe_broken(tokens_, at_, parsed.next));
    } else {
      read_documentation(file_.statements.back().doc);
    }
    at_ = parsed.next;
  }

  void give_up(diag::Diagnostic diagnostic) {
    const std::size_t end = find_resumption(tokens_, at_);
    report(std::move(diagnostic), at_, end);
    file_.broken.push_back(describe_broken(tokens_, at_, end));
    at_ = end;
  }

  void report(diag::Diagnostic diagnostic, std::size_t first, std::size_t end) {
    if (!is_reported(first, end)) sink_.report(std::move(diagnostic));
  }
  [[nodiscard]] bool is_reported(std::size_t first, std::size_t end) const {
    const auto from = std::lower_bound(reported_.begin(), reported_.end(), tokens_[first].begin);
    return from != reported_.end() && *from < tokens_[end].begin;
  }

  // The `///` lines between the statement before and this one.
  void read_documentation(std::string& text) {
    const std::vector<Comment>& comments = tokens_.scanned.comments;
    while (next_comment_ < comments.size() && comments[next_comment_].before < at_) ++next_comment_;
    for (; next_comment_ < comments.size() && comments[next_comment_].before == at_; ++next_comment_) {
      const Comment& comment = comments[next_comment_];
      if (comment.form != Comment::Form::doc) continue;
      std::string_view line = tokens_.text.substr(comment.begin, comment.end - comment.begin).substr(3);
      if (line.starts_with(' ')) line.remove_prefix(1);
      if (!text.empty()) text += '\n';
      text += line;
    }
  }

  const TextTokens& tokens_;
  const Limits& limits_;
  diag::Sink& sink_;
  ReportedPlaces reported_;
  StatementParser parser_;
  std::size_t at_ = 0;
  std::size_t next_comment_ = 0;
  bool version_is_missing_ = false;
  File file_;
};

void report_unreadable(const source::SourceMap& sources, source::SourceId id, const UnreadableByte& byte,
                       diag::Sink& sink) {
  const auto begin = static_cast<std::uint32_t>(byte.offset);
  auto diagnostic = diag::make(diag::Code::unreadable_file, {id, begin, begin + 1},
                               message::cannot_read(sources.name(id), byte.reason));
  diagnostic.help = message::save_file_as_utf();
  sink.report(std::move(diagnostic));
}

}  // namespace

File parse(const source::SourceMap& sources, source::SourceId id, diag::Sink& sink, const Limits& limits) {
  const std::string_view text = sources.text(id);
  if (const auto byte = find_unreadable_byte(text)) {
    report_unreadable(sources, id, *byte, sink);
    return File{id, std::nullopt, {}, {}};
  }
  MergeConflicts conflicts = find_merge_conflicts(id, text, sink);
  TextTokens tokens{id, text, scan(conflicts.text.empty() ? text : conflicts.text)};
  // The end of the text then ends what the comment cut off.
  if (tokens.size() > 1 && tokens.kind(tokens.size() - 2) == Kind::unterminated_comment) {
    const source::Span opening{id, tokens[tokens.size() - 2].begin, tokens[tokens.size() - 2].begin + 2};
    sink.report(diag::make(diag::Code::syntax_error, opening, message::comment_has_no_end()));
    tokens.scanned.tokens.erase(tokens.scanned.tokens.end() - 2);
  }
  ReportedPlaces reported = check_characters(tokens, sink);
  check_names(tokens, limits.name_code_points, sink);
  File file = FileParser(tokens, limits, std::move(reported), sink).run();
  std::move(conflicts.unread.begin(), conflicts.unread.end(), std::back_inserter(file.broken));
  return file;
}

}  // namespace farol::syntax
