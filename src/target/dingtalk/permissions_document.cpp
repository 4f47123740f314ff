#include "target/dingtalk/permissions_document.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdint>
#include <vector>

#include "base/digest.h"
#include "base/json_writer.h"
#include "base/phrases.h"
#include "decide/permission_json.h"
#include "decide/permissions.h"
#include "target/dingtalk/config_json.h"
#include "target/dingtalk/enforcement.h"
#include "target/dingtalk/gaps.h"

namespace farol::dingtalk {
namespace {

using base::JsonWriter;
using decide::Permission;
using Layout = JsonWriter::Layout;
using model::Model;

constexpr std::array read_me = {base::Phrase::read_me_what, base::Phrase::read_me_apply, base::Phrase::read_me_kept_by,
                                base::Phrase::read_me_entries, base::Phrase::read_me_none};
constexpr std::size_t kept_by_count = 4;
constexpr std::size_t bytes_of_permission = 400;  // about what one takes in the document

std::string digest_of(const Model& model) {
  std::string canonical;
  for (const std::string& statement : model.canonical) {
    if (!canonical.empty()) canonical += '\n';
    canonical += statement;
  }
  return "sha256:" + base::sha256_hex(canonical);
}

void write_optional(JsonWriter& json, std::string_view text) {
  if (text.empty()) {
    json.null();
  } else {
    json.string(text);
  }
}

void write_word(JsonWriter& json, const model::Declared& declared, std::string_view key) {
  write_optional(json.key(key), word_of(declared, key));
}

void write_count(JsonWriter& json, const model::Declared& declared, std::string_view key) {
  const model::Attribute* attribute = declared.find(key);
  const auto* number = attribute == nullptr ? nullptr : std::get_if<model::Number>(&attribute->values.front());
  json.key(key);
  std::int64_t count = 0;
  if (number != nullptr) {
    const char* end = number->text.data() + number->text.size();
    if (std::from_chars(number->text.data(), end, count).ptr == end) return json.number(count);
  }
  json.null();
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

class Document {
 public:
  Document(const Model& model, const decide::Decisions& decisions, const AdminConfig& config,
           const check::CheckFindings& findings, std::string_view version)
      : model_(model), decisions_(decisions), config_(config), findings_(findings), version_(version) {
    for (std::size_t i = 0; i < model.features.size(); ++i) {
      const model::FeatureId feature{i};
      (decide::is_stated(model, decisions, feature) ? stated_ : ungoverned_).push_back(feature);
    }
  }

  std::string write() {
    json_.expect(config_.permissions.size() * bytes_of_permission);
    json_.begin_object();
    write_origin();
    write_policy();
    write_summary();
    write_tiers_and_data();
    write_things();
    write_features();
    write_contexts_and_controls();
    write_roles();
    json_.key("default").string("none");
    json_.key("permissions").begin_array();
    for (const KeptPermission& kept : config_.permissions) write_permission(kept);
    json_.end_array();
    json_.key("ungoverned").begin_array();
    for (const model::FeatureId feature : ungoverned_) json_.string(model_[feature].name);
    json_.end_array();
    write_steps(json_.key("steps"), model_, config_);
    write_bindings(json_.key("bindings"), config_);
    write_unsupported(json_.key("unsupported"), model_, config_);
    write_gaps(json_, model_, findings_);
    write_requirements(json_.key("requires"), config_);
    json_.end_object();
    return json_.take();
  }

 private:
  void write_origin() {
    json_.key("read_me").begin_object();
    for (const base::Language language : base::all_languages) {
      json_.key(base::tag(language)).begin_array();
      for (const base::Phrase sentence : read_me) json_.string(base::text(sentence, language));
      json_.end_array();
    }
    json_.end_object();
    json_.key("schema").string(permissions_schema);
    json_.key("generator").begin_object(Layout::line);
    json_.key("name").string("farol");
    json_.key("version").string(version_);
    json_.end_object();
    json_.key("as_of").string(base::to_string(decisions_.as_of));
  }

  void write_policy() {
    json_.key("policy").begin_object();
    decide::write_title(json_.key("title"), model_.policy);
    json_.key("jurisdiction").strings(words_of(model_.policy, "jurisdiction"));
    write_word(json_, model_.policy, "sector");
    write_count(json_, model_.policy, "headcount");
    write_word(json_, model_.policy, "account");
    write_word(json_, model_.policy, "edition");
    json_.key("digest").string(digest_of(model_));
    json_.key("libraries").begin_array();
    for (const model::UsedLibrary& library : model_.libraries) {
      json_.begin_object(Layout::line);
      json_.key("name").string(library.name);
      json_.key("pack").boolean(library.pack);
      json_.key("version").string(library.version);
      json_.end_object();
    }
    json_.end_array();
    json_.end_object();
  }

  void write_summary() {
    std::array<std::int64_t, kept_by_count> kept{};
    for (const KeptPermission& each : config_.permissions) ++kept[static_cast<std::size_t>(each.kept_by)];
    json_.key("summary").begin_object();
    json_.key("rules").number(static_cast<std::int64_t>(model_.rules.size()));
    json_.key("permissions").number(static_cast<std::int64_t>(config_.permissions.size()));
    json_.key("kept_by").begin_object(Layout::line);
    for (std::size_t i = 0; i < kept.size(); ++i) json_.key(to_string(static_cast<model::KeptBy>(i))).number(kept[i]);
    json_.end_object();
    json_.end_object();
  }

  void write_tiers_and_data() {
    json_.key("tiers").begin_array();
    for (const model::Tier& tier : model_.tiers) {
      if (tier.name.empty()) continue;
      begin_declared(tier);
      json_.end_object();
    }
    json_.end_array();
    json_.key("data").begin_array();
    for (const model::Object& object : model_.objects) {
      if (object.kind != model::ActsOn::data) continue;
      begin_declared(object);
      write_optional(json_.key("tier"), model_[object.tier].name);
      json_.end_object();
    }
    json_.end_array();
  }

  void write_things() {
    json_.key("things").begin_array();
    for (const model::Object& object : model_.objects) {
      const bool thing = object.kind != model::ActsOn::data && object.kind != model::ActsOn::tier &&
                         object.kind != model::ActsOn::nothing;
      if (!thing || object.other) continue;
      begin_declared(object);
      json_.key("kind").string(to_string(object.kind));
      json_.end_object();
    }
    json_.end_array();
  }

  void write_features() {
    json_.key("features").begin_array();
    for (const model::FeatureId id : stated_) {
      const model::Feature& feature = model_[id];
      begin_declared(feature);
      json_.key("acts_on").string(to_string(feature.acts_on));
      json_.key("governed").boolean(feature.governed);
      json_.end_object();
    }
    json_.end_array();
  }

  void write_contexts_and_controls() {
    const Vocabulary used{model_};
    json_.key("contexts").begin_array();
    for (std::size_t i = 0; i < model_.contexts.size(); ++i) {
      if (used.contexts[i]) write_context(model_.contexts[i]);
    }
    json_.end_array();
    json_.key("controls").begin_array();
    for (std::size_t i = 0; i < model_.controls.size(); ++i) {
      if (!used.controls[i]) continue;
      begin_declared(model_.controls[i]);
      json_.key("of").string(model_.controls[i].of_account ? "account" : "permission");
      write_keeping(model::ControlId{i});
      json_.end_object();
    }
    json_.end_array();
  }

  // A control that no permission requires needs nothing.
  void write_keeping(model::ControlId control) {
    const auto found = std::find_if(config_.controls.begin(), config_.controls.end(),
                                    [&](const KeptControl& each) { return each.control == control; });
    const bool needed = found != config_.controls.end();
    write_optional(json_.key("kept_by"), needed ? to_string(found->kept_by) : std::string_view{});
    json_.key("steps").strings(needed ? found->steps : std::vector<std::string>{});
  }

  void write_context(const model::Context& context) {
    begin_declared(context);
    json_.key("values").begin_array();
    for (std::size_t value = 0; value < context.values.size(); ++value) {
      json_.begin_object(Layout::line);
      json_.key("name").string(context.values[value]);
      decide::write_text(json_.key("title"), context.value_titles[value], context.values[value]);
      json_.end_object();
    }
    json_.end_array();
    json_.end_object();
  }

  void write_roles() {
    json_.key("roles").begin_array();
    for (const model::Role& role : model_.roles) {
      begin_declared(role);
      json_.key("inherits").begin_array(Layout::line);
      for (const model::RoleId parent : role.inherits) json_.string(model_[parent].name);
      json_.end_array();
      write_subjects(role);
      write_optional(json_.key("clearance"),
                     role.clearance.is_none() ? std::string_view{} : model_[role.clearance].name);
      json_.key("admin").boolean(role.admin);
      json_.end_object();
    }
    json_.end_array();
  }

  // Whom the role is on the platform: the members of a department, people by name, or else a role of its own there.
  // People are not named here: their names belong in a dated file of their own.
  void write_subjects(const model::Role& role) {
    const auto departments = words_of(role, "department");
    const bool users = role.find("members") != nullptr;
    json_.key("subjects").begin_array();
    for (const std::string_view name : departments) {
      const auto object = model_.find_object(name);
      write_subject("department", object ? plain_title(model_[*object]) : name);
    }
    if (users) write_subject("users", {});
    if (departments.empty() && !users) write_subject("role", plain_title(role));
    json_.end_array();
  }

  static std::string_view plain_title(const model::Declared& declared) {
    return declared.title.text.empty() ? declared.name : declared.title.text;
  }

  void write_subject(std::string_view kind, std::string_view name) {
    json_.begin_object(Layout::line);
    json_.key("kind").string(kind);
    write_optional(json_.key("name"), name);
    json_.end_object();
  }

  void write_permission(const KeptPermission& kept) {
    const Permission& permission = kept.permission;
    json_.begin_object();
    write_optional(json_.key("role"),
                   permission.role == model_.nobody() ? std::string_view{} : model_[permission.role].name);
    json_.key("feature").string(model_[permission.feature].name);
    decide::write_objects(json_.key("objects"), model_, permission.objects);
    json_.key("effect").string(permission.effect == decide::Effect::allow ? "allow" : "deny");
    decide::write_when(json_.key("when"), model_, permission.when);
    decide::write_controls(json_.key("controls"), model_, permission.controls);
    decide::write_day(json_.key("expires"), permission.expires);
    write_because(permission.rules);
    json_.key("rules").begin_array(permission.rules.size() > 1 ? Layout::lines : Layout::line);
    for (const model::RuleId rule : permission.rules) json_.string(model_[rule].reference());
    json_.end_array();
    json_.key("kept_by").string(to_string(kept.kept_by));
    json_.key("steps").strings(kept.steps);
    json_.end_object();
  }

  // Several rules often share one reason: it is given once.
  void write_because(const std::vector<model::RuleId>& rules) {
    json_.key("because").begin_array();
    for (auto rule = rules.begin(); rule != rules.end(); ++rule) {
      const model::Localized& reason = model_[*rule].because;
      const auto says_so = [&](model::RuleId other) {
        return model_[other].because.text == reason.text && model_[other].because.by_language == reason.by_language;
      };
      if (reason.empty() || std::any_of(rules.begin(), rule, says_so)) continue;
      decide::write_text(json_, reason, reason.in({}));
    }
    json_.end_array();
  }

  // Name, title and documentation, which all declared things have; the caller goes on and ends the object.
  void begin_declared(const model::Declared& declared) {
    json_.begin_object();
    json_.key("name").string(declared.name);
    decide::write_title(json_.key("title"), declared);
    write_optional(json_.key("doc"), declared.doc);
  }

  const Model& model_;
  const decide::Decisions& decisions_;
  const AdminConfig& config_;
  const check::CheckFindings& findings_;
  std::string_view version_;
  std::vector<model::FeatureId> stated_, ungoverned_;
  JsonWriter json_;
};

}  // namespace

std::string permissions_json(const Model& model, const decide::Decisions& decisions, const AdminConfig& config,
                             const check::CheckFindings& findings, std::string_view version) {
  return Document{model, decisions, config, findings, version}.write();
}

}  // namespace farol::dingtalk
