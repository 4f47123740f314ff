#include "cli/session.h"
#include "driver/tenant.h"

namespace farol::cli {

int collect(Session& session) {
  const Request& request = session.request();
  if (request.has(OptionId::everything)) {
    if (!request.arguments.empty())
      return session.refuse("`--everything` asks for more than a policy does, so it goes without one");
    return session.write(driver::collect_script(nullptr));
  }
  const driver::Compilation compilation = session.compile(session.policy_paths(request.arguments));
  const ExitCode code = session.report_errors(compilation);
  if (!compilation.may_write()) return code;
  return session.write(driver::collect_script(&compilation));
}

}  // namespace farol::cli
