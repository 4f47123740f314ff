// Any bytes at all: no crash, no hang, every span inside the file, and the scanner cuts as the grammar says.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include <antlr4-runtime.h>

#include "FarolLexer.h"
#include "base/text.h"
#include "diag/sink.h"
#include "fuzz/body.h"
#include "fuzz/mutators.h"
#include "source/source_map.h"
#include "syntax/parser.h"
#include "syntax/scanner.h"

namespace {

using namespace farol;
using fuzz::require;

class Bounds {
 public:
  explicit Bounds(std::string_view text) : text_(text) {}

  void check(source::Span span) const {
    if (span.is_none()) return;
    require(span.begin <= span.end && span.end <= text_.size(), "a span ends outside the file");
  }
  void check(const std::vector<syntax::Name>& names) const {
    for (const auto& name : names) check(name.span);
  }
  void check(const diag::Diagnostic& diagnostic) const {
    check(diagnostic.span);
    for (const auto& label : diagnostic.labels) check(label.span);
    for (const auto& fix : diagnostic.fixes) {
      for (const auto& edit : fix.edits) check(edit.span);
    }
    require(!base::find_invalid_utf8(sentence(diagnostic.message)), "a message is not UTF-8");
  }

 private:
  std::string_view text_;
};

bool check_parser(const std::string& text) {
  source::SourceMap sources;
  diag::Sink sink;
  const syntax::File file = syntax::parse(sources, sources.add("fuzz.farol", text), sink);
  const Bounds bounds(text);
  std::uint32_t before = 0;
  for (const auto& statement : file.statements) {
    bounds.check(statement.span);
    require(statement.span.begin >= before, "statements overlap");
    before = statement.span.end;
  }
  for (const auto& broken : file.broken) {
    bounds.check(broken.span);
    bounds.check(broken.declares);
    bounds.check(broken.mentions);
  }
  require(file.broken.empty() || sink.has_errors(), "a statement is broken and nothing says so");
  for (const auto& diagnostic : sink.sorted(sources)) bounds.check(diagnostic);
  return !sink.has_errors();
}

void check_scanner(const std::string& text) {
  if (base::find_invalid_utf8(text)) return;
  const syntax::Tokens scanned = syntax::scan(text);
  antlr4::ANTLRInputStream input(text);
  syntax::generated::FarolLexer lexer(&input);
  lexer.removeErrorListeners();
  std::size_t next = 0;
  for (auto token = lexer.nextToken(); token->getType() != antlr4::Token::EOF; token = lexer.nextToken()) {
    if (token->getChannel() != antlr4::Token::DEFAULT_CHANNEL) continue;
    const syntax::Token& own = scanned.tokens.at(next++);
    require(static_cast<std::size_t>(own.kind) == token->getType(), "scanner and grammar see different kinds");
    require(text.substr(own.begin, own.end - own.begin) == token->getText(),
            "scanner and grammar cut at different places");
  }
  require(next + 1 == scanned.tokens.size(), "the scanner sees more than the grammar");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string text(reinterpret_cast<const char*>(data), size);
  fuzz::count.add(data, size, check_parser(text));
  check_scanner(text);
  return 0;
}

extern "C" std::size_t LLVMFuzzerCustomMutator(std::uint8_t* data, std::size_t size, std::size_t most, unsigned seed) {
  return fuzz::mutate(data, size, most, seed, 0, fuzz::change_policy);
}
