#include "query/wording.h"

namespace farol::query {

using base::Phrase;

std::string Wording::attribute(const model::Declared& declared, std::string_view key) const {
  std::string text = stated(declared, key);
  return text.empty() ? (*this)(Phrase::not_stated) : text;
}

std::string Wording::stated(const model::Declared& declared, std::string_view key) const {
  // A text may be given in several languages; they are attributes of one key.
  model::Localized localized;
  bool is_text = false;
  for (const model::Attribute& attribute : declared.attributes) {
    if (attribute.key != key) continue;
    const auto* text = std::get_if<std::string>(&attribute.values.front());
    if (text == nullptr || attribute.values.size() > 1) {
      std::vector<std::string> parts;
      for (const model::Value& each : attribute.values) parts.push_back(value(each));
      return list(parts);
    }
    is_text = true;
    if (attribute.language.empty())
      localized.text = *text;
    else
      localized.by_language.emplace_back(attribute.language, *text);
  }
  return is_text ? in(localized) : std::string();
}

std::string Wording::yes_no(const model::Declared& declared, std::string_view key) const {
  const model::Attribute* attribute = declared.find(key);
  return attribute == nullptr ? (*this)(Phrase::not_stated) : value(attribute->values.front());
}

std::string Wording::label(const model::Declared& declared) const {
  std::string label = title(declared);
  return label.empty() ? (*this)(Phrase::not_stated) : label;
}

std::string Wording::list(const std::vector<std::string>& parts) const {
  return parts.empty() ? (*this)(Phrase::not_stated) : Words::list(parts);
}

std::string Wording::value(const model::Value& value) const {
  if (const auto* flag = std::get_if<bool>(&value)) return yes_or_no(*flag);
  if (const auto* number = std::get_if<model::Number>(&value)) return number->text;
  if (const auto* day = std::get_if<base::Date>(&value)) return base::to_string(*day);
  if (const auto* length = std::get_if<base::Duration>(&value)) return duration(*length);
  if (const auto* text = std::get_if<std::string>(&value)) return in(model::Localized{*text, {}});
  if (const auto* each = std::get_if<model::Word>(&value)) return word(each->text);
  const auto& name = std::get<model::Reference>(value).name;
  const auto thing = things_.find(name);
  return thing ? label(things_.declared(*thing)) : name;
}

}  // namespace farol::query
