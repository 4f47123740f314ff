#include "query/grants.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "document/words.h"
#include "query/answers.h"

namespace farol::query {
namespace {

using base::Phrase;

std::string box_in_names(const model::Model& model, const decide::Box& box) {
  std::string text;
  for (const auto& [id, values] : box) {
    const model::Context& context = model[id];
    text += (text.empty() ? "" : " ") + context.name + "=";
    for (std::size_t i = 0; i < values.size(); ++i) text += (i == 0 ? "" : ",") + context.values[values[i]];
  }
  return text;
}

std::string terms_in_names(const model::Model& model, const decide::Answer& answer) {
  std::string text;
  if (!answer.is_always()) {
    const auto boxes = decide::boxes_of(model, answer.when);
    for (std::size_t i = 0; i < boxes.size(); ++i) text += (i == 0 ? " when " : " or ") + box_in_names(model, boxes[i]);
  }
  for (std::size_t i = 0; i < answer.controls.size(); ++i)
    text += (i == 0 ? " requiring " : ",") + model[answer.controls[i]].name;
  if (answer.expires) text += " until " + base::to_string(*answer.expires);
  return text;
}

std::string owner_of(const model::Model& model, const model::Declared& data, const document::Words& words) {
  const model::Attribute* attribute = data.find("owner");
  const auto* name = attribute == nullptr ? nullptr : std::get_if<model::Reference>(&attribute->values.front());
  const auto role = name == nullptr ? std::nullopt : model.find_role(name->name);
  return role ? words.title(model[*role]) : words(Phrase::not_stated);
}

auto order_of(const ReviewedGrant& grant) {
  return std::tie(grant.owner, grant.data, grant.role, grant.feature, grant.permission);
}

}  // namespace

std::string ReviewedGrant::terms(base::Language language) const {
  std::string text = when;
  const auto add = [&](const std::string& part) {
    if (!text.empty()) text += base::text(Phrase::list_semicolon, language);
    text += part;
  };
  if (!controls.empty())
    add(base::fill(Phrase::pair, language, {base::text(Phrase::field_requires, language), controls}));
  if (!until.empty()) add(base::fill(Phrase::until_day, language, {until}));
  return text.empty() ? std::string(base::text(Phrase::always, language)) : text;
}

std::vector<ReviewedGrant> grants_of(const model::Model& model, const decide::Answers& answers,
                                     base::Language language) {
  const document::Words words{model, language};
  std::vector<ReviewedGrant> grants;
  for (std::size_t f = 0; f < model.features.size(); ++f) {
    const model::FeatureId feature{f};
    if (model[feature].acts_on != model::ActsOn::data) continue;
    for (const model::RoleId role : decide::all_roles(model)) {
      const bool nobody = role == model.nobody();
      for (const decide::Answer& answer : summary_of(model, answers, role, feature, Reasons::apart)) {
        if (answer.effect != decide::Effect::allow) continue;
        const std::string terms = terms_in_names(model, answer);
        for (const model::ObjectId id : answer.objects) {
          const model::Object& object = model[id];
          if (object.kind != model::ActsOn::data) continue;
          ReviewedGrant grant;
          grant.subject =
              fmt::format("{} {} {}", nobody ? "everyone" : model[role].name, model[feature].name, object.name);
          grant.permission = grant.subject + terms;
          grant.owner = owner_of(model, object, words);
          grant.data = words.title(object);
          grant.role = nobody ? words(Phrase::no_role) : words.title(model[role]);
          grant.feature = words.title(model[feature]);
          grant.when = words.condition(answer.when);
          grant.controls = words.controls(answer.controls);
          if (answer.expires) grant.until = base::to_string(*answer.expires);
          grant.rules = answer.rules;
          grants.push_back(std::move(grant));
        }
      }
    }
  }
  std::sort(grants.begin(), grants.end(),
            [](const ReviewedGrant& a, const ReviewedGrant& b) { return order_of(a) < order_of(b); });
  return grants;
}

std::vector<Change> compare(const std::vector<ReviewedGrant>& before, const std::vector<ReviewedGrant>& now,
                            base::Language language) {
  std::multimap<std::string_view, const ReviewedGrant*> old_by_subject;
  std::set<std::string_view> old_permissions, permissions, subjects;
  for (const ReviewedGrant& grant : before) {
    old_by_subject.emplace(grant.subject, &grant);
    old_permissions.insert(grant.permission);
  }
  for (const ReviewedGrant& grant : now) {
    permissions.insert(grant.permission);
    subjects.insert(grant.subject);
  }
  std::vector<Change> changes;
  for (const ReviewedGrant& grant : now) {
    Change change{Change::Kind::unchanged, grant, {}};
    if (!old_permissions.contains(grant.permission)) {
      const auto [first, last] = old_by_subject.equal_range(grant.subject);
      change.kind = first == last ? Change::Kind::added : Change::Kind::altered;
      for (auto old = first; old != last; ++old) {
        if (permissions.contains(old->second->permission)) continue;
        if (!change.before.empty()) change.before += base::text(Phrase::list_semicolon, language);
        change.before += old->second->terms(language);
      }
      // One of several grants is unchanged; this one is new.
      if (change.before.empty()) change.kind = Change::Kind::added;
    }
    changes.push_back(std::move(change));
  }
  for (const ReviewedGrant& grant : before) {
    // A grant under other terms is among the altered ones.
    if (!subjects.contains(grant.subject)) changes.push_back({Change::Kind::removed, grant, {}});
  }
  std::stable_sort(changes.begin(), changes.end(), [](const Change& a, const Change& b) {
    const bool a_gone = a.kind == Change::Kind::removed, b_gone = b.kind == Change::Kind::removed;
    return std::tie(a.grant.owner, a_gone) < std::tie(b.grant.owner, b_gone);
  });
  return changes;
}

std::string in_words(const Change& change, base::Language language) {
  switch (change.kind) {
    case Change::Kind::unchanged: return std::string(base::text(Phrase::change_none, language));
    case Change::Kind::added: return std::string(base::text(Phrase::change_new, language));
    case Change::Kind::altered: return base::fill(Phrase::change_altered, language, {change.before});
    case Change::Kind::removed: return std::string(base::text(Phrase::change_removed, language));
  }
  return {};
}

}  // namespace farol::query
