#include "driver/repairs.h"

#include <algorithm>
#include <map>
#include <utility>

#include "decide/compare.h"
#include "driver/patched_files.h"

namespace farol::driver {
namespace {

// How many statements may be compiled again in one run, all trials together.
constexpr std::size_t trial_budget = 200'000;

using Counts = std::map<diag::Code, std::size_t>;

Counts count(const Compilation& compilation) {
  Counts counts;
  for (const diag::Diagnostic& diagnostic : compilation.sink.sorted(compilation.sources)) ++counts[diagnostic.code];
  for (const auto& [code, dropped] : compilation.sink.dropped()) counts[code] += dropped;
  return counts;
}

class Trial {
 public:
  Trial(const base::FileSystem& disk, const Options& options, const Compilation& before, Counts counts)
      : disk_(disk), options_(options), before_(before), counts_(std::move(counts)) {
    options_.repairs = false;
    options_.checks = false;
    options_.lowers = false;
    options_.advice = false;
  }

  // Sets the effect of a repair that holds; false for one that does not.
  bool holds(diag::Code code, diag::Fix& fix) {
    Options options = options_;
    std::map<std::string, std::string> patches;
    for (const diag::Edit& edit : fix.edits) {
      const source::SourceId id = edit.span.source;
      if (before_.sources.is_library(id)) return false;
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
    if (counts[code] >= counts_[code]) return false;
    const bool worse = std::any_of(counts.begin(), counts.end(), [&](const auto& entry) {
      return settled_severity(after.severities, entry.first) == diag::Severity::error &&
             entry.second > counts_[entry.first];
    });
    if (worse) return false;
    fix.effect = decide::changes_in_words(before_.model, before_.decisions, after.decisions);
    return true;
  }

 private:
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
  std::size_t spent = 0;
  for (diag::Diagnostic& finding : findings.list) {
    std::vector<diag::Fix> proposals = std::exchange(finding.fixes, {});
    for (diag::Fix& fix : proposals) {
      if (!fix.effect.empty()) {  // follows from the finding itself
        finding.fixes.push_back(std::move(fix));
        continue;
      }
      if (!options.repairs || spent > trial_budget) break;
      spent += compilation.model.rules.size() + 100;
      if (trial.holds(finding.code, fix)) finding.fixes.push_back(std::move(fix));
    }
    compilation.sink.report(std::move(finding));
  }
  for (const auto& [code, number] : findings.more) {
    const auto severity = settled_severity(compilation.severities, code);
    if (severity) compilation.sink.report_more(code, *severity, number);
  }
}

}  // namespace farol::driver
