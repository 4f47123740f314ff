#include "cli/input.h"
#include "cli/output.h"
#include "diag/messages_cli.h"
#include "driver/tenant.h"

namespace farol::cli {
ExitCode drift(Context& context) {
  const Request& request = context.request;
  const std::string* live = request.find(OptionId::live);
  if (live == nullptr)
    return usage_error(
        context,
        "what does the tenant have? farol drift [PATHS] --live FILE, where FILE is what the script of `farol collect` "
        "wrote");
  const auto paths = policy_paths(context, request.arguments);
  if (*live == "-") {
    for (const std::string& path : paths) {
      if (path == "-") return usage_error(context, "standard input can be one of the policy and the tenant only");
    }
  }
  const driver::Compilation compilation = compile_policy(context, paths);
  const ExitCode code = report_errors(context, compilation);
  if (!compilation.may_write()) return code;

  const auto ledger = read_ledger(context, compilation.model, paths);
  if (!ledger) return ExitCode::usage_error;
  auto seen = read_export(context, *live);
  if (!seen) return ExitCode::usage_error;
  using Form = driver::DriftOptions::Form;
  const std::string_view format = request.format(request.find(OptionId::output), "text");
  const Form form = format == "json" ? Form::json : format == "html" ? Form::html : Form::text;
  const driver::DriftOptions options{context.settings.language, form, is_verbose(context)};
  const auto result = driver::check_drift(compilation, seen->name, std::move(seen->text), *ledger, options);
  if (const auto* bad = std::get_if<driver::BadFile>(&result)) {
    for (const diag::Text& fault : bad->faults) error(context, fault);
    return ExitCode::usage_error;
  }
  const auto& document = std::get<driver::DriftDocument>(result);
  const ExitCode written = write(context, document.document);
  if (!document.clean) return worse(written, ExitCode::failed);
  return worse(written, document.seen ? ExitCode::done : ExitCode::unseen);
}

}  // namespace farol::cli
