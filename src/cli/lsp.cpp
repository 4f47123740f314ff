#include "cli/output.h"
#include "git/revision.h"
#include "lsp/server.h"

namespace farol::cli {

ExitCode lsp(Context& context) {
  if (context.environment.in == nullptr) return usage_error(context, "there is no standard input to read from");
  const auto find_committed = [&context](const std::string& folder) -> std::optional<farol::lsp::Committed> {
    if (!context.environment.open_revision) return std::nullopt;
    auto opened = context.environment.open_revision(folder, {"HEAD"});
    auto* revision = std::get_if<git::OpenRevision>(&opened);
    if (revision == nullptr) return std::nullopt;
    return farol::lsp::Committed{std::move(revision->commit), std::move(revision->files)};
  };
  const bool ended_well = farol::lsp::serve(*context.environment.in, context.environment.out, context.files(),
                                            context.settings.as_of, context.settings.language, find_committed);
  return ended_well ? ExitCode::done : ExitCode::failed;
}

}  // namespace farol::cli
