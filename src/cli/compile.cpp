#include "cli/help_texts.h"
#include "cli/input.h"
#include "cli/output.h"
#include "diag/messages_cli.h"
#include "diag/render.h"
#include "diag/snippet.h"
#include "driver/documents.h"
#include "driver/tenant.h"

namespace farol::cli {
namespace {

std::vector<diag::Text> paths_of(const std::vector<base::OutputFile>& files) {
  std::vector<diag::Text> names;
  for (const base::OutputFile& file : files) names.push_back(message::verbatim(diag::printable_text(file.path)));
  return names;
}

Outcome compile_into(Context& context, const std::vector<std::string>& paths, const std::string& folder) {
  const driver::Compilation& compilation = context.keep(compile_policy(context, paths));
  Outcome outcome{"", report_findings(context, compilation)};
  if (!compilation.may_write()) {
    info(context, message::nothing_written(folder));
    return outcome;
  }
  const auto ledger = read_ledger(context, compilation.model, paths);
  if (!ledger) {
    outcome.code = ExitCode::usage_error;
    return outcome;
  }
  driver::MatrixOptions matrix;
  matrix.language = context.settings.language;
  matrix.format = driver::MatrixFormat::markdown;
  driver::AdminDocuments documents = driver::admin_documents(compilation, context.settings.language, *ledger);
  std::vector<base::OutputFile> files{
      {base::join_path(folder, "permissions.json"), std::move(documents.permissions_json)},
      {base::join_path(folder, "steps.json"), std::move(documents.steps_json)},
      {base::join_path(folder, "matrix.md"), driver::render_matrix(compilation, matrix)},
      {base::join_path(folder, "checklist.md"), std::move(documents.checklist_markdown)},
      {base::join_path(folder, "checklist.html"), std::move(documents.checklist_html)}};
  const char* why_no_script = driver::why_no_script(compilation);
  const bool wants_script = context.request.has(OptionId::emit);
  if (wants_script && why_no_script == nullptr)
    files.push_back({base::join_path(folder, "dws.sh"), std::move(documents.dws_script)});
  outcome.code = write(context, files);
  const std::string off = diag::switched_off(compilation.sink, context.settings.spoken);
  if (!off.empty()) info(context, off);
  if (outcome.code == ExitCode::done) print(context, said(context, message::wrote(paths_of(files))));
  // A script of an earlier run must not be taken for one of this.
  if (wants_script && why_no_script != nullptr) {
    error(context,
          said(context, message::is_not_written(base::join_path(folder, "dws.sh"),
                                                std::string(translated(why_no_script, context.settings.spoken)))));
    outcome.code = worse(outcome.code, ExitCode::failed);
  }
  return outcome;
}

}  // namespace

ExitCode compile(Context& context) {
  const auto folder = output_file(context);
  if (!folder)
    return usage_error(context, "`farol compile` writes files and needs a folder for them: farol compile -o out");
  const bool each = context.request.has(OptionId::each);
  if (each) {
    if (const auto name = name_of_two(context, policy_paths(context, context.request.arguments)))
      return usage_error(context, message::two_into_one_folder(base::join_path(*folder, *name)));
  }
  return for_each_policy(context,
                         [&](const std::vector<std::string>& policy) {
                           return compile_into(
                               context, policy,
                               each ? base::join_path(*folder, folder_name(context, policy.front())) : *folder);
                         })
      .code;
}

}  // namespace farol::cli
