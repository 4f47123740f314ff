#include <string>

#include "cli/session.h"
#include "driver/roster.h"

namespace farol::cli {
namespace {

// What standard input may hold: it has to be read more than once.
constexpr std::size_t max_standard_input = std::size_t{64} << 20;

people::List list_at(Session& session, const std::string& path) {
  if (path == "-") {
    const std::string& text = session.standard_input(max_standard_input);
    return {"standard input", [&text]() -> base::FileResult<std::unique_ptr<base::ByteStream>> {
              if (text.size() > max_standard_input)
                return base::FileError{"larger than 64 MiB; save it as a file first"};
              return base::stream_of(text);
            }};
  }
  const std::string located = session.located(path);
  return {path, [&session, located] { return session.files().open(located); }};
}

}  // namespace

int roster(Session& session) {
  const Request& request = session.request();
  const std::string* users = request.find(OptionId::users);
  if (users == nullptr)
    return session.refuse("whose roles? farol roster [PATHS] --users FILE, such as: farol roster --users people.csv");
  const std::string* since = request.find(OptionId::since);
  const auto paths = session.policy_paths(request.arguments);
  std::size_t inputs = *users == "-" ? 1 : 0;
  if (since != nullptr && *since == "-") ++inputs;
  for (const std::string& path : paths) inputs += path == "-" ? 1U : 0U;
  if (inputs > 1) return session.refuse("standard input can be one of the policy and the lists of people only");

  const driver::Compilation compilation = session.compile(paths);
  const ExitCode code = session.report_errors(compilation);
  if (!compilation.may_write()) return code;

  const std::string* format = request.find(OptionId::format);
  const driver::RosterOptions render{session.language(), format != nullptr && *format == "json",
                                     session.colors_output()};
  const people::List now = list_at(session, *users);
  const people::List before = since == nullptr ? people::List{} : list_at(session, *since);
  auto result = driver::check_roster(compilation, now, since == nullptr ? nullptr : &before, render);
  if (const auto* error = std::get_if<driver::RosterError>(&result))
    return session.refuse(error->name.empty() ? error->reason : "cannot read `" + error->name + "`: " + error->reason);
  const auto& roster = std::get<driver::Roster>(result);
  const ExitCode written = session.write(roster.document);
  return worse(written, roster.separated ? done : no);
}

}  // namespace farol::cli
