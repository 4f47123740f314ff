#include <exception>

#include "base/version.h"
#include "cli/cli.h"
#include "cli/help.h"
#include "cli/session.h"

namespace farol::cli {
namespace {

int run_verb(const Request& request, Environment& environment) {
  Session session{request, environment};
  return session.prepare() ? request.verb->run(session) : misused;
}

int dispatch(const std::vector<std::string>& arguments, Environment& environment) {
  const auto parsed = parse(arguments);
  if (const auto* error = std::get_if<UsageError>(&parsed)) {
    environment.err << "error: " << error->message << '\n';
    return misused;
  }
  const Request& request = std::get<Request>(parsed);
  if (request.help) {
    environment.out << (request.verb == nullptr ? render_help() : render_help(*request.verb));
    return done;
  }
  return run_verb(request, environment);
}

}  // namespace

int run(const std::vector<std::string>& arguments, Environment& environment) {
  std::string what;
  try {
    return dispatch(arguments, environment);
  } catch (const std::exception& exception) {
    what = exception.what();
  } catch (...) {
    what = "unknown exception";
  }
  environment.err << describe_fault(what);
  return broken;
}

std::string describe_fault(const std::string& what) {
  return "farol " + std::string(base::version) + " has failed: " + what +
         "\nThis is a fault of farol, not of your policy. Please report it, with this message and the policy.\n";
}

}  // namespace farol::cli
