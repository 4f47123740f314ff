#include "lsp/answers.h"

#include <algorithm>
#include <map>
#include <optional>
#include <tuple>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "diag/render.h"
#include "document/document.h"
#include "lsp/places.h"
#include "query/description.h"
#include "syntax/ast.h"
#include "syntax/format.h"
#include "syntax/scanner.h"

namespace farol::lsp {
namespace {

using source::SourceId;
using source::Span;
using syntax::Kind;

Places places_of(const File& file) { return {file.compilation.sources, file.encoding}; }

std::string_view text_of(const File& file) { return file.compilation.sources.text(file.source); }

int severity_of(diag::Severity severity) {
  switch (severity) {
    case diag::Severity::error: return 1;
    case diag::Severity::warning: return 2;
    case diag::Severity::note: break;
  }
  return 3;
}

Json diagnostic_of(Places& places, const diag::Diagnostic& finding, base::Language language) {
  Json result{{"range", places.range(finding.span)},
              {"severity", severity_of(finding.severity)},
              {"code", diag::code_text(finding)},
              {"source", "farol"},
              {"message", diag::whole_message(finding, language)}};
  Json related = Json::array();
  for (const diag::Label& label : finding.labels) {
    if (label.span.is_none() || places.sources().is_library(label.span.source)) continue;
    related.push_back({{"location", places.location(label.span)}, {"message", diag::sentence(label.text, language)}});
  }
  if (!related.empty()) result["relatedInformation"] = std::move(related);
  return result;
}

// The name at a place, as it is declared: `meeting.record`, without backticks.
struct NameAt {
  std::string name;
  Span span;
};
std::optional<NameAt> name_at(const File& file, std::uint32_t at) {
  const std::string_view text = text_of(file);
  for (const syntax::Token& token : syntax::scan(text).tokens) {
    if (token.begin > at) break;
    const bool is_name = token.kind == Kind::name || token.kind == Kind::key || token.kind == Kind::wildcard;
    if (!is_name || at > token.end) continue;
    std::string_view word = text.substr(token.begin, token.end - token.begin);
    while (!word.empty() && (word.back() == ':' || word.back() == ' ')) word.remove_suffix(1);
    const auto end = static_cast<std::uint32_t>(token.begin + word.size());
    if (word.size() > 1 && word.front() == '`' && word.back() == '`') word = word.substr(1, word.size() - 2);
    return NameAt{base::to_nfc(word), {file.source, token.begin, end}};
  }
  return std::nullopt;
}

// Where a name was declared; nullopt for what a library declares, which has no file to open.
std::optional<Span> declared_at(const model::Model& model, const query::NamedThing& thing) {
  return std::visit(
      [&](const auto& id) -> std::optional<Span> {
        using Id = std::decay_t<decltype(id)>;
        if constexpr (std::is_same_v<Id, model::NamespaceId>)
          return std::nullopt;
        else if constexpr (std::is_same_v<Id, base::Id<model::NamedCondition>>)
          return model.named_conditions[id.index()].span;
        else if constexpr (std::is_same_v<Id, base::Id<model::NamedSet>>)
          return model.sets[id.index()].span;
        else if constexpr (std::is_same_v<Id, base::Id<model::Entity>>)
          return model.entities[id.index()].span;
        else if constexpr (std::is_same_v<Id, base::Id<model::Guardrail>>)
          return model.guardrails[id.index()].spans.statement;
        else if constexpr (std::is_same_v<Id, base::Id<model::Separation>>)
          return model.separations[id.index()].span;
        else if constexpr (std::is_same_v<Id, model::RuleId>)
          return model[id].spans.statement;
        else
          return model[id].span;
      },
      thing);
}

const syntax::File* tree_of(const File& file) {
  for (const syntax::File& each : file.compilation.program.files) {
    if (each.source == file.source) return &each;
  }
  return nullptr;
}

// SymbolKind of the specification: what editors draw beside a name.
constexpr int symbol_class = 5, symbol_function = 12, symbol_constant = 14, symbol_object = 19, symbol_event = 24;

struct Symbol {
  std::string name, detail;
  int kind = symbol_object;
  Span name_span;
};
std::optional<Symbol> symbol_of(const syntax::Statement& statement, std::string_view text) {
  const Span whole = statement.span;
  const auto first_word = [&] {
    const std::string_view words = text.substr(whole.begin, whole.end - whole.begin);
    return std::string(words.substr(0, words.find_first_of(" \t\r\n")));
  };
  return std::visit(
      [&](const auto& node) -> std::optional<Symbol> {
        using Node = std::decay_t<decltype(node)>;
        if constexpr (std::is_same_v<Node, syntax::Declaration>) {
          const int kind = node.kind == syntax::Declaration::Kind::role      ? symbol_class
                           : node.kind == syntax::Declaration::Kind::feature ? symbol_function
                                                                             : symbol_object;
          return Symbol{node.name.text, first_word(), kind, node.name.span};
        } else if constexpr (std::is_same_v<Node, syntax::ContextDeclaration> ||
                             std::is_same_v<Node, syntax::ConditionDeclaration> ||
                             std::is_same_v<Node, syntax::SetDeclaration>) {
          return Symbol{node.name.text, first_word(), symbol_constant, node.name.span};
        } else if constexpr (std::is_same_v<Node, syntax::Fact>) {
          if (!node.name) return Symbol{node.kind.text, {}, symbol_object, node.kind.span};
          return Symbol{node.name->text, node.kind.text, symbol_object, node.name->span};
        } else if constexpr (std::is_same_v<Node, syntax::Test>) {
          return Symbol{node.name.text, "test", symbol_event, node.name.span};
        } else if constexpr (std::is_same_v<Node, syntax::PolicyDeclaration>) {
          return Symbol{node.title.text, "policy", symbol_object, node.title.span};
        } else if constexpr (std::is_same_v<Node, syntax::Check>) {
          return Symbol{node.id.text, "check", symbol_event, node.id.span};
        } else {
          if (!statement.label) return std::nullopt;
          return Symbol{statement.label->text, "label", symbol_event, statement.label->span};
        }
      },
      statement.node);
}

// What a name of the text is coloured as; an index into `token_types`.
enum class TokenType : std::uint8_t { keyword, string, number, comment, name, label, wildcard, count };
std::optional<TokenType> type_of(Kind kind) {
  if (syntax::is_keyword(kind) || kind == Kind::because_in) return TokenType::keyword;
  if (kind == Kind::string) return TokenType::string;
  if (kind == Kind::number || kind == Kind::date || kind == Kind::duration) return TokenType::number;
  if (kind == Kind::name) return TokenType::name;
  if (kind == Kind::key) return TokenType::label;
  if (kind == Kind::wildcard || kind == Kind::range) return TokenType::wildcard;
  return std::nullopt;
}

int completion_kind(std::string_view kind) {
  if (kind == "role") return 7;      // Class
  if (kind == "feature") return 3;   // Function
  if (kind == "context") return 13;  // Enum
  return 21;                         // Constant
}

// The statement words where a statement begins; elsewhere the words that go on with one.
Json keyword_items(bool at_start) {
  Json items = Json::array();
  for (auto kind = static_cast<std::size_t>(Kind::farol); kind <= static_cast<std::size_t>(Kind::instead); ++kind) {
    if (syntax::is_statement_word(static_cast<Kind>(kind)) != at_start) continue;
    items.push_back({{"label", syntax::text_of_keyword(static_cast<Kind>(kind))}, {"kind", 14}});
  }
  return items;
}

}  // namespace

std::string uri_of(std::string_view path) {
  constexpr std::string_view plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/";
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string uri = "file://";
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    if (plain.find(c) != std::string_view::npos)
      uri += c;
    else
      uri.append(1, '%').append(1, digits[byte >> 4U]).append(1, digits[byte & 15U]);
  }
  return uri;
}

