#include "syntax/antlr_parser.h"

#include <algorithm>
#include <utility>

#include "FarolParser.h"
#include "syntax/antlr_stream.h"
#include "syntax/antlr_tree_builder.h"

namespace farol::syntax {

bool Mismatch::expects(Kind kind) const { return std::find(expected.begin(), expected.end(), kind) != expected.end(); }

bool Mismatch::within(std::string_view rule) const {
  return std::find(rules.begin(), rules.end(), rule) != rules.end();
}

struct StatementParser::Machine {
  Machine(const TextTokens& text, std::size_t depth_limit)
      : stream(text, depth_limit),
        parser(&stream),
        builder(text),
        throwing(std::make_shared<ThrowingStrategy>()),
        reporting(std::make_shared<ReportingStrategy>(text)) {
    parser.setBuildParseTree(false);
    parser.removeErrorListeners();
    parser.setErrorHandler(throwing);
  }

  generated::FarolParser::StatementContext* run(std::size_t first, std::size_t end) {
    stream.open(first, end);
    // What an earlier statement left behind when it stopped half-way.
    parser.setContext(nullptr);
    parser.setState(antlr4::atn::ATNState::INVALID_STATE_NUMBER);
    return parser.statement();
  }

  StatementStream stream;
  generated::FarolParser parser;
  TreeBuilder builder;
  std::shared_ptr<ThrowingStrategy> throwing;
  std::shared_ptr<ReportingStrategy> reporting;
};

StatementParser::StatementParser(const TextTokens& tokens, std::size_t depth_limit)
    : machine_(std::make_unique<Machine>(tokens, depth_limit)) {}

StatementParser::~StatementParser() = default;

StatementParser::Outcome StatementParser::parse(std::size_t first, std::size_t end, Statement& statement) {
  Machine& machine = *machine_;
  Outcome outcome = Failed{};
  try {
    machine.builder.build(*machine.run(first, end), statement);
    outcome = Parsed{machine.stream.index(), machine.builder.take_problem()};
  } catch (const syntax::TooDeep& deep) {
    outcome = TooDeep{deep.token};
  } catch (const ParseStopped&) {
    outcome = Failed{};
  }
  machine.parser.getTreeTracker().reset();
  return outcome;
}

std::optional<Mismatch> StatementParser::find_mismatch(std::size_t first, std::size_t end) {
  Machine& machine = *machine_;
  machine.reporting->open(end);
  machine.parser.setErrorHandler(machine.reporting);
  std::optional<Mismatch> mismatch;
  try {
    machine.run(first, end);
    // The whole rule fits, so what does not is the token behind it.
    if (machine.stream.index() < end) {
      mismatch.emplace();
      mismatch->token = machine.stream.index();
      mismatch->may_end = true;
    }
  } catch (const syntax::TooDeep&) {
    mismatch.emplace();  // not reached: the first pass would have found it
    mismatch->token = machine.stream.index();
  } catch (const ParseStopped&) {
    mismatch = machine.reporting->mismatch();
  }
  machine.parser.getTreeTracker().reset();
  machine.parser.setErrorHandler(machine.throwing);
  return mismatch;
}

}  // namespace farol::syntax
