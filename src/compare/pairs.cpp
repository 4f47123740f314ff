#include "compare/pairs.h"

#include <algorithm>
#include <array>
#include <map>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "compare/later_words.h"
#include "compare/statements.h"

namespace farol::compare {
namespace {

using Text = model::StatementText;
using Kind = model::StatementText::Kind;

// More pairs than this are not laid side by side to see which are nearly alike.
constexpr std::size_t max_compared = 40'000;
// Of twice the words in common, in percent of the words of both.
constexpr std::size_t alike = 50;

// A statement of one side that the other does not have.
struct Half {
  const Text* text = nullptr;
  std::string words;               // without label, in later words, and without the `was` that declares a renaming
  std::string key;                 // of statements of one kind: what it is a statement about; empty: only its text says
  std::vector<std::string> parts;  // its names and words, sorted
  bool taken = false;
};

bool is_keyword(std::string_view word) {
  constexpr std::array<std::string_view, 14> keywords = {"allow",  "deny",    "forbid",  "only", "never",
                                                         "always", "require", "to",      "on",   "when",
                                                         "until",  "from",    "because", "for"};
  return std::find(keywords.begin(), keywords.end(), word) != keywords.end();
}

std::string_view first_words(std::string_view text, std::size_t count) {
  std::size_t at = 0;
  for (; count > 0 && at != std::string_view::npos; --count) at = text.find(' ', at == 0 ? 0 : at + 1);
  return text.substr(0, at);
}

// Names that a statement declares or speaks of; a bare `review { … }` has none but its kind.
std::string key_of(const Text& text, std::string_view words) {
  switch (text.kind) {
    case Kind::policy:
    case Kind::tiers: return "the only one";
    case Kind::use: return std::string(first_words(words, words.starts_with("use pack ") ? 3 : 2));
    case Kind::declaration: {
      std::string_view key = first_words(words, 2);
      if (key.ends_with(':')) key.remove_suffix(1);  // `data payroll: confidential`
      return std::string(key);
    }
    case Kind::context:
    case Kind::condition:
    case Kind::set:
    case Kind::words:
    case Kind::check: return std::string(first_words(words, 2));
    case Kind::bind: return std::string(first_words(words, 3));
    case Kind::fact: return std::string(words.substr(0, words.find(" {")));
    case Kind::test: return std::string(words.substr(0, words.find(" {")));
    case Kind::drop:
    case Kind::rule:
    case Kind::guardrail:
    case Kind::require:
    case Kind::separate:
    case Kind::waive: break;
  }
  // `label: final allow …`
  return text.text.substr(0, text.text.find(':') < text.body ? text.text.find(':') : 0);
}

// `role front_desk { title: "…" was: reception }` without the `was` of a renaming that is said elsewhere.
std::string without_was(const Text& text, std::string words, const std::vector<Rename>& renames) {
  if (text.kind != Kind::declaration && text.kind != Kind::context) return words;
  for (const Rename& rename : renames) {
    const std::string was = " was: " + rename.before;
    const std::size_t at = words.find(was);
    if (!rename.declared || at == std::string::npos) continue;
    const char next = at + was.size() < words.size() ? words[at + was.size()] : '\0';
    if (next != ' ') continue;
    words.erase(at, was.size());
    if (words.ends_with(" { }")) words.erase(words.size() - 4);
  }
  return words;
}

std::size_t percent_in_common(const Half& a, const Half& b) {
  std::size_t common = 0;
  for (std::size_t i = 0, k = 0; i < a.parts.size() && k < b.parts.size();) {
    if (a.parts[i] == b.parts[k]) {
      ++common, ++i, ++k;
    } else {
      (a.parts[i] < b.parts[k] ? i : k) += 1;
    }
  }
  const std::size_t all = a.parts.size() + b.parts.size();
  return all == 0 ? 100 : 200 * common / all;
}

// `never allow` and `always allow` are two verbs.
std::string_view verb_of(const Half& half) {
  return first_words(half.words, half.text->kind == Kind::guardrail ? 2 : 1);
}

class Pairing {
 public:
  Pairing(const std::vector<const Text*>& before, const std::vector<const Text*>& after,
          const std::vector<Rename>& renames)
      : renames_(renames), before_(halves(before, true)), after_(halves(after, false)) {}

  std::vector<StatementPair> run() {
    match_equal();
    match_by([](const Half& half) { return half.key; }, 0);
    // Rules that differ in their reasons alone.
    match_by([](const Half& half) { return has_reason(half) ? without_reason(half.words) : std::string{}; }, 0);
    match_by(
        [](const Half& half) {
          const bool named = half.text->kind == Kind::declaration || half.text->kind == Kind::use;
          return named ? std::string{} : std::string(verb_of(half));
        },
        alike + 1);
    for_open([&](Half& half, bool old) {
      pairs_.push_back(old ? StatementPair{half.text, nullptr} : StatementPair{nullptr, half.text});
    });
    std::stable_sort(pairs_.begin(), pairs_.end(), [](const StatementPair& a, const StatementPair& b) {
      if ((a.after == nullptr) != (b.after == nullptr)) return b.after == nullptr;
      return (a.after ? a.after : a.before)->without_label() < (b.after ? b.after : b.before)->without_label();
    });
    return std::move(pairs_);
  }

