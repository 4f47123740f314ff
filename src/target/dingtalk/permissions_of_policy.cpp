#include "target/dingtalk/permissions_of_policy.h"

#include <algorithm>
#include <charconv>
#include <map>
#include <optional>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "base/phrases.h"
#include "base/sorted.h"
#include "decide/answers.h"
#include "decide/boxes.h"
#include "decide/permission_json.h"
#include "model/digest.h"
#include "target/dingtalk/enforcement.h"
#include "target/dingtalk/settings_of_policy.h"

namespace farol::dingtalk {
namespace {

using base::Phrase;
using model::Model;
using Document = PermissionsDocument;

std::vector<std::string> as_texts(const std::vector<std::string_view>& views) { return {views.begin(), views.end()}; }

std::optional<std::int64_t> count_of(const model::Declared& declared, std::string_view key) {
  const model::Attribute* attribute = declared.find(key);
  const auto* number = attribute == nullptr ? nullptr : std::get_if<model::Number>(&attribute->values.front());
  std::int64_t count = 0;
  if (number == nullptr) return std::nullopt;
  const char* end = number->text.data() + number->text.size();
  return std::from_chars(number->text.data(), end, count).ptr == end ? std::optional{count} : std::nullopt;
}

// Which contexts and controls the policy speaks about.
struct Vocabulary {
  std::vector<bool> contexts, controls;

  explicit Vocabulary(const Model& model) : contexts(model.contexts.size()), controls(model.controls.size()) {
    for (const model::Rule& rule : model.rules) add(model, rule.area, rule.controls);
    for (const model::Guardrail& guardrail : model.guardrails) add(model, guardrail.area, guardrail.controls);
  }

 private:
  void add(const Model& model, const model::Area& area, const std::vector<model::ControlId>& required) {
    for (const model::ContextId context : model[area.when].contexts) contexts[context.index()] = true;
    for (const model::ControlId control : required) controls[control.index()] = true;
  }
};

// Answers that the same rules decide in the same way.
using SameDecision = std::tuple<std::vector<model::RuleId>, decide::Effect, std::vector<decide::Box>,
                                std::vector<model::ControlId>, std::optional<base::Date>>;
struct HashOfRules {
  std::size_t operator()(const SameDecision& decision) const {
    std::size_t hash = 0;
    for (const model::RuleId rule : std::get<0>(decision)) hash = hash * 1'000'003 + rule.index();
    return hash;
  }
};
// What a row has besides its features.
using SameRow = std::tuple<std::vector<std::string>, std::vector<model::RoleId>, decide::Enforcement>;

class Filler {
 public:
  Filler(const Model& model, const decide::Decisions& decisions, const decide::Answers& answers,
         const AdminConfig& config, const check::CheckFindings& findings, base::Language language,
         std::string_view version)
      : model_(model), answers_(answers), config_(config), findings_(findings), language_(language) {
    document_.read_me = {text(Phrase::read_me_what), text(Phrase::read_me_apply), text(Phrase::read_me_kept_by),
                         text(Phrase::read_me_entries), text(Phrase::read_me_none)};
    document_.generator.version = version;
    document_.as_of = decisions.as_of;
    document_.language = language;
    for (std::size_t i = 0; i < model.features.size(); ++i) add_feature(decisions, model::FeatureId{i});
  }

  Document run() && {
    add_policy();
    add_tiers_and_things();
    add_contexts_and_controls();
    for (const model::Role& role : model_.roles) add_role(role);
    document_.settings = settings_of(model_, config_, language_);
    add_decisions();
    add_unsupported();
    add_several_roles();
    add_gaps();
    document_.summary.rules = model_.rules.size();
    document_.summary.permissions = answers_.size();
    return std::move(document_);
  }

