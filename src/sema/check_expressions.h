// What a check says, from its tree to typed expressions. Every error is reported at its place.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "model/check.h"
#include "sema/check_types.h"

namespace farol::sema {

// The `words` and `limit` statements that a check can use, by name: those of its own pack, or the organisation's.
using WordLists = std::map<std::string_view, const syntax::WordList*>;

class CheckReader {
 public:
  // A pack speaks of a vocabulary that a policy may not have: what it names and the policy lacks is nothing, and equals
  // nothing. In the organisation's own checks it is an error.
  CheckReader(Resolution& resolution, const WordLists& words, bool pack)
      : resolution_(resolution), words_(words), pack_(pack) {}

  [[nodiscard]] model::CheckRange read(const syntax::CheckRange& range);
  [[nodiscard]] model::CheckExpression read(const syntax::Predicate& predicate);
  // Variables that the last range made are seen until here, by name and kind.
  [[nodiscard]] const std::vector<std::pair<std::string, std::string>>& variables() const { return variables_; }
  // Takes a variable out of sight again; its number stays its own.
  void hide(std::uint32_t variable) { hidden_.push_back(variable); }

  // The `{x.attribute}` in a text.
  void check_text(std::string_view text, Span span);

  // The names of those that were used, sorted, each once.
  [[nodiscard]] std::vector<std::string> settings() const;

  [[nodiscard]] bool failed() const { return failed_; }
  [[nodiscard]] bool asks_decisions() const { return asks_decisions_; }

 private:
  // A term and its type.
  struct Typed {
    model::CheckTerm term;
    AttributeSchema type;
    std::string_view kind;  // of the thing that it is, where it is the variable itself
    bool known = false;     // false: reported
    bool derived = false;   // it follows from what is declared, and is never left out
  };

  [[nodiscard]] const std::pair<std::string, std::string>* find_variable(std::string_view name,
                                                                         std::uint32_t& number) const;
  [[nodiscard]] bool is_path(std::string_view name) const;
  Typed read_path(const syntax::Name& path);
  Typed read_term(const syntax::CheckTerm& term);
  Typed read_atom(const syntax::CheckAtom& atom, const AttributeSchema* wanted);
  Typed read_constant(const syntax::Name& name, const AttributeSchema& wanted);
  void read_word_list(const syntax::Name& name, const AttributeSchema& wanted, model::CheckTerm& term);
  // Of `limit`; nothing if there is none of that name.
  std::optional<Typed> read_limit(const syntax::Name& name);
  [[nodiscard]] static bool fit(const AttributeSchema& a, const AttributeSchema& b);

  model::CheckExpression read_equal(const syntax::Predicate& predicate);
  model::CheckExpression read_order(const syntax::Predicate& predicate);
  model::CheckExpression read_truth(const syntax::Predicate& predicate);
  model::CheckExpression read_call(const syntax::CheckAtom& call);
  model::CheckExpression read_open_to_all(const syntax::CheckAtom& call);
  model::CheckExpression read_mentions(const syntax::CheckAtom& call);
  model::CheckTerm read_argument(const syntax::Name& argument, std::span<const std::string_view> kinds);

  void complain(Span span, diag::Text message, diag::Text help = {});
  void complain(diag::Diagnostic diagnostic);
  [[nodiscard]] std::string text_at(Span span) const;

  Resolution& resolution_;
  const WordLists& words_;
  bool pack_;
  bool failed_ = false;
  bool asks_decisions_ = false;
  std::vector<std::pair<std::string, std::string>> variables_;
  std::vector<std::uint32_t> hidden_;
  std::set<std::string_view> used_;  // of `words_`
};

}  // namespace farol::sema
