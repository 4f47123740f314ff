// The scanner is what runs; grammar/FarolLexer.g4 is what is meant. Here they are held to be the same.
#include <cstdlib>
#include <fstream>
#include <functional>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include <antlr4-runtime.h>
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "FarolLexer.h"
#include "base/text.h"
#include "library/library.h"
#include "syntax/scanner.h"

namespace syntax_scanner_test {

namespace {

using namespace farol;
using syntax::Kind;
using syntax::Token;
using syntax::generated::FarolLexer;

struct Lexed {
  std::vector<Token> tokens;         // up to and with the end
  std::vector<Token> documentation;  // `///` comments
};

// The generated lexer counts code points, and not the byte order mark.
Lexed lex(const std::string& text) {
  std::vector<std::uint32_t> offsets;
  for (std::size_t at = text.starts_with("\xEF\xBB\xBF") ? 3 : 0; at < text.size(); at += base::decode(text, at).size)
    offsets.push_back(static_cast<std::uint32_t>(at));
  offsets.push_back(static_cast<std::uint32_t>(text.size()));

  antlr4::ANTLRInputStream input(text);
  FarolLexer lexer(&input);
  lexer.removeErrorListeners();
  Lexed lexed;
  for (;;) {
    const auto token = lexer.nextToken();
    if (token->getType() == antlr4::Token::EOF) break;
    const Token made{static_cast<Kind>(token->getType()), offsets.at(token->getStartIndex()),
                     offsets.at(token->getStopIndex() + 1)};
    (token->getChannel() == FarolLexer::DOCUMENTATION ? lexed.documentation : lexed.tokens).push_back(made);
  }
  lexed.tokens.push_back({Kind::end, offsets.back(), offsets.back()});
  return lexed;
}

std::string show(const std::string& text, const std::vector<Token>& tokens) {
  std::string shown;
  for (const Token& token : tokens)
    shown += fmt::format("{}:{} ", static_cast<int>(token.kind), text.substr(token.begin, token.end - token.begin));
  return shown;
}

void check_equal(const std::string& text) {
  const Lexed meant = lex(text);
  const syntax::Tokens scanned = syntax::scan(text);
  CAPTURE(text);
  CAPTURE(show(text, meant.tokens));
  CAPTURE(show(text, scanned.tokens));
  REQUIRE(scanned.tokens == meant.tokens);
  std::vector<Token> documentation;
  for (const syntax::Comment& comment : scanned.comments) {
    if (comment.form == syntax::Comment::Form::doc)
      documentation.push_back({Kind::doc_comment, comment.begin, comment.end});
  }
  REQUIRE(documentation == meant.documentation);
}

std::string pick(const std::vector<std::string>& from, std::mt19937& random) {
  return from[std::uniform_int_distribution<std::size_t>(0, from.size() - 1)(random)];
}

// Pieces that meet in ways that only the longest match decides.
const std::vector<std::string> pieces = {"allow",
                                         "farol",
                                         "because",
                                         "because.",
                                         "because.zh-Hant",
                                         "data",
                                         "everything",
                                         "instead",
                                         "department",
                                         "a",
                                         "ab",
                                         "Zz",
                                         "_",
                                         "-",
                                         ".",
                                         "..",
                                         "...",
                                         ".*",
                                         "*",
                                         ":",
                                         " :",
                                         "\t:",
                                         "：",
                                         "`",
                                         "`a`",
                                         "`if",
                                         "0",
                                         "12",
                                         "2026-11-23",
                                         "2026-1-",
                                         "1.2",
                                         "1.2.3",
                                         "6 months",
                                         "6  day",
                                         "6\tyearsx",
                                         "1 week",
                                         "7 monthly",
                                         " ",
                                         "\t",
                                         "\n",
                                         "\r\n",
                                         "\r",
                                         "\"",
                                         "\"a\"",
                                         "\\",
                                         "\\\"",
                                         "\\\n",
                                         "“",
                                         "”",
                                         "«",
                                         "「",
                                         "」",
                                         "\"x”",
                                         "“x\"",
                                         "/",
                                         "//",
                                         "///",
                                         "////",
                                         "/*",
                                         "*/",
                                         "/**/",
                                         "/***",
                                         "{",
                                         "}",
                                         "(",
                                         ")",
                                         ",",
                                         "|",
                                         "<",
                                         "=",
                                         "｛",
                                         "｝",
                                         "（",
                                         "）",
                                         "，",
                                         "、",
                                         "｜",
                                         "＜",
                                         "＝",
                                         "《",
                                         "〔",
                                         "。",
                                         "’",
                                         "；",
                                         "é",
                                         "e\xCC\x81",
                                         "中文",
                                         "한",
                                         "ａ",
                                         "９",
                                         "ß",
                                         "𠀀",
                                         "\xE2\x80\x8B",
                                         "\xE2\x80\xAE",
                                         "\xEF\xBB\xBF",
                                         "\xE3\x80\x80",
                                         "\xC2\xA0",
                                         "\xC2\xAD",
                                         "\xEF\xB8\x8F",
                                         "😀",
                                         "\x01",
                                         "\x7F",
                                         "@",
                                         "#",
                                         "!",
                                         ";",
                                         "'",
                                         "&",
                                         ">"};

std::string rendered_set(std::string_view name, const std::function<bool(char32_t)>& holds) {
  std::string text = fmt::format("fragment {}\n  : [", name);
  constexpr char32_t surrogates = 0xD800;
  constexpr char32_t behind_surrogates = 0xE000;
  const auto inside = [&](char32_t c) {
    return c <= 0x10FFFF && (c < surrogates || c >= behind_surrogates) && holds(c);
  };
  const auto put = [&](char32_t c) {
    const std::string digits = fmt::format("{:04X}", static_cast<std::uint32_t>(c));
    text += c > 0xFFFF ? "\\u{" + digits + "}" : "\\u" + digits;
  };
  std::size_t ranges = 0;
  for (char32_t first = 0; first <= 0x10FFFF; ++first) {
    if (!inside(first)) continue;
    char32_t last = first;
    while (inside(last + 1)) ++last;
    if (ranges > 0 && ranges % 8 == 0) text += "]\n  | [";
    ++ranges;
    put(first);
    if (last != first) text += '-', put(last);
    first = last;
  }
  return text + "]\n  ;\n";
}

std::string read_file(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

}  // namespace

TEST_CASE("the grammar has the letters of the scanner") {
  const std::string path = FAROL_SOURCE_DIR "/grammar/FarolUnicode.g4";
  const std::string wanted =
      "// Which characters names are made of, and which are hidden. Made from src/base/text.h by the test \"the "
      "grammar has "
      "the\n// letters of the scanner\"; run it with FAROL_UPDATE=1 after a change of the Unicode version.\n"
      "lexer grammar FarolUnicode;\n\n" +
      rendered_set("NAME_START", [](char32_t c) { return base::is_name_start(c) && !base::is_hidden(c); }) + "\n" +
      rendered_set("NAME_CONTINUE", [](char32_t c) { return base::is_name_continue(c) && !base::is_hidden(c); }) +
      "\n" + rendered_set("INVISIBLE", [](char32_t c) { return base::is_hidden(c); });
  if (std::getenv("FAROL_UPDATE") != nullptr) std::ofstream(path, std::ios::binary) << wanted;
  CHECK(read_file(path) == wanted);
}

TEST_CASE("the grammar is LL(1)") {
  const std::string parser = read_file(FAROL_GENERATED_PARSER);
  REQUIRE(!parser.empty());
  CHECK(parser.find("adaptivePredict") == std::string::npos);
}

TEST_CASE("keywords are found by their text") {
  for (auto kind = static_cast<int>(Kind::farol); kind <= static_cast<int>(Kind::instead); ++kind) {
    const auto text = syntax::text_of_keyword(static_cast<Kind>(kind));
    CAPTURE(text);
    CHECK(syntax::find_keyword(text) == static_cast<Kind>(kind));
    CHECK(syntax::is_keyword(static_cast<Kind>(kind)));
  }
  for (const std::string_view other : {"", "al", "allo", "allowed", "Allow", "everythings", "because.pt"})
    CHECK(!syntax::find_keyword(other));
}

TEST_CASE("scanner and grammar agree on each piece, and on each two") {
  for (const std::string& first : pieces) {
    check_equal(first);
    for (const std::string& second : pieces) check_equal(first + second);
  }
}

TEST_CASE("scanner and grammar agree on random strings") {
  std::mt19937 random(20261124);
  for (int round = 0; round < 20'000; ++round) {
    std::string text;
    const int length = std::uniform_int_distribution<int>(1, 14)(random);
    for (int i = 0; i < length; ++i) text += pick(pieces, random);
    check_equal(text);
  }
}

TEST_CASE("scanner and grammar agree on mutated text") {
  const std::string sample(library::all().front().text.substr(0, 3000));
  check_equal(std::string(library::all().front().text));
  std::mt19937 random(7);
  for (int round = 0; round < 300; ++round) {
    std::string text = sample;
    for (int change = 0; change < 20; ++change) {
      std::size_t at = std::uniform_int_distribution<std::size_t>(0, text.size() - 1)(random);
      while (at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U) --at;
      if (random() % 2 == 0) {
        text.insert(at, pick(pieces, random));
      } else {
        text.erase(at, base::decode(text, at).size);
      }
    }
    check_equal(text);
  }
}

TEST_CASE("a byte order mark starts no token") {
  const syntax::Tokens scanned = syntax::scan(
      "\xEF\xBB\xBF"
      "farol 1");
  REQUIRE(scanned.tokens.size() == 3);
  CHECK(scanned.tokens[0] == Token{Kind::farol, 3, 8});
}

TEST_CASE("slips and comments are kept beside the tokens") {
  const syntax::Tokens scanned = syntax::scan("a：b， “c” // d\n/// e\nf /* g */");
  REQUIRE(scanned.slips.size() == 4);
  CHECK(scanned.slips[0].meant == ':');
  CHECK(scanned.slips[1].meant == ',');
  CHECK(scanned.slips[2].meant == '"');
  REQUIRE(scanned.comments.size() == 3);
  CHECK(scanned.comments[0].form == syntax::Comment::Form::line);
  CHECK(scanned.comments[1].form == syntax::Comment::Form::doc);
  CHECK(scanned.comments[1].before == 4);
  CHECK(scanned.comments[2].form == syntax::Comment::Form::block);
  CHECK(scanned.comments[2].before == 5);
}

TEST_CASE("no line is read again and again") {
  std::string text;
  for (int i = 0; i < 200'000; ++i) text += "“\\";
  CHECK(syntax::scan(text).tokens.size() == 400'001);
}

}  // namespace syntax_scanner_test
