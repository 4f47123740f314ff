#include "document/words.h"

#include <algorithm>
#include <cctype>
#include <cstdint>
#include <utility>

#include "base/scripts.h"
#include "base/text.h"

namespace farol::document {

using base::Language;
using base::Phrase;
using model::ActsOn;
using model::ObjectId;

namespace {

bool contains(const std::vector<ObjectId>& sorted, ObjectId object) {
  return std::binary_search(sorted.begin(), sorted.end(), object);
}

bool has_han(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    const base::CodePoint each = base::decode(text, at);
    if (base::script_of(each.value) == base::Script::han) return true;
    at += each.size;
  }
  return false;
}

// Numbers and addresses are the same for every reader: `0129/2026`, `R-12`, `privacy@lotus.example`.
bool is_for_everybody(std::string_view text) {
  const auto is_letter = [](unsigned char c) { return std::isalpha(c) != 0 || c >= 0x80; };
  if (std::none_of(text.begin(), text.end(), is_letter)) return true;
  return text.find(' ') == std::string_view::npos && text.find_first_of("@0123456789/") != std::string_view::npos &&
         !has_han(text);
}

// Whether readers of a language read what a policy says without naming one: in the language of the policy, or, where it
// names none, in Chinese what is written in it, and else in English.
bool is_readable(std::string_view text, const model::Declared& policy, Language language) {
  if (is_for_everybody(text)) return true;
  const bool chinese = language == Language::zh_hant || language == Language::zh_hans;
  if (has_han(text)) return chinese;
  const model::Attribute* stated = policy.find("language");
  const auto* word = stated == nullptr ? nullptr : std::get_if<model::Word>(&stated->values.front());
  const auto own = word == nullptr ? std::nullopt : base::parse_language(word->text);
  return own.value_or(Language::en) == language;
}

}  // namespace

std::string word(std::string_view family, std::string_view word, Language language) {
  std::string identifier = std::string{family} + "_" + std::string{word};
  std::replace(identifier.begin(), identifier.end(), '-', '_');
  const auto phrase = base::find_phrase(identifier);
  return std::string{phrase ? base::text(*phrase, language) : word};
}

std::string word(std::string_view word, Language language) { return document::word("word", word, language); }

std::string duration(const base::Duration& length, Language language) {
  using Unit = base::Duration::Unit;
  const bool one = length.count == 1;
  Phrase phrase = Phrase::days;
  switch (length.unit) {
    case Unit::days: phrase = one ? Phrase::one_day : Phrase::days; break;
    case Unit::weeks: phrase = one ? Phrase::one_week : Phrase::weeks; break;
    case Unit::months: phrase = one ? Phrase::one_month : Phrase::months; break;
    case Unit::years: phrase = one ? Phrase::one_year : Phrase::years; break;
  }
  return base::fill(phrase, language, {std::to_string(length.count)});
}

std::string yes_or_no(bool value, Language language) {
  return std::string{base::text(value ? Phrase::yes : Phrase::no, language)};
}

Phrase name_of_others(ActsOn kind) {
  switch (kind) {
    case ActsOn::app: return Phrase::other_apps;
    case ActsOn::group: return Phrase::other_groups;
    case ActsOn::place: return Phrase::other_places;
    case ActsOn::department: return Phrase::other_departments;
    case ActsOn::data:
    case ActsOn::tier:
    case ActsOn::nothing: break;
  }
  return Phrase::other_data;
}

std::string name_of_statement(const std::string& label, const std::string& text) {
  // A keyword that is used as a name is in backquotes, so the first one is the reason's.
  return label.empty() ? text.substr(0, text.find(" because")) : label;
}

std::string Words::quoted(const model::Localized& text) const { return fill(Phrase::quoted, {in(text)}); }

std::string Words::join(const std::vector<std::string>& parts, Phrase separator) const {
  std::string joined;
  for (const std::string& part : parts) {
    if (!joined.empty()) joined += text(separator);
    joined += part;
  }
  return joined;
}

std::string Words::list(const std::vector<std::string>& parts) const { return join(parts, Phrase::list_comma); }

