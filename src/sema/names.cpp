#include "sema/names.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/text.h"
#include "diag/messages_sema.h"
#include "library/library.h"
#include "sema/canonical.h"
#include "syntax/foreign_words.h"

namespace farol::sema {
namespace {

constexpr std::array<std::string_view, kind_count> nouns = {
    "tier",    "data class", "app",     "group",     "place",         "department",       "store",           "role",
    "feature", "control",    "context", "condition", "list of roles", "list of features", "list of objects", "fact"};

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

// The word of the language for all of a kind, where a name of another language or `everybody` stands for it.
std::string_view word_meant(std::string_view name, const Wanted& wanted) {
  // `everything` is what is done, and `all` what it is done to.
  const std::string folded = base::fold_case(name);
  if (folded == "all" && (wanted.kinds & kinds(Kind::feature)) != 0) return "everything";
  if ((folded == "everything" || folded == "any" || folded == "anything") && (wanted.kinds & kinds(Kind::tier)) != 0)
    return "all";
  const auto word = syntax::find_foreign_keyword(name, false);
  if (!word) return {};
  const bool fits = (*word == syntax::Kind::everyone && (wanted.kinds & kinds(Kind::role)) != 0) ||
                    (*word == syntax::Kind::everything && (wanted.kinds & kinds(Kind::feature)) != 0) ||
                    (*word == syntax::Kind::all && (wanted.kinds & kinds(Kind::tier)) != 0);
  return fits ? syntax::text_of_keyword(*word) : std::string_view{};
}

// Words for one and the same doing; those of the catalogue are among them.
constexpr std::array<std::array<std::string_view, 10>, 6> same_doing = {{
    {"read", "see", "view", "look", "open", "show", "watch", "access", "consult", "browse"},
    {"write", "edit", "change", "modify", "update", "upload", "create", "add", "save", "amend"},
    {"delete", "remove", "erase", "destroy", "trash", "clear", "drop"},
    {"download", "get", "fetch", "copy_out", "take_out"},
    {"send", "post", "message", "write_message", "talk"},
    {"join", "attend", "enter", "take_part"},
}};

// What a symbol is, as "a role": data has no article.
std::string noun_of(const Symbol& symbol) {
  if (!symbol.fact_kind.empty()) return std::string{symbol.fact_kind};
  return symbol.kind == Kind::data ? "data" : std::string{noun(symbol.kind)};
}

}  // namespace

std::string_view noun(Kind kind) { return nouns[static_cast<std::size_t>(kind)]; }

diag::Fix did_you_mean(Span span, std::string_view name) {
  return {message::did_you_mean(std::string{name}), {}, {{span, written_name(name)}}};
}

diag::Fix did_you_mean_word(Span span, std::string_view word) {
  return {message::did_you_mean(std::string{word}), {}, {{span, std::string(word)}}};
}

Symbol* Names::declare(const syntax::Name& name, Kind kind, bool library, std::string_view fact_kind) {
  const auto clash = spellings_.add(name.text, static_cast<std::uint32_t>(symbols_.size()));
  if (clash) {
    Symbol& first = symbols_[clash->other];
    report_clash(sink_, clash->clash, name.text, name.span, first.name, noun_of(first), first.span);
    if (clash->clash == Clash::same) {
      first.twice = true;
      return nullptr;
    }
  }
  symbols_.push_back({name.text, kind, fact_kind, name.span, 0, library});
  keep_use(name, symbols_.back());
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
  if (symbol != nullptr && fits(*symbol, wanted)) {
    keep_use(name, *symbol);
    return symbol->broken ? nullptr : symbol;
  }
  report_unresolved(name, wanted);
  return nullptr;
}

void Names::report_unresolved(const syntax::Name& name, const Wanted& wanted) {
  const Symbol* symbol = find(name.text);
  if (is_unread(name.text) || (symbol == nullptr && some_unread_) || (symbol != nullptr && symbol->twice)) return;
  if (symbol != nullptr) {
    auto finding = diag::make(diag::Code::unknown_name, name.span,
                              message::not_of_kind(name.text, noun_of(*symbol), std::string{wanted.noun}));
    finding.labels.push_back({symbol->span, message::declared_here(name.text)});
    sink_.report(std::move(finding));
    return;
  }
  if (later.take(name.text, name.span, wanted.kinds)) return;
  auto finding =
      diag::make(diag::Code::unknown_name, name.span, message::unknown_thing(std::string{wanted.noun}, name.text));
  if (const auto word = word_meant(name.text, wanted); !word.empty()) {
    finding.fixes.push_back(did_you_mean_word(name.span, word));
  } else if (const std::string meant = meant_by(name.text, wanted); !meant.empty()) {
    const bool is_name = find(meant) != nullptr;
    finding.fixes.push_back(is_name ? did_you_mean(name.span, meant) : did_you_mean_word(name.span, meant));
  } else if (const auto ending = ending_in(name.text, wanted); !ending.empty()) {
    for (const std::string_view each : ending) finding.fixes.push_back(did_you_mean(name.span, each));
  } else if (const auto nearest = find_nearest(name.text, wanted)) {
    finding.fixes.push_back(did_you_mean(name.span, *nearest));
  } else if (const auto later_name = later.find_nearest(name.text, wanted.kinds); !later_name.empty()) {
    finding.help = later.came_with(later_name);
    finding.fixes.push_back(did_you_mean(name.span, later_name));
    finding.fixes.back().edits.push_back(later.raise_for(later_name));
  }
  suggest_library(finding, name.text);
  sink_.report(std::move(finding));
}

// `send` for `chat.send`; nothing if there are many.
std::vector<std::string_view> Names::ending_in(std::string_view name, const Wanted& wanted) {
  constexpr std::size_t few = 4;
  std::vector<std::string_view> found;
  if ((wanted.kinds & kinds(Kind::feature)) == 0 || name.find('.') != std::string_view::npos) return found;
  const std::string end = "." + base::fold_case(name);
  for (const std::string_view candidate : candidates(wanted)) {
    if (candidate.ends_with(end)) found.push_back(candidate);
  }
  if (found.size() > few) found.clear();
  // What the policy speaks of is nearest.
  const auto is_spoken_of = [&](std::string_view candidate) {
    return spoken_of_.contains(std::string{candidate.substr(0, candidate.find('.'))});
  };
  std::stable_partition(found.begin(), found.end(), is_spoken_of);
  return found;
}

// What a name says in other words: a title, `drive.view` for `drive.read`, `contacts.all` for `contacts.*`.
std::string Names::meant_by(std::string_view name, const Wanted& wanted) {
  if (const std::string_view titled = find_titled(name); !titled.empty()) {
    const Symbol* symbol = find(titled);
    if (symbol != nullptr && fits(*symbol, wanted)) return std::string{titled};
  }
  if ((wanted.kinds & kinds(Kind::control)) != 0) {
    for (const std::string_view other : {"two_factor", "second_factor", "twofactor", "otp", "totp", "2sv"}) {
      if (base::fold_case(name) == other && find("mfa") != nullptr) return "mfa";
    }
  }
  const std::size_t dot = name.rfind('.');
  if ((wanted.kinds & kinds(Kind::feature)) == 0 || dot == std::string_view::npos) return {};
  const std::string space{name.substr(0, dot)}, last = base::fold_case(name.substr(dot + 1));
  const auto& known = candidates(wanted);
  const bool is_space = std::any_of(known.begin(), known.end(),
                                    [&](std::string_view candidate) { return candidate.starts_with(space + "."); });
  // `read.drive`
  const std::string turned = std::string{name.substr(dot + 1)} + "." + space;
  if (!is_space && std::find(known.begin(), known.end(), turned) != known.end()) return turned;
  if (is_space && (last == "all" || last == "any" || last == "everything")) return space + ".*";
  for (const auto& words : same_doing) {
    if (std::find(words.begin(), words.end(), last) == words.end()) continue;
    for (const std::string_view word : words) {
      const std::string whole = space + "." + std::string{word};
      if (!word.empty() && std::find(known.begin(), known.end(), whole) != known.end()) return whole;
    }
  }
  return {};
}

void Names::speak_of(const Symbol& feature) {
  if (spoken_of_.size() < search_limit) spoken_of_.emplace(feature.name.substr(0, feature.name.find('.')));
}

// Returns the name of the thing with that title; a title of two things names neither. The catalogue has a thousand
// titles, of which hardly anybody writes one: they are folded when one is looked for.
std::string_view Names::find_titled(std::string_view title) {
  for (const auto& [its_title, name] : titles_) {
    const auto [at, is_new] = names_by_folded_title_.try_emplace(base::fold_loosely(its_title), name);
    if (!is_new && at->second != name) at->second = {};
  }
  titles_.clear();
  const auto found = names_by_folded_title_.find(base::fold_loosely(title));
  return found == names_by_folded_title_.end() ? std::string_view{} : found->second;
}

void Names::suggest_library(diag::Diagnostic& finding, std::string_view name) const {
  const std::string_view library = suggest_libraries_ && searches_ < search_limit ? library_with(name) : "";
  if (!library.empty()) finding.help = message::library_has(std::string{library}, std::string{name});
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
