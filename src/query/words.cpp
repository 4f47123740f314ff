#include "query/words.h"

#include <algorithm>

namespace farol::query {

using base::Phrase;
using model::ActsOn;
using model::ObjectId;

namespace {

bool contains(const std::vector<ObjectId>& sorted, ObjectId object) {
  return std::binary_search(sorted.begin(), sorted.end(), object);
}

}  // namespace

std::string Words::title_and_name(const model::Declared& declared) const {
  const std::string title = this->title(declared);
  return title == declared.name ? title : fill(Phrase::name_in_brackets, {title, declared.name});
}

std::string Words::name_space(std::string_view name) const {
  if (name.empty()) return std::string{text(Phrase::other_features)};
  const auto phrase = base::find_phrase("namespace_" + std::string{name});
  return std::string{phrase ? text(*phrase) : name};
}

std::string_view Words::kept_by(model::KeptBy kept_by) const {
  switch (kept_by) {
    case model::KeptBy::api: return text(Phrase::kept_by_api);
    case model::KeptBy::console: return text(Phrase::kept_by_console);
    case model::KeptBy::people: return text(Phrase::kept_by_people);
    case model::KeptBy::nobody: return text(Phrase::kept_by_nobody);
  }
  return {};
}

std::string_view Words::kept_by_means(model::KeptBy kept_by) const {
  switch (kept_by) {
    case model::KeptBy::api: return text(Phrase::kept_by_api_means);
    case model::KeptBy::console: return text(Phrase::kept_by_console_means);
    case model::KeptBy::people: return text(Phrase::kept_by_people_means);
    case model::KeptBy::nobody: break;
  }
  return text(Phrase::kept_by_nobody_means);
}

std::string Words::objects(const std::vector<ObjectId>& objects, ActsOn kind) const {
  return in_words(objects, kind, nullptr);
}

std::string Words::objects_beside(const std::vector<ObjectId>& apart, const std::vector<ObjectId>& objects,
                                  ActsOn kind) const {
  return in_words(objects, kind, &apart);
}

std::string Words::in_words(const std::vector<ObjectId>& objects, ActsOn kind,
                            const std::vector<ObjectId>* apart) const {
  if (objects.size() == model_.objects_of(kind).size()) return {};
  const bool on_tiers = kind == ActsOn::data || kind == ActsOn::tier;
  if (on_tiers && !model_.tiers.front().name.empty()) return data(objects, kind, apart);
  // Those that have no name ("other apps") stand last, wherever the table has them.
  std::vector<std::string> parts, others;
  for (const ObjectId id : objects) (model_[id].name.empty() ? others : parts).push_back(object(id));
  parts.insert(parts.end(), others.begin(), others.end());
  return join(parts, Phrase::list_comma);
}

std::string Words::on(const std::vector<ObjectId>& objects, ActsOn kind) const {
  std::string words = this->objects(objects, kind);
  if (words.empty()) return {};
  // "up to confidential" needs something that is up to it.
  if (words.starts_with(fill(Phrase::tiers_up_to, {""}))) words = fill(Phrase::explain_anything, {words});
  return fill(Phrase::explain_on, {words});
}

std::string Words::condition(const std::vector<decide::Box>& when) const {
  if (when.size() == 1) return box(when.front());
  std::string alternatives;
  for (const decide::Box& alternative : when) {
    const std::string words = fill(Phrase::in_brackets, {box(alternative)});
    alternatives = alternatives.empty() ? words : fill(Phrase::either, {alternatives, words});
  }
  return alternatives;
}

std::string Words::condition_in_sentence(const std::vector<decide::Box>& when) const {
  if (when.size() == 1) return box_in_sentence(when.front());
  std::string alternatives;
  for (const decide::Box& alternative : when) {
    const std::string words = fill(Phrase::in_brackets, {box_in_sentence(alternative)});
    alternatives = alternatives.empty() ? words : fill(Phrase::either, {alternatives, words});
  }
  return alternatives;
}

std::string Words::who(model::RoleId role) const {
  if (role == model_.nobody()) return std::string{text(Phrase::whoever_holds_none)};
  return fill(Phrase::explain_who, {title(model_[role])});
}

// Titles of the catalogue are what a person does; what a policy's own features are called may be anything.
std::string Words::does(model::FeatureId id) const {
  const model::Feature& feature = model_[id];
  const std::string title = this->title(feature);
  if (!feature.library)
    return fill(Phrase::explain_use, {title == feature.name ? title : fill(Phrase::quoted, {title})});
  return in_sentence(feature);
}

std::string Words::subjects(const model::Area& area) const {
  std::vector<std::string> parts;
  for (const auto id : area.subjects) {
    const model::SubjectTerm& term = model_[id];
    std::string words{text(Phrase::everybody)};
    if (term.base != model::SubjectTerm::Base::everyone) words = title(model_[term.role]);
    if (term.base == model::SubjectTerm::Base::exactly) words = fill(Phrase::just_role, {words});
    std::vector<std::string> without;
    // The topmost of those that are taken out say it all.
    for (const model::Point point : term.except) {
      if (point >= model_.roles.size()) continue;
      const auto& parents = model_.roles[point].inherits;
      const bool said = std::any_of(parents.begin(), parents.end(), [&](model::RoleId parent) {
        return std::binary_search(term.except.begin(), term.except.end(), parent.value);
      });
      if (!said) without.push_back(title(model_.roles[point]));
    }
    if (!without.empty()) words = fill(Phrase::without, {words, join(without, Phrase::list_comma)});
    parts.push_back(std::move(words));
  }
  return join(parts, Phrase::list_comma);
}

std::string Words::roles(const std::vector<model::RoleId>& roles, std::size_t limit) const {
  std::vector<std::string> titles;
  for (std::size_t i = 0; i < std::min(limit, roles.size()); ++i) {
    titles.push_back(roles[i] == model_.nobody() ? std::string{text(Phrase::whoever_holds_none)}
                                                 : title(model_[roles[i]]));
  }
  const std::string shown = join(titles, Phrase::list_comma);
  if (roles.size() <= limit) return shown;
  return fill(Phrase::explain_and_more, {shown, std::to_string(roles.size() - limit)});
}

std::string Words::controls(const std::vector<model::ControlId>& controls) const {
  std::vector<std::string> titles;
  for (const model::ControlId control : controls) titles.push_back(title(model_[control]));
  return join(titles, Phrase::list_comma);
}

std::string Words::rule(const model::Rule& rule) const {
  // A keyword that is used as a name stands in backquotes, so the first one is the reason's.
  return rule.label.empty() ? rule.text.substr(0, rule.text.find(" because")) : rule.label;
}

std::string Words::join(const std::vector<std::string>& parts, Phrase separator) const {
  std::string joined;
  for (const std::string& part : parts) {
    if (!joined.empty()) joined += text(separator);
    joined += part;
  }
  return joined;
}

std::string Words::object(ObjectId object) const {
  const model::Object& it = model_[object];
  if (!it.name.empty()) return title(it);
  switch (it.kind) {
    case ActsOn::app: return std::string{text(Phrase::other_apps)};
    case ActsOn::group: return std::string{text(Phrase::other_groups)};
    case ActsOn::place: return std::string{text(Phrase::other_places)};
    case ActsOn::department: return std::string{text(Phrase::other_departments)};
    case ActsOn::data:
    case ActsOn::tier:
    case ActsOn::nothing: break;
  }
  return std::string{text(Phrase::other_data)};
}

std::string Words::data(const std::vector<ObjectId>& objects, ActsOn kind, const std::vector<ObjectId>* apart) const {
  std::vector<std::vector<std::string>> left_out(model_.tiers.size());
  std::vector<std::string> classes;  // those for which no tier stands
  for (const ObjectId id : model_.objects_of(kind)) {
    const model::Object& it = model_[id];
    if (it.kind != ActsOn::data) continue;
    const bool has_tier = contains(objects, model_.object_of(it.tier));
    const bool has_class = contains(objects, id);
    const bool by_itself = apart == nullptr ? !has_tier : contains(*apart, id);
    if (has_class && by_itself) classes.push_back(title(it));
    if (has_tier && !has_class && apart == nullptr) left_out[it.tier.index()].push_back(title(it));
  }
  std::vector<std::string> parts;
  for (std::size_t first = 0; first < model_.tiers.size(); ++first) {
    if (!contains(objects, model_.object_of(model::TierId{first}))) continue;
    if (!left_out[first].empty()) {
      parts.push_back(fill(Phrase::without, {title(model_.tiers[first]), join(left_out[first], Phrase::list_comma)}));
      continue;
    }
    std::size_t last = first;
    while (last + 1 < model_.tiers.size() && left_out[last + 1].empty() &&
           contains(objects, model_.object_of(model::TierId{last + 1}))) {
      ++last;
    }
    parts.push_back(tier_range(first, last));
    first = last;
  }
  parts.insert(parts.end(), classes.begin(), classes.end());
  return join(parts, Phrase::list_comma);
}

std::string Words::tier_range(std::size_t first, std::size_t last) const {
  const std::string low = title(model_.tiers[first]);
  const std::string high = title(model_.tiers[last]);
  if (first == last) return low;
  const bool from_lowest = first == 0;
  const bool to_highest = last + 1 == model_.tiers.size();
  // All tiers, but not all classes: those that are not meant are named beside this.
  if (from_lowest && to_highest) return std::string{text(Phrase::other_data)};
  if (from_lowest) return fill(Phrase::tiers_up_to, {high});
  if (to_highest) return fill(Phrase::tiers_from, {low});
  return fill(Phrase::tiers_between, {low, high});
}

std::string Words::box(const decide::Box& box) const {
  std::vector<std::string> parts;
  for (const auto& [id, chosen] : box) {
    const model::Context& context = model_[id];
    parts.push_back(fill(Phrase::pair, {title(context), values(context, chosen)}));
  }
  return join(parts, Phrase::list_semicolon);
}

std::string Words::box_in_sentence(const decide::Box& box) const {
  std::vector<std::string> parts;
  for (const auto& [id, chosen] : box) {
    const model::Context& context = model_[id];
    const std::string name = language_ == base::Language::en ? in_sentence(context) : title(context);
    parts.push_back(fill(Phrase::context_is, {name, values(context, chosen)}));
  }
  return join(parts, Phrase::and_also);
}

// A title of the catalogue, which begins with a capital letter that a sentence has no use for.
std::string Words::in_sentence(const model::Declared& declared) const {
  std::string title = this->title(declared);
  const bool capital = title.size() > 1 && title[0] >= 'A' && title[0] <= 'Z' && (title[1] < 'A' || title[1] > 'Z');
  if (declared.library && capital) title[0] = static_cast<char>(title[0] - 'A' + 'a');
  return title;
}

std::string Words::values(const model::Context& context, const std::vector<std::uint32_t>& values) const {
  const std::size_t all = context.values.size();
  if (all > 2 && values.size() + 1 == all) {
    std::uint32_t missing = 0;
    while (std::find(values.begin(), values.end(), missing) != values.end()) ++missing;
    return fill(Phrase::anything_but, {value(context, missing)});
  }
  std::vector<std::string> before_last;
  for (std::size_t i = 0; i + 1 < values.size(); ++i) before_last.push_back(value(context, values[i]));
  const std::string last = value(context, values.back());
  if (before_last.empty()) return last;
  return fill(Phrase::either, {join(before_last, Phrase::list_comma), last});
}

std::string Words::value(const model::Context& context, std::uint32_t value) const {
  const model::Localized& title = context.value_titles[value];
  return title.empty() ? context.values[value] : title.in(language());
}

}  // namespace farol::query
