#include "driver/driver.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <utility>
#include <variant>

#include "check/findings.h"
#include "check/lint.h"
#include "diag/messages_driver.h"
#include "driver/check_repairs.h"
#include "driver/repairs.h"
#include "driver/today.h"
#include "driver/together.h"
#include "sema/canonical.h"
#include "sema/resolve.h"
#include "target/dingtalk/bindings.h"
#include "target/dingtalk/lower.h"

namespace farol::driver {
namespace {

bool has_conflicts(const check::Findings& findings) {
  return std::any_of(findings.list.begin(), findings.list.end(),
                     [](const diag::Diagnostic& finding) { return finding.code == diag::Code::conflict; });
}

bool has_unread(const syntax::Program& program) {
  return std::any_of(program.files.begin(), program.files.end(),
                     [](const syntax::File& file) { return !file.broken.empty(); });
}

// Their trees are most of a program, and no finding needs them once it is decided.
void drop_rules(syntax::Program& program) {
  for (syntax::File& file : program.files) {
    std::erase_if(file.statements, [](const syntax::Statement& statement) {
      return std::holds_alternative<syntax::Rule>(statement.node);
    });
    file.statements.shrink_to_fit();
  }
}

// `decided` is true if every permission is decided.
void run_checks(const Options& options, bool readable, bool decided, Compilation& result, check::Findings& findings) {
  const model::Model& model = result.model;
  if (!options.checks) return;
  if (readable) {
    result.checks = check::run_checks(model, result.decisions, decided);
    for (auto& diagnostic : check::diagnose(model, result.checks, base::tag(result.language))) {
      if (options.repairs) offer_statements(result, diagnostic);
      findings.list.push_back(std::move(diagnostic));
    }
    if (options.advice) check::check_sources(model, result.decisions.as_of, findings.list);
  } else if (!model.checks.empty()) {
    findings.list.push_back(diag::make(diag::Code::not_evaluated, model.policy.span,
                                       message::checks_wait_for(message::counted_checks_that_wait(model.checks.size()),
                                                                message::counted_errors(result.sink.errors()))));
  }
}

// Returns the checks that ran to their end and whose findings are all listed.
std::set<std::string_view> whole_checks(const Options& options, bool readable, const Compilation& result) {
  std::set<std::string_view> ids;
  if (!options.checks || !readable) return ids;
  const auto& checks = result.model.checks;
  for (const model::Check& check : checks) ids.insert(check.id);
  for (const std::size_t check : result.checks.too_large) ids.erase(checks[check].id);
  for (const std::size_t check : result.checks.waiting) ids.erase(checks[check].id);
  for (const std::size_t check : result.checks.out_of_force) ids.erase(checks[check].id);
  for (const auto& [check, count] : result.checks.more) ids.erase(checks[check].id);
  return ids;
}

// Removes findings that are waived or switched off: papers and configurations list only open gaps.
void keep_unwaived(const check::Findings& left, Compilation& result) {
  if (result.checks.list.empty()) return;
  std::set<std::size_t> open;  // by place in the list of findings
  for (const diag::Diagnostic& finding : left.list) {
    if (finding.of_check) open.insert(*finding.of_check);
  }
  std::set<std::size_t> whole;  // checks with some finding left
  std::vector<check::Finding> kept;
  for (std::size_t i = 0; i < result.checks.list.size(); ++i) {
    if (!open.contains(i)) ++result.checks.set_aside[result.checks.list[i].check];
  }
  for (const std::size_t each : open) {
    whole.insert(result.checks.list[each].check);
    kept.push_back(std::move(result.checks.list[each]));
  }
  result.checks.list = std::move(kept);
  std::erase_if(result.checks.more, [&](const auto& more) { return !whole.contains(more.first); });
}

}  // namespace

std::optional<base::Language> wished_language(const model::Model& model) {
  const model::Attribute* wish = model.policy.find("language");
  if (wish == nullptr || wish->values.empty()) return std::nullopt;
  const auto* word = std::get_if<model::Word>(&wish->values.front());
  return word == nullptr ? std::nullopt : base::parse_language(word->text);
}

Compilation compile(const base::FileSystem& disk, const Options& options) {
  Compilation result;
  result.program = syntax::load(disk, options.load, result.sources, result.sink);
  result.unreadable = result.program.unreadable;
  result.model = sema::resolve(result.program, result.sources, result.sink);
  result.language = options.language;
  if (const auto wish = wished_language(result.model); wish && !options.language_is_given) result.language = *wish;
  dingtalk::check_bindings(result.model, result.sink);
  const base::Date as_of = day_of(result.model, options, result.sink);
  // A statement that could not be read may be just what a check misses.
  const bool readable = !result.unreadable && !result.sink.has_errors();
  result.decisions = decide::decide(result.model, as_of);
  // Nothing is made of a policy of which features were not decided, and no advice rests on it.
  const bool whole = !result.decisions.lacks_features();
  if (readable && whole) result.together = held_together(result);
  if (!options.keeps_rules) drop_rules(result.program);
  if (options.lowers && whole) {
    dingtalk::Lowered lowered = dingtalk::lower(result.model, result.decisions,
                                                {options.allow_undocumented, result.together.list, options.plans});
    result.answers = std::move(lowered.answers);
    result.config = std::move(lowered.config);
  }
  check::KnownConflicts conflicts;
  check::Findings findings = check::check(result.model, result.decisions, sema::written_name, conflicts);
  check::check_people(result.model, result.decisions, result.together.list, findings);
  const bool decided = !has_conflicts(findings) && result.decisions.too_large.empty();
  result.ahead = check::look_ahead(result.model, result.decisions, sema::written_name, conflicts, findings);
  // Advice on superfluous rules waits while something is unread, or in conflict on some day.
  if (options.advice && whole)
    check::run_lint(result.model, result.decisions, result.ahead, result.answers,
                    result.sink.has_errors() || has_conflicts(findings), findings);
  // What a statement says that could not be read is not known, and notes about the rest would be wrong or can wait.
  if (has_unread(result.program)) {
    std::erase_if(findings.list,
                  [](const diag::Diagnostic& finding) { return finding.severity == diag::Severity::note; });
  }
  run_checks(options, readable, decided, result, findings);
  result.severities = severities_of(result.model, options.severities);
  suppress(result.model, result.sources, as_of, result.severities, whole_checks(options, readable, result), result.sink,
           findings);
  keep_unwaived(findings, result);
  report(disk, options, std::move(findings), result);
  return result;
}

}  // namespace farol::driver
