// The phases of `resolve`, in the order in which they run.
#pragma once

#include "sema/in_text_order.h"
#include "sema/resolution.h"

namespace farol::sema {

// Names. Fills the tables of the model with what is declared, sorted, and gives each name its place in them.
void declare_names(Resolution& resolution);
// Blocks. Checks every attribute against the schema of its kind, and reads those that mean something to the compiler.
void read_attributes(Resolution& resolution);
// Who inherits what: cycles are reported and cut, then everything a role inherits, and everything that inherits it.
void close_roles(Resolution& resolution);
// `transfer`, `review`, `severity` …, and stores: the entities.
void read_facts(Resolution& resolution);

class Areas;

void read_rules(Resolution& resolution, Areas& areas, const InTextOrder<syntax::Rule>& rules);
// `never`, `always`, `require`, `separate`.
void read_guardrails(Resolution& resolution, Areas& areas);
void read_tests(Resolution& resolution, Areas& areas);
// `check` and `words`, of packs too.
void read_checks(Resolution& resolution);
// Waivers and bindings.
void read_records(Resolution& resolution);

// Which roles and named lists some statement names.
void mark_uses(Resolution& resolution);

// The canonical text of everything that the organisation wrote.
void write_canonical(Resolution& resolution, const InTextOrder<syntax::Rule>& rules);

}  // namespace farol::sema