std::string path_of(std::string_view uri) {
  constexpr std::string_view scheme = "file://";
  if (!uri.starts_with(scheme)) return {};
  uri.remove_prefix(scheme.size());
  uri.remove_prefix(std::min(uri.find('/'), uri.size()));
  const auto digit = [](char c) {
    return c >= '0' && c <= '9'   ? c - '0'
           : c >= 'a' && c <= 'f' ? c - 'a' + 10
           : c >= 'A' && c <= 'F' ? c - 'A' + 10
                                  : -1;
  };
  std::string path;
  for (std::size_t i = 0; i < uri.size(); ++i) {
    if (uri[i] == '%' && i + 2 < uri.size() && digit(uri[i + 1]) >= 0 && digit(uri[i + 2]) >= 0) {
      path += static_cast<char>(digit(uri[i + 1]) * 16 + digit(uri[i + 2]));
      i += 2;
    } else {
      path += uri[i];
    }
  }
  return path.find('\0') == std::string::npos && !base::find_invalid_utf8(path) ? path : std::string{};
}

Json diagnostics(const driver::Compilation& compilation, Encoding encoding, base::Language language) {
  const source::SourceMap& sources = compilation.sources;
  Places places{sources, encoding};
  Json all = Json::object();
  for (const SourceId id : sources.own()) all[uri_of(sources.name(id))] = Json::array();
  for (const diag::Diagnostic& finding : compilation.sink.sorted(sources)) {
    if (finding.span.is_none() || sources.is_library(finding.span.source)) continue;
    all[uri_of(sources.name(finding.span.source))].push_back(diagnostic_of(places, finding, language));
  }
  return all;
}

