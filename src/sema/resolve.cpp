#include "sema/resolve.h"

#include "diag/messages_sema.h"
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

// How many things a policy may declare, tiers, values and those of its libraries included. Each is an entry of tables
// that others multiply.
constexpr std::size_t most_declarations = 250'000;

// Reports a policy that declares too much, and takes it for an empty one: nothing is said of a part of it.
void refuse_too_many(Resolution& resolution) {
  const auto& declared = resolution.statements.of<syntax::Declaration>();
  const auto& contexts = resolution.statements.of<syntax::ContextDeclaration>();
  const auto& tiers = resolution.statements.of<syntax::Tiers>();
  std::size_t count = declared.size() + contexts.size() +
                      resolution.statements.of<syntax::ConditionDeclaration>().size() +
                      resolution.statements.of<syntax::SetDeclaration>().size();
  for (const auto& context : contexts) count += context.node->values.size();
  for (const auto& some : tiers) count += some.node->names.size();
  if (count <= most_declarations) return;
  const source::Span place = !declared.empty()   ? declared.back().node->name.span
                             : !contexts.empty() ? contexts.back().node->name.span
                             : !tiers.empty()    ? tiers.back().node->names.back().span
                                                 : source::Span{};
  resolution.report(diag::Code::too_large, place, message::too_many_declarations(most_declarations));
  resolution.statements = {};
}

void run(Resolution& resolution) {
  name_libraries(resolution);
  resolution.statements = gather(resolution.program, resolution.sink);
  refuse_too_many(resolution);
  declare_names(resolution);
  read_attributes(resolution);
  close_roles(resolution);
  read_facts(resolution);

  const InTextOrder rules(resolution.statements.of<syntax::Rule>());
  read_areas(resolution, rules);
  read_checks(resolution);
  read_records(resolution);
  resolution.names.later.report(resolution.sink);
  mark_uses(resolution);
  write_canonical(resolution, rules);
}

}  // namespace

model::Model resolve(const syntax::Program& program, const source::SourceMap& sources, diag::Sink& sink) {
  Resolution resolution(program, sources, sink);
  run(resolution);
  return std::move(resolution.model);
}

std::vector<NameUse> find_uses(const syntax::Program& program, const source::SourceMap& sources) {
  diag::Sink unheard;
  Resolution resolution(program, sources, unheard);
  std::vector<NameUse> uses;
  resolution.names.uses = &uses;
  run(resolution);
  return uses;
}

}  // namespace farol::sema
