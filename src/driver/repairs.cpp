#include "driver/repairs.h"

#include <algorithm>
#include <map>
#include <utility>

#include "base/ids.h"
#include "decide/compare.h"
#include "diag/messages_driver.h"
#include "driver/patched_files.h"

namespace farol::driver {
namespace {

// How many statements may be compiled again in one run, all trials together. One has some fifty bytes, and takes some
// two hundred comparisons to decide.
constexpr std::size_t trial_budget = 200'000;
constexpr std::size_t bytes_of_a_statement = 50, comparisons_of_a_statement = 200;

using Counts = std::map<diag::Code, std::size_t>;

Counts count(const Compilation& compilation) {
  Counts counts;
  for (const diag::Diagnostic& diagnostic : compilation.sink.reported()) ++counts[diagnostic.code];
  for (const auto& [code, dropped] : compilation.sink.dropped()) counts[code] += dropped;
  return counts;
}

class Trial {
 public:
  Trial(const base::FileSystem& disk, const Options& options, const Compilation& before, Counts counts)
      : disk_(disk), options_(options), before_(before), counts_(std::move(counts)) {
    options_.only_decide();
  }

  // What became of a repair. One that holds has its effect.
  enum class Outcome : std::uint8_t { fails, takes_more, holds };

  Outcome try_out(const diag::Diagnostic& finding, diag::Fix& fix) {
    Options options = options_;
    std::map<std::string, std::string> patches;
    for (const diag::Edit& edit : fix.edits) {
      const source::SourceId id = edit.span.source;
      if (before_.sources.is_library(id)) return Outcome::fails;
      std::string text = apply(before_.sources.text(id), id, fix.edits);
      if (before_.sources.name(id) == "<stdin>") {
        options.load.standard_input = std::move(text);
      } else {
        patches[disk_.canonical(before_.sources.name(id))] = std::move(text);
      }
    }
    const PatchedFileSystem patched{disk_, std::move(patches)};
    const Compilation after = compile(patched, options);
    Counts counts = count(after);
    if (counts[finding.code] >= counts_[finding.code]) return Outcome::fails;
    const bool worse = std::any_of(counts.begin(), counts.end(), [&](const auto& entry) {
      return settled_severity(after.severities, entry.first) == diag::Severity::error &&
             entry.second > counts_[entry.first];
    });
    const auto idle = rules_left_for_nothing(after);
    if (worse || !idle) return Outcome::fails;
    // No conflict is settled by leaving one of its rules for nothing. What a guardrail forbids may be all of a rule.
    if (finding.code == diag::Code::conflict && is_about_one_of(finding, *idle)) return Outcome::fails;
    const decide::ChangesInWords changes = changes_on(finding.from, after);
    fix.effect = changes.text;
    std::vector<std::string> exceptions;
    for (const model::RuleId rule : *idle) exceptions.push_back(before_.model[rule].reference());
    if (!exceptions.empty()) fix.effect = message::and_ends_rules(std::move(fix.effect), std::move(exceptions));
    return changes.takes_more || !idle->empty() ? Outcome::takes_more : Outcome::holds;
  }

  // How many statements a trial compiles, by the length of the texts and by what took longer.
  [[nodiscard]] std::size_t cost() const {
    const std::size_t decided = before_.decisions.work / comparisons_of_a_statement;
    std::size_t bytes = 0;
    for (const source::SourceId id : before_.sources.own()) bytes += before_.sources.text(id).size();
    return (bytes / bytes_of_a_statement + decided + 100) * (before_.ahead.days.size() + 1);
  }

