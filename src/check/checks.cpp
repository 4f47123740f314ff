#include "check/checks.h"

#include <algorithm>
#include <functional>
#include <map>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "base/text.h"
#include "check/evaluation.h"
#include "diag/messages_check.h"
#include "document/articles.h"
#include "document/words.h"

namespace farol::check {
namespace {

using model::Check;

// Runs one check after the other over one model.
class Runner {
 public:
  Runner(const model::Model& model, const decide::Decisions& decisions, std::uint64_t steps)
      : model_(model), things_(model), evaluation_(model, decisions, things_), steps_(steps) {}

  void run(std::size_t check, CheckFindings& findings) {
    check_ = check;
    const Check& rule = model_.checks[check];
    const std::uint64_t may_take = std::min(steps_, steps_of_all_);
    evaluation_.open(may_take, rule.variables.size());
    found_.clear();
    count_ = looked_at_ = 0;
    look_at(0);
    steps_of_all_ -= may_take - evaluation_.steps_left();
    if (evaluation_.exhausted()) {
      findings.too_large.push_back(check);
      return;
    }
    findings.looked_at[check] = looked_at_;
    if (count_ > found_.size()) findings.more.emplace_back(check, count_ - found_.size());
    for (Finding& finding : found_) findings.list.push_back(std::move(finding));
  }

 private:
  [[nodiscard]] const Check& rule() const { return model_.checks[check_]; }

  void look_at(std::size_t range) {
    if (range == rule().ranges.size()) return judge();
    evaluation_.for_each(rule().ranges[range], [&](Thing) {
      look_at(range + 1);
      return !evaluation_.exhausted();
    });
  }

  void judge() {
    ++looked_at_;
    Finding finding;
    finding.check = check_;
    if (rule().unexpected.empty()) {
      if (evaluation_.holds(rule().expected) || evaluation_.exhausted()) return;
    } else {
      evaluation_.for_each(rule().unexpected.front(), [&](Thing thing) {
        if (finding.unexpected.size() < findings_cap)
          finding.unexpected.push_back(thing);
        else
          ++finding.unexpected_more;
        return true;
      });
      if (finding.unexpected.empty() || evaluation_.exhausted()) return;
    }
    if (++count_ > findings_cap) return;
    for (const model::CheckRange& range : rule().ranges)
      finding.things.push_back(evaluation_.environment()[range.variable]);
    found_.push_back(std::move(finding));
  }

  const model::Model& model_;
  CheckedThings things_;
  Evaluation evaluation_;
  std::uint64_t steps_, steps_of_all_ = steps_cap_of_all;
  std::size_t check_ = 0;
  std::vector<Finding> found_;
  std::size_t count_ = 0, looked_at_ = 0;
};

// What the braces of a text stand for.
class TextRenderer {
 public:
  // The findings are of one check.
  TextRenderer(const model::Model& model, const CheckedThings& things, std::span<const Finding> findings,
               std::string_view language)
      : things_(things),
        check_(model.checks[findings.front().check]),
        findings_(findings),
        language_(language),
        words_(base::parse_language(language).value_or(base::Language::en)) {}

  std::string render(std::string_view text) {
    std::string result;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t open = text.find('{', at);
      result += text.substr(at, open == std::string_view::npos ? open : open - at);
      const std::size_t close = text.find('}', std::min(open, text.size()));
      if (open == std::string_view::npos) break;
      if (close == std::string_view::npos) return result + std::string(text.substr(open));
      const std::string_view path = text.substr(open + 1, close - open - 1);
      at = close + 1;
      if (!model::is_placeholder(path)) {
        // A brace of a statement, which may have others inside it.
        result += '{';
        at = open + 1;
        continue;
      }
      // What somebody is to type stands as a policy has it: values of lists in the language's own words.
      is_code_ = std::count(result.begin(), result.end(), '`') % 2 != 0;
      const std::string value = value_of(path);
      // The blanks around a brace are for what is filled in in Latin letters: Chinese has none.
      if (result.ends_with(' ') && is_wide_end(std::string_view(result).substr(0, result.size() - 1)) &&
          is_wide(base::decode(value, 0).value))
        result.pop_back();
      result += value;
      if (text.substr(at).starts_with(' ') && is_wide_end(value) && is_wide(base::decode(text, at + 1).value)) ++at;
    }
    return result;
  }

