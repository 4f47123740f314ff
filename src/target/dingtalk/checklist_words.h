// What the parts of a checklist share to put things into words, in the language of the list.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>

#include "document/document.h"
#include "target/dingtalk/texts.h"

namespace farol::dingtalk {

class ChecklistWords {
 protected:
  explicit ChecklistWords(base::Language language) : language_(language) {}

  [[nodiscard]] std::string text(base::Phrase phrase) const { return std::string(base::text(phrase, language_)); }
  [[nodiscard]] std::string fill(base::Phrase phrase, std::initializer_list<std::string_view> arguments) const {
    return base::fill(phrase, language_, arguments);
  }
  [[nodiscard]] const std::string& in_language(const Texts& texts) const {
    return texts[static_cast<std::size_t>(language_)];
  }
  [[nodiscard]] static document::Line code(std::string_view text) {
    return document::Line().add(text, document::Look::code);
  }
  // Adds a field that says something.
  void add_to(document::Fields& fields, base::Phrase name, document::Cell cell) const {
    if (!cell.lines.empty()) fields.push_back({text(name), std::move(cell)});
  }

  const base::Language language_;
};

}  // namespace farol::dingtalk
