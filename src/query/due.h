// Everything in a policy that expires, falls due or comes round.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/date.h"
#include "base/phrases.h"
#include "document/document.h"
#include "model/model.h"
#include "source/source_map.h"
#include "target/dingtalk/confirmations.h"

namespace farol::query {

struct Item {
  enum class Event : std::uint8_t {
    expires,      // `until`: its last day
    comes_round,  // `next`, or `every` after `last`
    never_done,   // `every` without `last`: due at once
    report,       // `within` after `date`, of what has no `reported`
    changed,      // of a confirmed step: its value is another now
  };
  base::Date day;
  Event event = Event::expires;
  std::string kind;                           // `rule`, `waive`, `confirmation`, or the kind of a fact such as `filing`
  std::string name;                           // its label, name or text; empty for a fact without one
  const model::Declared* declared = nullptr;  // of a fact
  source::Span place;
  bool overdue = false;
};

// Up to and including `last`, by day; then by kind, name and place. What is past is overdue, however long ago; rules
// are not, for they end by themselves. `confirmed` are steps, of which those count that somebody has confirmed.
[[nodiscard]] std::vector<Item> find_due(const model::Model& model, const source::SourceMap& sources, base::Date as_of,
                                         base::Date last, const std::vector<dingtalk::SignedStep>& confirmed = {});

struct RenderOptions {
  base::Language language = base::Language::en;
  base::Date as_of, last;
};
[[nodiscard]] document::Document document_of(const std::vector<Item>& items, const model::Model& model,
                                             const source::SourceMap& sources, const RenderOptions& options);
// The same as a page, with the days on a line, and how far off each of them is.
[[nodiscard]] std::string due_page(const std::vector<Item>& items, const model::Model& model,
                                   const source::SourceMap& sources, const RenderOptions& options);
[[nodiscard]] std::string render_json(const std::vector<Item>& items, const model::Model& model,
                                      const source::SourceMap& sources, const RenderOptions& options);
// iCalendar (RFC 5545): an event of a whole day each. Nothing in it depends on the clock, and the same obligation keeps
// its UID when its day moves, so that a calendar moves the event too.
[[nodiscard]] std::string render_calendar(const std::vector<Item>& items, const model::Model& model,
                                          const source::SourceMap& sources, const RenderOptions& options);

}  // namespace farol::query
