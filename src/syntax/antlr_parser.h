// The border to the generated parser, without a word of ANTLR: one statement in, a tree or what did not fit out.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string_view>
#include <variant>
#include <vector>

#include "diag/diagnostic.h"
#include "syntax/ast.h"
#include "syntax/text_tokens.h"

namespace farol::syntax {

// The first token that does not fit the grammar.
struct Mismatch {
  std::size_t token = 0;
  std::vector<Kind> expected;           // what could stand there
  bool may_end = false;                 // the statement could end there
  std::vector<std::string_view> rules;  // the grammar's rules that it stands in, innermost first

  [[nodiscard]] bool expects(Kind kind) const;
  [[nodiscard]] bool within(std::string_view rule) const;
};

class StatementParser {
 public:
  StatementParser(const TextTokens& tokens, std::size_t depth_limit);
  ~StatementParser();
  StatementParser(const StatementParser&) = delete;
  StatementParser& operator=(const StatementParser&) = delete;

  struct Parsed {
    std::size_t next = 0;                     // the first token behind it
    std::optional<diag::Diagnostic> problem;  // it fits the grammar, but a part of it has no meaning
  };
  struct TooDeep {
    std::size_t token = 0;  // the first parenthesis that is one too many
  };
  struct Failed {};
  using Outcome = std::variant<Parsed, TooDeep, Failed>;
  // Fills `statement`, which is new, with what starts at token `first`; at token `end` the text is over for it. Never
  // throws.
  [[nodiscard]] Outcome parse(std::size_t first, std::size_t end, Statement& statement);

  // Why the statement of the tokens `first` to `end`, `end` not included, cannot be read; nothing if it can.
  [[nodiscard]] std::optional<Mismatch> find_mismatch(std::size_t first, std::size_t end);

 private:
  struct Machine;
  std::unique_ptr<Machine> machine_;
};

}  // namespace farol::syntax
