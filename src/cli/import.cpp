#include "cli/input.h"
#include "cli/output.h"
#include "diag/messages_cli.h"
#include "diag/render.h"
#include "driver/tenant.h"

namespace farol::cli {
namespace {

constexpr std::size_t max_import_bytes = std::size_t{64} << 20;

}  // namespace

ExitCode import(Context& context) {
  const Request& request = context.request;
  if (request.arguments.size() != 1)
    return usage_error(context, "farol import FILE makes one policy from one file: a tenant's export, or a table");
  const std::string& file = request.arguments.front();
  auto text = read_input(context, file, max_import_bytes);
  if (const auto* error = std::get_if<base::FileError>(&text))
    return usage_error(context, message::cannot_read(file, message::verbatim(error->reason)));
  const std::string name = file == "-" ? said(context, message::standard_input()) : file;
  const auto result = driver::import_policy(context.settings.as_of, name, std::move(std::get<std::string>(text)),
                                            context.settings.language);
  if (const auto* bad = std::get_if<driver::BadFile>(&result)) {
    for (const diag::Text& fault : bad->faults) error(context, fault);
    return ExitCode::usage_error;
  }
  const auto& imported = std::get<driver::ImportedPolicy>(result);
  const ExitCode written = write(context, imported.policy);
  for (std::size_t i = 0; i < imported.questions.size(); ++i)
    info(context, std::to_string(i + 1) + ". " + said(context, imported.questions[i]));
  if (!imported.questions.empty()) info(context, message::questions_to_answer(imported.questions.size()));
  return written;
}

}  // namespace farol::cli
