#include "support/format_laws.h"

#include <vector>

#include "sema/canonical.h"
#include "support/text_diff.h"
#include "syntax/format.h"
#include "syntax/parser.h"
#include "syntax/scanner.h"

namespace farol::testing {
namespace {

using Texts = std::vector<std::string>;

std::string formatted(const std::string& text) {
  source::SourceMap sources;
  const auto id = sources.add("policy.farol", text);
  diag::Sink sink;
  return syntax::format(sources, id, sink);
}

struct Content {
  Texts statements, docs, broken, comments, words;
  bool has_version = false;
};

Content content_of(const std::string& text) {
  source::SourceMap sources;
  const auto id = sources.add("policy.farol", text);
  diag::Sink sink;
  const syntax::File file = syntax::parse(sources, id, sink);
  Content content;
  content.has_version = file.version.has_value();
  for (const syntax::Statement& statement : file.statements) {
    std::uint32_t ignored = 0;
    content.statements.push_back(sema::canonical_text(statement, ignored));
    content.docs.push_back(statement.doc);
  }
  for (const syntax::BrokenStatement& broken : file.broken) content.broken.emplace_back(sources.text(broken.span));
  const syntax::Tokens tokens = syntax::scan(text);
  for (const syntax::Comment& comment : tokens.comments)
    content.comments.push_back(text.substr(comment.begin, comment.end - comment.begin));
  for (const syntax::Token& token : tokens.tokens) {
    if (token.kind == syntax::Kind::comma) continue;
    std::string word = text.substr(token.begin, token.end - token.begin);
    if (token.kind == syntax::Kind::key) std::erase_if(word, [](char c) { return c == ' ' || c == '\t'; });
    content.words.push_back(std::move(word));
  }
  return content;
}

}  // namespace

std::optional<std::string> check_formatting(const std::string& text) {
  const std::string once = formatted(text);
  const auto show = [&](const std::string& what) { return what + "\n--- before\n" + text + "\n--- after\n" + once; };
  const std::string twice = formatted(once);
  if (twice != once) return show("laying out again changes it:\n" + unified_diff(once, twice, "again"));
  const Content before = content_of(text), after = content_of(once);
  if (before.statements != after.statements) return show("statements differ");
  if (before.docs != after.docs) return show("documentation differs");
  if (before.broken != after.broken) return show("broken statements differ");
  if (before.comments != after.comments) return show("comments differ");
  if (before.words != after.words) return show("words differ");
  if (before.has_version != after.has_version) return show("the version differs");
  return std::nullopt;
}

}  // namespace farol::testing
