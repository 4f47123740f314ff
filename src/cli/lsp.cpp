#include "cli/output.h"
#include "lsp/server.h"

namespace farol::cli {

ExitCode lsp(Context& context) {
  if (context.environment.in == nullptr) return usage_error(context, "there is no standard input to read from");
  const bool ended_well = farol::lsp::serve(*context.environment.in, context.environment.out, context.files(),
                                            context.settings.as_of, context.settings.language);
  return ended_well ? ExitCode::done : ExitCode::failed;
}

}  // namespace farol::cli
