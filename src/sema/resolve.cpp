#include "sema/resolve.h"

#include "sema/area.h"
#include "sema/phases.h"

namespace farol::sema {
namespace {

void name_libraries(Resolution& resolution) {
  for (const syntax::Library& library : resolution.program.libraries) {
    resolution.model.libraries.push_back({library.name, library.pack, library.version});
  }
}

}  // namespace

model::Model resolve(const syntax::Program& program, const source::SourceMap& sources, diag::Sink& sink) {
  Resolution resolution(program, sources, sink);
  name_libraries(resolution);
  resolution.statements = gather(program, sink);
  declare_names(resolution);
  read_attributes(resolution);
  close_roles(resolution);
  read_facts(resolution);

  Lists lists(resolution);
  Conditions conditions(resolution);
  Doubts doubts(resolution);
  Areas areas(resolution, lists, conditions, doubts);
  const InTextOrder rules(resolution.statements.of<syntax::Rule>());
  read_rules(resolution, areas, rules);
  read_guardrails(resolution, areas);
  read_tests(resolution, areas);
  for (const syntax::BrokenStatement* broken : resolution.statements.broken) doubts.add(*broken);
  doubts.settle();
  resolution.model.roles_are_excepted = lists.subjects.subtractions() > 0;

  read_checks(resolution);
  read_records(resolution);
  mark_uses(resolution);
  write_canonical(resolution, rules);
  return std::move(resolution.model);
}

}  // namespace farol::sema