 private:
  // The rules of before that decided somewhere, on some day, and decide nowhere after the repair. Nothing if one of the
  // rules that the repair writes decides nowhere.
  [[nodiscard]] std::optional<std::vector<model::RuleId>> rules_left_for_nothing(const Compilation& after) const {
    using Written = std::pair<std::string, std::string>;
    std::map<Written, bool> decides;
    for (const model::RuleId id : base::ids(after.model.rules)) {
      const model::Rule& rule = after.model[id];
      decides[{rule.label, rule.text}] = after.ahead.facts.decides[id.index()];
    }
    std::vector<model::RuleId> idle;
    for (const model::RuleId id : base::ids(before_.model.rules)) {
      const model::Rule& rule = before_.model[id];
      const auto found = decides.find({rule.label, rule.text});
      if (found == decides.end()) continue;  // the repair writes another one in its place
      if (!found->second && before_.ahead.facts.decides[id.index()]) idle.push_back(id);
      decides.erase(found);
    }
    // What is left was written by the repair. Where days were not looked at nobody knows.
    const bool all_decide = std::all_of(decides.begin(), decides.end(), [](const auto& entry) { return entry.second; });
    if (before_.ahead.not_looked_at > 0) return std::vector<model::RuleId>{};
    return all_decide ? std::optional{std::move(idle)} : std::nullopt;
  }

  [[nodiscard]] bool is_about_one_of(const diag::Diagnostic& finding, const std::vector<model::RuleId>& rules) const {
    return std::any_of(rules.begin(), rules.end(), [&](model::RuleId rule) {
      return std::any_of(finding.labels.begin(), finding.labels.end(),
                         [&](const diag::Label& label) { return label.span == before_.model[rule].spans.statement; });
    });
  }

  // On the day from which on it is wrong, if that is not the day of the decisions.
  [[nodiscard]] decide::ChangesInWords changes_on(std::optional<base::Date> day, const Compilation& after) const {
    if (!day) return decide::changes_in_words(before_.model, before_.decisions, after.decisions);
    return decide::changes_in_words(before_.model, decide::decide(before_.model, *day),
                                    decide::decide(after.model, *day));
  }

  const base::FileSystem& disk_;
  Options options_;
  const Compilation& before_;
  Counts counts_;  // of all findings before
};

}  // namespace

std::string apply(std::string_view text, source::SourceId source, const std::vector<diag::Edit>& edits) {
  std::vector<diag::Edit> here;
  std::copy_if(edits.begin(), edits.end(), std::back_inserter(here),
               [&](const diag::Edit& edit) { return edit.span.source == source; });
  std::stable_sort(here.begin(), here.end(),
                   [](const diag::Edit& a, const diag::Edit& b) { return a.span.begin < b.span.begin; });
  std::string result;
  std::size_t from = 0;
  for (const diag::Edit& edit : here) {
    result.append(text.substr(from, edit.span.begin - from)).append(edit.text);
    from = edit.span.end;
  }
  return result.append(text.substr(from));
}

void report(const base::FileSystem& disk, const Options& options, check::Findings findings, Compilation& compilation) {
  Counts counts = count(compilation);
  for (const diag::Diagnostic& finding : findings.list) ++counts[finding.code];
  for (const auto& [code, number] : findings.more) counts[code] += number;

  Trial trial{disk, options, compilation, std::move(counts)};
  const std::size_t cost = trial.cost();
  std::size_t spent = 0;
  for (diag::Diagnostic& finding : findings.list) {
    std::vector<diag::Fix> proposals = std::exchange(finding.fixes, {});
    std::vector<diag::Fix> last;  // those that take more than is asked for
    for (diag::Fix& fix : proposals) {
      if (!fix.effect.empty()) {  // follows from the finding itself
        finding.fixes.push_back(std::move(fix));
        continue;
      }
      if (!options.repairs || spent + cost > trial_budget) break;
      spent += cost;
      const Trial::Outcome outcome = trial.try_out(finding, fix);
      if (outcome == Trial::Outcome::holds) finding.fixes.push_back(std::move(fix));
      if (outcome == Trial::Outcome::takes_more) last.push_back(std::move(fix));
    }
    std::move(last.begin(), last.end(), std::back_inserter(finding.fixes));
    compilation.sink.report(std::move(finding));
  }
  for (const auto& [code, number] : findings.more) {
    const auto severity = settled_severity(compilation.severities, code);
    if (severity) compilation.sink.report_more(code, *severity, number);
  }
}

}  // namespace farol::driver
