#include <algorithm>
#include <string>

#include <nlohmann/json.hpp>

#include "base/json_writer.h"
#include "base/log_text.h"
#include "base/version.h"
#include "check/checks.h"
#include "cli/fix.h"
#include "cli/input.h"
#include "cli/output.h"
#include "cli/watch.h"
#include "diag/messages_cli.h"
#include "diag/render.h"
#include "driver/driver.h"
#include "driver/fixes.h"

namespace farol::cli {
namespace {

diag::Text all_is_well(const std::string& name, const driver::Compilation& compilation) {
  const model::Model& model = compilation.model;
  const std::size_t tiers = model.tiers.size();
  std::vector<diag::Text> counts{message::counted_rules(model.rules.size()),
                                 message::counted_roles(model.roles.size())};
  if (tiers > 1 || !model.tiers.front().name.empty()) counts.push_back(message::counted_tiers(tiers));
  const std::size_t waived = compilation.sink.count_waived();
  return waived == 0 ? message::no_conflicts(name, std::move(counts))
                     : message::no_conflicts_waived(name, std::move(counts), message::counted_waived(waived));
}

// On what the steps rest where people may hold several roles. Nothing is said where it makes no difference.
std::string several_roles_in_words(const driver::HeldTogether& together, base::Language language) {
  const auto assumed = static_cast<std::size_t>(
      std::count_if(together.list.begin(), together.list.end(), [](const auto& each) { return each.is_assumed(); }));
  std::string text;
  const auto add = [&](base::Phrase phrase, std::size_t count) {
    if (count > 0) text += base::fill(phrase, language, {std::to_string(count)}) + "\n";
  };
  add(base::Phrase::several_roles_bound, together.list.size() - assumed);
  add(base::Phrase::several_roles_assumed, assumed);
  add(base::Phrase::several_roles_unseen, together.not_looked_at);
  return text;
}

// A pack by itself: its checks were read, and there was nothing for them to look at.
bool has_only_checks(const model::Model& model) {
  return model.rules.empty() && model.roles.empty() && !model.checks.empty() && model.policy.name.empty();
}

diag::Text all_is_not_well(const std::string& name, const driver::Compilation& compilation) {
  if (compilation.unreadable) return message::policy_unreadable(name);
  std::vector<diag::Text> counts{message::counted_errors(compilation.sink.count(diag::Severity::error))};
  if (const std::size_t warnings = compilation.sink.count(diag::Severity::warning))
    counts.push_back(message::counted_warnings(warnings));
  if (const std::size_t waived = compilation.sink.count_waived()) counts.push_back(message::counted_waived(waived));
  return message::policy_has(name, std::move(counts));
}

// With `--each` the document of one policy is one line that starts with its path.
std::string as_json(const Context& context, const driver::Compilation& compilation, const std::string& name,
                    bool each) {
  const std::string document =
      diag::render_json(compilation.sources, compilation.sink, base::version, base::to_string(context.settings.as_of),
                        exit_code(compilation) == ExitCode::done, context.settings.language);
  if (!each) return document;
  nlohmann::ordered_json line{{"path", name}};
  line.update(nlohmann::ordered_json::parse(document));
  return base::harmless_json(line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace)) + "\n";
}

// "Start with this", where checks have open findings; otherwise empty.
std::string render_first_steps(const driver::Compilation& compilation, base::Language language) {
  const model::Model& model = compilation.model;
  std::size_t rest = 0;
  const auto steps = check::first_steps(model, compilation.checks, rest);
  if (steps.empty()) return {};
  const check::CheckedThings things(model);
  std::string text(base::text(base::Phrase::first_steps, language));
  text += '\n';
  for (std::size_t i = 0; i < steps.size(); ++i) {
    const model::Check& check = model.checks[steps[i].check];
    std::string names;
    constexpr std::size_t shown = 4;
    for (std::size_t t = 0; t < std::min(shown, steps[i].things.size()); ++t) {
      const std::string& name = things.declared(steps[i].things[t]).label(base::tag(language));
      if (!names.empty()) names += base::text(base::Phrase::list_comma, language);
      names += name;
    }
    if (steps[i].things.size() > shown) names += " …";
    text += std::to_string(i + 1) + ". " + check.title.in(base::tag(language));
    if (!names.empty()) text += " " + base::fill(base::Phrase::in_brackets, language, {names});
    const std::string remedy = check::render(model, steps[i].findings, check.remedy, base::tag(language));
    if (!remedy.empty()) text += "\n   " + remedy;
    text += "\n   " + check.id + "\n";
  }
  if (rest > 0) text += base::fill(base::Phrase::first_steps_rest, language, {std::to_string(rest)}) + "\n";
  return text;
}

// The files that have a `policy` of their own, where there are several: they were hardly meant as one.
std::vector<std::string> policies_in(const driver::Compilation& compilation) {
  std::vector<std::string> files;
  for (const syntax::File& file : compilation.program.files) {
    const bool has_policy = std::any_of(file.statements.begin(), file.statements.end(), [](const auto& statement) {
      return std::holds_alternative<syntax::PolicyDeclaration>(statement.node);
    });
    if (has_policy) files.push_back(compilation.sources.name(file.source));
  }
  if (files.size() < 2) files.clear();
  return files;
}

std::size_t count_certain_fixes(const driver::Compilation& compilation) {
  std::size_t count = 0;
  for (const diag::Diagnostic& finding : compilation.sink.reported()) count += driver::safe_fix(finding) ? 1U : 0U;
  return count;
}

// Adds the files that were read.
Outcome check_policy(Context& context, const std::vector<std::string>& paths, diag::SarifLog& log,
                     std::vector<std::string>& files_read) {
  const Request& request = context.request;
  const bool each = request.has(OptionId::each);
  const driver::Compilation& compilation = context.keep(compile_policy(context, paths));
  for (const syntax::File& file : compilation.program.files) {
    if (!compilation.sources.is_library(file.source)) files_read.push_back(compilation.sources.name(file.source));
  }
  const std::string name = name_of(context, paths);
  const std::string format = error_format(context);
  Outcome outcome{"", exit_code(compilation)};
  if (format == "json") {
    outcome.text = as_json(context, compilation, name, each);
    return outcome;
  }
  if (format == "sarif") {
    log.add(compilation.sources, compilation.sink, !compilation.unreadable, context.settings.language);
    return outcome;
  }
  if (format == "github") {
    outcome.text = annotations(context, compilation.sources, compilation.sink);
  } else if (output_file(context)) {
    outcome.text = findings_in_text(context, compilation.sources, compilation.sink, diag::Severity::note, false);
  } else {
    report_findings(context, compilation.sources, compilation.sink, diag::Severity::note);
  }
  if (const auto files = policies_in(compilation); format == "text" && !each && !files.empty()) {
    std::string command = "farol check --each";
    for (const std::string& file : files) command += " " + file;
    info(context, message::several_policies(files.size(), command));
  }
  // With one or two repairs the screen shows what to type.
  constexpr std::size_t few = 3;
  const auto certain = count_certain_fixes(compilation);
  if (format == "text" && !each && certain >= few) info(context, message::fix_carries_out(certain));
  // The end of the screen, which is read first: what to do, not all that can be said.
  const base::Language language = context.settings.spoken;
  std::string for_people = each || is_quiet(context) ? "" : render_first_steps(compilation, language);
  if (outcome.code != ExitCode::done) {
    if (each) for_people += said(context, all_is_not_well(name, compilation)) + "\n";
  } else if (!is_quiet(context) && has_only_checks(compilation.model)) {
    for_people +=
        name +
        base::fill(base::Phrase::checks_without_policy, language, {std::to_string(compilation.model.checks.size())}) +
        "\n";
  } else if (!is_quiet(context)) {
    for_people += said(context, all_is_well(name, compilation)) + "\n";
    if (!each) for_people += several_roles_in_words(compilation.together, language);
  }
  outcome.text += base::for_log(for_people);
  return outcome;
}

ExitCode check_all(Context& context, std::vector<std::string>& files_read) {
  diag::SarifLog log{sarif_options(context)};
  const Outcome outcome =
      for_each_policy(context, [&](const auto& paths) { return check_policy(context, paths, log, files_read); });
  return worse(outcome.code, write(context, error_format(context) == "sarif" ? log.document() : outcome.text,
                                   form_of_findings(context)));
}

}  // namespace

ExitCode check(Context& context) {
  context.settings.only_findings = true;
  if (context.request.has(OptionId::watch))
    return watch(context, [&](std::vector<std::string>& files) { return check_all(context, files); });
  if (context.request.has(OptionId::fix) || context.request.has(OptionId::interactive)) {
    const ExitCode code = fix(context, policy_paths(context, context.request.arguments));
    if (code != ExitCode::done) return code;
  }
  std::vector<std::string> files_read;
  return check_all(context, files_read);
}

}  // namespace farol::cli
