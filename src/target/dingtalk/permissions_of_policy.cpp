#include "target/dingtalk/permissions_of_policy.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <map>
#include <utility>
#include <vector>

#include "base/phrases.h"
#include "decide/answers.h"
#include "decide/boxes.h"
#include "decide/permission_json.h"
#include "model/digest.h"
#include "target/dingtalk/enforcement.h"

namespace farol::dingtalk {
namespace {

using base::Phrase;
using model::Model;
using Document = PermissionsDocument;

constexpr std::array read_me = {Phrase::read_me_what, Phrase::read_me_apply, Phrase::read_me_kept_by,
                                Phrase::read_me_entries, Phrase::read_me_none};

std::vector<std::string> read_me_in(base::Language language) {
  std::vector<std::string> sentences;
  for (const Phrase sentence : read_me) sentences.emplace_back(base::text(sentence, language));
  return sentences;
}

std::vector<std::string> as_texts(const std::vector<std::string_view>& views) { return {views.begin(), views.end()}; }

std::optional<std::int64_t> count_of(const model::Declared& declared, std::string_view key) {
  const model::Attribute* attribute = declared.find(key);
  const auto* number = attribute == nullptr ? nullptr : std::get_if<model::Number>(&attribute->values.front());
  std::int64_t count = 0;
  if (number == nullptr) return std::nullopt;
  const char* end = number->text.data() + number->text.size();
  return std::from_chars(number->text.data(), end, count).ptr == end ? std::optional{count} : std::nullopt;
}

// The name of a thing is its title if the policy gives none.
model::Localized with_default(model::Localized text, const std::string& otherwise) {
  if (text.text.empty()) text.text = otherwise;
  return text;
}

template <class Thing>
Thing declared(const model::Declared& from) {
  Thing thing;
  thing.name = from.name;
  thing.title = with_default(from.title, from.name);
  thing.doc = from.doc;
  return thing;
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

Document::Request request_of(const Request& request, Region region) {
  const CallInfo& call = info(request.call);
  Document::Request made;
  made.method = call.method;
  made.host = address_of(call.host, region);
  made.path = path_of(request);
  made.path_parameters = request.path;
  made.query = request.query;
  made.body = request.body;
  made.permission_code = call.permission_code;
  if (!call.client.empty()) made.client = {std::string(call.package()), std::string(call.function())};
  made.documented = call.tier == Tier::A;
  return made;
}

std::optional<Document::Request> request_of(const std::optional<Request>& request, Region region) {
  return request ? std::optional{request_of(*request, region)} : std::nullopt;
}

Phrase evidence_of(StepKind kind) {
  switch (kind) {
    case StepKind::api: return Phrase::evidence_api;
    case StepKind::console: return Phrase::evidence_console;
    case StepKind::people: break;
  }
  return Phrase::evidence_people;
}

class Filler {
 public:
  Filler(const Model& model, const decide::Decisions& decisions, const decide::Answers& answers,
         const AdminConfig& config, const check::CheckFindings& findings, std::string_view version)
      : model_(model), answers_(answers), config_(config), findings_(findings) {
    document_.read_me = {read_me_in(base::Language::en), read_me_in(base::Language::zh_hant),
                         read_me_in(base::Language::zh_hans), read_me_in(base::Language::pt)};
    document_.generator.version = version;
    document_.as_of = decisions.as_of;
    for (std::size_t i = 0; i < model.features.size(); ++i) add_feature(decisions, model::FeatureId{i});
  }

  Document run() && {
    add_policy();
    add_tiers_and_things();
    add_contexts_and_controls();
    for (const model::Role& role : model_.roles) add_role(role);
    answers_.for_each([this](model::RoleId role, const decide::Answer& answer) { add_permission(role, answer); });
    for (const Step& step : config_.steps) add_step(step);
    for (const NeededId& needed : config_.ids)
      document_.bindings.push_back(
          {needed.key, needed.title, needed.is_list, {needed.ids, needed.is_list}, needed.lookup, needed.bind});
    add_unsupported();
    add_several_roles();
    add_gaps();
    add_requirements();
    document_.summary.rules = model_.rules.size();
    document_.summary.permissions = document_.permissions.size();
    return std::move(document_);
  }

 private:
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
    policy.title = with_default(from.title, from.name);
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
        added.values.push_back(
            {context.values[value], with_default(context.value_titles[value], context.values[value])});
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

  void add_permission(model::RoleId role, const decide::Answer& answer) {
    Document::Permission& added = document_.permissions.emplace_back();
    added.role = name_of(role);
    added.feature = model_[answer.feature].name;
    added.objects = names_in_documents(answer.objects);
    added.effect = effect_of(answer.effect);
    added.when = names_of(decide::boxes_of(model_, answer.when));
    added.controls = names(answer.controls);
    added.expires = answer.expires;
    added.because = reasons_of(answer.rules);
    added.rules = references(answer.rules);
    added.kept_by = answer.enforcement.kept_by;
    added.steps = ids_of(answer.enforcement.steps);
    count(answer.enforcement.kept_by);
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
  [[nodiscard]] std::vector<model::Localized> reasons_of(const std::vector<model::RuleId>& rules) const {
    std::vector<model::Localized> reasons;
    for (const model::RuleId rule : rules) {
      const model::Localized& because = model_[rule].because;
      if (because.empty()) continue;
      model::Localized reason = with_default(because, because.in({}));
      const auto is_same = [&](const model::Localized& other) {
        return other.text == reason.text && other.by_language == reason.by_language;
      };
      if (std::none_of(reasons.begin(), reasons.end(), is_same)) reasons.push_back(std::move(reason));
    }
    return reasons;
  }

  void add_step(const Step& step) {
    Document::Step& added = document_.steps.emplace_back();
    added.id = step.id;
    added.target = step.target;
    added.kind = step.kind;
    added.after = step.after;
    added.title = step.title;
    added.value = step.value;
    added.note = step.note;
    added.why = references(step.rules);
    added.features = names(step.features);
    added.controls = names(step.controls);
    switch (step.kind) {
      case StepKind::api: {
        auto& api = added.api.emplace(PermissionsDocument::ApiPart{});
        if (step.request) api.request = request_of(*step.request, config_.region);
        api.for_each = step.for_each;
        api.only_reads = step.only_reads;
        api.check = request_of(step.check, config_.region);
        api.undo_request = request_of(step.undo_request, config_.region);
        break;
      }
      case StepKind::console:
        added.console = {step.menu, step.menu_documented ? Document::Confidence::documented : Document::Confidence::low,
                         step.setting};
        break;
      case StepKind::people: break;
    }
    added.verify = step.verify;
    added.undo = step.undo;
    added.evidence = texts(evidence_of(step.kind));
    added.edition = step.edition;
    added.source = step.source;
  }

  void add_unsupported() {
    std::map<std::pair<model::FeatureId, Reason>, std::vector<Document::UnsupportedPermission>> grouped;
    answers_.for_each([&](model::RoleId role, const decide::Answer& answer) {
      if (!answer.enforcement.shortfall) return;
      grouped[{answer.feature, *answer.enforcement.shortfall}].push_back(
          {name_of(role), names_in_documents(answer.objects), effect_of(answer.effect),
           names_of(decide::boxes_of(model_, answer.when)), answer.enforcement.kept_by});
    });
    for (auto& [what, permissions] : grouped)
      document_.unsupported.push_back(
          {model_[what.first].name, what.second, texts(phrase_of(what.second)), std::move(permissions)});
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
      entry.why = words(model_, added_up);
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

  // The text with the names of the finding filled in, in every language that the check speaks.
  [[nodiscard]] model::Localized rendered(const check::Finding& finding, const model::Localized& text) const {
    model::Localized result;
    if (text.empty()) return result;
    result.text = check::render(model_, finding, text, {});
    for (const auto& [language, translation] : text.by_language)
      result.by_language.emplace_back(language, check::render(model_, finding, text, language));
    return result;
  }

  void add_requirements() {
    const Requirements& from = config_.requirements;
    document_.requirements = {from.permission_codes, from.sensitive_permission_codes,
                              from.editions,         from.requests,
                              from.counted,          limits::calls_a_month};
  }

  const Model& model_;
  const decide::Answers& answers_;
  const AdminConfig& config_;
  const check::CheckFindings& findings_;
  Document document_;
};

}  // namespace

PermissionsDocument permissions_of(const Model& model, const decide::Decisions& decisions,
                                   const decide::Answers& answers, const AdminConfig& config,
                                   const check::CheckFindings& findings, std::string_view version) {
  return Filler{model, decisions, answers, config, findings, version}.run();
}

}  // namespace farol::dingtalk
