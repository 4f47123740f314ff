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

// Everything that is about subjects, features and objects. A statement that could not be read casts doubt on the
// features that it may be about, which shows only when all of them have been seen.
void read_areas(Resolution& resolution, const InTextOrder<syntax::Rule>& rules) {
  Lists lists = Lists::read_named_lists(resolution);
  Conditions conditions = Conditions::read_named_conditions(resolution);
  Doubts doubts(resolution);
  Areas areas(resolution, lists, conditions, doubts);
  read_rules(resolution, areas, rules);
  read_guardrails(resolution, areas);
  read_tests(resolution, areas);
  for (const syntax::BrokenStatement* broken : resolution.statements.broken) doubts.add(*broken);
  doubts.settle();
  resolution.model.roles_are_excepted = lists.subjects.subtractions() > 0;
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

  const InTextOrder rules(resolution.statements.of<syntax::Rule>());
  read_areas(resolution, rules);
  read_checks(resolution);
  read_records(resolution);
  resolution.names.later.report(sink);
  mark_uses(resolution);
  write_canonical(resolution, rules);
  return std::move(resolution.model);
}

}  // namespace farol::sema
