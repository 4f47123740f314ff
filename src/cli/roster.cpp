#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "cli/input.h"
#include "cli/output.h"
#include "diag/messages_cli.h"
#include "document/document.h"
#include "driver/people.h"
#include "people/census.h"
#include "people/report.h"

namespace farol::cli {

ExitCode roster(Context& context) {
  const Request& request = context.request;
  const std::string* users = request.find(OptionId::users);
  if (users == nullptr)
    return usage_error(context,
                       "whose roles? farol roster [PATHS] --users FILE, such as: farol roster --users people.csv");
  const std::string* against = request.find(OptionId::against);
  if (against != nullptr && request.has(OptionId::since))
    return usage_error(context, "`--since` is an earlier state of one list, `--against` another list: one at a time");
  const std::string* since = against != nullptr ? against : request.find(OptionId::since);
  const auto paths = policy_paths(context, request.arguments);
  if (const auto refused = refuse_shared_input(context, paths, {users, since})) return *refused;

  const driver::Compilation compilation = compile_policy(context, paths);
  const ExitCode code = report_errors(context, compilation);
  if (!compilation.may_write()) return code;

  const people::List now = people_list(context, *users);
  const people::List before = since == nullptr ? people::List{} : people_list(context, *since);
  const model::Model& model = compilation.model;
  const decide::Decisions& decisions = compilation.decisions;
  auto taken = people::take_census(model, decisions.as_of, now, since == nullptr ? nullptr : &before);
  if (const auto* bad = std::get_if<people::BadList>(&taken))
    return usage_error(context, message::cannot_read(bad->name, message::verbatim(bad->reason)));
  auto& census = std::get<people::Census>(taken);
  const auto decided = driver::decide_people(compilation, combinations_of(census));
  if (const auto* problem = std::get_if<std::string>(&decided)) return usage_error(context, *problem);
  const people::Report report =
      make_report(std::move(census), model, decisions, std::get<std::vector<decide::Person>>(decided),
                  against != nullptr ? people::Compares::other_list
                  : since != nullptr ? people::Compares::earlier
                                     : people::Compares::nothing);
  const ExitCode written =
      request.format(request.find(OptionId::output), "text") == "json"
          ? write(context, render_json(report, model, decisions))
          : write(context, document::render_text(people::document_of(report, model, decisions, compilation.sources,
                                                                     context.settings.language),
                                                 {colors_output(context)}));
  return worse(written, report.is_well() ? ExitCode::done : ExitCode::failed);
}

}  // namespace farol::cli