std::string Words::list(const std::vector<std::string>& parts, std::size_t limit) const {
  if (parts.size() <= limit) return list(parts);
  const std::string shown = list({parts.begin(), parts.begin() + static_cast<std::ptrdiff_t>(limit)});
  return fill(Phrase::explain_and_more, {shown, std::to_string(parts.size() - limit)});
}

std::string Words::title(const model::Declared& declared) const {
  if (!declared.library && declared.title.find(base::tag(language_)) == nullptr) note(declared.label({}));
  return declared.label(base::tag(language_));
}

const std::string& Words::in(const model::Localized& text) const {
  const std::string& said = text.in(base::tag(language_));
  if (text.find(base::tag(language_)) == nullptr) note(said);
  return said;
}

void Words::note(std::string_view text) const {
  if (untranslated_ != nullptr && !is_readable(text, model_.policy, language_)) untranslated_->emplace(text);
}

std::string Words::title_and_name(const model::Declared& declared) const {
  const std::string title = this->title(declared);
  return title == declared.name ? title : fill(Phrase::name_in_brackets, {title, declared.name});
}

std::string Words::name_of(model::RoleId role) const {
  return role == model_.nobody() ? (*this)(Phrase::whoever_holds_none) : title(model_[role]);
}

std::string Words::full_name_of(model::RoleId role) const {
  return role == model_.nobody() ? (*this)(Phrase::whoever_holds_none) : title_and_name(model_[role]);
}

std::string Words::name_of(ObjectId object) const {
  const model::Object& it = model_[object];
  return it.name.empty() ? (*this)(name_of_others(it.kind)) : title(it);
}

std::string Words::name_of_policy() const {
  return model_.policy.name.empty() ? (*this)(Phrase::policy) : title(model_.policy);
}

std::string Words::name_space(std::string_view name) const {
  return name.empty() ? (*this)(Phrase::other_features) : document::word("namespace", name, language_);
}

std::string_view Words::kept_by(model::KeptBy kept_by) const {
  switch (kept_by) {
    case model::KeptBy::api: return text(Phrase::kept_by_api);
    case model::KeptBy::console: return text(Phrase::kept_by_console);
    case model::KeptBy::people: return text(Phrase::kept_by_people);
    case model::KeptBy::nobody: return text(Phrase::kept_by_nobody);
    case model::KeptBy::withheld: return text(Phrase::kept_by_withheld);
  }
  return {};
}

std::string Words::kept_by_in_full(model::KeptBy kept_by) const {
  Phrase means = Phrase::kept_by_nobody_means;
  switch (kept_by) {
    case model::KeptBy::api: means = Phrase::kept_by_api_means; break;
    case model::KeptBy::console: means = Phrase::kept_by_console_means; break;
    case model::KeptBy::people: means = Phrase::kept_by_people_means; break;
    case model::KeptBy::nobody: break;
    case model::KeptBy::withheld: means = Phrase::kept_by_withheld_means; break;
  }
  return fill(Phrase::name_in_brackets, {this->kept_by(kept_by), text(means)});
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
  // Those without a name ("other apps") come last, wherever the table has them.
  std::vector<std::string> parts, others;
  for (const ObjectId id : objects) (model_[id].name.empty() ? others : parts).push_back(name_of(id));
  parts.insert(parts.end(), others.begin(), others.end());
  return list(parts);
}

std::string Words::on(const std::vector<ObjectId>& objects, ActsOn kind) const {
  std::string words = this->objects(objects, kind);
  if (words.empty()) return {};
  // "up to confidential" needs something that is up to it.
  if (words.starts_with(fill(Phrase::tiers_up_to, {""}))) words = fill(Phrase::explain_anything, {words});
  return fill(Phrase::explain_on, {words});
}

// Alternatives are in brackets, since each of them may be a list.
template <class InWords>
std::string Words::alternatives(const std::vector<decide::Box>& when, const InWords& in_words) const {
  if (when.size() == 1) return in_words(when.front());
  std::string all;
  for (const decide::Box& alternative : when) {
    const std::string words = fill(Phrase::in_brackets, {in_words(alternative)});
    all = all.empty() ? words : fill(Phrase::either, {all, words});
  }
  return all;
}

