#include "syntax/antlr_stream.h"

#include <algorithm>

#include "FarolParser.h"
#include "syntax/recovery.h"

namespace farol::syntax {

using generated::FarolParser;

// The scanner's kinds go to the parser as they are.
#define FAROL_WORD(identifier, generated_name, text) \
  static_assert(static_cast<std::size_t>(Kind::identifier) == FarolParser::generated_name);
#define FAROL_TOKEN(identifier, generated_name, words) \
  static_assert(static_cast<std::size_t>(Kind::identifier) == FarolParser::generated_name);
#include "syntax/tokens.def"
#undef FAROL_WORD
#undef FAROL_TOKEN

void StatementStream::open(std::size_t first, std::size_t end) {
  first_ = first;
  in_check_ = tokens_.kind(first) == Kind::check;
  end_ = end;
  at_ = first;
  depth_ = 0;
  filters_ = 0;
  made_ = 0;
  current_ = token(at_);
}

void StatementStream::consume() {
  const std::size_t type = current_->type();
  if (type == FarolParser::LPAREN && ++depth_ > depth_limit_) throw TooDeep{at_};
  // Each `where` of a check lies inside the one before, with or without parentheses.
  if (type == FarolParser::WHERE && ++filters_ > depth_limit_) throw TooDeep{at_};
  if (type == FarolParser::RPAREN && depth_ > 0) --depth_;
  if (at_ < end_) ++at_;
  current_ = token(at_);
}

void StatementStream::seek(std::size_t index) {
  at_ = std::min(index, end_);
  current_ = token(at_);
}

// The token before the first one is the first one: generated code asks for it where a rule ends before it began.
StreamToken* StatementStream::token_at_distance(ssize_t k) const {
  const ssize_t index = static_cast<ssize_t>(at_) + (k > 0 ? k - 1 : k);
  return token(static_cast<std::size_t>(std::clamp(index, static_cast<ssize_t>(first_), static_cast<ssize_t>(end_))));
}

Kind StatementStream::kind_at(std::size_t index) const {
  const Kind kind = tokens_.kind(index);
  if (!in_check_ || kind != Kind::name) return kind;
  return find_check_word(tokens_.word(index)).value_or(kind);
}

void StatementStream::make_up_to(std::size_t place) const {
  for (; made_ <= place; ++made_) {
    if (made_ / chunk_size == chunks_.size()) chunks_.push_back(std::make_unique<StreamToken[]>(chunk_size));
    const std::size_t here = first_ + made_;
    const std::size_t type = here == end_ ? antlr4::Token::EOF : static_cast<std::size_t>(kind_at(here));
    chunks_[made_ / chunk_size][made_ % chunk_size].set(here, type);
  }
}

antlr4::Token* ReportingStrategy::recoverInline(antlr4::Parser* parser) {
  note(*parser, parser->getExpectedTokens());
  throw ParseStopped{};
}

void ReportingStrategy::recover(antlr4::Parser* parser, std::exception_ptr) {
  note(*parser, parser->getExpectedTokens());
  throw ParseStopped{};
}

void ReportingStrategy::sync(antlr4::Parser* parser) {
  const std::size_t next = parser->getTokenStream()->LA(1);
  const antlr4::misc::IntervalSet expected = parser->getExpectedTokens();
  const bool may_end = expected.contains(antlr4::Token::EOF);
  if (next != antlr4::Token::EOF && expected.contains(next)) return;
  const std::size_t at = parser->getTokenStream()->index();
  if (may_end && (next == antlr4::Token::EOF || starts_statement(tokens_, at))) return;
  note(*parser, expected);
  throw ParseStopped{};
}

void ReportingStrategy::note(antlr4::Parser& parser, const antlr4::misc::IntervalSet& expected) {
  mismatch_.token = parser.getTokenStream()->index();
  for (const ssize_t type : expected.toList()) {
    if (type > 0 && type <= static_cast<ssize_t>(Kind::error_char))
      mismatch_.expected.push_back(static_cast<Kind>(type));
  }
  mismatch_.may_end = expected.contains(antlr4::Token::EOF);
  const std::vector<std::string>& names = parser.getRuleNames();
  for (const antlr4::RuleContext* rule = parser.getRuleContext(); rule != nullptr;
       rule = dynamic_cast<const antlr4::RuleContext*>(rule->parent)) {
    mismatch_.rules.push_back(names[rule->getRuleIndex()]);
  }
}

}  // namespace farol::syntax