 private:
  [[nodiscard]] std::string text(Phrase phrase) const { return std::string(base::text(phrase, language_)); }
  [[nodiscard]] const std::string& in_language(const Texts& texts) const {
    return texts[static_cast<std::size_t>(language_)];
  }
  // A title that only repeats the name says nothing, and one of another language is none.
  [[nodiscard]] std::string title_of(const model::Localized& title, const std::string& name) const {
    const std::string* own = title.find(base::tag(language_));
    const std::string& text = own == nullptr ? title.text : *own;
    return text == name ? std::string{} : text;
  }
  template <class Made>
  [[nodiscard]] Made declared(const model::Declared& from) const {
    Made made;
    made.name = from.name;
    made.title = title_of(from.title, from.name);
    made.doc = from.doc;
    return made;
  }

  template <class Id>
  std::vector<std::string> names(const std::vector<Id>& ids) const {
    std::vector<std::string> result;
    for (const Id id : ids) result.push_back(model_[id].name);
    return result;
  }
  [[nodiscard]] std::vector<std::string> references(const std::vector<model::RuleId>& rules) const {
    std::vector<std::string> result;
    for (const model::RuleId rule : rules) result.emplace_back(model_[rule].reference());
    return result;
  }
  [[nodiscard]] std::vector<std::string> names_in_documents(const std::vector<model::ObjectId>& objects) const {
    std::vector<std::string> result;
    for (const model::ObjectId object : objects) {
      if (model_[object].kind != model::ActsOn::nothing) result.emplace_back(decide::name_in_documents(model_, object));
    }
    return result;
  }
  [[nodiscard]] std::string name_of(model::RoleId role) const {
    return role == model_.nobody() ? std::string{} : model_[role].name;
  }
  [[nodiscard]] Document::When names_of(const std::vector<decide::Box>& when) const {
    Document::When result;
    for (const decide::Box& box : when) {
      auto& alternative = result.emplace_back();
      for (const auto& [id, values] : box) {
        const model::Context& context = model_[id];
        auto& chosen = alternative.emplace_back(context.name, std::vector<std::string>{}).second;
        for (const std::uint32_t value : values) chosen.push_back(context.values[value]);
      }
    }
    return result;
  }
  static Document::Effect effect_of(decide::Effect effect) {
    return effect == decide::Effect::allow ? Document::Effect::allow : Document::Effect::deny;
  }

  void add_feature(const decide::Decisions& decisions, model::FeatureId id) {
    const model::Feature& feature = model_[id];
    if (!decide::is_stated(model_, decisions, id)) return document_.ungoverned.push_back(feature.name);
    auto& added = document_.features.emplace_back(declared<Document::Feature>(feature));
    added.acts_on = feature.acts_on;
    added.governed = feature.governed;
  }

  void add_policy() {
    const model::Declared& from = model_.policy;
    Document::Policy& policy = document_.policy;
    policy.title = from.label(base::tag(language_));
    policy.jurisdiction = as_texts(words_of(from, "jurisdiction"));
    policy.sector = word_of(from, "sector");
    policy.headcount = count_of(from, "headcount");
    policy.account = word_of(from, "account");
    policy.edition = word_of(from, "edition");
    policy.digest = model::digest_of(model_);
    for (const model::UsedLibrary& library : model_.libraries)
      policy.libraries.push_back({library.name, library.pack, library.version});
  }

  void add_tiers_and_things() {
    for (const model::Tier& tier : model_.tiers) {
      if (!tier.name.empty()) document_.tiers.push_back(declared<Document::Tier>(tier));
    }
    for (const model::Object& object : model_.objects) {
      switch (object.kind) {
        case model::ActsOn::tier:
        case model::ActsOn::nothing: break;
        case model::ActsOn::data:
          document_.data.push_back(declared<Document::Data>(object));
          document_.data.back().tier = model_[object.tier].name;
          break;
        case model::ActsOn::app:
        case model::ActsOn::group:
        case model::ActsOn::place:
        case model::ActsOn::department:
          if (object.other) break;
          document_.things.push_back(declared<Document::Thing>(object));
          document_.things.back().kind = object.kind;
      }
    }
  }

