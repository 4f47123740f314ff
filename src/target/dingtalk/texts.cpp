#include "target/dingtalk/texts.h"

#include <algorithm>

namespace farol::dingtalk {

using base::Phrase;
using model::Model;

namespace {

template <class Make>
Texts in_each(const Make& make) {
  Texts made;
  for (std::size_t i = 0; i < made.size(); ++i) made[i] = make(base::all_languages[i], i);
  return made;
}

std::string filled(Phrase phrase, base::Language language, const std::vector<Texts>& arguments, std::size_t i) {
  switch (arguments.size()) {
    case 0: return std::string{base::text(phrase, language)};
    case 1: return base::fill(phrase, language, {arguments[0][i]});
    case 2: return base::fill(phrase, language, {arguments[0][i], arguments[1][i]});
    default: return base::fill(phrase, language, {arguments[0][i], arguments[1][i], arguments[2][i]});
  }
}

Texts joined(const std::vector<Texts>& parts, Phrase between) {
  return in_each([&](base::Language language, std::size_t i) {
    std::string text;
    for (const Texts& part : parts) text.append(text.empty() ? "" : base::text(between, language)).append(part[i]);
    return text;
  });
}

Phrase name_of_others(model::ActsOn kind) {
  switch (kind) {
    case model::ActsOn::app: return Phrase::other_apps;
    case model::ActsOn::group: return Phrase::other_groups;
    case model::ActsOn::place: return Phrase::other_places;
    case model::ActsOn::department: return Phrase::other_departments;
    default: return Phrase::other_data;
  }
}

}  // namespace

Texts texts(Phrase phrase) { return texts(phrase, {}); }
Texts texts(Phrase phrase, const std::vector<Texts>& arguments) {
  return in_each([&](base::Language language, std::size_t i) { return filled(phrase, language, arguments, i); });
}
Texts same(std::string_view text) {
  return in_each([&](base::Language, std::size_t) { return std::string{text}; });
}
Texts list(const std::vector<Texts>& parts) { return joined(parts, Phrase::list_comma); }
Texts lines(const std::vector<Texts>& parts) {
  return in_each([&](base::Language, std::size_t i) {
    std::string text;
    for (const Texts& part : parts) text.append(text.empty() ? "" : "\n").append(part[i]);
    return text;
  });
}

Texts label(const model::Declared& declared) {
  return in_each([&](base::Language language, std::size_t) { return declared.label(base::tag(language)); });
}
Texts label(const Model& model, model::RoleId role) {
  if (role == model.nobody()) return texts(Phrase::no_role);
  // As in the tenant, with the translation behind it.
  const model::Role& declared = model[role];
  const std::string& name = declared.title.text.empty() ? declared.name : declared.title.text;
  return in_each([&](base::Language language, std::size_t) {
    const std::string& translated = declared.label(base::tag(language));
    return translated == name ? name : base::fill(Phrase::name_in_brackets, language, {name, translated});
  });
}
Texts label(const Model& model, model::ObjectId object) {
  const model::Object& it = model[object];
  return it.name.empty() ? texts(name_of_others(it.kind)) : label(it);
}
Texts labels(const Model& model, const std::vector<model::RoleId>& roles) {
  std::vector<Texts> parts;
  for (const model::RoleId role : roles) parts.push_back(label(model, role));
  return list(parts);
}
Texts labels(const Model& model, const std::vector<model::ObjectId>& objects) {
  std::vector<Texts> parts;
  for (const model::ObjectId object : objects) parts.push_back(label(model, object));
  return list(parts);
}

Texts words(const Model& model, const std::vector<decide::Box>& when) {
  std::vector<Texts> boxes;
  for (const decide::Box& box : when) {
    std::vector<Texts> parts;
    for (const auto& [id, values] : box) {
      const model::Context& context = model[id];
      std::vector<Texts> names;
      for (const std::uint32_t value : values) {
        const model::Localized& title = context.value_titles[value];
        names.push_back(in_each([&](base::Language language, std::size_t) {
          return title.empty() ? context.values[value] : title.in(base::tag(language));
        }));
      }
      parts.push_back(texts(Phrase::pair, {label(context), list(names)}));
    }
    boxes.push_back(parts.empty() ? texts(Phrase::always) : joined(parts, Phrase::list_semicolon));
  }
  Texts all = boxes.empty() ? Texts{} : boxes.front();
  for (std::size_t i = 1; i < boxes.size(); ++i) all = texts(Phrase::either, {all, boxes[i]});
  return all;
}

Texts words(const Model& model, model::RoleId role, const decide::Answer& answer) {
  const bool allowed = answer.effect == decide::Effect::allow;
  Texts line = texts(Phrase::pair, {label(model, role), texts(allowed ? Phrase::step_may : Phrase::step_may_not)});
  const bool nothing = std::all_of(answer.objects.begin(), answer.objects.end(), [&](model::ObjectId object) {
    return model[object].kind == model::ActsOn::nothing;
  });
  if (!nothing) line = texts(Phrase::pair, {line, labels(model, answer.objects)});
  if (!answer.is_always())
    line = texts(Phrase::name_in_brackets, {line, words(model, decide::boxes_of(model, answer.when))});
  return line;
}

}  // namespace farol::dingtalk
