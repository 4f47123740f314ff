#include "cli/input.h"
#include "cli/ledger.h"
#include "cli/session.h"
#include "driver/tenant.h"

namespace farol::cli {
namespace {

constexpr std::size_t max_live_bytes = std::size_t{64} << 20;

}  // namespace

int drift(Session& session) {
  const Request& request = session.request();
  const std::string* live = request.find(OptionId::live);
  if (live == nullptr)
    return session.refuse(
        "what does the tenant have? farol drift [PATHS] --live FILE, where FILE is what the script of `farol collect` "
        "wrote");
  const auto paths = session.policy_paths(request.arguments);
  if (*live == "-") {
    for (const std::string& path : paths) {
      if (path == "-") return session.refuse("standard input can be one of the policy and the tenant only");
    }
  }
  const driver::Compilation compilation = session.compile(paths);
  const ExitCode code = session.report_errors(compilation);
  if (!compilation.may_write()) return code;

  const auto ledger = read_ledger(session, compilation.model, paths);
  if (!ledger) return misused;
  auto text = read_input(session, *live, max_live_bytes);
  if (const auto* error = std::get_if<base::FileError>(&text))
    return session.refuse("cannot read `" + *live + "`: " + error->reason);
  const std::string* format = request.find(OptionId::format);
  const driver::DriftOptions options{session.language(), format != nullptr && *format == "json", session.verbose()};
  const auto result = driver::check_drift(compilation, *live == "-" ? "standard input" : *live,
                                          std::move(std::get<std::string>(text)), *ledger, options);
  if (const auto* bad = std::get_if<driver::BadFile>(&result)) {
    for (const std::string& fault : bad->faults) session.complain(fault);
    return misused;
  }
  const auto& document = std::get<driver::DriftDocument>(result);
  return worse(session.write(document.document), document.clean ? done : no);
}

}  // namespace farol::cli
