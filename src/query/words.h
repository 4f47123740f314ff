// What a policy speaks of, in the words of one language: titles where there are any, names elsewhere.
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/phrases.h"
#include "decide/boxes.h"
#include "model/model.h"

namespace farol::query {

class Words {
 public:
  Words(const model::Model& model, base::Language language) : model_(model), language_(language) {}

  [[nodiscard]] std::string_view language() const { return base::tag(language_); }
  [[nodiscard]] std::string_view text(base::Phrase phrase) const { return base::text(phrase, language_); }
  [[nodiscard]] std::string fill(base::Phrase phrase, std::initializer_list<std::string_view> arguments) const {
    return base::fill(phrase, language_, arguments);
  }

  [[nodiscard]] std::string title(const model::Declared& declared) const { return declared.label(language()); }
  // With the name behind it, where that is something else: `Record a meeting (meeting.record)`.
  [[nodiscard]] std::string title_and_name(const model::Declared& declared) const;
  [[nodiscard]] std::string name_space(std::string_view name) const;
  [[nodiscard]] std::string_view kept_by(model::KeptBy kept_by) const;
  [[nodiscard]] std::string_view kept_by_means(model::KeptBy kept_by) const;

  // Some of the objects that features of a kind act on; nothing if it is all of them. A tier stands for all data on it:
  // `confidential (without Payroll)`.
  [[nodiscard]] std::string objects(const std::vector<model::ObjectId>& objects, model::ActsOn kind) const;
  // The same for a cell of a matrix, which has several such texts: a tier stands for the data on it that is not
  // `apart`.
  [[nodiscard]] std::string objects_beside(const std::vector<model::ObjectId>& apart,
                                           const std::vector<model::ObjectId>& objects, model::ActsOn kind) const;
  // The same inside a sentence: ", on anything up to confidential"; nothing if it is all of them.
  [[nodiscard]] std::string on(const std::vector<model::ObjectId>& objects, model::ActsOn kind) const;
  // `Device: a managed device; Network: …`; nothing if it always holds.
  [[nodiscard]] std::string condition(const std::vector<decide::Box>& when) const;
  [[nodiscard]] std::string controls(const std::vector<model::ControlId>& controls) const;

  // The same inside a sentence: "device is a managed device and network is …".
  [[nodiscard]] std::string condition_in_sentence(const std::vector<decide::Box>& when) const;
  // The subject and the verb of a sentence about a permission: "Senior executives", "record a meeting".
  [[nodiscard]] std::string who(model::RoleId role) const;
  [[nodiscard]] std::string does(model::FeatureId feature) const;
  // Whom a rule names: "Staff, Reception alone".
  [[nodiscard]] std::string subjects(const model::Area& area) const;
  // Roles by their titles, at most `limit`, then how many more.
  [[nodiscard]] std::string roles(const std::vector<model::RoleId>& roles, std::size_t limit) const;

  // Its label, or what it says without the reason, which is given beside it.
  [[nodiscard]] std::string rule(const model::Rule& rule) const;

  [[nodiscard]] std::string join(const std::vector<std::string>& parts, base::Phrase separator) const;

 private:
  [[nodiscard]] std::string object(model::ObjectId object) const;
  [[nodiscard]] std::string in_words(const std::vector<model::ObjectId>& objects, model::ActsOn kind,
                                     const std::vector<model::ObjectId>* apart) const;
  [[nodiscard]] std::string data(const std::vector<model::ObjectId>& objects, model::ActsOn kind,
                                 const std::vector<model::ObjectId>* apart) const;
  [[nodiscard]] std::string tier_range(std::size_t first, std::size_t last) const;
  [[nodiscard]] std::string box(const decide::Box& box) const;
  [[nodiscard]] std::string box_in_sentence(const decide::Box& box) const;
  [[nodiscard]] std::string in_sentence(const model::Declared& declared) const;
  [[nodiscard]] std::string values(const model::Context& context, const std::vector<std::uint32_t>& values) const;
  [[nodiscard]] std::string value(const model::Context& context, std::uint32_t value) const;

  const model::Model& model_;
  base::Language language_;
};

}  // namespace farol::query
