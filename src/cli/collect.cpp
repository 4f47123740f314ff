#include "cli/help_texts.h"
#include "cli/input.h"
#include "cli/output.h"
#include "diag/messages_cli.h"
#include "driver/tenant.h"

namespace farol::cli {

ExitCode collect(Context& context) {
  const Request& request = context.request;
  if (request.has(OptionId::everything)) {
    if (!request.arguments.empty())
      return usage_error(context, "`--everything` asks for more than a policy does, so it goes without one");
    return write(context, driver::collect_script(nullptr));
  }
  const driver::Compilation compilation = compile_policy(context, policy_paths(context, request.arguments));
  const ExitCode code = report_errors(context, compilation);
  if (!compilation.may_write()) return code;
  if (const char* why = driver::why_no_script(compilation)) {
    error(context, said(context, message::no_script_is_made(std::string(translated(why, context.settings.spoken)))));
    return ExitCode::failed;
  }
  return write(context, driver::collect_script(&compilation));
}

}  // namespace farol::cli
