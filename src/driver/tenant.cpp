#include "driver/tenant.h"

#include <algorithm>
#include <functional>
#include <set>

#include "base/encodings.h"
#include "base/text.h"
#include "base/workbook.h"
#include "diag/messages_driver.h"
#include "diag/snippet.h"
#include "driver/imported_draft.h"
#include "driver/libraries.h"
#include "driver/matrix_statements.h"
#include "syntax/token.h"
#include "target/dingtalk/collect_script.h"
#include "target/dingtalk/import.h"
#include "target/dingtalk/shell.h"
#include "target/dingtalk/tenant_export.h"

namespace farol::driver {
namespace {

BadFile bad_file(const std::string& name, std::string text, const std::vector<dingtalk::Fault>& faults) {
  source::SourceMap sources;
  const source::SourceId id = sources.add(name, std::move(text));
  BadFile bad;
  for (const dingtalk::Fault& fault : faults) {
    const source::Position at = sources.position(id, static_cast<std::uint32_t>(fault.offset));
    bad.faults.push_back(message::in_place(name + ":" + std::to_string(at.line) + ":" + std::to_string(at.column),
                                           message::verbatim(diag::printable_text(fault.reason))));
  }
  return bad;
}

// The last one of each step, for whatever it counts.
std::vector<dingtalk::ConfirmedStep> confirmations_of(const dingtalk::AdminConfig& config,
                                                      const dingtalk::Ledger& ledger, base::Date as_of) {
  std::vector<dingtalk::ConfirmedStep> confirmations;
  for (const dingtalk::Step& step : config.steps) {
    const dingtalk::Status status = ledger.status_of(step.id, step.target, as_of);
    if (status.last == nullptr) continue;
    confirmations.push_back(
        {step.id, status.last->by, base::to_string(status.last->on), status.standing != dingtalk::Standing::current});
  }
  return confirmations;
}

Compilation compile_text(base::Date as_of, const std::string& text) {
  base::MemoryFileSystem disk;
  disk.files["policy.farol"] = text;
  Options options;
  options.as_of = as_of;
  options.advice = false;
  options.repairs = false;
  options.checks = false;
  options.load.paths = {"policy.farol"};
  return compile(disk, options);
}

std::string version_of_catalogue(const model::Model& catalogue) {
  const auto found = std::find_if(catalogue.libraries.begin(), catalogue.libraries.end(),
                                  [](const auto& each) { return each.name == "dingtalk"; });
  return found == catalogue.libraries.end() ? std::string{} : found->version;
}

// Keywords, and what the catalogue declares.
std::function<bool(const std::string&)> taken_names(const model::Model& catalogue) {
  std::set<std::string> taken;
  const auto add = [&](const auto& declared) {
    for (const auto& each : declared) taken.insert(base::fold_case(each.name));
  };
  add(catalogue.features);
  add(catalogue.contexts);
  add(catalogue.controls);
  add(catalogue.sets);
  return [taken](const std::string& name) {
    return syntax::find_keyword(base::fold_case(name)).has_value() || taken.contains(base::fold_case(name));
  };
}

void shorten_questions(std::vector<diag::Text>& questions) {
  constexpr std::size_t most = 200;
  if (questions.size() <= most) return;
  const std::size_t more = questions.size() - most;
  questions.resize(most);
  questions.push_back(message::import_more_questions(more));
}

std::size_t size_of(const dingtalk::PolicyDraft& draft) {
  std::size_t bytes = draft.declarations.size() + draft.bindings.size();
  for (const dingtalk::Part& part : draft.parts) bytes += part.text.size();
  return bytes;
}

// What the policy would set otherwise than it is.
void ask_about_differences(base::Date as_of, const std::string& from, const dingtalk::Tenant& live,
                           base::Language language, dingtalk::PolicyDraft& draft) {
  const Compilation compilation = compile_text(as_of, render(draft, from, language));
  const dingtalk::Drift drift = dingtalk::compare(compilation.model, compilation.config, live);
  for (const dingtalk::Finding& finding : drift.findings) {
    if (finding.verdict != dingtalk::Verdict::differs || finding.step == nullptr) continue;
    draft.questions.push_back(message::import_step_differs(finding.step->title[static_cast<std::size_t>(language)]));
  }
  for (const dingtalk::Extra& extra : drift.extras) {
    if (!extra.counts) continue;
    draft.questions.push_back(message::import_unsaid(extra.what.filled()));
  }
  for (const dingtalk::Note& call : live.passed_over)
    draft.questions.push_back(message::import_passed_over(call.filled()));
}

// A matrix that Farol wrote is the policy behind it again, unless somebody has changed a cell.
std::optional<ImportedPolicy> import_matrix(base::Date today, const std::string& name, const std::string& text,
                                            base::Language language, std::optional<diag::Text>& question) {
  const auto read = dingtalk::read_grid(text);
  const auto* grid = std::get_if<dingtalk::Grid>(&read);
  const auto sheet = grid == nullptr ? std::nullopt : read_matrix_sheet(*grid);
  if (!sheet) return std::nullopt;
  const Compilation behind = compile_text(sheet->as_of, sheet->policy);
  const auto differs = behind.may_write() ? first_difference(*sheet, behind, *grid) : std::optional<std::string>("1");
  if (differs) {
    question = message::import_changed(*differs);
    return std::nullopt;
  }
  dingtalk::PolicyDraft draft;
  draft.declarations = sheet->policy.substr(sheet->policy.find('\n') + 1);
  ImportedPolicy imported{render(draft, name, language), {}};
  if (!compile_text(today, imported.policy).may_write()) return std::nullopt;
  return imported;
}

}  // namespace

std::variant<ImportedPolicy, BadFile> import_policy(base::Date as_of, const std::string& name, std::string bytes,
                                                    base::Language language) {
  std::vector<std::string> other_sheets;
  if (base::looks_like_workbook(bytes)) {
    auto sheet = base::read_workbook(bytes);
    if (const auto* problem = std::get_if<std::string>(&sheet))
      return BadFile{{message::in_place(name, message::verbatim(*problem))}};
    bytes = std::move(std::get<base::Sheet>(sheet).csv);
    other_sheets = std::move(std::get<base::Sheet>(sheet).other_sheets);
  }
  auto decoded = base::decode_text(bytes);
  if (!decoded) return BadFile{{message::in_place(name, message::import_not_text())}};
  std::string text = std::move(decoded->text);
  const Compilation library = compile_libraries(as_of, false);
  const std::string version = version_of_catalogue(library.model);
  dingtalk::Names names{taken_names(library.model)};
  std::optional<dingtalk::Tenant> live;
  dingtalk::PolicyDraft draft;
  std::optional<diag::Text> changed;
  if (dingtalk::looks_like_export(text)) {
    auto read = dingtalk::read_export(text);
    if (const auto* faults = std::get_if<std::vector<dingtalk::Fault>>(&read))
      return bad_file(name, std::move(text), *faults);
    live = std::move(std::get<dingtalk::Tenant>(read));
    auto made = dingtalk::draft_from_tenant(*live, library.model, version, std::move(names), language);
    if (const auto* problem = std::get_if<diag::Text>(&made)) return BadFile{{message::in_place(name, *problem)}};
    draft = std::move(std::get<dingtalk::PolicyDraft>(made));
  } else if (auto contacts = dingtalk::draft_from_contacts(text, version, names, language)) {
    draft = std::move(*contacts);
  } else {
    if (auto matrix = import_matrix(as_of, name, text, language, changed)) return std::move(*matrix);
    auto made = dingtalk::draft_from_table(text, library.model, version, std::move(names), language);
    if (const auto* problem = std::get_if<diag::Text>(&made)) return BadFile{{message::in_place(name, *problem)}};
    draft = std::move(std::get<dingtalk::PolicyDraft>(made));
  }
  constexpr std::size_t most = 4;  // mebibytes; it is compiled several times
  if (size_of(draft) > most << 20) return BadFile{{message::in_place(name, message::import_too_large(most))}};
  if (!other_sheets.empty())
    draft.questions.insert(draft.questions.begin(), message::import_sheet(std::move(other_sheets)));
  if (changed) draft.questions.insert(draft.questions.begin(), *changed);
  if (decoded->guessed) draft.questions.insert(draft.questions.begin(), message::import_encoding(decoded->encoding));
  refuse_what_does_not_fit(
      [&](const dingtalk::PolicyDraft& made) { return compile_text(as_of, render(made, name, language)); }, draft);
  if (live) ask_about_differences(as_of, name, *live, language, draft);
  shorten_questions(draft.questions);
  ImportedPolicy imported{render(draft, name, language), draft.questions};
  const Compilation compilation = compile_text(as_of, imported.policy);
  if (compilation.may_write()) return imported;
  diag::Text reason;
  for (const diag::Diagnostic& finding : compilation.sink.sorted(compilation.sources)) {
    if (finding.severity != diag::Severity::error) continue;
    reason = finding.message;
    break;
  }
  return BadFile{{message::in_place(name, message::import_no_policy(std::move(reason)))}};
}

const char* why_no_script(const Compilation& compilation) { return dingtalk::why_no_script(compilation.config.region); }

std::string collect_script(const Compilation* compilation) {
  if (compilation == nullptr) return dingtalk::render_collect_script();
  return dingtalk::render_collect_script(compilation->model, compilation->config);
}

std::variant<SeenTenant, BadFile> hold_against_tenant(const Compilation& compilation, const std::string& name,
                                                      std::string text, const dingtalk::Ledger& ledger) {
  if (!dingtalk::looks_like_export(text)) return BadFile{{message::in_place(name, message::not_an_export())}};
  auto read = dingtalk::read_export(text);
  if (const auto* faults = std::get_if<std::vector<dingtalk::Fault>>(&read))
    return bad_file(name, std::move(text), *faults);
  SeenTenant seen{std::move(std::get<dingtalk::Tenant>(read)), {}};
  seen.drift = dingtalk::compare(compilation.model, compilation.config, seen.tenant,
                                 confirmations_of(compilation.config, ledger, compilation.decisions.as_of));
  return seen;
}

std::variant<DriftDocument, BadFile> check_drift(const Compilation& compilation, const std::string& name,
                                                 std::string text, const dingtalk::Ledger& ledger,
                                                 const DriftOptions& options) {
  auto seen = hold_against_tenant(compilation, name, std::move(text), ledger);
  if (auto* bad = std::get_if<BadFile>(&seen)) return std::move(*bad);
  const auto& [live, drift] = std::get<SeenTenant>(seen);
  const model::Model& model = compilation.model;
  const dingtalk::AdminConfig& config = compilation.config;
  DriftDocument result{{}, drift.is_clean(), drift.has_seen()};
  if (options.form == DriftOptions::Form::json) {
    result.document = render_json(drift, live, model, compilation.sources, config.region);
    return result;
  }
  const bool is_page = options.form == DriftOptions::Form::html;
  document::Document document = dingtalk::document_of(drift, live, model, compilation.sources,
                                                      {options.language, options.verbose || is_page, config.region});
  if (is_page) {
    document.frame = document::frame_of(model, options.language, compilation.decisions.as_of);
    result.document = document::render_html(document, {.counts = dingtalk::lights_of(drift, options.language)});
  } else {
    result.document = document::render_text(document);
  }
  return result;
}

}  // namespace farol::driver