  void add_contexts_and_controls() {
    const Vocabulary used{model_};
    for (std::size_t i = 0; i < model_.contexts.size(); ++i) {
      if (!used.contexts[i]) continue;
      const model::Context& context = model_.contexts[i];
      auto& added = document_.contexts.emplace_back(declared<Document::Context>(context));
      for (std::size_t value = 0; value < context.values.size(); ++value)
        added.values.push_back({context.values[value], title_of(context.value_titles[value], context.values[value])});
    }
    for (std::size_t i = 0; i < model_.controls.size(); ++i) {
      if (!used.controls[i]) continue;
      auto& added = document_.controls.emplace_back(declared<Document::Control>(model_.controls[i]));
      if (model_.controls[i].of_account) added.of = Document::ControlOf::account;
      const auto found = std::find_if(config_.controls.begin(), config_.controls.end(),
                                      [&](const KeptControl& each) { return each.control == model::ControlId{i}; });
      if (found == config_.controls.end()) continue;
      added.kept_by = found->kept_by;
      added.steps = ids_of(found->steps);
    }
  }

  void add_role(const model::Role& role) {
    auto& added = document_.roles.emplace_back(declared<Document::Role>(role));
    added.inherits = names(role.inherits);
    if (!role.clearance.is_none()) added.clearance = model_[role.clearance].name;
    added.admin = role.admin;
    // On the platform a role is the members of a department, people by name, or else a role of its own there.
    for (const std::string_view name : words_of(role, "department")) {
      const auto object = model_.find_object(name);
      added.subjects.push_back(
          {Document::SubjectKind::department, object ? plain_title(model_[*object]) : std::string(name)});
    }
    if (role.find("members") != nullptr) added.subjects.push_back({Document::SubjectKind::users, {}});
    if (added.subjects.empty()) added.subjects.push_back({Document::SubjectKind::role, plain_title(role)});
  }
  static std::string plain_title(const model::Declared& declared) {
    return declared.title.text.empty() ? declared.name : declared.title.text;
  }

  [[nodiscard]] std::vector<std::string> ids_of(const std::vector<std::size_t>& steps) const {
    std::vector<std::string> ids;
    for (const std::size_t step : steps) ids.push_back(config_.steps[step].id);
    return ids;
  }

  // In the order in which the first of their answers comes.
  void add_decisions() {
    std::unordered_map<SameDecision, std::size_t, HashOfRules> places;
    std::vector<std::map<SameRow, std::size_t>> rows;
    for (const decide::Answer& answer : answers_.all()) {
      const std::vector<decide::Box> when = decide::boxes_of(model_, answer.when);
      const auto [decision, is_new] = places.try_emplace(
          SameDecision{answer.rules, answer.effect, when, answer.controls, answer.expires}, places.size());
      if (is_new) {
        add_decision(answer, when);
        rows.emplace_back();
      }
      Document::Decision& made = document_.decisions[decision->second];
      const SameRow key{names_in_documents(answer.objects), answer.roles, answer.enforcement};
      const auto [row, is_first] = rows[decision->second].try_emplace(key, made.answers.size());
      if (is_first) made.answers.push_back(row_of(answer));
      made.answers[row->second].features.push_back(model_[answer.feature].name);
      for (std::size_t i = 0; i < answer.roles.size(); ++i) count(answer.enforcement.kept_by);
    }
  }

  void add_decision(const decide::Answer& answer, const std::vector<decide::Box>& when) {
    Document::Decision& added = document_.decisions.emplace_back();
    added.rules = references(answer.rules);
    added.because = reasons_of(answer.rules);
    added.effect = effect_of(answer.effect);
    added.when = names_of(when);
    added.controls = names(answer.controls);
    added.expires = answer.expires;
  }

