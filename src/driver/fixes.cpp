#include "driver/fixes.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include "decide/compare.h"
#include "driver/patched_files.h"
#include "driver/repairs.h"
#include "source/place.h"

namespace farol::driver {
namespace {

constexpr std::size_t most_rounds = 20;

// What a finding is, wherever it moves to while other lines are repaired.
using Key = std::tuple<diag::Code, std::string, std::string>;

struct Chosen {
  diag::Diagnostic finding;
  diag::Fix fix;
  AppliedFix applied;
};

Key key_of(const diag::Diagnostic& finding) { return {finding.code, finding.check, sentence(finding.message)}; }

std::map<Key, std::size_t> count_keys(const Compilation& compilation) {
  std::map<Key, std::size_t> counts;
  for (const diag::Diagnostic& finding : compilation.sink.reported()) ++counts[key_of(finding)];
  return counts;
}

bool overlap(const diag::Fix& a, const diag::Fix& b) {
  return std::any_of(a.edits.begin(), a.edits.end(), [&](const diag::Edit& x) {
    return std::any_of(b.edits.begin(), b.edits.end(), [&](const diag::Edit& y) {
      return x.span.source == y.span.source && x.span.begin <= y.span.end && y.span.begin <= x.span.end;
    });
  });
}

// Whether a repair writes `everyone`, `everything` or `all`: how far a rule reaches is for its author to say.
bool takes_in_all(const diag::Fix& fix) {
  return std::any_of(fix.edits.begin(), fix.edits.end(), [](const diag::Edit& edit) {
    const std::string text = " " + edit.text + " ";
    return text.find(" everyone ") != std::string::npos || text.find(" everything ") != std::string::npos ||
           text.find(" all ") != std::string::npos;
  });
}

class Fixer {
 public:
  Fixer(const base::FileSystem& disk, const Options& options, const ChooseFix& choose, bool may_change_decisions)
      : disk_(disk), options_(options), choose_(choose), may_change_decisions_(may_change_decisions) {}

  Fixes run() {
    Compilation now = compile(disk_, options_);
    for (std::size_t round = 0; round < most_rounds && !now.unreadable; ++round) {
      const std::vector<Chosen> chosen = choose(now);
      if (chosen.empty()) break;
      if (!take(chosen, now) && chosen.size() > 1) {
        // The positions are those of `now`, so that one that holds ends the round.
        for (const Chosen& each : chosen) {
          if (take({each}, now)) break;
        }
      } else if (chosen.size() == 1 && !taken_) {
        ++result_.refused;
      }
    }
    result_.language = now.language;
    for (const source::SourceId id : now.sources.own()) {
      const std::string& name = now.sources.name(id);
      if (!patches_.contains(disk_.canonical(name))) {
        const std::string text(now.sources.text(id));
        result_.files.push_back({name, text, text});
      }
    }
    for (auto& [path, text] : patches_) result_.files.push_back({names_[path], originals_[path], std::move(text)});
    return std::move(result_);
  }

 private:
  std::vector<Chosen> choose(const Compilation& now) {
    std::vector<Chosen> chosen;
    for (const diag::Diagnostic& finding : now.sink.sorted(now.sources)) {
      if (finding.fixes.empty() || finding.span.is_none()) continue;
      const std::string place = source::place_of(now.sources, finding.span);
      if (!asked_.insert({key_of(finding), place}).second) continue;
      const auto which = choose_(finding, now.sources);
      if (!which || *which >= finding.fixes.size()) continue;
      const diag::Fix& fix = finding.fixes[*which];
      const bool later =
          std::any_of(chosen.begin(), chosen.end(), [&](const Chosen& each) { return overlap(each.fix, fix); });
      if (later) {
        asked_.erase({key_of(finding), place});
        continue;
      }
      chosen.push_back({finding, fix, {place, finding.message, fix.title}});
    }
    return chosen;
  }

  // Carries them out together if they hold.
  bool take(const std::vector<Chosen>& chosen, Compilation& now) {
    taken_ = false;
    std::vector<diag::Edit> edits;
    for (const Chosen& each : chosen) edits.insert(edits.end(), each.fix.edits.begin(), each.fix.edits.end());
    std::map<std::string, std::string> patches = patches_;
    for (const diag::Edit& edit : edits) {
      const source::SourceId id = edit.span.source;
      if (now.sources.is_library(id)) return false;
      const std::string path = disk_.canonical(now.sources.name(id));
      names_[path] = now.sources.name(id);
      originals_.try_emplace(path, now.sources.text(id));
      patches[path] = apply(now.sources.text(id), id, edits);
    }
    const PatchedFileSystem patched{disk_, patches};
    Compilation after = compile(patched, options_);
    if (!holds(chosen, now, after)) return false;
    patches_ = std::move(patches);
    for (const Chosen& each : chosen) result_.applied.push_back(each.applied);
    now = std::move(after);
    taken_ = true;
    return true;
  }

  [[nodiscard]] bool holds(const std::vector<Chosen>& chosen, const Compilation& before,
                           const Compilation& after) const {
    if (after.unreadable) return false;
    std::map<Key, std::size_t> gone;
    for (const Chosen& each : chosen) ++gone[key_of(each.finding)];
    const auto old = count_keys(before);
    auto now = count_keys(after);
    for (const auto& [key, count] : gone) {
      if (now[key] + count > old.at(key)) return false;
    }
    if (!before.may_write()) return true;
    if (!after.may_write()) return false;
    const bool same_things = before.model.roles.size() == after.model.roles.size() &&
                             before.model.features.size() == after.model.features.size() &&
                             before.model.objects.size() == after.model.objects.size() &&
                             before.model.contexts.size() == after.model.contexts.size();
    if (may_change_decisions_) return true;
    return same_things && decide::nothing_changes(before.model, before.decisions, after.decisions);
  }

  const base::FileSystem& disk_;
  const Options& options_;
  const ChooseFix& choose_;
  bool may_change_decisions_;
  bool taken_ = false;
  std::set<std::pair<Key, std::string>> asked_;
  std::map<std::string, std::string> patches_, originals_, names_;  // by canonical path
  Fixes result_;
};

}  // namespace

std::optional<std::size_t> safe_fix(const diag::Diagnostic& finding) {
  // Nothing was decided of what could not be read or named, so there is nothing that could change.
  const bool is_of_language = diag::info(finding.code).number < "F3";
  if (is_of_language) {
    const bool is_certain = finding.fixes.size() == 1 && !takes_in_all(finding.fixes.front());
    return is_certain ? std::optional<std::size_t>{0} : std::nullopt;
  }
  for (std::size_t i = 0; i < finding.fixes.size(); ++i) {
    if (decide::says_nothing_changes(finding.fixes[i].effect)) return i;
  }
  return std::nullopt;
}

Fixes try_fixes(const base::FileSystem& disk, const Options& options, const ChooseFix& choose,
                bool may_change_decisions) {
  return Fixer(disk, options, choose, may_change_decisions).run();
}

}  // namespace farol::driver
