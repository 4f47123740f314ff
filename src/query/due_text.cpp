#include <cstdlib>

#include "base/json_writer.h"
#include "base/page_phrases.h"
#include "document/page.h"
#include "query/due_words.h"

namespace farol::query {

using base::Phrase;

std::string subject(const Item& item, const document::Words& words) {
  const auto kind = base::find_phrase("due_" + item.kind);
  const std::string word(kind ? words.text(*kind) : item.kind);
  const std::string name =
      item.declared == nullptr
          ? item.name.substr(0, item.name.find(" because"))
          : (item.name.empty() && item.declared->title.empty() ? std::string{} : words.title(*item.declared));
  return name.empty() ? word : words(Phrase::pair, {word, name});
}

Phrase event_phrase(Item::Event event) {
  switch (event) {
    case Item::Event::expires: return Phrase::due_expires;
    case Item::Event::comes_round: return Phrase::due_comes_round;
    case Item::Event::never_done: return Phrase::due_never_done;
    case Item::Event::report: return Phrase::due_report;
    case Item::Event::changed: return Phrase::due_changed;
  }
  return Phrase::due_expires;
}

std::string place(const Item& item, const source::SourceMap& sources) {
  if (item.place.is_none()) return {};
  return sources.name(item.place.source) + ":" +
         std::to_string(sources.position(item.place.source, item.place.begin).line);
}

std::string title(const model::Model& model, const document::Words& words) {
  return words(Phrase::due_title, {model.policy.name.empty() ? words(Phrase::policy) : words.title(model.policy)});
}

namespace {

std::string distance(std::int64_t days, const document::Words& words) {
  if (days == 0) return words(base::pages::page_today);
  return words(days < 0 ? base::pages::page_days_ago : base::pages::page_in_days, {std::to_string(std::abs(days))});
}

document::Document document_with(const std::vector<Item>& items, const model::Model& model,
                                 const source::SourceMap& sources, const RenderOptions& options, bool distances) {
  const document::Words words{model, options.language};
  document::Document document;
  document.language = options.language;
  document.title = title(model, words);
  document.lead.push_back(words(Phrase::due_period, {base::to_string(options.as_of), base::to_string(options.last)}));
  for (const bool overdue : {true, false}) {
    document::Table table{std::vector<document::Cell>(distances ? 5 : 4), {}};
    for (const Item& item : items) {
      if (item.overdue != overdue) continue;
      auto& row = table.rows.emplace_back();
      row.emplace_back(base::to_string(item.day));
      if (distances) row.emplace_back(distance(item.day.days - options.as_of.days, words));
      row.emplace_back(words.text(event_phrase(item.event)));
      row.emplace_back(subject(item, words));
      row.emplace_back(place(item, sources));
    }
    if (!table.rows.empty())
      document.add_section(words.text(overdue ? Phrase::due_overdue : Phrase::due_coming)).add(std::move(table));
  }
  if (items.empty()) document.add_section().add(words.text(Phrase::due_nothing));
  return document;
}

}  // namespace

document::Document document_of(const std::vector<Item>& items, const model::Model& model,
                               const source::SourceMap& sources, const RenderOptions& options) {
  return document_with(items, model, sources, options, false);
}

std::string due_page(const std::vector<Item>& items, const model::Model& model, const source::SourceMap& sources,
                     const RenderOptions& options) {
  document::Document document = document_with(items, model, sources, options, true);
  document.frame = document::frame_of(model, options.language, options.as_of);
  document::Page page{.kind = "timeline", .timeline = document::Timeline{options.as_of, options.last, {}}};
  for (const Item& item : items)
    page.timeline->days.emplace_back(item.day, item.overdue ? document::Mark::attention : document::Mark::open);
  return document::render_html(document, page);
}

std::string render_json(const std::vector<Item>& items, const model::Model& model, const source::SourceMap& sources,
                        const RenderOptions& options) {
  const document::Words words{model, options.language};
  base::JsonWriter json;
  json.begin_object();
  json.key("as_of").string(base::to_string(options.as_of));
  json.key("until").string(base::to_string(options.last));
  json.key("policy").string(model.policy.name);
  json.key("items").begin_array();
  for (const Item& item : items) {
    json.begin_object(base::JsonWriter::Layout::line);
    json.key("day").string(base::to_string(item.day));
    json.key("overdue").boolean(item.overdue);
    switch (item.event) {
      case Item::Event::expires: json.key("event").string("expires"); break;
      case Item::Event::comes_round: json.key("event").string("comes-round"); break;
      case Item::Event::never_done: json.key("event").string("never-done"); break;
      case Item::Event::report: json.key("event").string("report"); break;
      case Item::Event::changed: json.key("event").string("changed"); break;
    }
    json.key("kind").string(item.kind);
    json.key("name").string(item.name);
    json.key("text").string(subject(item, words));
    json.key("place").string(place(item, sources));
    json.end_object();
  }
  json.end_array();
  json.end_object();
  return json.take();
}

}  // namespace farol::query