 private:
  static bool is_wide(char32_t value) {
    constexpr char32_t first_of_east_asia = 0x2E80;
    return value >= first_of_east_asia;
  }
  static bool is_wide_end(std::string_view text) {
    std::size_t last = text.size();
    while (last > 0 && (static_cast<unsigned char>(text[last - 1]) & 0xC0U) == 0x80) --last;
    return last > 0 && is_wide(base::decode(text, last - 1).value);
  }

  std::string value_of(std::string_view path) {
    const std::size_t dot = std::min(path.find('.'), path.size());
    std::vector<Item> items;
    std::size_t more = 0;
    for (const Thing thing : things_of(path.substr(0, dot), more)) items.emplace_back(thing);
    for (std::size_t at = dot; at < path.size();) {
      const std::size_t end = std::min(path.find('.', at + 1), path.size());
      const std::string_view key = path.substr(at + 1, end - at - 1);
      std::vector<Item> next;
      for (const Item& item : items) {
        const auto* thing = std::get_if<Thing>(&item);
        if (thing == nullptr) continue;
        if (key == "title" && end == path.size())
          next.emplace_back(std::string_view(things_.label(*thing, language_)));
        else
          things_.append(*thing, key, next);
      }
      items = std::move(next);
      at = end;
    }
    std::vector<std::string> words;
    for (const Item& item : items) {
      std::string word = in_words(item);
      if (std::find(words.begin(), words.end(), word) == words.end()) words.push_back(std::move(word));
    }
    // What is to be typed is whole.
    constexpr std::size_t shown = 5;
    const std::size_t most = is_code_ ? words.size() : shown;
    more += words.size() > most ? words.size() - most : 0;
    if (words.size() > most) words.resize(most);
    const bool chinese = language_.starts_with("zh") && !is_code_;
    if (words.empty()) return is_code_ ? "…" : chinese ? "—" : "(none)";
    std::string text = fmt::format("{}", fmt::join(words, chinese ? "、" : ", "));
    return more == 0 || is_code_ ? text : text + fmt::format(" (+{})", more);
  }

  std::vector<Thing> things_of(std::string_view variable, std::size_t& more) const {
    std::vector<Thing> things;
    const auto add = [&things](Thing thing) {
      if (std::find(things.begin(), things.end(), thing) == things.end()) things.push_back(thing);
    };
    for (const Finding& finding : findings_) {
      for (std::size_t i = 0; i < check_.ranges.size(); ++i) {
        if (check_.variables[check_.ranges[i].variable].first == variable) add(finding.things[i]);
      }
      for (const model::CheckRange& range : check_.unexpected) {
        if (check_.variables[range.variable].first != variable) continue;
        more += finding.unexpected_more;
        for (const Thing thing : finding.unexpected) add(thing);
      }
    }
    if (things.empty()) things.emplace_back();  // the policy
    return things;
  }

  [[nodiscard]] std::string in_words(const Item& item) const {
    if (const auto* flag = std::get_if<bool>(&item)) return document::yes_or_no(*flag, words_);
    if (const auto* number = std::get_if<double>(&item)) return fmt::format("{}", *number);
    if (const auto* day = std::get_if<base::Date>(&item)) return base::to_string(*day);
    if (const auto* length = std::get_if<base::Duration>(&item)) return document::duration(*length, words_);
    if (const auto* text = std::get_if<std::string_view>(&item)) return std::string(*text);
    if (const auto* word = std::get_if<Word>(&item)) {
      return is_code_ ? std::string(word->text) : document::word(word->text, words_);
    }
    return things_.label(std::get<Thing>(item), language_);
  }

