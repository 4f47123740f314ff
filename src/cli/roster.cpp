#include <string>

#include "cli/input.h"
#include "cli/output.h"
#include "driver/roster.h"

namespace farol::cli {
namespace {

// What standard input may hold: it has to be read more than once.
constexpr std::size_t max_standard_input = std::size_t{64} << 20;

people::List list_at(Context& context, const std::string& path) {
  if (path == "-") {
    const std::string& text = standard_input(context, max_standard_input);
    return {"standard input", [&text]() -> base::FileResult<std::unique_ptr<base::ByteStream>> {
              if (text.size() > max_standard_input)
                return base::FileError{"larger than 64 MiB; save it as a file first"};
              return base::stream_of(text);
            }};
  }
  const std::string file = located(context, path);
  return {path, [&context, file] { return context.files().open(file); }};
}

}  // namespace

ExitCode roster(Context& context) {
  const Request& request = context.request;
  const std::string* users = request.find(OptionId::users);
  if (users == nullptr)
    return usage_error(context,
                       "whose roles? farol roster [PATHS] --users FILE, such as: farol roster --users people.csv");
  const std::string* since = request.find(OptionId::since);
  const auto paths = policy_paths(context, request.arguments);
  std::size_t inputs = *users == "-" ? 1 : 0;
  if (since != nullptr && *since == "-") ++inputs;
  for (const std::string& path : paths) inputs += path == "-" ? 1U : 0U;
  if (inputs > 1) return usage_error(context, "standard input can be one of the policy and the lists of people only");

  const driver::Compilation compilation = compile_policy(context, paths);
  const ExitCode code = report_errors(context, compilation);
  if (!compilation.may_write()) return code;

  const driver::RosterOptions render{context.settings.language, request.format(nullptr, "text") == "json",
                                     colors_output(context)};
  const people::List now = list_at(context, *users);
  const people::List before = since == nullptr ? people::List{} : list_at(context, *since);
  auto result = driver::check_roster(compilation, now, since == nullptr ? nullptr : &before, render);
  if (const auto* error = std::get_if<driver::RosterError>(&result))
    return usage_error(context,
                       error->name.empty() ? error->reason : "cannot read `" + error->name + "`: " + error->reason);
  const auto& roster = std::get<driver::Roster>(result);
  const ExitCode written = write(context, roster.document);
  return worse(written, roster.separated ? ExitCode::done : ExitCode::failed);
}

}  // namespace farol::cli
