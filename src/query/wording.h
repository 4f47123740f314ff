// What attributes say, in the language of a paper.
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "base/phrases.h"
#include "check/checked_things.h"
#include "model/model.h"

namespace farol::query {

class Wording {
 public:
  Wording(const model::Model& model, base::Language language) : model_(model), things_(model), language_(language) {}

  [[nodiscard]] std::string operator()(base::Phrase phrase) const { return std::string(base::text(phrase, language_)); }
  [[nodiscard]] std::string operator()(base::Phrase phrase, std::initializer_list<std::string_view> arguments) const {
    return base::fill(phrase, language_, arguments);
  }
  [[nodiscard]] base::Language language() const { return language_; }
  [[nodiscard]] const check::CheckedThings& things() const { return things_; }

  // The values of an attribute in words, or "not stated".
  [[nodiscard]] std::string attribute(const model::Declared& declared, std::string_view key) const;
  // Returns an empty text if the attribute is left out.
  [[nodiscard]] std::string stated(const model::Declared& declared, std::string_view key) const;
  [[nodiscard]] std::string yes_no(const model::Declared& declared, std::string_view key) const;
  [[nodiscard]] std::string label(const model::Declared& declared) const;
  // A word of a closed list.
  [[nodiscard]] std::string word(std::string_view text) const;
  [[nodiscard]] std::string duration(const base::Duration& length) const;
  // Joined by commas; "not stated" if there is none.
  [[nodiscard]] std::string list(const std::vector<std::string>& parts) const;

 private:
  [[nodiscard]] std::string value(const model::Value& value) const;

  const model::Model& model_;
  check::CheckedThings things_;
  base::Language language_;
};

}  // namespace farol::query