Json code_actions(const File& file, std::uint32_t begin, std::uint32_t end) {
  const source::SourceMap& sources = file.compilation.sources;
  Places places = places_of(file);
  Json actions = Json::array();
  for (const diag::Diagnostic& finding : file.compilation.sink.sorted(sources)) {
    if (finding.span.source != file.source || finding.span.begin > end || finding.span.end < begin) continue;
    for (const diag::Fix& fix : finding.fixes) {
      Json changes = Json::object();
      for (const diag::Edit& edit : fix.edits) {
        changes[uri_of(sources.name(edit.span.source))].push_back(
            {{"range", places.range(edit.span)}, {"newText", edit.text}});
      }
      std::string title = diag::sentence(fix.title, file.language);
      if (!fix.effect.empty()) title += " (" + diag::sentence(fix.effect, file.language) + ")";
      actions.push_back({{"title", std::move(title)},
                         {"kind", "quickfix"},
                         {"diagnostics", Json::array({diagnostic_of(places, finding, file.language)})},
                         {"edit", {{"changes", std::move(changes)}}}});
    }
  }
  return actions;
}

Json hover(const File& file, std::uint32_t at) {
  const auto name = name_at(file, at);
  if (!name) return nullptr;
  const auto thing = query::find_thing(file.compilation.model, name->name);
  if (!thing) return nullptr;
  const auto description = query::describe(file.compilation.model, file.compilation.answers, file.compilation.sources,
                                           *thing, file.language);
  return {{"contents",
           {{"kind", "markdown"},
            {"value", document::render_markdown(query::description_document(description, file.language), {3})}}},
          {"range", places_of(file).range(name->span)}};
}

Json definition(const File& file, std::uint32_t at) {
  const auto name = name_at(file, at);
  if (!name) return nullptr;
  const auto thing = query::find_thing(file.compilation.model, name->name);
  const auto span = thing ? declared_at(file.compilation.model, *thing) : std::nullopt;
  if (!span || span->is_none() || file.compilation.sources.is_library(span->source)) return nullptr;
  return places_of(file).location(*span);
}

