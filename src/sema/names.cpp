#include "sema/names.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.h"
#include "diag/code_messages.h"
#include "library/library.h"
#include "sema/canonical.h"

namespace farol::sema {
namespace {

struct KindWords {
  std::string_view noun;
  std::string_view phrase;
};

constexpr std::array<KindWords, kind_count> kind_words = {{
    {"tier", "a tier"},
    {"data class", "data"},
    {"app", "an app"},
    {"group", "a group"},
    {"place", "a place"},
    {"department", "a department"},
    {"store", "a store"},
    {"role", "a role"},
    {"feature", "a feature"},
    {"control", "a control"},
    {"context", "a context"},
    {"condition", "a condition"},
    {"list of roles", "a list of roles"},
    {"list of features", "a list of features"},
    {"list of objects", "a list of objects"},
    {"fact", "a fact"},
}};

// The library whose text declares a name, or features below it.
std::string_view library_with(std::string_view name) {
  constexpr std::array forms = {"\nfeature {} ", "\nfeature {}.", "\ncontext {}:", "\ncontrol {} "};
  for (const library::Embedded& embedded : library::all()) {
    for (const char* form : forms) {
      if (embedded.text.find(fmt::format(fmt::runtime(form), name)) != std::string_view::npos) return embedded.name;
    }
  }
  return {};
}

std::string phrase(const Symbol& symbol) {
  return symbol.fact_kind.empty() ? std::string(noun_phrase(symbol.kind)) : with_article(symbol.fact_kind);
}

}  // namespace

std::string_view noun(Kind kind) { return kind_words[static_cast<std::size_t>(kind)].noun; }
std::string_view noun_phrase(Kind kind) { return kind_words[static_cast<std::size_t>(kind)].phrase; }

std::string with_article(std::string_view noun) {
  const bool vowel = !noun.empty() && std::string_view("aeiou").find(noun.front()) != std::string_view::npos;
  return fmt::format("{} {}", vowel ? "an" : "a", noun);
}

diag::Fix did_you_mean(Span span, std::string_view name) {
  return {fmt::format("did you mean `{}`?", name), {}, {{span, written_name(name)}}};
}

diag::Fix did_you_mean_word(Span span, std::string_view word) {
  return {fmt::format("did you mean `{}`?", word), {}, {{span, std::string(word)}}};
}

Symbol* Names::declare(const syntax::Name& name, Kind kind, bool library, std::string_view fact_kind) {
  const auto clash = spellings_.add(name.text, static_cast<std::uint32_t>(symbols_.size()));
  if (clash) {
    Symbol& first = symbols_[clash->other];
    report_clash(sink_, clash->clash, name.text, name.span, first.name, phrase(first), first.span);
    if (clash->clash == Clash::same) {
      first.twice = true;
      return nullptr;
    }
  }
  symbols_.push_back({name.text, kind, fact_kind, name.span, 0, library});
  return &symbols_.back();
}

void Names::declare_unread(std::string_view name) {
  unread_.insert(name);
  for (auto dot = name.find('.'); dot != std::string_view::npos; dot = name.find('.', dot + 1))
    unread_spaces_.insert(name.substr(0, dot));
}

Symbol* Names::find(std::string_view name) {
  const auto number = spellings_.find(name);
  return number ? &symbols_[*number] : nullptr;
}

const Symbol* Names::resolve(const syntax::Name& name, const Wanted& wanted) {
  const Symbol* symbol = find(name.text);
  if (symbol != nullptr && fits(*symbol, wanted)) return symbol->broken ? nullptr : symbol;
  report_unresolved(name, wanted);
  return nullptr;
}

void Names::report_unresolved(const syntax::Name& name, const Wanted& wanted) {
  const Symbol* symbol = find(name.text);
  if (is_unread(name.text) || (symbol == nullptr && some_unread_) || (symbol != nullptr && symbol->twice)) return;
  if (symbol != nullptr) {
    auto finding = diag::make(diag::Code::unknown_name, name.span,
                              fmt::format("`{}` is {}, not {}", name.text, phrase(*symbol), with_article(wanted.noun)));
    finding.labels.push_back({symbol->span, fmt::format("`{}` is declared here", name.text)});
    sink_.report(std::move(finding));
    return;
  }
  auto finding = diag::make(diag::Code::unknown_name, name.span, diag::message::unknown_name(wanted.noun, name.text));
  if (const auto nearest = find_nearest(name.text, wanted)) finding.fixes.push_back(did_you_mean(name.span, *nearest));
  suggest_library(finding, name.text);
  sink_.report(std::move(finding));
}

void Names::suggest_library(diag::Diagnostic& finding, std::string_view name) const {
  const std::string_view library = suggest_libraries_ && searches_ < search_limit ? library_with(name) : "";
  if (!library.empty())
    finding.help = fmt::format("the library `{0}` has `{1}`: write `use {0}` to use it", library, name);
}

bool Names::fits(const Symbol& symbol, const Wanted& wanted) {
  if ((kinds(symbol.kind) & wanted.kinds) == 0) return false;
  return symbol.kind != Kind::fact || wanted.fact_kind.empty() || symbol.fact_kind == wanted.fact_kind;
}

const std::vector<std::string_view>& Names::candidates(const Wanted& wanted) {
  auto [list, is_new] = candidates_.try_emplace({wanted.kinds, wanted.fact_kind});
  if (is_new) {
    for (const Symbol& symbol : symbols_) {
      if (fits(symbol, wanted)) list->second.push_back(symbol.name);
    }
  }
  return list->second;
}

std::optional<std::string_view> Names::find_nearest(std::string_view name, const Wanted& wanted) {
  auto [nearest, is_new] = nearest_.try_emplace(fmt::format("{} {} {}", wanted.kinds, wanted.fact_kind, name));
  if (is_new && searches_ < search_limit) {
    ++searches_;
    nearest->second = base::find_nearest(name, candidates(wanted));
  }
  return nearest->second;
}

std::optional<std::string_view> Names::find_nearest(
    std::string_view name, const std::unordered_map<std::string_view, model::NamespaceId>& namespaces) {
  if (searches_++ >= search_limit) return std::nullopt;
  std::vector<std::string_view> list;
  list.reserve(namespaces.size());
  for (const auto& [space, id] : namespaces) list.push_back(space);
  return base::find_nearest(name, list);
}

}  // namespace farol::sema
