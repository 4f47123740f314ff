// The statements that are in force, sorted by what they are, as the later phases go through them.
#pragma once

#include <string_view>
#include <tuple>
#include <unordered_set>
#include <vector>

#include "diag/sink.h"
#include "source/source_map.h"
#include "syntax/loader.h"

namespace farol::sema {

// A statement, and what kind of statement it is.
template <class Node>
struct Entry {
  const syntax::Statement* statement = nullptr;
  const Node* node = nullptr;
  bool library = false;
};

// Libraries come first, then the organisation's files by name; in a file, what stands first comes first. What `drop`
// takes out is not in it.
class Statements {
 public:
  struct Any {
    const syntax::Statement* statement = nullptr;
    bool library = false;
  };

  void add(const syntax::Statement& statement, bool library);

  [[nodiscard]] const std::vector<Any>& all() const { return all_; }
  template <class Node>
  [[nodiscard]] const std::vector<Entry<Node>>& of() const {
    return std::get<std::vector<Entry<Node>>>(by_kind_);
  }

  std::vector<const syntax::BrokenStatement*> broken;
  std::unordered_set<std::string_view> labels;

 private:
  template <class Variant>
  struct Lists;
  template <class... Nodes>
  struct Lists<std::variant<Nodes...>> {
    using Type = std::tuple<std::vector<Entry<Nodes>>...>;
  };

  std::vector<Any> all_;
  Lists<syntax::StatementNode>::Type by_kind_;
};

// Carries out every `drop`, and reports those that drop nothing, what is final, or what stands in their own file; then
// labels that two statements share.
[[nodiscard]] Statements gather(const syntax::Program& program, diag::Sink& sink);

}  // namespace farol::sema