Json completion(const File& file, std::uint32_t at) {
  const std::string_view text = text_of(file).substr(0, at);
  const std::size_t line = text.find_last_of("\r\n") + 1;
  const std::string_view before = text.substr(line);
  const std::size_t word = before.find_last_of(" \t,(") + 1;
  const bool at_start = before.substr(0, word).find_first_not_of(" \t") == std::string_view::npos;
  Json items = keyword_items(at_start);
  if (at_start) return items;
  const model::Model& model = file.compilation.model;
  const auto add = [&](const auto& things, std::string_view kind) {
    for (const auto& thing : things) {
      if (thing.name.empty()) continue;
      items.push_back(
          {{"label", thing.name},
           {"kind", completion_kind(kind)},
           {"detail", std::string(kind) + (thing.title.empty() ? "" : ": " + thing.label(base::tag(file.language)))}});
    }
  };
  add(model.roles, "role");
  add(model.features, "feature");
  add(model.objects, "object");
  add(model.contexts, "context");
  add(model.controls, "control");
  return items;
}

Json symbols(const File& file) {
  Json result = Json::array();
  const syntax::File* tree = tree_of(file);
  if (tree == nullptr) return result;
  Places places = places_of(file);
  for (const syntax::Statement& statement : tree->statements) {
    const auto symbol = symbol_of(statement, text_of(file));
    if (!symbol || symbol->name.empty()) continue;
    result.push_back({{"name", symbol->name},
                      {"detail", symbol->detail},
                      {"kind", symbol->kind},
                      {"range", places.range(statement.span)},
                      {"selectionRange", places.range(symbol->name_span)}});
  }
  return result;
}

Json folding(const File& file) {
  Json result = Json::array();
  const syntax::File* tree = tree_of(file);
  if (tree == nullptr) return result;
  Places places = places_of(file);
  for (const syntax::Statement& statement : tree->statements) {
    const Json range = places.range(statement.span);
    const auto first = range["start"]["line"].get<std::uint32_t>(), last = range["end"]["line"].get<std::uint32_t>();
    if (first < last) result.push_back({{"startLine", first}, {"endLine", last}});
  }
  return result;
}

Json token_types() { return {"keyword", "string", "number", "comment", "variable", "property", "operator"}; }

Json semantic_tokens(const File& file) {
  const std::string_view text = text_of(file);
  const syntax::Tokens scanned = syntax::scan(text);
  std::vector<std::tuple<std::uint32_t, std::uint32_t, TokenType>> parts;
  for (const syntax::Token& token : scanned.tokens) {
    if (const auto type = type_of(token.kind)) parts.emplace_back(token.begin, token.end, *type);
  }
  for (const syntax::Comment& comment : scanned.comments)
    parts.emplace_back(comment.begin, comment.end, TokenType::comment);
  std::sort(parts.begin(), parts.end());
  const Lines lines{text, file.encoding};
  Json data = Json::array();
  Position last;
  for (const auto& [begin, end, type] : parts) {
    // A token of the protocol is on one line: a comment over several lines is one for each.
    for (std::uint32_t from = begin; from < end;) {
      const auto line_end = std::min<std::size_t>(text.find_first_of("\r\n", from), end);
      const Position at = lines.position_of(from);
      const Position stop = lines.position_of(static_cast<std::uint32_t>(line_end));
      if (stop.character > at.character) {
        const bool same_line = at.line == last.line;
        for (const std::uint32_t number :
             {at.line - last.line, same_line ? at.character - last.character : at.character,
              stop.character - at.character, static_cast<std::uint32_t>(type), 0U})
          data.push_back(number);
        last = at;
      }
      from = static_cast<std::uint32_t>(std::min(text.find_first_not_of("\r\n", line_end), text.size()));
    }
  }
  return {{"data", std::move(data)}};
}

Json formatting(const File& file) {
  diag::Sink sink;
  const std::string_view before = text_of(file);
  const std::string after = syntax::format(file.compilation.sources, file.source, sink);
  if (after == before) return Json::array();
  return Json::array({{{"range", places_of(file).range({file.source, 0, static_cast<std::uint32_t>(before.size())})},
                       {"newText", after}}});
}

}  // namespace farol::lsp
