#include "target/dingtalk/enforcement.h"

#include <algorithm>

#include "base/text.h"

namespace farol::dingtalk {
namespace {

std::vector<Option> options_in(std::string_view text) {
  std::vector<Option> options;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    const std::string_view option = base::trimmed(text.substr(0, comma));
    text.remove_prefix(std::min(comma + 1, text.size()));
    const std::size_t equals = std::min(option.find('='), option.size());
    options.push_back({std::string(option.substr(0, equals)),
                       std::string(equals < option.size() ? option.substr(equals + 1) : std::string_view{})});
  }
  return options;
}

}  // namespace

std::vector<std::string_view> words_of(const model::Declared& declared, std::string_view key) {
  std::vector<std::string_view> texts;
  const model::Attribute* attribute = declared.find(key);
  if (attribute == nullptr) return texts;
  for (const model::Value& value : attribute->values) {
    if (const auto* word = std::get_if<model::Word>(&value)) texts.push_back(word->text);
    if (const auto* name = std::get_if<model::Reference>(&value)) texts.push_back(name->name);
    if (const auto* text = std::get_if<std::string>(&value)) texts.push_back(*text);
    if (const auto* number = std::get_if<model::Number>(&value)) texts.push_back(number->text);
  }
  return texts;
}

std::string_view word_of(const model::Declared& declared, std::string_view key) {
  const auto texts = words_of(declared, key);
  return texts.empty() ? std::string_view{} : texts.front();
}

Enforcement enforcement_of(const model::Model& model, const model::Declared& declared, model::KeptBy kept_by) {
  Enforcement enforcement;
  enforcement.kept_by = kept_by;
  enforcement.request = word_of(declared, "request");
  enforcement.options = options_in(word_of(declared, "value"));
  enforcement.menu = word_of(declared, "menu");
  enforcement.setting = word_of(declared, "setting");
  enforcement.menu_documented = word_of(declared, "menu_confidence") == "documented";
  const auto scopes = words_of(declared, "scope");
  enforcement.organisation_only = scopes.size() == 1 && scopes.front() == "organisation";
  for (const std::string_view name : words_of(declared, "carries")) {
    for (std::size_t i = 0; i < model.contexts.size(); ++i) {
      if (model.contexts[i].name == name && model.contexts[i].library) enforcement.carries.emplace_back(i);
    }
  }
  std::sort(enforcement.carries.begin(), enforcement.carries.end());
  const model::Attribute* per_object = declared.find("per_object");
  enforcement.per_object = per_object != nullptr && std::get<bool>(per_object->values.front());
  enforcement.edition = word_of(declared, "edition");
  enforcement.source = word_of(declared, "source");
  return enforcement;
}

}  // namespace farol::dingtalk
