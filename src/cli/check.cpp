#include <algorithm>
#include <string>

#include <nlohmann/json.hpp>

#include "base/version.h"
#include "check/checks.h"
#include "cli/fix.h"
#include "cli/input.h"
#include "cli/output.h"
#include "diag/render.h"
#include "driver/driver.h"

namespace farol::cli {
namespace {

std::string and_waived(base::Language language, std::size_t waived) {
  using base::Language;
  if (waived == 0) return "";
  const std::string number = std::to_string(waived);
  switch (language) {
    case Language::en: return ", " + number + " waived";
    case Language::zh_hant: return "，豁免 " + number + " 項";
    case Language::zh_hans: return "，豁免 " + number + " 项";
    case Language::pt: return ", " + number + (waived == 1 ? " dispensado" : " dispensados");
  }
  return "";
}

// In the language that was asked for: it is the one line of `check` that people without English have to read.
std::string all_is_well(const Context& context, const model::Model& model) {
  using base::Language;
  const std::size_t rules = model.rules.size(), roles = model.roles.size(), tiers = model.tiers.size();
  const bool has_tiers = tiers > 1 || !model.tiers.front().name.empty();
  const auto number = [](std::size_t count) { return std::to_string(count); };
  switch (context.settings.language) {
    case Language::en:
      return ": " + diag::counted(rules, "rule") + ", " + diag::counted(roles, "role") +
             (has_tiers ? ", " + diag::counted(tiers, "tier") : "") + ": no conflicts";
    case Language::zh_hant:
      return "：" + number(rules) + " 條規則、" + number(roles) + " 個角色" +
             (has_tiers ? "、" + number(tiers) + " 個級別" : "") + "：沒有衝突";
    case Language::zh_hans:
      return "：" + number(rules) + " 条规则、" + number(roles) + " 个角色" +
             (has_tiers ? "、" + number(tiers) + " 个级别" : "") + "：没有冲突";
    case Language::pt: {
      const auto counted_in_pt = [&](std::size_t count, const char* one, const char* many) {
        return number(count) + (count == 1 ? one : many);
      };
      return ": " + counted_in_pt(rules, " regra", " regras") + ", " + counted_in_pt(roles, " função", " funções") +
             (has_tiers ? ", " + counted_in_pt(tiers, " nível", " níveis") : "") + ": sem conflitos";
    }
  }
  return "";
}

std::string all_is_not_well(const driver::Compilation& compilation) {
  if (compilation.unreadable) return ": cannot be read";
  std::string text = ": " + diag::counted(compilation.sink.count(diag::Severity::error), "error");
  const std::size_t warnings = compilation.sink.count(diag::Severity::warning);
  if (warnings > 0) text += ", " + diag::counted(warnings, "warning");
  return text + and_waived(base::Language::en, compilation.sink.count_waived());
}

// With `--each` the document of one policy is one line that starts with its path.
std::string as_json(const Context& context, const driver::Compilation& compilation, const std::string& name,
                    bool each) {
  const std::string document =
      diag::render_json(compilation.sources, compilation.sink, base::version, base::to_string(context.settings.as_of),
                        exit_code(compilation) == ExitCode::done);
  if (!each) return document;
  nlohmann::ordered_json line{{"path", name}};
  line.update(nlohmann::ordered_json::parse(document));
  return line.dump(-1, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

// "Start with this", for a small firm that has open findings of checks; otherwise empty.
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
    // The remedy of a check may name what one finding is about; the first one stands for all.
    const auto finding = std::find_if(compilation.checks.list.begin(), compilation.checks.list.end(),
                                      [&](const auto& each) { return each.check == steps[i].check; });
    const std::string remedy = check::render(model, *finding, check.remedy, base::tag(language));
    if (!remedy.empty()) text += "\n   " + remedy;
    text += "\n   " + check.id + "\n";
  }
  if (rest > 0) text += base::fill(base::Phrase::first_steps_rest, language, {std::to_string(rest)}) + "\n";
  return text;
}

Outcome check_policy(Context& context, const std::vector<std::string>& paths, diag::SarifLog& log) {
  const Request& request = context.request;
  const bool each = request.has(OptionId::each);
  const driver::Compilation compilation = compile_policy(context, paths);
  const std::string name = name_of(context, paths);
  const std::string format = error_format(context);
  Outcome outcome{"", exit_code(compilation)};
  if (format == "json") {
    outcome.text = as_json(context, compilation, name, each);
    return outcome;
  }
  if (format == "sarif") {
    log.add(compilation.sources, compilation.sink, !compilation.unreadable);
    return outcome;
  }
  if (format == "github") {
    outcome.text = annotations(context, compilation.sources, compilation.sink);
  } else if (output_file(context)) {
    outcome.text = findings_in_text(context, compilation.sources, compilation.sink, diag::Severity::note, false);
  } else {
    report_findings(context, compilation.sources, compilation.sink, diag::Severity::note);
  }
  // The first screen of somebody with twelve people and no lawyer: what to do, not all that can be said.
  const std::string first = each || is_quiet(context) ? "" : render_first_steps(compilation, context.settings.language);
  if (!first.empty()) outcome.text += first;
  if (outcome.code != ExitCode::done) {
    if (each) outcome.text += name + all_is_not_well(compilation) + "\n";
  } else if (!is_quiet(context)) {
    outcome.text += name + all_is_well(context, compilation.model) +
                    and_waived(context.settings.language, compilation.sink.count_waived()) + "\n";
  }
  return outcome;
}

}  // namespace

ExitCode check(Context& context) {
  if (context.request.has(OptionId::fix) || context.request.has(OptionId::interactive)) {
    const ExitCode code = fix(context, policy_paths(context, context.request.arguments));
    if (code != ExitCode::done) return code;
  }
  diag::SarifLog log{sarif_options(context)};
  const Outcome outcome =
      for_each_policy(context, [&](const auto& paths) { return check_policy(context, paths, log); });
  return worse(outcome.code, write(context, error_format(context) == "sarif" ? log.document() : outcome.text));
}

}  // namespace farol::cli
