#include "query/due.h"

#include <algorithm>
#include <optional>
#include <tuple>

namespace farol::query {
namespace {

using Event = Item::Event;

template <class T>
std::optional<T> value_of(const model::Declared& declared, std::string_view key) {
  const model::Attribute* attribute = declared.find(key);
  if (attribute == nullptr || attribute->values.empty()) return std::nullopt;
  const T* value = std::get_if<T>(&attribute->values.front());
  return value == nullptr ? std::nullopt : std::optional{*value};
}

class Finder {
 public:
  Finder(const model::Model& model, const source::SourceMap& sources, base::Date as_of, base::Date last)
      : model_(model), sources_(sources), as_of_(as_of), last_(last) {}

  std::vector<Item> run(const std::vector<dingtalk::SignedStep>& confirmed) {
    for (const dingtalk::SignedStep& step : confirmed) {
      const bool changed = step.status.standing == dingtalk::Standing::changed;
      if (step.status.last == nullptr || step.status.standing == dingtalk::Standing::withdrawn) continue;
      add({changed ? as_of_ : step.status.due,
           changed ? Event::changed : Event::comes_round,
           "confirmation",
           step.title + " (" + step.id + ")",
           nullptr,
           {}});
    }
    for (const model::Rule& rule : model_.rules) {
      if (rule.until && *rule.until >= as_of_)
        add({*rule.until, Event::expires, "rule", rule.reference(), nullptr, rule.spans.statement});
    }
    for (const model::Waiver& waiver : model_.waivers) {
      if (!waiver.until) continue;
      std::string name = waiver.finding;
      for (const std::string& thing : waiver.things) name += (&thing == &waiver.things.front() ? " · " : ", ") + thing;
      add({*waiver.until, Event::expires, "waive", std::move(name), nullptr, waiver.span});
    }
    for (const model::Entity& entity : model_.entities) {
      if (!entity.library) add_fact(entity);
    }
    const auto key = [&](const Item& item) {
      return std::tuple{item.day,
                        std::string_view(item.kind),
                        std::string_view(item.name),
                        item.event,
                        std::string_view(item.place.is_none() ? "" : sources_.name(item.place.source)),
                        item.place.begin};
    };
    std::sort(items_.begin(), items_.end(), [&](const Item& a, const Item& b) { return key(a) < key(b); });
    return std::move(items_);
  }

 private:
  void add(Item item) {
    if (item.day > last_) return;
    item.overdue = item.day < as_of_;
    items_.push_back(std::move(item));
  }

  void add_fact(const model::Entity& entity) {
    const auto add_event = [&](base::Date day, Event event) {
      add({day, event, entity.kind, entity.name, &entity, entity.span});
    };
    if (const auto until = value_of<base::Date>(entity, "until")) add_event(*until, Event::expires);

    const auto every = value_of<base::Duration>(entity, "every");
    const auto done = value_of<base::Date>(entity, "last");
    if (const auto next = value_of<base::Date>(entity, "next")) {
      add_event(*next, Event::comes_round);
    } else if (every && done) {
      add_event(base::add(*done, *every), Event::comes_round);
    } else if (every) {
      add_event(as_of_, Event::never_done);
    }

    const auto date = value_of<base::Date>(entity, "date");
    const bool is_done = value_of<base::Date>(entity, "reported") || value_of<base::Date>(entity, "answered");
    if (const auto within = time_for(entity); date && within && !is_done)
      add_event(base::add(*date, *within), Event::report);
  }

  // Requests of people are answered within the time of the policy's `rights` where they name none.
  [[nodiscard]] std::optional<base::Duration> time_for(const model::Entity& entity) const {
    auto within = value_of<base::Duration>(entity, "within");
    for (const model::Entity& each : model_.entities) {
      if (!within && entity.kind == "request" && each.kind == "rights")
        within = value_of<base::Duration>(each, "within");
    }
    return within;
  }

  const model::Model& model_;
  const source::SourceMap& sources_;
  base::Date as_of_, last_;
  std::vector<Item> items_;
};

}  // namespace

std::vector<Item> find_due(const model::Model& model, const source::SourceMap& sources, base::Date as_of,
                           base::Date last, const std::vector<dingtalk::SignedStep>& confirmed) {
  return Finder{model, sources, as_of, last}.run(confirmed);
}

}  // namespace farol::query