  const CheckedThings& things_;
  const Check& check_;
  std::span<const Finding> findings_;
  std::string_view language_;
  base::Language words_;
  bool is_code_ = false;  // what is filled in stands between backticks
};

diag::Severity severity_of(Check::Severity severity) {
  switch (severity) {
    case Check::Severity::error: return diag::Severity::error;
    case Check::Severity::warning: return diag::Severity::warning;
    case Check::Severity::note: break;
  }
  return diag::Severity::note;
}

diag::Diagnostic diagnose(const model::Model& model, const CheckedThings& things, const Finding& finding,
                          std::size_t more, std::string_view language) {
  const Check& check = model.checks[finding.check];
  TextRenderer text(model, things, std::span(&finding, 1), language);
  diag::Diagnostic diagnostic = diag::make(diag::Code::failed_check, model.policy.span,
                                           message::verbatim(text.render(check.message.in(language))));
  diagnostic.check = check.id;
  diagnostic.severity = severity_of(check.severity);
  bool placed = false;
  for (const Thing thing : finding.things) {
    const model::Declared& declared = things.declared(thing);
    if (!declared.name.empty()) diagnostic.about.push_back({declared.name});
    if (declared.library || declared.span.is_none()) continue;
    if (placed) {
      diagnostic.labels.push_back({declared.span, message::with_this()});
    } else {
      diagnostic.span = declared.span;
    }
    placed = true;
  }
  diagnostic.title = message::verbatim(check.title.in(language));
  if (!finding.things.empty()) diagnostic.subject = things.declared(finding.things.front()).label(language);
  if (!(diagnostic.title == diagnostic.message)) diagnostic.details.push_back(diagnostic.title);
  const std::string source = rests_on(check, language);
  if (!source.empty()) diagnostic.grounds.push_back(message::verbatim(source));
  for (const model::Citation& citation : check.citations)
    diagnostic.grounds.push_back(
        message::verbatim(in_words(citation, language) + (citation.url.empty() ? "" : ", " + citation.url)));
  if (more > 0) diagnostic.details.push_back(message::and_more_findings(more));
  if (std::string remedy = text.render(check.remedy.in(language)); !remedy.empty())
    diagnostic.help = message::verbatim(std::move(remedy));
  return diagnostic;
}

}  // namespace

CheckFindings run_checks(const model::Model& model, const decide::Decisions& decisions, bool decided,
                         std::uint64_t steps) {
  CheckFindings findings;
  if (model.checks.empty()) return findings;
  findings.looked_at.resize(model.checks.size());
  findings.set_aside.resize(model.checks.size());
  Runner runner(model, decisions, steps);
  for (std::size_t i = 0; i < model.checks.size(); ++i) {
    const Check& check = model.checks[i];
    const base::Date day = decisions.as_of;
    if ((check.in_force && day < *check.in_force) || (check.until && *check.until < day))
      findings.out_of_force.push_back(i);
    else if (check.asks_decisions && !decided)
      findings.waiting.push_back(i);
    else
      runner.run(i, findings);
  }
  return findings;
}

CheckResult result_of(const CheckFindings& findings, std::size_t check) {
  using Standing = CheckResult::Standing;
  const auto has = [check](const std::vector<std::size_t>& list) {
    return std::find(list.begin(), list.end(), check) != list.end();
  };
  CheckResult result;
  if (has(findings.out_of_force)) result.standing = Standing::out_of_force;
  if (has(findings.out_of_force) || has(findings.too_large) || has(findings.waiting) || findings.looked_at.empty())
    return result;
  result.looked_at = findings.looked_at[check];
  result.set_aside = findings.set_aside[check];
  result.open = static_cast<std::size_t>(
      std::count_if(findings.list.begin(), findings.list.end(), [&](const auto& each) { return each.check == check; }));
  for (const auto& [more, count] : findings.more) result.open += more == check ? count : 0;
  result.standing = result.open > 0        ? Standing::open
                    : result.set_aside > 0 ? Standing::set_aside
                    : result.looked_at > 0 ? Standing::met
                                           : Standing::does_not_apply;
  return result;
}

