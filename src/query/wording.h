// What attributes say, in the language of a paper.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/phrases.h"
#include "check/checked_things.h"
#include "document/words.h"
#include "model/model.h"

namespace farol::query {

class Wording : public document::Words {
 public:
  Wording(const model::Model& model, base::Language language) : Words(model, language), things_(model) {}

  [[nodiscard]] const check::CheckedThings& things() const { return things_; }

  // The values of an attribute in words, or "not stated".
  [[nodiscard]] std::string attribute(const model::Declared& declared, std::string_view key) const;
  // Returns an empty text if the attribute is left out.
  [[nodiscard]] std::string stated(const model::Declared& declared, std::string_view key) const;
  [[nodiscard]] std::string yes_no(const model::Declared& declared, std::string_view key) const;
  // The title, or "not stated" for what has no name.
  [[nodiscard]] std::string label(const model::Declared& declared) const;
  // Joined by commas; "not stated" if there is none.
  [[nodiscard]] std::string list(const std::vector<std::string>& parts) const;

 private:
  [[nodiscard]] std::string value(const model::Value& value) const;

  check::CheckedThings things_;
};

}  // namespace farol::query
