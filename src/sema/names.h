// The one name space of everything that a policy declares, and what there is to say about a name that is not in it.
#pragma once

#include <concepts>
#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <utility>
#include <vector>

#include "diag/sink.h"
#include "model/ids.h"
#include "sema/later_names.h"
#include "sema/resolve.h"
#include "sema/spellings.h"
#include "source/source_map.h"
#include "syntax/ast.h"

namespace farol::sema {

using source::Span;

// What a name can stand for.
enum class Kind : std::uint8_t {
  tier,
  data,
  app,
  group,
  place,
  department,
  store,
  role,
  feature,
  control,
  context,
  condition,
  role_list,
  feature_list,
  object_list,
  fact,  // a named `transfer`, `filing` …
};
inline constexpr std::size_t kind_count = 16;

// A set of kinds.
using Kinds = std::uint32_t;
[[nodiscard]] constexpr Kinds kinds(std::same_as<Kind> auto... each) {
  return ((Kinds{1} << static_cast<unsigned>(each)) | ...);
}

[[nodiscard]] std::string_view noun(Kind kind);  // `role`, `list of roles`

// Which kinds fit a place, and what they are called there. `fact_kind` asks for a fact of one kind.
struct Wanted {
  Kinds kinds = 0;
  std::string_view noun;
  std::string_view fact_kind;
};

struct Symbol {
  std::string_view name;
  Kind kind{};
  std::string_view fact_kind;  // of a fact: `transfer`
  Span span;
  std::uint32_t index = 0;  // in the table of its kind
  bool library = false;
  bool broken = false;  // what is wrong with it was reported: uses are left out in silence
  bool twice = false;   // declared again, as something else perhaps
};

class Names {
 public:
  Names(const syntax::Program& program, diag::Sink& sink) : later(program), sink_(sink) {}
  Names(const Names&) = delete;
  Names& operator=(const Names&) = delete;

  // The new symbol; nothing, and a report, if the name is taken. `fact_kind` for facts only.
  Symbol* declare(const syntax::Name& name, Kind kind, bool library, std::string_view fact_kind = {});
  // A name that a statement would have declared that could not be read: nobody knows as what.
  void declare_unread(std::string_view name);
  // Whether such a name lies in a namespace.
  [[nodiscard]] bool has_unread_in(std::string_view name_space) const {
    return some_unread_ || unread_spaces_.contains(name_space);
  }
  // Something that could declare names could not be read: from now on unknown names are nobody's fault.
  void expect_unread() { some_unread_ = true; }
  // No library is in use: where one of the embedded ones knows a name, say so.
  void suggest_libraries() { suggest_libraries_ = true; }

  [[nodiscard]] Symbol* find(std::string_view name);
  // The sound thing of the wanted kind. Else nothing, and a report, unless the cause has been reported elsewhere.
  [[nodiscard]] const Symbol* resolve(const syntax::Name& name, const Wanted& wanted);
  // Keeps a use for `find_uses`; `resolve` does so itself.
  void keep_use(const syntax::Name& name, const Symbol& symbol) const {
    if (uses != nullptr) uses->push_back({name.span, symbol.span});
  }
  // What a thing is called by people, so that who writes its title is told its name. Both stay where they are.
  void add_title(std::string_view title, std::string_view name) { titles_.emplace_back(title, name); }
  // A rule names this feature: what is unknown is rather something of its namespace.
  void speak_of(const Symbol& feature);
  // Says that a name is not declared, or not as what is wanted. Silent where the cause was reported elsewhere.
  void report_unresolved(const syntax::Name& name, const Wanted& wanted);
  // A search over all names is dear; the first hundred different ones are looked for, which is all that is shown.
  [[nodiscard]] std::optional<std::string_view> find_nearest(std::string_view name, const Wanted& wanted);
  [[nodiscard]] std::optional<std::string_view> find_nearest(
      std::string_view name, const std::unordered_map<std::string_view, model::NamespaceId>& namespaces);
  // Where no library is in use and an embedded one has the name, or features below it: adds that as help.
  void suggest_library(diag::Diagnostic& finding, std::string_view name) const;

  LaterNames later;                      // what only later versions of the libraries have
  std::vector<NameUse>* uses = nullptr;  // where each resolved name is kept, for whoever asks

 private:
  [[nodiscard]] bool is_unread(std::string_view name) const { return unread_.contains(name); }
  [[nodiscard]] static bool fits(const Symbol& symbol, const Wanted& wanted);
  [[nodiscard]] std::string_view find_titled(std::string_view title);
  [[nodiscard]] std::string meant_by(std::string_view name, const Wanted& wanted);
  [[nodiscard]] std::vector<std::string_view> ending_in(std::string_view name, const Wanted& wanted);
  [[nodiscard]] const std::vector<std::string_view>& candidates(const Wanted& wanted);

  static constexpr std::size_t search_limit = 100;

  diag::Sink& sink_;
  std::deque<Symbol> symbols_;
  Spellings spellings_;
  std::unordered_set<std::string_view> unread_, unread_spaces_;
  std::vector<std::pair<std::string_view, std::string_view>> titles_;  // with their names; none that were folded
  std::unordered_map<std::string, std::string_view> names_by_folded_title_;
  std::unordered_set<std::string> spoken_of_;  // namespaces of features that were named
  bool some_unread_ = false;
  bool suggest_libraries_ = false;
  std::map<std::pair<Kinds, std::string_view>, std::vector<std::string_view>> candidates_;
  std::unordered_map<std::string, std::optional<std::string_view>> nearest_;
  std::size_t searches_ = 0;
};

// The edit of every "did you mean": a name in the place of what was written, or a word that needs no backticks there.
[[nodiscard]] diag::Fix did_you_mean(Span span, std::string_view name);
[[nodiscard]] diag::Fix did_you_mean_word(Span span, std::string_view word);

}  // namespace farol::sema