std::string Words::condition(const std::vector<decide::Box>& when) const {
  return alternatives(when, [&](const decide::Box& box) {
    std::vector<std::string> parts;
    for (const auto& [id, chosen] : box)
      parts.push_back(fill(Phrase::pair, {title(model_[id]), values(model_[id], chosen)}));
    return join(parts, Phrase::list_semicolon);
  });
}

std::string Words::condition(const model::Condition& when) const { return condition(decide::boxes_of(model_, when)); }

std::string Words::condition_or_always(const model::Condition& when) const {
  std::string words = condition(when);
  return words.empty() ? (*this)(Phrase::always) : words;
}

std::string Words::condition_in_sentence(const std::vector<decide::Box>& when) const {
  return alternatives(when, [&](const decide::Box& box) {
    std::vector<std::string> parts;
    for (const auto& [id, chosen] : box) {
      const std::string name = language_ == Language::en ? in_sentence(model_[id]) : title(model_[id]);
      parts.push_back(fill(Phrase::context_is, {name, values(model_[id], chosen)}));
    }
    return join(parts, Phrase::and_also);
  });
}

std::string Words::condition_in_sentence(const model::Condition& when) const {
  return condition_in_sentence(decide::boxes_of(model_, when));
}

std::string Words::values(const model::Context& context, const std::vector<std::uint32_t>& values) const {
  const auto name_of = [&](std::uint32_t value) {
    const model::Localized& title = context.value_titles[value];
    return title.empty() ? context.values[value] : in(title);
  };
  const std::size_t all = context.values.size();
  if (all > 2 && values.size() + 1 == all) {
    std::uint32_t missing = 0;
    while (std::find(values.begin(), values.end(), missing) != values.end()) ++missing;
    return fill(Phrase::anything_but, {name_of(missing)});
  }
  std::vector<std::string> before_last;
  for (std::size_t i = 0; i + 1 < values.size(); ++i) before_last.push_back(name_of(values[i]));
  const std::string last = name_of(values.back());
  return before_last.empty() ? last : fill(Phrase::either, {list(before_last), last});
}

std::string Words::who(model::RoleId role) const {
  return role == model_.nobody() ? name_of(role) : fill(Phrase::explain_who, {name_of(role)});
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
    std::string words = (*this)(Phrase::everybody);
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
    if (!without.empty()) words = fill(Phrase::without, {words, list(without)});
    parts.push_back(std::move(words));
  }
  return list(parts);
}

std::string Words::roles(const std::vector<model::RoleId>& roles, std::size_t limit) const {
  std::vector<std::string> names;
  for (const model::RoleId role : roles) names.push_back(name_of(role));
  return list(names, limit);
}

std::string Words::controls(const std::vector<model::ControlId>& controls) const {
  std::vector<std::string> titles;
  for (const model::ControlId control : controls) titles.push_back(title(model_[control]));
  return list(titles);
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
      parts.push_back(fill(Phrase::without, {title(model_.tiers[first]), list(left_out[first])}));
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
  return list(parts);
}

std::string Words::tier_range(std::size_t first, std::size_t last) const {
  const std::string low = title(model_.tiers[first]);
  const std::string high = title(model_.tiers[last]);
  if (first == last) return low;
  const bool from_lowest = first == 0;
  const bool to_highest = last + 1 == model_.tiers.size();
  // All tiers, but not all classes: those that are not meant are named beside this.
  if (from_lowest && to_highest) return (*this)(Phrase::other_data);
  if (from_lowest) return fill(Phrase::tiers_up_to, {high});
  if (to_highest) return fill(Phrase::tiers_from, {low});
  return fill(Phrase::tiers_between, {low, high});
}

// A title of the catalogue, which begins with a capital letter that a sentence has no use for.
std::string Words::in_sentence(const model::Declared& declared) const {
  std::string title = this->title(declared);
  const bool capital = title.size() > 1 && title[0] >= 'A' && title[0] <= 'Z' && (title[1] < 'A' || title[1] > 'Z');
  if (declared.library && capital) title[0] = static_cast<char>(title[0] - 'A' + 'a');
  return title;
}

}  // namespace farol::document
