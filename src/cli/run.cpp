#include <exception>
#include <new>
#include <utility>
#include <variant>

#include "base/file_system.h"
#include "base/log_text.h"
#include "base/version.h"
#include "cli/cli.h"
#include "cli/context.h"
#include "cli/help.h"
#include "cli/output.h"
#include "diag/render.h"

namespace farol::cli {
namespace {

ExitCode dispatch(const std::vector<std::string>& arguments, Environment& environment) {
  const base::Language language = language_among(arguments, environment.language);
  const auto parsed = parse(arguments, language);
  if (const auto* error = std::get_if<UsageError>(&parsed)) {
    const std::string severity = sentence(in_words(diag::Severity::error), language);
    environment.err << base::for_log(severity + ": " + sentence(error->message, language)) << '\n';
    return ExitCode::usage_error;
  }
  const Request& request = std::get<Request>(parsed);
  if (request.help) {
    environment.out << (request.verb == nullptr ? render_help(language) : render_help(*request.verb, language));
    return ExitCode::done;
  }
  Context context{request, environment};
  context.settings.spoken = language;
  auto settings = read_settings(request, environment);
  if (const auto* error = std::get_if<UsageError>(&settings)) return usage_error(context, error->message);
  context.settings = std::move(std::get<Settings>(settings));
  return request.verb->run(context);
}

}  // namespace

int run(const std::vector<std::string>& arguments, Environment& environment) {
  std::string what;
  try {
    return static_cast<int>(dispatch(arguments, environment));
  } catch (const std::bad_alloc&) {
    environment.err << describe_no_memory();
    return static_cast<int>(ExitCode::usage_error);
  } catch (const std::exception& exception) {
    what = exception.what();
  } catch (...) {
    what = "unknown exception";
  }
  environment.err << describe_fault(what);
  return static_cast<int>(ExitCode::internal_error);
}

std::string_view describe_no_memory() {
  return base::DiskFileSystem::has_written() ? "error: not enough memory, after files were written\n"
                                             : "error: not enough memory\n";
}

std::string describe_fault(const std::string& what) {
  return "farol " + std::string(base::version) + " has failed: " + what +
         "\nThis is a fault of farol, not of your policy. Please report it, with this message and the policy.\n";
}

}  // namespace farol::cli
