#include "driver/suppression.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <optional>
#include <set>
#include <utility>

#include "check/about.h"
#include "diag/messages_driver.h"

namespace farol::driver {
namespace {

using check::Names;
using diag::Code;
using diag::Diagnostic;
using diag::Setting;

// A waiver that is in force, what it has covered so far, and what it nearly covered.
struct Live {
  const model::Waiver* waiver;
  bool used = false;
  Names missing;  // what it would have to name as well, for some finding
};

// The waivers that are in force for one kind of finding, in the order of the model.
struct WaiversOfKind {
  std::vector<Live> waivers;
  std::vector<std::size_t> for_all;  // positions of those that name nothing
  std::map<std::string_view, std::vector<std::size_t>> by_thing;

  void add(const model::Waiver& waiver) {
    const std::size_t position = waivers.size();
    waivers.push_back({&waiver, false, {}});
    if (waiver.things.empty()) for_all.push_back(position);
    for (const std::string& thing : waiver.things) by_thing[thing].push_back(position);
  }
};

diag::Waiver record(const model::Waiver& waiver) {
  return {waiver.because.in("en"), waiver.by, waiver.instead, waiver.until ? base::to_string(*waiver.until) : "",
          waiver.span};
}

// Removes a waiver, with its line if it is alone there. No trial is needed: a waiver that covers nothing has no effect.
diag::Fix take_out(const source::SourceMap& sources, const model::Waiver& waiver) {
  source::Span span = waiver.span;
  const std::string_view text = sources.text(span.source);
  const bool starts_line = span.begin == 0 || text[span.begin - 1] == '\n';
  const std::string_view rest = text.substr(span.end);
  if (starts_line && rest.starts_with("\r\n")) {
    span.end += 2;
  } else if (starts_line && rest.starts_with('\n')) {
    span.end += 1;
  }
  return {message::take_it_out(), message::no_permission_changes(), {{span, ""}}};
}

bool ended(const model::Waiver& waiver, base::Date day) { return waiver.until && *waiver.until < day; }

class Suppression {
 public:
  Suppression(const model::Model& model, const source::SourceMap& sources, base::Date as_of,
              const Severities& severities, diag::Sink& sink)
      : sources_(sources), severities_(severities), sink_(sink) {
    for (const model::Waiver& waiver : model.waivers) {
      if (ended(waiver, as_of)) {
        expired_.push_back(&waiver);
      } else {
        live_[waiver.finding].add(waiver);
      }
    }
    if (!live_.empty()) things_.emplace(model);
  }

  // Removes the findings that do not count.
  void judge(std::vector<Diagnostic>& findings) {
    std::erase_if(findings, [this](Diagnostic& finding) {
      auto waivers = find_cover(finding);
      if (waivers.empty()) return is_off(finding);
      finding.fixes.clear();  // proposals that nobody will try out
      sink_.waive({std::move(finding), std::move(waivers)});
      return true;
    });
  }
  void judge(std::vector<std::pair<Code, std::size_t>>& more) {
    std::erase_if(more, [this](const auto& entry) {
      const bool off = !settled_severity(severities_, entry.first);
      if (off) sink_.switch_off(diag::info(entry.first).name, entry.second);
      return off;
    });
  }

  // `unsure` are the kinds of which not all findings were looked at; of checks those are all but `whole_checks`.
  std::vector<Diagnostic> expired_and_unused(const std::set<std::string_view>& unsure,
                                             const std::set<std::string_view>& whole_checks, bool all_unsure) {
    std::vector<Diagnostic> found;
    for (const model::Waiver* waiver : expired_) {
      auto finding = diag::make(Code::expired_waiver, waiver->span,
                                waiver->things.empty()
                                    ? message::waiver_ended(waiver->finding, *waiver->until)
                                    : message::waiver_for_ended(waiver->finding, waiver->things, *waiver->until));
      finding.labels.push_back({waiver->span, message::covers_nothing_since()});
      finding.help = message::waiver_ended_help();
      finding.fixes.push_back(take_out(sources_, *waiver));
      found.push_back(std::move(finding));
    }
    if (all_unsure) return found;
    // Waivers of `unused-waiver` come last: what is said of the others is what they are for.
    const std::string_view own = diag::info(Code::unused_waiver).name;
    std::vector<Diagnostic> not_used = unused([&](std::string_view kind) {
      return kind != own && (diag::find_code(kind) == nullptr ? whole_checks.contains(kind) : !unsure.contains(kind));
    });
    judge(not_used);
    for (Diagnostic& finding : unused([&](std::string_view kind) { return kind == own; })) {
      if (!is_off(finding)) not_used.push_back(std::move(finding));
    }
    std::move(not_used.begin(), not_used.end(), std::back_inserter(found));
    return found;
  }

 private:
  // Returns true if the finding is not reported; otherwise sets its severity.
  bool is_off(Diagnostic& finding) {
    const auto severity = settled_severity(severities_, finding.kind(), finding.severity);
    if (severity) {
      finding.severity = *severity;
    } else {
      sink_.switch_off(finding.kind(), 1);
    }
    return !severity;
  }

  template <class Wanted>
  [[nodiscard]] std::vector<Diagnostic> unused(Wanted is_wanted) const {
    std::vector<Diagnostic> found;
    for (const auto& [kind, of_kind] : live_) {
      if (!is_wanted(kind)) continue;
      for (const Live& live : of_kind.waivers) {
        if (!live.used) found.push_back(unused(live));
      }
    }
    return found;
  }

