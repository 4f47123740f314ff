// `farol lsp`: the Language Server Protocol (specification 3.17) over the same compilation as every verb.
//
// It answers: findings with their second places and the repairs that were tried, hover, definition, references,
// renaming, completion, symbols, folding, semantic tokens, layout, how far each rule reaches, how tests went, and what
// each edit since the last commit means. Whatever arrives is answered or is an error; only `exit` and the end of the
// stream end it.
#pragma once

#include <iosfwd>
#include <memory>
#include <string_view>

#include "base/date.h"
#include "base/file_system.h"
#include "base/phrases.h"
#include "lsp/workspace.h"

namespace farol::lsp {

// Returns true if the client said `shutdown` before `exit`, as it should.
[[nodiscard]] bool serve(std::istream& in, std::ostream& out, const base::FileSystem& disk, base::Date today,
                         base::Language language, FindCommitted find_committed = {});

// The same for a client that hands over one message at a time and cannot let the server wait, such as a worker in a
// browser. What the server says is on `out`, with its heads, when a call returns.
class Session {
 public:
  Session(std::ostream& out, const base::FileSystem& disk, base::Date today, base::Language language);
  ~Session();

  // A message as JSON, without its head.
  void take(std::string_view message);
  // To be called when nothing has come for a moment: advice that was left out is said then.
  void rest();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace farol::lsp
