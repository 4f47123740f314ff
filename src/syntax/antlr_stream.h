// The scanner's tokens as the generated parser wants to see them, and what happens where they do not fit the grammar.
// Only files named antlr_* know the ANTLR runtime; its exceptions end in antlr_parser.cpp.
#pragma once

#include <algorithm>
#include <cstddef>
#include <memory>
#include <string>
#include <vector>

#include <antlr4-runtime.h>

#include "syntax/antlr_parser.h"
#include "syntax/text_tokens.h"

namespace farol::syntax {

// Stands for one token of the text. Made again for each statement in memory that is kept.
class StreamToken final : public antlr4::Token {
 public:
  void set(std::size_t index, std::size_t type) {
    index_ = index;
    type_ = type;
  }

  [[nodiscard]] std::size_t type() const { return type_; }

  [[nodiscard]] std::string getText() const override { return {}; }  // the tree builder reads the text itself
  [[nodiscard]] std::size_t getType() const override { return type_; }
  [[nodiscard]] std::size_t getLine() const override { return 0; }
  [[nodiscard]] std::size_t getCharPositionInLine() const override { return 0; }
  [[nodiscard]] std::size_t getChannel() const override { return DEFAULT_CHANNEL; }
  [[nodiscard]] std::size_t getTokenIndex() const override { return index_; }
  [[nodiscard]] std::size_t getStartIndex() const override { return index_; }
  [[nodiscard]] std::size_t getStopIndex() const override { return index_; }
  [[nodiscard]] antlr4::TokenSource* getTokenSource() const override { return nullptr; }
  [[nodiscard]] antlr4::CharStream* getInputStream() const override { return nullptr; }
  [[nodiscard]] std::string toString() const override { return {}; }

 private:
  std::size_t index_ = 0;
  std::size_t type_ = 0;
};

// Thrown through generated code, and caught around it. Not a RecognitionException, which generated code would catch.
struct ParseStopped {};
struct TooDeep {
  std::size_t token = 0;
};

class StatementStream final : public antlr4::TokenStream {
 public:
  StatementStream(const TextTokens& tokens, std::size_t depth_limit) : tokens_(tokens), depth_limit_(depth_limit) {}

  // From token `first` on; at token `end` the text is over, which is the file's last token at most.
  void open(std::size_t first, std::size_t end);

  void consume() override;
  std::size_t LA(ssize_t i) override { return LT(i)->type(); }
  StreamToken* LT(ssize_t k) override { return k == 1 ? current_ : token_at_distance(k); }
  ssize_t mark() override { return 0; }
  void release(ssize_t) override {}
  std::size_t index() override { return at_; }
  void seek(std::size_t index) override;
  std::size_t size() override { return end_; }
  [[nodiscard]] std::string getSourceName() const override { return {}; }
  [[nodiscard]] antlr4::Token* get(std::size_t index) const override { return token(std::clamp(index, first_, end_)); }
  [[nodiscard]] antlr4::TokenSource* getTokenSource() const override { return nullptr; }
  std::string getText() override { return {}; }
  std::string getText(const antlr4::misc::Interval&) override { return {}; }
  std::string getText(antlr4::RuleContext*) override { return {}; }
  std::string getText(antlr4::Token*, antlr4::Token*) override { return {}; }

 private:
  static constexpr std::size_t chunk_size = 256;

  StreamToken* token_at_distance(ssize_t k) const;
  // Between `first_` and `end_`.
  StreamToken* token(std::size_t index) const {
    const std::size_t place = index - first_;
    if (place >= made_) make_up_to(place);
    return &chunks_[place / chunk_size][place % chunk_size];
  }
  void make_up_to(std::size_t place) const;
  [[nodiscard]] Kind kind_at(std::size_t index) const;

  const TextTokens& tokens_;
  std::size_t depth_limit_;
  std::size_t first_ = 0;
  std::size_t end_ = 0;
  std::size_t at_ = 0;
  std::size_t depth_ = 0;
  std::size_t filters_ = 0;
  bool in_check_ = false;
  StreamToken* current_ = nullptr;
  mutable std::size_t made_ = 0;  // tokens from `first_` on that have been set
  mutable std::vector<std::unique_ptr<StreamToken[]>> chunks_;
};

// The fast pass: nothing is asked of the grammar until something does not fit, and then the pass is over.
class ThrowingStrategy : public antlr4::ANTLRErrorStrategy {
 public:
  void reset(antlr4::Parser*) override {}
  antlr4::Token* recoverInline(antlr4::Parser*) override { throw ParseStopped{}; }
  void recover(antlr4::Parser*, std::exception_ptr) override { throw ParseStopped{}; }
  void sync(antlr4::Parser*) override {}
  bool inErrorRecoveryMode(antlr4::Parser*) override { return false; }
  void reportMatch(antlr4::Parser*) override {}
  void reportError(antlr4::Parser*, const antlr4::RecognitionException&) override {}
};

// The second pass over a statement that did not fit: finds the first token that cannot stand where it is, and all that
// could have stood there.
class ReportingStrategy final : public ThrowingStrategy {
 public:
  explicit ReportingStrategy(const TextTokens& tokens) : tokens_(tokens) {}

  void open(std::size_t end) {
    end_ = end;
    mismatch_ = {};
  }
  [[nodiscard]] const Mismatch& mismatch() const { return mismatch_; }

  antlr4::Token* recoverInline(antlr4::Parser* parser) override;
  void recover(antlr4::Parser* parser, std::exception_ptr) override;
  void sync(antlr4::Parser* parser) override;

 private:
  void note(antlr4::Parser& parser, const antlr4::misc::IntervalSet& expected);

  const TextTokens& tokens_;
  std::size_t end_ = 0;
  Mismatch mismatch_;
};

}  // namespace farol::syntax
