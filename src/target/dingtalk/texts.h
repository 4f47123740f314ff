// Texts of steps, in every language at once.
#pragma once

#include <array>
#include <string>
#include <vector>

#include "base/language_texts.h"
#include "base/phrases.h"
#include "decide/answers.h"
#include "document/words.h"
#include "model/model.h"

namespace farol::dingtalk {

// Lines are separated by `\n`.
using Texts = base::LanguageTexts;

[[nodiscard]] Texts texts(base::Phrase phrase);
[[nodiscard]] Texts texts(base::Phrase phrase, const std::vector<Texts>& arguments);
// The same in every language: an id, the words of the console.
[[nodiscard]] Texts same(std::string_view text);
[[nodiscard]] Texts list(const std::vector<Texts>& parts);   // with commas
[[nodiscard]] Texts lines(const std::vector<Texts>& parts);  // one below the other

[[nodiscard]] Texts label(const model::Declared& declared);
// The name that the role has in the tenant; whoever holds no role too.
[[nodiscard]] Texts label(const model::Model& model, model::RoleId role);
[[nodiscard]] Texts label(const model::Model& model, model::ObjectId object);  // any other one too
[[nodiscard]] Texts labels(const model::Model& model, const std::vector<model::RoleId>& roles);
[[nodiscard]] Texts labels(const model::Model& model, const std::vector<model::ObjectId>& objects);

// The labels of roles in one language, made once for all lists that name them.
class RoleLabels {
 public:
  RoleLabels(const model::Model& model, base::Language language);
  // What `labels` says in the language.
  [[nodiscard]] std::string list(std::vector<model::RoleId> roles) const;

 private:
  std::vector<std::string> labels_;  // by role; whoever holds no role is the last
  std::vector<std::size_t> places_;  // in the order of the labels
  document::Words words_;
};

// `HR: allowed: contracts, payroll (device: a managed device)`
[[nodiscard]] Texts words(const model::Model& model, model::RoleId role, const decide::Answer& answer);
// The same without the role.
[[nodiscard]] Texts words(const model::Model& model, const decide::Answer& answer);
// That in one language: there are as many of them as answers.
[[nodiscard]] std::string words(const model::Model& model, const decide::Answer& answer, base::Language language);
// `Sales and Temps: Use an app: CRM: the policy refuses it …`
[[nodiscard]] Texts words(const model::Model& model, const decide::AddedUp& added_up);

}  // namespace farol::dingtalk