 private:
  std::vector<Half> halves(const std::vector<const Text*>& texts, bool old) const {
    std::vector<Half> result;
    for (const Text* text : texts) {
      Half half;
      half.text = text;
      half.words = without_was(*text, std::string(text->without_label()), renames_);
      if (old) half.words = in_later_words(half.words, renames_);
      result.push_back(std::move(half));
    }
    return result;
  }

  // What only differs in its label is the same.
  void match_equal() {
    std::map<std::pair<Kind, std::string_view>, std::vector<Half*>> olds;
    for (Half& half : before_) olds[{half.text->kind, half.words}].push_back(&half);
    for (Half& half : after_) {
      const auto found = olds.find({half.text->kind, half.words});
      if (found == olds.end() || found->second.empty()) continue;
      auto& same = found->second;
      const auto alike_too =
          std::find_if(same.begin(), same.end(), [&](const Half* old) { return is_equal(*old, half); });
      Half& old = alike_too == same.end() ? *same.front() : **alike_too;
      if (!is_equal(old, half)) pairs_.push_back({old.text, half.text});
      old.taken = half.taken = true;
      same.erase(alike_too == same.end() ? same.begin() : alike_too);
    }
    for (auto* side : {&before_, &after_}) {
      for (Half& half : *side) {
        if (half.taken) continue;
        half.key = key_of(*half.text, half.words);
        // The words of a reason are many, and tell little about what a rule says.
        for (std::string& name : names_in(has_reason(half) ? without_reason(half.words) : half.words)) {
          if (!is_keyword(name)) half.parts.push_back(std::move(name));
        }
        std::sort(half.parts.begin(), half.parts.end());
      }
    }
  }

  // Halves of one kind for which `name` says the same, the nearest first; those without a name are left.
  template <class Name>
  void match_by(const Name& name, std::size_t least) {
    std::map<std::pair<Kind, std::string>, std::pair<std::vector<Half*>, std::vector<Half*>>> groups;
    for_open([&](Half& half, bool old) {
      std::string own = name(half);
      if (own.empty()) return;
      auto& [olds, news] = groups[{half.text->kind, std::move(own)}];
      (old ? olds : news).push_back(&half);
    });
    for (auto& [key, sides] : groups) match_nearest(sides.first, sides.second, least);
  }

  static bool has_reason(const Half& half) {
    const Kind kind = half.text->kind;
    return kind == Kind::rule || kind == Kind::guardrail || kind == Kind::require || kind == Kind::separate;
  }

  static bool is_equal(const Half& old, const Half& now) {
    return old.text->is_final() == now.text->is_final() && old.text->doc == now.text->doc;
  }
  void match_nearest(const std::vector<Half*>& olds, const std::vector<Half*>& news, std::size_t least) {
    if (olds.size() * news.size() > max_compared) return;
    std::vector<std::tuple<std::size_t, std::size_t, std::size_t>> scores;  // the nearest first
    for (std::size_t i = 0; i < olds.size(); ++i) {
      for (std::size_t k = 0; k < news.size(); ++k) {
        const std::size_t score = percent_in_common(*olds[i], *news[k]);
        if (score >= least) scores.emplace_back(100 - std::min<std::size_t>(score, 100), i, k);
      }
    }
    std::sort(scores.begin(), scores.end());
    for (const auto& [distance, i, k] : scores) {
      if (olds[i]->taken || news[k]->taken) continue;
      pairs_.push_back({olds[i]->text, news[k]->text});
      olds[i]->taken = news[k]->taken = true;
    }
  }

  template <class Visit>
  void for_open(const Visit& visit) {
    for (Half& half : before_) {
      if (!half.taken) visit(half, true);
    }
    for (Half& half : after_) {
      if (!half.taken) visit(half, false);
    }
  }

  const std::vector<Rename>& renames_;
  std::vector<Half> before_, after_;
  std::vector<StatementPair> pairs_;
};

// Guardrails and separations that a library brings: no statement of the organisation's, and a safeguard all the same.
std::vector<Text> safeguards_of_libraries(const Model& model) {
  std::set<source::Span> own;
  for (const Text& text : model.canonical) own.insert(text.span);
  std::vector<Text> found;
  const auto add = [&](Kind kind, const std::string& text, source::Span span) {
    if (!own.contains(span)) found.push_back({kind, text, 0, {}, span});
  };
  for (const model::Guardrail& each : model.guardrails)
    add(each.kind == model::Guardrail::Kind::require ? Kind::require : Kind::guardrail, each.text,
        each.spans.statement);
  for (const model::Separation& each : model.separations) add(Kind::separate, each.text, each.span);
  return found;
}

}  // namespace

StatementDifference differing_statements(const Model& before, const Model& after, const std::vector<Rename>& renames) {
  StatementDifference result;
  std::vector<Text> old_more = safeguards_of_libraries(before);
  std::vector<Text> now_more = safeguards_of_libraries(after);
  const std::size_t old_count = old_more.size();
  result.libraries = std::move(old_more);
  std::move(now_more.begin(), now_more.end(), std::back_inserter(result.libraries));
  std::vector<const Text*> olds, news;
  for (const Text& text : before.canonical) olds.push_back(&text);
  for (const Text& text : after.canonical) news.push_back(&text);
  for (std::size_t i = 0; i < result.libraries.size(); ++i)
    (i < old_count ? olds : news).push_back(&result.libraries[i]);
  result.pairs = Pairing{olds, news, renames}.run();
  return result;
}

}  // namespace farol::compare