std::string render(const model::Model& model, const Finding& finding, const model::Localized& text,
                   std::string_view language) {
  return render(model, std::span(&finding, 1), text, language);
}

std::string render(const model::Model& model, std::span<const Finding> findings, const model::Localized& text,
                   std::string_view language) {
  return TextRenderer(model, CheckedThings(model), findings, language).render(text.in(language));
}

void check_sources(const model::Model& model, base::Date as_of, std::vector<diag::Diagnostic>& findings) {
  std::map<std::string_view, base::Date> oldest;  // by pack: the first day on which somebody looked something up
  for (const Check& check : model.checks) {
    for (const model::Citation& citation : check.citations) {
      if (check.pack.empty() || !citation.checked) continue;
      const auto [day, is_new] = oldest.try_emplace(check.pack, *citation.checked);
      if (!is_new) day->second = std::min(day->second, *citation.checked);
    }
  }
  for (const auto& [pack, day] : oldest) {
    if (!(base::add(day, {1, base::Duration::Unit::years}) < as_of)) continue;
    findings.push_back(
        diag::make(diag::Code::old_sources, model.policy.span, message::sources_are_old(std::string(pack), day)));
    findings.back().help = message::sources_are_old_help();
  }
}

std::string rests_on(const Check& check, std::string_view language) {
  using base::Phrase;
  const base::Language words = base::parse_language(language).value_or(base::Language::en);
  if (check.basis.empty()) return check.pack;
  std::string basis = document::word(check.basis, words);
  if (check.confidence == "A") basis = base::fill(Phrase::confidence_a, words, {basis});
  if (check.confidence == "B") basis = base::fill(Phrase::confidence_b, words, {basis});
  if (check.confidence == "C") basis = base::fill(Phrase::confidence_c, words, {basis});
  return check.pack.empty() ? basis : base::fill(Phrase::name_in_brackets, words, {basis, check.pack});
}

std::string in_words(const model::Citation& citation, std::string_view language) {
  using base::Phrase;
  const base::Language words = base::parse_language(language).value_or(base::Language::en);
  std::string text = citation.law.in(language);
  if (!citation.article.empty())
    text = base::fill(Phrase::law_and_place, words, {text, document::article(citation.article, words)});
  if (citation.checked) text = base::fill(Phrase::check_looked_up, words, {text, base::to_string(*citation.checked)});
  if (!citation.read.empty())
    text = base::fill(Phrase::list_pair, words, {text, document::word("read", citation.read, words)});
  // Notes are of whoever looked, in English.
  if (!citation.note.empty()) text = base::fill(Phrase::name_in_brackets, words, {text, citation.note});
  return text;
}

std::vector<diag::Diagnostic> diagnose(const model::Model& model, const CheckFindings& findings,
                                       std::string_view language) {
  const CheckedThings things(model);
  std::vector<diag::Diagnostic> list;
  for (std::size_t i = 0; i < findings.list.size(); ++i) {
    const std::size_t check = findings.list[i].check;
    const bool last = i + 1 == findings.list.size() || findings.list[i + 1].check != check;
    const auto more = std::lower_bound(findings.more.begin(), findings.more.end(), std::pair{check, std::size_t{0}});
    const bool has_more = last && more != findings.more.end() && more->first == check;
    list.push_back(diagnose(model, things, findings.list[i], has_more ? more->second : 0, language));
    list.back().of_check = i;
  }
  for (const std::size_t check : findings.too_large) {
    list.push_back(
        diag::make(diag::Code::too_large, model.policy.span, message::check_not_finished(model.checks[check].id)));
    list.back().help = message::check_not_finished_help();
    if (model.checks[check].pack.empty()) list.back().span = model.checks[check].span;
  }
  if (!findings.waiting.empty()) {
    list.push_back(diag::make(diag::Code::not_evaluated, model.policy.span,
                              message::checks_wait_for_decisions(findings.waiting.size(), model.checks.size())));
  }
  return list;
}

}  // namespace farol::check
