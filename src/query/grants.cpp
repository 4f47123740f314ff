#include "query/grants.h"

#include <algorithm>
#include <map>
#include <set>
#include <string_view>
#include <tuple>

#include <fmt/format.h>

#include "base/text.h"
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

std::string title_of_role(const model::Model& model, const model::Declared& declared, const document::Words& words) {
  const model::Attribute* attribute = declared.find("owner");
  const auto* name = attribute == nullptr ? nullptr : std::get_if<model::Reference>(&attribute->values.front());
  const auto role = name == nullptr ? std::nullopt : model.find_role(name->name);
  return role ? words.title(model[*role]) : std::string();
}

// Who answers for what is about no data: whoever the review is in charge of.
std::string owner_of_rest(const model::Model& model, const document::Words& words) {
  for (const model::Entity& entity : model.entities) {
    if (entity.kind != "review") continue;
    if (std::string owner = title_of_role(model, entity, words); !owner.empty()) return owner;
  }
  return words(Phrase::not_stated);
}

// Not what ordinary work asks of everybody, but rights over others, data, and what shows something about people.
bool is_reviewed(const model::Feature& feature) {
  return feature.privileged || feature.acts_on == model::ActsOn::data || feature.find("handles") != nullptr;
}

auto order_of(const ReviewedGrant& grant) {
  return std::tuple(!grant.privileged, std::string_view(grant.owner), std::string_view(grant.data),
                    std::string_view(grant.role), std::string_view(grant.feature), std::string_view(grant.permission));
}

class Collector {
 public:
  Collector(const model::Model& model, const decide::Answers& answers, const document::Words& words)
      : model_(model), answers_(answers), words_(words), rest_(owner_of_rest(model, words)) {}

  std::vector<ReviewedGrant> run() {
    for (std::size_t f = 0; f < model_.features.size(); ++f) {
      const model::FeatureId feature{f};
      if (!is_reviewed(model_[feature])) continue;
      for (const model::RoleId role : decide::all_roles(model_)) {
        for (const decide::Answer& answer : summary_of(model_, answers_, role, feature, Reasons::apart)) {
          if (answer.effect != decide::Effect::allow) continue;
          if (model_[feature].acts_on == model::ActsOn::data)
            add_each(role, answer);
          else
            add(role, answer, names_of(answer), words_.objects(answer.objects, model_[feature].acts_on), rest_);
        }
      }
    }
    std::sort(grants_.begin(), grants_.end(),
              [](const ReviewedGrant& a, const ReviewedGrant& b) { return order_of(a) < order_of(b); });
    return std::move(grants_);
  }

 private:
  // One for each class of data, whose owner decides.
  void add_each(model::RoleId role, const decide::Answer& answer) {
    for (const model::ObjectId id : answer.objects) {
      const model::Object& object = model_[id];
      if (object.kind != model::ActsOn::data) continue;
      const std::string owner = title_of_role(model_, object, words_);
      add(role, answer, " " + object.name, words_.title(object), owner.empty() ? words_(Phrase::not_stated) : owner);
    }
  }

  // Nothing: whatever the feature acts on.
  [[nodiscard]] std::string names_of(const decide::Answer& answer) const {
    const model::ActsOn kind = model_[answer.feature].acts_on;
    std::string names;
    if (answer.objects.size() == model_.objects_of(kind).size()) return names;
    for (const model::ObjectId id : answer.objects) {
      const std::string& name = model_[id].name;
      names += (names.empty() ? " " : ",") + (name.empty() ? std::string("others") : name);
    }
    return names;
  }

  void add(model::RoleId role, const decide::Answer& answer, const std::string& names, std::string data,
           std::string owner) {
    const bool nobody = role == model_.nobody();
    ReviewedGrant grant;
    grant.subject = fmt::format("{} {}{}", nobody ? "everyone" : model_[role].name, model_[answer.feature].name, names);
    grant.permission = grant.subject + terms_in_names(model_, answer);
    grant.privileged = model_[answer.feature].privileged;
    grant.held_by = role;
    grant.owner = std::move(owner);
    grant.data = std::move(data);
    grant.role = nobody ? words_(Phrase::no_role) : words_.title(model_[role]);
    grant.feature = words_.title(model_[answer.feature]);
    grant.when = words_.condition(answer.when);
    grant.controls = words_.controls(answer.controls);
    if (answer.expires) grant.until = base::to_string(*answer.expires);
    grant.rules = answer.rules;
    grants_.push_back(std::move(grant));
  }

  const model::Model& model_;
  const decide::Answers& answers_;
  const document::Words& words_;
  std::string rest_;
  std::vector<ReviewedGrant> grants_;
};

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
                                     const document::Words& words) {
  return Collector(model, answers, words).run();
}

std::string holders_in_words(const RoleHolders* holders, model::RoleId role, base::Language language) {
  if (holders == nullptr) return {};
  const auto found = holders->find(role);
  if (found == holders->end()) return std::string(base::text(Phrase::nobody_holds, language));
  constexpr std::size_t shown = 20;  // the roster has them all
  std::string text;
  for (std::size_t i = 0; i < std::min(shown, found->second.size()); ++i) {
    const RoleHolder& each = found->second[i];
    if (i > 0) text += base::text(Phrase::list_comma, language);
    text += each.name.empty() ? each.id : base::fill(Phrase::name_in_brackets, language, {each.name, each.id});
  }
  const std::size_t more = found->second.size() > shown ? found->second.size() - shown : 0;
  return more == 0 ? text : base::fill(Phrase::explain_and_more, language, {text, std::to_string(more)});
}

bool is_holder(const RoleHolders* holders, const ReviewedGrant& grant, std::string_view name) {
  const std::string wanted = base::fold_case(name);
  if (wanted == base::fold_case(grant.role)) return true;
  if (holders == nullptr) return false;
  const auto found = holders->find(grant.held_by);
  return found != holders->end() &&
         std::any_of(found->second.begin(), found->second.end(), [&](const RoleHolder& each) {
           return base::fold_case(each.id) == wanted || base::fold_case(each.name) == wanted;
         });
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
    const bool a_lower = !a.grant.privileged, b_lower = !b.grant.privileged;
    return std::tie(a_lower, a.grant.owner, a_gone) < std::tie(b_lower, b.grant.owner, b_gone);
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