  [[nodiscard]] Document::Row row_of(const decide::Answer& answer) const {
    Document::Row row;
    for (const model::RoleId role : answer.roles) row.roles.push_back({name_of(role)});
    row.objects = names_in_documents(answer.objects);
    row.kept_by = answer.enforcement.kept_by;
    row.reason = answer.enforcement.shortfall;
    row.steps = ids_of(answer.enforcement.steps);
    return row;
  }

  void count(model::KeptBy kept_by) {
    Document::KeptCounts& counts = document_.summary.kept_by;
    switch (kept_by) {
      case model::KeptBy::api: ++counts.api; break;
      case model::KeptBy::console: ++counts.console; break;
      case model::KeptBy::people: ++counts.people; break;
      case model::KeptBy::nobody: ++counts.nobody; break;
      case model::KeptBy::withheld: ++counts.withheld; break;
    }
  }

  // Several rules often share one reason: it is given once.
  [[nodiscard]] std::vector<std::string> reasons_of(const std::vector<model::RuleId>& rules) const {
    std::vector<std::string> reasons;
    for (const model::RuleId rule : rules) {
      if (model_[rule].because.empty()) continue;
      const std::string& reason = model_[rule].because.in(base::tag(language_));
      if (std::find(reasons.begin(), reasons.end(), reason) == reasons.end()) reasons.push_back(reason);
    }
    return reasons;
  }

  void add_unsupported() {
    std::map<Reason, std::vector<model::FeatureId>> by_reason;
    for (const decide::Answer& answer : answers_.all()) {
      if (answer.enforcement.shortfall) by_reason[*answer.enforcement.shortfall].push_back(answer.feature);
    }
    for (auto& [reason, features] : by_reason) {
      base::sort_unique(features);
      document_.unsupported.push_back({reason, text(phrase_of(reason)), names(features)});
    }
  }

  void add_several_roles() {
    for (const decide::AddedUp& added_up : answers_.added_up()) {
      Document::SeveralRoles& entry = document_.several_roles.emplace_back();
      for (const model::RoleId role : added_up.held) entry.roles.push_back(name_of(role));
      entry.people = added_up.who;
      entry.effect = effect_of(added_up.gives ? decide::Effect::deny : decide::Effect::allow);
      for (const auto& [feature, objects] : added_up.what)
        entry.what.push_back({model_[feature].name, names_in_documents(objects)});
      entry.rules = references(added_up.rules);
      entry.why = in_language(words(model_, added_up));
    }
  }

  void add_gaps() {
    const check::CheckedThings things(model_);
    for (const check::Finding& finding : findings_.list) {
      const model::Check& check = model_.checks[finding.check];
      Document::Gap& gap = document_.gaps.emplace_back();
      gap.check = check.id;
      gap.pack = check.pack;
      gap.severity = static_cast<Document::Severity>(check.severity);
      gap.basis = check.basis;
      gap.confidence = check.confidence;
      for (const check::Thing thing : finding.things) {
        const std::string& name = things.declared(thing).name;
        if (!name.empty()) gap.things.push_back(name);
      }
      gap.message = rendered(finding, check.message);
      gap.remedy = rendered(finding, check.remedy);
      for (const model::Citation& citation : check.citations)
        gap.citations.push_back({citation.law.text, citation.article, citation.url, citation.checked});
    }
  }

  // The text with the names of the finding filled in.
  [[nodiscard]] std::string rendered(const check::Finding& finding, const model::Localized& text) const {
    return text.empty() ? std::string{} : check::render(model_, finding, text, base::tag(language_));
  }

  const Model& model_;
  const decide::Answers& answers_;
  const AdminConfig& config_;
  const check::CheckFindings& findings_;
  base::Language language_;
  Document document_;
};

}  // namespace

PermissionsDocument permissions_of(const Model& model, const decide::Decisions& decisions,
                                   const decide::Answers& answers, const AdminConfig& config,
                                   const check::CheckFindings& findings, base::Language language,
                                   std::string_view version) {
  return Filler{model, decisions, answers, config, findings, language, version}.run();
}

}  // namespace farol::dingtalk
