// What a policy speaks of, in the words of one language. Names, objects, conditions, controls, values of attributes and
// lists are put into words here and nowhere else, so that every document says them alike.
#pragma once

#include <cstddef>
#include <initializer_list>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/phrases.h"
#include "base/text.h"
#include "decide/boxes.h"
#include "model/model.h"

namespace farol::document {

// Words that need no policy.

// A word of a closed list such as `personal`; a word without a translation is returned as it is.
[[nodiscard]] std::string word(std::string_view word, base::Language language);
// The phrase of a family that belongs to a word, such as `kind_role` for `role` of `kind`; the word if there is none.
[[nodiscard]] std::string word(std::string_view family, std::string_view word, base::Language language);
// `6 months`
[[nodiscard]] std::string duration(const base::Duration& length, base::Language language);
[[nodiscard]] std::string yes_or_no(bool value, base::Language language);
// What the objects without a name of one kind are called together: "other apps".
[[nodiscard]] base::Phrase name_of_others(model::ActsOn kind);
// What a statement is called: its label, or its text without the reason, which documents give beside it.
[[nodiscard]] std::string name_of_statement(const std::string& label, const std::string& text);

// The words of one policy, which must outlive this.
class Words {
 public:
  Words(const model::Model& model, base::Language language) : model_(model), language_(language) {}

  [[nodiscard]] base::Language language() const { return language_; }
  // From now on `into`, which must outlive this, is given every text of the policy that has no translation into the
  // language: it stands in a document as it was written.
  void note_untranslated(std::set<std::string>& into) { untranslated_ = &into; }
  [[nodiscard]] std::string_view text(base::Phrase phrase) const { return base::text(phrase, language_); }
  [[nodiscard]] std::string operator()(base::Phrase phrase) const { return std::string{text(phrase)}; }
  [[nodiscard]] std::string operator()(base::Phrase phrase, std::initializer_list<std::string_view> arguments) const {
    return base::fill(phrase, language_, arguments);
  }
  [[nodiscard]] const std::string& in(const model::Localized& text) const;
  [[nodiscard]] std::string quoted(const model::Localized& text) const;

  // Lists.
  [[nodiscard]] std::string join(const std::vector<std::string>& parts, base::Phrase separator) const;
  [[nodiscard]] std::string list(const std::vector<std::string>& parts) const;
  // At most `limit` of the parts, which are not empty, then how many more there are.
  [[nodiscard]] std::string list(const std::vector<std::string>& parts, std::size_t limit) const;

  // Names. Whoever holds no role, and the objects without a name ("other apps"), have a name here too.
  [[nodiscard]] std::string title(const model::Declared& declared) const;
  // With the name behind it, where that is something else: `Record a meeting (meeting.record)`.
  [[nodiscard]] std::string title_and_name(const model::Declared& declared) const;
  [[nodiscard]] std::string name_of(model::RoleId role) const;
  [[nodiscard]] std::string full_name_of(model::RoleId role) const;
  [[nodiscard]] std::string name_of(model::ObjectId object) const;
  [[nodiscard]] std::string name_of_policy() const;
  [[nodiscard]] std::string name_space(std::string_view name) const;

  // Values of attributes.
  [[nodiscard]] std::string word(std::string_view word) const { return document::word(word, language_); }
  [[nodiscard]] std::string duration(const base::Duration& length) const {
    return document::duration(length, language_);
  }
  [[nodiscard]] std::string yes_or_no(bool value) const { return document::yes_or_no(value, language_); }

  [[nodiscard]] std::string_view kept_by(model::KeptBy kept_by) const;
  // With what it means: `console (an administrator sets it)`.
  [[nodiscard]] std::string kept_by_in_full(model::KeptBy kept_by) const;

  // Some of the objects that features of a kind act on, sorted; empty if it is all of them. A tier is named for all
  // data on it: `confidential (without Payroll)`.
  [[nodiscard]] std::string objects(const std::vector<model::ObjectId>& objects, model::ActsOn kind) const;
  // The same for a cell of a matrix, which has several such texts: a tier is named for the data on it that is not
  // `apart`, which has answers of its own.
  [[nodiscard]] std::string objects_beside(const std::vector<model::ObjectId>& apart,
                                           const std::vector<model::ObjectId>& objects, model::ActsOn kind) const;
  // The same inside a sentence: ", on anything up to confidential"; empty if it is all of them.
  [[nodiscard]] std::string on(const std::vector<model::ObjectId>& objects, model::ActsOn kind) const;

  // `Device: a managed device; Network: …`; empty if it always holds.
  [[nodiscard]] std::string condition(const std::vector<decide::Box>& when) const;
  [[nodiscard]] std::string condition(const model::Condition& when) const;
  [[nodiscard]] std::string condition_or_always(const model::Condition& when) const;
  // The same inside a sentence: "device is a managed device and network is …".
  [[nodiscard]] std::string condition_in_sentence(const std::vector<decide::Box>& when) const;
  [[nodiscard]] std::string condition_in_sentence(const model::Condition& when) const;
  [[nodiscard]] std::string controls(const std::vector<model::ControlId>& controls) const;

  // The subject and the verb of a sentence about a permission: "Senior executives", "record a meeting".
  [[nodiscard]] std::string who(model::RoleId role) const;
  [[nodiscard]] std::string does(model::FeatureId feature) const;
  // Whom a rule names: "Staff, Reception alone".
  [[nodiscard]] std::string subjects(const model::Area& area) const;
  // At most `limit`, then how many more there are.
  [[nodiscard]] std::string roles(const std::vector<model::RoleId>& roles, std::size_t limit) const;
  [[nodiscard]] std::string rule(const model::Rule& rule) const {
    return base::shown_name(name_of_statement(rule.label, rule.text));
  }

 private:
  [[nodiscard]] std::string fill(base::Phrase phrase, std::initializer_list<std::string_view> arguments) const {
    return base::fill(phrase, language_, arguments);
  }
  [[nodiscard]] std::string in_words(const std::vector<model::ObjectId>& objects, model::ActsOn kind,
                                     const std::vector<model::ObjectId>* apart) const;
  [[nodiscard]] std::string data(const std::vector<model::ObjectId>& objects, model::ActsOn kind,
                                 const std::vector<model::ObjectId>* apart) const;
  [[nodiscard]] std::string tier_range(std::size_t first, std::size_t last) const;
  [[nodiscard]] std::string in_sentence(const model::Declared& declared) const;
  [[nodiscard]] std::string values(const model::Context& context, const std::vector<std::uint32_t>& values) const;
  template <class InWords>
  [[nodiscard]] std::string alternatives(const std::vector<decide::Box>& when, const InWords& in_words) const;

  void note(std::string_view text) const;

  const model::Model& model_;
  base::Language language_;
  std::set<std::string>* untranslated_ = nullptr;  // none: nobody asks
};

}  // namespace farol::document
