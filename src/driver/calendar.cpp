#include "driver/calendar.h"

#include <algorithm>

#include "driver/confirmations.h"
#include "query/due.h"

namespace farol::driver {

Calendar render_due(const Compilation& compilation, const CalendarOptions& options, const dingtalk::Ledger& ledger) {
  const source::SourceMap& sources = compilation.sources;
  const model::Model& model = compilation.model;
  const decide::Decisions& decisions = compilation.decisions;
  const base::Date as_of = decisions.as_of;
  const base::Date last = base::add(as_of, options.within);
  // Steps are those of a policy that may be written.
  std::vector<dingtalk::SignedStep> confirmed;
  if (!ledger.empty() && compilation.may_write())
    confirmed = signed_steps(compilation, ledger, options.language, false);
  const auto items = query::find_due(model, sources, as_of, last, confirmed);
  const query::RenderOptions render{options.language, as_of, last};
  Calendar calendar;
  switch (options.form) {
    case CalendarOptions::Form::text:
      calendar.document = document::render_text(query::document_of(items, model, sources, render), {options.color});
      break;
    case CalendarOptions::Form::calendar: calendar.document = render_calendar(items, model, sources, render); break;
    case CalendarOptions::Form::json: calendar.document = render_json(items, model, sources, render); break;
  }
  calendar.overdue = std::any_of(items.begin(), items.end(), [](const query::Item& item) { return item.overdue; });
  return calendar;
}

}  // namespace farol::driver
