#include <algorithm>

#include "base/version.h"
#include "cli/input.h"
#include "cli/output.h"
#include "diag/messages_cli.h"
#include "driver/people.h"
#include "people/report.h"
#include "query/cedar.h"
#include "query/tables.h"

namespace farol::cli {
namespace {

// The combinations of several roles that people of a list hold.
using Combinations = std::vector<people::Roles>;
std::variant<Combinations, ExitCode> combinations_in(Context& context, const driver::Compilation& compilation) {
  const std::string* users = context.request.find(OptionId::users);
  if (users == nullptr) return Combinations{};
  const people::List list = people_list(context, *users);
  const auto taken = people::take_census(compilation.model, compilation.decisions.as_of, list, nullptr);
  if (const auto* bad = std::get_if<people::BadList>(&taken))
    return usage_error(context, message::cannot_read(bad->name, message::verbatim(bad->reason)));
  Combinations several;
  for (people::Roles& roles : people::combinations_of(std::get<people::Census>(taken))) {
    if (roles.size() > 1) several.push_back(std::move(roles));
  }
  return several;
}

}  // namespace

std::vector<std::string_view> export_kinds() { return {"cedar", "tables"}; }

ExitCode export_(Context& context) {
  const std::vector<std::string>& arguments = context.request.arguments;
  const std::vector<std::string_view> kinds = export_kinds();
  if (arguments.empty() || std::find(kinds.begin(), kinds.end(), arguments.front()) == kinds.end())
    return usage_error(context, message::what_to_export(as_names(kinds)));
  const auto folder = output_file(context);
  if (!folder)
    return usage_error(context, "`farol export` writes files and needs a folder for them: farol export tables -o out");
  const auto paths = policy_paths(context, {arguments.begin() + 1, arguments.end()});
  if (const auto refused = refuse_shared_input(context, paths, {context.request.find(OptionId::users)}))
    return *refused;
  const driver::Compilation compilation = compile_policy(context, paths);
  const ExitCode code = report_errors(context, compilation);
  if (!compilation.may_write()) return code;
  const auto combinations = combinations_in(context, compilation);
  if (const auto* failed = std::get_if<ExitCode>(&combinations)) return *failed;
  const auto people = driver::decide_people(compilation, std::get<Combinations>(combinations));
  if (const auto* problem = std::get_if<std::string>(&people)) return usage_error(context, *problem);
  const auto& decided = std::get<std::vector<decide::Person>>(people);
  auto files = arguments.front() == "cedar" ? query::export_cedar(compilation.model, compilation.decisions, decided)
                                            : query::export_tables(compilation.model, compilation.decisions, decided,
                                                                   compilation.sources, base::version);
  for (base::OutputFile& file : files) file.path = base::join_path(*folder, file.path);
  const ExitCode written = write(context, files);
  if (written != ExitCode::done) return written;
  const std::size_t several = std::get<Combinations>(combinations).size();
  print(context, said(context, message::wrote_decisions(*folder, several)));
  if (several == 0) info(context, "people with several roles are unknown there: name those you have with --users FILE");
  return code;
}

}  // namespace farol::cli