  [[nodiscard]] Diagnostic unused(const Live& live) const {
    const model::Waiver& waiver = *live.waiver;
    auto finding =
        diag::make(Code::unused_waiver, waiver.span,
                   waiver.things.empty() ? message::waiver_covers_nothing(waiver.finding)
                                         : message::waiver_for_covers_nothing(waiver.finding, waiver.things));
    finding.about = {waiver.things};
    finding.fixes.push_back(take_out(sources_, waiver));
    finding.help = live.missing.empty() ? message::waiver_unused_help() : message::waiver_misses_help(live.missing);
    return finding;
  }

  // Returns the waivers that cover a finding, in the order of the model, or none if they leave something open.
  std::vector<diag::Waiver> find_cover(Diagnostic& finding) {
    const auto found = live_.find(finding.kind());
    if (found == live_.end()) return {};
    if (finding.about.empty()) finding.about = things_->at(finding.span);
    WaiversOfKind& kind = found->second;
    const auto holds = [&](std::size_t i) { return !finding.from || !ended(*kind.waivers[i].waiver, *finding.from); };
    std::set<std::size_t> cover;
    std::copy_if(kind.for_all.begin(), kind.for_all.end(), std::inserter(cover, cover.end()), holds);
    for (const Names& respect : finding.about) {
      std::set<std::size_t> naming;
      Names missing;
      for (const std::string& thing : respect) {
        std::vector<std::size_t> named = kind.for_all;
        if (const auto those = kind.by_thing.find(thing); those != kind.by_thing.end())
          named.insert(named.end(), those->second.begin(), those->second.end());
        std::erase_if(named, [&](std::size_t i) { return !holds(i); });
        if (named.empty()) missing.push_back(thing);
        naming.insert(named.begin(), named.end());
      }
      if (missing.empty()) {
        cover.insert(naming.begin(), naming.end());
      } else {
        for (const std::size_t i : naming) {
          if (kind.waivers[i].missing.empty()) kind.waivers[i].missing = missing;
        }
      }
    }
    std::vector<diag::Waiver> records;
    for (const std::size_t i : cover) {
      kind.waivers[i].used = true;
      records.push_back(record(*kind.waivers[i].waiver));
    }
    return records;
  }

  const source::SourceMap& sources_;
  const Severities& severities_;
  diag::Sink& sink_;
  std::vector<const model::Waiver*> expired_;
  std::map<std::string, WaiversOfKind, std::less<>> live_;  // by kind of finding
  std::optional<check::Things> things_;
};

// Returns true for errors that keep later stages from finding all there is.
bool hides_others(const Diagnostic& finding) {
  const std::string_view number = diag::info(finding.code).number;
  return finding.severity == diag::Severity::error &&
         (number < "F3" || finding.code == Code::conflict || finding.code == Code::too_large);
}

}  // namespace

Severities severities_of(const model::Model& model, const Severities& command_line) {
  Severities all = command_line;
  for (const model::SeveritySetting& setting : model.severities) {
    const Setting value = setting.setting == "off"     ? Setting::off
                          : setting.setting == "error" ? Setting::error
                                                       : Setting::warning;
    all.try_emplace(setting.finding, value);
  }
  return all;
}

std::optional<diag::Severity> settled_severity(const Severities& severities, Code code) {
  return settled_severity(severities, diag::info(code).name, diag::info(code).severity);
}

std::optional<diag::Severity> settled_severity(const Severities& severities, std::string_view kind,
                                               diag::Severity own) {
  const auto setting = severities.find(kind);
  if (setting == severities.end()) return own;
  switch (setting->second) {
    case Setting::off: return std::nullopt;
    case Setting::error: return diag::Severity::error;
    case Setting::warning: return diag::Severity::warning;
  }
  return std::nullopt;
}

void suppress(const model::Model& model, const source::SourceMap& sources, base::Date as_of,
              const Severities& severities, const std::set<std::string_view>& whole_checks, diag::Sink& sink,
              check::Findings& findings) {
  if (model.waivers.empty() && severities.empty()) return;
  std::vector<std::pair<Code, std::size_t>> more;
  std::vector<Diagnostic> earlier = sink.take(more);
  // A kind that is off is listed even if there is no finding of it.
  for (const auto& [kind, setting] : severities) {
    if (setting == Setting::off) sink.switch_off(kind, 0);
  }
  Suppression suppression{model, sources, as_of, severities, sink};

  std::set<std::string_view> unsure;
  for (const auto& [code, count] : more) unsure.insert(diag::info(code).name);
  for (const auto& [code, count] : findings.more) unsure.insert(diag::info(code).name);
  const bool all_unsure = std::any_of(earlier.begin(), earlier.end(), hides_others) ||
                          std::any_of(findings.list.begin(), findings.list.end(), hides_others);

  suppression.judge(earlier);
  suppression.judge(findings.list);
  suppression.judge(more);
  suppression.judge(findings.more);
  for (Diagnostic& finding : earlier) sink.report(std::move(finding));
  for (const auto& [code, count] : more) sink.report_more(code, *settled_severity(severities, code), count);
  for (Diagnostic& finding : suppression.expired_and_unused(unsure, whole_checks, all_unsure))
    sink.report(std::move(finding));
}

}  // namespace farol::driver
