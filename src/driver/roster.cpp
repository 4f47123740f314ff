#include "driver/roster.h"

#include "driver/people.h"
#include "people/report.h"

namespace farol::driver {

std::variant<Roster, RosterError> check_roster(const base::FileSystem& disk, const Options& options,
                                               const Compilation& compilation, const people::List& now,
                                               const people::List* before, const RosterOptions& render) {
  const source::SourceMap& sources = compilation.sources;
  const model::Model& model = compilation.model;
  const decide::Decisions& decisions = compilation.decisions;
  auto taken = people::take_census(model, options.as_of, now, before);
  if (auto* bad = std::get_if<people::BadList>(&taken)) return RosterError{bad->name, bad->reason};
  auto& census = std::get<people::Census>(taken);
  const auto decided = decide_people(disk, options, compilation, combinations_of(census));
  if (const auto* problem = std::get_if<std::string>(&decided)) return RosterError{{}, *problem};
  const people::Report report = make_report(std::move(census), model, decisions,
                                            std::get<std::vector<decide::Person>>(decided), before != nullptr);
  return Roster{render.json
                    ? render_json(report, model, decisions)
                    : document::render_text(people::document_of(report, model, decisions, sources, render.language),
                                            {render.color}),
                report.violating.empty()};
}

}  // namespace farol::driver
