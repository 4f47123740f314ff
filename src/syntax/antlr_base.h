// What the parser that ANTLR generates derives from, instead of deriving from the runtime's parser itself.
#pragma once

#include <utility>

#include <antlr4-runtime.h>

namespace farol::syntax {

// The generated code names `exitRule` and `finally` without a scope, at the end of each rule of the grammar, and so
// finds these before those of the runtime. They do the same, without listeners, without a std::function that is stored,
// and without a dynamic_cast from what is a ParserRuleContext always: a third of the instructions of the generated
// code.
class GeneratedBase : public antlr4::Parser {
 public:
  explicit GeneratedBase(antlr4::TokenStream* input) : antlr4::Parser(input) {}

 protected:
  template <class Action>
  class AtEnd {
   public:
    explicit AtEnd(Action action) : action_(std::move(action)) {}
    AtEnd(const AtEnd&) = delete;
    AtEnd& operator=(const AtEnd&) = delete;
    ~AtEnd() { action_(); }

   private:
    Action action_;
  };

  template <class Action>
  [[nodiscard]] static AtEnd<Action> finally(Action action) {
    return AtEnd<Action>(std::move(action));
  }

  void exitRule() {
    _ctx->stop = _matchedEOF ? _input->LT(1) : _input->LT(-1);
    setState(_ctx->invokingState);
    _ctx = static_cast<antlr4::ParserRuleContext*>(_ctx->parent);
  }
};

}  // namespace farol::syntax
