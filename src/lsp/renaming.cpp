#include "lsp/renaming.h"

#include <algorithm>
#include <set>

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "diag/render.h"
#include "lsp/places.h"
#include "sema/canonical.h"
#include "sema/resolve.h"
#include "syntax/scanner.h"

namespace farol::lsp {
namespace {

using source::SourceId;
using source::Span;
using syntax::Kind;

bool contains(const Span& span, SourceId source, std::uint32_t at) {
  return span.source == source && span.begin <= at && at <= span.end;
}

// `a` and `a.b` of `a.b.c`: the groups that the name is in.
std::set<std::string> groups_of(std::string_view name) {
  std::set<std::string> groups;
  for (auto dot = name.find('.'); dot != std::string_view::npos; dot = name.find('.', dot + 1))
    groups.emplace(name.substr(0, dot));
  return groups;
}

// A `group.*` that means one feature more or less when a name is changed.
std::optional<std::string> group_that_changes(const source::SourceMap& sources, std::string_view before,
                                              std::string_view after) {
  const std::set<std::string> old_groups = groups_of(before), new_groups = groups_of(after);
  for (const SourceId id : sources.own()) {
    const std::string_view text = sources.text(id);
    for (const syntax::Token& token : syntax::scan(text).tokens) {
      if (token.kind != Kind::wildcard) continue;
      const std::string group{text.substr(token.begin, text.find('*', token.begin) - 1 - token.begin)};
      if (old_groups.contains(group) != new_groups.contains(group)) return group + ".*";
    }
  }
  return std::nullopt;
}

// As a policy writes the name; nullopt for what is no name.
std::optional<std::string> written(const std::string& name) {
  if (name.empty() || base::find_invalid_utf8(name)) return std::nullopt;
  const bool quoted = name.size() > 2 && name.front() == '`' && name.back() == '`';
  std::string text = quoted ? name : sema::written_name(base::to_nfc(name));
  const syntax::Tokens scanned = syntax::scan(text);
  const auto names = std::count_if(scanned.tokens.begin(), scanned.tokens.end(), [&](const syntax::Token& token) {
    return token.kind == Kind::name && token.begin == 0 && token.end == text.size();
  });
  return names == 1 ? std::optional(std::move(text)) : std::nullopt;
}

// What is put where.
struct Edit {
  Span span;
  std::string text;
};

// `was: OLD` for a role that has none.
std::optional<Edit> keep_old_name(const syntax::Program& program, const Span& declared, const std::string& old_name) {
  for (const syntax::File& file : program.files) {
    for (const syntax::Statement& statement : file.statements) {
      const auto* node = std::get_if<syntax::Declaration>(&statement.node);
      if (node == nullptr || node->kind != syntax::Declaration::Kind::role || node->name.span != declared) continue;
      if (!node->block) {
        const Span end{declared.source, statement.span.end, statement.span.end};
        return Edit{end, " { was: " + old_name + " }"};
      }
      const auto& attributes = node->block->attributes;
      if (std::any_of(attributes.begin(), attributes.end(), [](const auto& each) { return each.key.text == "was"; }))
        return std::nullopt;
      const std::uint32_t behind_brace = node->block->span.begin + 1;
      return Edit{{declared.source, behind_brace, behind_brace}, " was: " + old_name};
    }
  }
  return std::nullopt;
}

std::map<std::string, std::string> texts_with(const source::SourceMap& sources, std::vector<Edit> edits) {
  std::sort(edits.begin(), edits.end(), [](const Edit& a, const Edit& b) { return a.span > b.span; });
  std::map<std::string, std::string> texts;
  for (const Edit& edit : edits) {
    const std::string name{sources.name(edit.span.source)};
    std::string& text = texts.try_emplace(name, sources.text(edit.span.source)).first->second;
    text.replace(edit.span.begin, edit.span.end - edit.span.begin, edit.text);
  }
  return texts;
}

// The first error of a policy that another one does not have so often.
std::optional<diag::Diagnostic> first_new_error(const driver::Compilation& before, const driver::Compilation& after) {
  std::map<diag::Code, std::size_t> known;
  for (const diag::Diagnostic& finding : before.sink.reported()) ++known[finding.code];
  for (const diag::Diagnostic& finding : after.sink.sorted(after.sources)) {
    if (finding.severity != diag::Severity::error) continue;
    if (known[finding.code] == 0) return finding;
    --known[finding.code];
  }
  return std::nullopt;
}

}  // namespace

std::optional<Named> named_at(const File& file, std::uint32_t at) {
  const std::vector<sema::NameUse> uses = sema::find_uses(file.compilation.program, file.compilation.sources);
  const auto found = std::find_if(uses.begin(), uses.end(),
                                  [&](const sema::NameUse& use) { return contains(use.span, file.source, at); });
  if (found == uses.end()) return std::nullopt;
  Named named{found->span, found->declared, {}};
  for (const sema::NameUse& use : uses) {
    const bool is_use = use.declared == named.declared && use.span != named.declared;
    if (is_use && !file.compilation.sources.is_library(use.span.source)) named.uses.push_back(use.span);
  }
  std::sort(named.uses.begin(), named.uses.end());
  named.uses.erase(std::unique(named.uses.begin(), named.uses.end()), named.uses.end());
  return named;
}

Json references(const File& file, std::uint32_t at, bool with_declaration) {
  const auto named = named_at(file, at);
  if (!named) return nullptr;
  Places places{file.compilation.sources, file.encoding};
  Json result = Json::array();
  if (with_declaration && !file.compilation.sources.is_library(named->declared.source))
    result.push_back(places.location(named->declared));
  for (const Span& use : named->uses) result.push_back(places.location(use));
  return result;
}

Json prepare_rename(const File& file, std::uint32_t at) {
  const auto named = named_at(file, at);
  if (!named || file.compilation.sources.is_library(named->declared.source)) return nullptr;
  const std::string_view text = file.compilation.sources.text(file.source);
  return {{"range", Places{file.compilation.sources, file.encoding}.range(named->here)},
          {"placeholder", text.substr(named->here.begin, named->here.end - named->here.begin)}};
}

std::variant<Json, std::string> rename(const File& file, std::uint32_t at, const std::string& name,
                                       const CompileWith& compile_with) {
  const source::SourceMap& sources = file.compilation.sources;
  const auto named = named_at(file, at);
  if (!named) return std::string{base::text(base::Phrase::rename_nothing, file.language)};
  if (sources.is_library(named->declared.source))
    return std::string{base::text(base::Phrase::rename_library, file.language)};
  const auto new_name = written(name);
  if (!new_name) return base::fill(base::Phrase::rename_no_name, file.language, {name});

  const Span& declared = named->declared;
  const std::string old_name{sources.text(declared.source).substr(declared.begin, declared.end - declared.begin)};
  const auto bare = [](std::string text) {
    std::erase(text, '`');
    return text;
  };
  if (const auto group = group_that_changes(sources, bare(old_name), bare(*new_name)))
    return base::fill(base::Phrase::rename_changes_group, file.language, {*group});

  std::vector<Edit> edits{{declared, *new_name}};
  for (const Span& use : named->uses) edits.push_back({use, *new_name});
  if (auto kept = keep_old_name(file.compilation.program, declared, old_name); kept && old_name != *new_name)
    edits.push_back(std::move(*kept));
  const driver::Compilation renamed = compile_with(texts_with(sources, edits));
  if (const auto error = first_new_error(file.compilation, renamed)) return diag::whole_message(*error, file.language);

  Places places{sources, file.encoding};
  Json changes = Json::object();
  for (const Edit& edit : edits)
    changes[uri_of(sources.name(edit.span.source))].push_back(
        {{"range", places.range(edit.span)}, {"newText", edit.text}});
  return Json{{"changes", std::move(changes)}};
}

}  // namespace farol::lsp
