#include "target/dingtalk/texts.h"

#include <algorithm>
#include <utility>

namespace farol::dingtalk {

using base::Phrase;
using document::Words;
using model::Model;

namespace {

template <class Make>
Texts in_each(const Make& make) {
  Texts made;
  for (std::size_t i = 0; i < made.size(); ++i) made[i] = make(base::all_languages[i], i);
  return made;
}

// The words of a policy in every language.
template <class Make>
Texts in_words(const Model& model, const Make& make) {
  return in_each([&](base::Language language, std::size_t) { return make(Words{model, language}); });
}

std::string filled(Phrase phrase, base::Language language, const std::vector<Texts>& arguments, std::size_t i) {
  switch (arguments.size()) {
    case 0: return std::string{base::text(phrase, language)};
    case 1: return base::fill(phrase, language, {arguments[0][i]});
    case 2: return base::fill(phrase, language, {arguments[0][i], arguments[1][i]});
    default: return base::fill(phrase, language, {arguments[0][i], arguments[1][i], arguments[2][i]});
  }
}

// The parts one behind the other, each but the first behind what `between` says in the language.
template <class Between>
Texts joined(const std::vector<Texts>& parts, const Between& between) {
  return in_each([&](base::Language language, std::size_t i) {
    std::string text;
    for (const Texts& part : parts) text.append(text.empty() ? "" : between(language)).append(part[i]);
    return text;
  });
}

// As in the tenant, with the translation behind it.
std::string label_in(const Words& words, const Model& model, model::RoleId role) {
  if (role == model.nobody()) return words(Phrase::no_role);
  const model::Role& declared = model[role];
  const std::string& name = declared.title.text.empty() ? declared.name : declared.title.text;
  const std::string translated = words.title(declared);
  return translated == name ? name : words(Phrase::name_in_brackets, {name, translated});
}

// The tenant knows roles by these words alone: what the policy calls them must not change a step, nor its id.
std::vector<std::pair<Texts, model::RoleId>> in_order_of_labels(const Model& model,
                                                                const std::vector<model::RoleId>& roles) {
  std::vector<std::pair<Texts, model::RoleId>> ordered;
  for (const model::RoleId role : roles) ordered.emplace_back(label(model, role), role);
  std::sort(ordered.begin(), ordered.end());
  return ordered;
}

}  // namespace

Texts texts(Phrase phrase) { return texts(phrase, {}); }
Texts texts(Phrase phrase, const std::vector<Texts>& arguments) {
  return in_each([&](base::Language language, std::size_t i) { return filled(phrase, language, arguments, i); });
}
Texts same(std::string_view text) {
  return in_each([&](base::Language, std::size_t) { return std::string{text}; });
}
Texts list(const std::vector<Texts>& parts) {
  return joined(parts, [](base::Language language) { return base::text(Phrase::list_comma, language); });
}
Texts lines(const std::vector<Texts>& parts) {
  return joined(parts, [](base::Language) { return std::string_view{"\n"}; });
}

Texts label(const model::Declared& declared) {
  return in_each([&](base::Language language, std::size_t) { return declared.label(base::tag(language)); });
}
Texts label(const Model& model, model::RoleId role) {
  return in_words(model, [&](const Words& words) { return label_in(words, model, role); });
}
Texts label(const Model& model, model::ObjectId object) {
  return in_words(model, [&](const Words& words) { return words.name_of(object); });
}
Texts labels(const Model& model, const std::vector<model::RoleId>& roles) {
  std::vector<Texts> parts;
  for (auto& each : in_order_of_labels(model, roles)) parts.push_back(std::move(each.first));
  return list(parts);
}

RoleLabels::RoleLabels(const Model& model, base::Language language) : words_(model, language) {
  const auto ordered = in_order_of_labels(model, decide::all_roles(model));
  labels_.resize(ordered.size());
  places_.resize(ordered.size());
  for (std::size_t place = 0; place < ordered.size(); ++place) {
    const auto& [texts, role] = ordered[place];
    places_[role.index()] = place;
    labels_[role.index()] = texts[static_cast<std::size_t>(language)];
  }
}

std::string RoleLabels::list(std::vector<model::RoleId> roles) const {
  std::sort(roles.begin(), roles.end(),
            [&](model::RoleId a, model::RoleId b) { return places_[a.index()] < places_[b.index()]; });
  std::vector<std::string> names;
  for (const model::RoleId role : roles) names.push_back(labels_[role.index()]);
  return words_.join(names, Phrase::list_comma);
}

Texts labels(const Model& model, const std::vector<model::ObjectId>& objects) {
  std::vector<Texts> parts;
  for (const model::ObjectId object : objects) parts.push_back(label(model, object));
  return list(parts);
}

std::string words(const Model& model, const decide::Answer& answer, base::Language language) {
  const Words say{model, language};
  std::string line{say.text(answer.effect == decide::Effect::allow ? Phrase::step_may : Phrase::step_may_not)};
  const bool nothing = std::all_of(answer.objects.begin(), answer.objects.end(), [&](model::ObjectId object) {
    return model[object].kind == model::ActsOn::nothing;
  });
  if (!nothing) {
    std::vector<std::string> names;
    for (const model::ObjectId object : answer.objects) names.push_back(say.name_of(object));
    line = say(Phrase::pair, {line, say.join(names, Phrase::list_comma)});
  }
  return answer.is_always() ? line : say(Phrase::name_in_brackets, {line, say.condition(answer.when)});
}
Texts words(const Model& model, model::RoleId role, const decide::Answer& answer) {
  return in_each([&](base::Language language, std::size_t) {
    const Words say{model, language};
    return say(Phrase::pair, {label_in(say, model, role), words(model, answer, language)});
  });
}
Texts words(const Model& model, const decide::Answer& answer) {
  return in_each([&](base::Language language, std::size_t) { return words(model, answer, language); });
}

Texts words(const Model& model, const decide::AddedUp& added_up) {
  std::vector<Texts> what;
  for (const auto& [feature, objects] : added_up.what) {
    const bool nothing = model[feature].acts_on == model::ActsOn::nothing;
    what.push_back(nothing ? label(model[feature])
                           : texts(Phrase::name_in_brackets, {label(model[feature]), labels(model, objects)}));
  }
  std::vector<Texts> roles;
  for (const model::RoleId role : added_up.held) roles.push_back(label(model, role));
  Texts who = texts(Phrase::several_roles_of, {list(roles)});
  if (!added_up.who.empty()) {
    std::vector<Texts> ids;
    for (const std::string& id : added_up.who) ids.push_back(same(id));
    who = texts(Phrase::name_in_brackets, {who, list(ids)});
  }
  return texts(added_up.gives ? Phrase::several_roles_gives : Phrase::several_roles_takes, {who, list(what)});
}

}  // namespace farol::dingtalk
