// What the functions of lower_*.cpp share: steps of each kind, whom they are for, and settings by request.
#include <algorithm>
#include <optional>
#include <utility>

#include "target/dingtalk/config_builder.h"

namespace farol::dingtalk {

using base::Phrase;

Setting by_request(const ConfigBuilder& builder, FeatureId feature, const std::vector<RoleId>& allowed) {
  Setting setting;
  setting.keeper = builder.enforcement(feature).kept_by;
  setting.on = allowed;
  setting.names_roles = true;
  setting.names_people = true;
  if (!builder.is_everybody(allowed)) std::erase(setting.on, builder.model.nobody());
  return setting;
}

std::vector<Wanted> wanted_of(const ConfigBuilder& builder, const std::vector<RoleId>& on, const Texts& scope) {
  using Whom = Wanted::Whom;
  if (builder.is_everybody(on)) return {{Whom::everybody, {}, {}, texts(Phrase::step_on), scope}};
  if (on.empty()) return {{Whom::everybody, {}, {}, texts(Phrase::step_off), scope}};
  return {wanted_by(on, {}, texts(Phrase::step_on), scope), {Whom::others, {}, {}, texts(Phrase::step_off), scope}};
}

Wanted wanted_by(std::vector<RoleId> roles, std::vector<std::string> people, Texts value, Texts scope) {
  return {Wanted::Whom::roles, std::move(roles), std::move(people), std::move(value), std::move(scope)};
}

Texts whom(const ConfigBuilder& builder, const std::vector<RoleId>& roles) {
  if (builder.is_everybody(roles)) return texts(Phrase::step_everybody);
  return roles.empty() ? texts(Phrase::step_nobody) : texts(Phrase::step_only, {labels(builder.model, roles)});
}

namespace {

// What takes away what a request gives, by the documentation; nullopt if nothing does, or only what stood there before.
std::optional<Request> undo_of(const Request& request) {
  const auto of_body = [&](std::string_view key) {
    const Value* found = find_parameter(request, key);
    return found == nullptr ? Value::Object{} : Value::Object{{std::string(key), *found}};
  };
  const auto delete_rule = [](Call call) {
    return Request{call, {{"settingId", {Unbound{std::string(id_in_reply)}}}}, {}, {}};
  };
  const Call call = request.call;
  if (call == Call::role_members_add) return with_body(Call::role_members_remove, request.body);
  if (call == Call::contact_restrict) return delete_rule(Call::contact_unrestrict);
  if (call == Call::contact_hide) return delete_rule(Call::contact_unhide);
  if (call == Call::field_hide) return delete_rule(Call::field_unhide);
  if (call == Call::file_grant) return Request{Call::file_remove, request.path, request.query, request.body};
  Value::Object body;
  if (call == Call::executive_protect && *find_parameter(request, "open") == boolean(true)) {
    body = of_body("seniorStaffId");
    body.push_back({"open", boolean(false)});
  }
  if (call == Call::app_scope) {
    // Those who are added are taken out. Whether a department that is taken out was there before, is not known.
    for (const Member& member : request.body) {
      if (member.key.starts_with("add")) body.push_back({"del" + member.key.substr(3), member.value});
    }
  }
  if (call == Call::device_trust) {
    body = of_body("macAddress");
    body.push_back({"kickOff", boolean(false)});
    body.push_back({"userId", *find_parameter(request, "userId")});
  }
  if (body.empty()) return std::nullopt;
  return Request{call == Call::device_trust ? Call::device_distrust : call, request.path, {}, std::move(body)};
}

}  // namespace

Step request_step(std::string target, Request request, Texts title, Texts value) {
  const CallInfo& call = info(request.call);
  const StepTemplate& kind = template_of(request.call);
  Step step;
  step.target = std::move(target);
  step.kind = StepKind::api;
  step.source = address_of_page(call);
  step.only_reads = call.effect == CallEffect::read;
  if (kind.read_back) step.check = read_back(*kind.read_back, request);
  step.request = std::move(request);
  step.title = std::move(title);
  step.value = std::move(value);
  if (kind.note) step.note = texts(*kind.note);
  step.verify = texts(kind.verify);
  step.undo = texts(kind.undo);
  step.undo_request = undo_of(*step.request);
  return step;
}

Step console_step(std::string target, const Enforcement& enforcement, Texts title, Texts value) {
  Step step;
  step.target = std::move(target);
  step.kind = StepKind::console;
  step.menu = enforcement.menu;
  step.setting = enforcement.setting;
  step.menu_documented = enforcement.menu_documented;
  step.edition = enforcement.edition;
  step.source = enforcement.source;
  step.title = std::move(title);
  step.value = std::move(value);
  if (!step.menu_documented) step.note = texts(Phrase::step_look_for);
  step.verify = texts(Phrase::step_verify_console);
  step.undo = texts(Phrase::step_undo_value);
  return step;
}

Step people_step(std::string target, Texts title, Texts value) {
  Step step;
  step.target = std::move(target);
  step.kind = StepKind::people;
  step.title = std::move(title);
  step.value = std::move(value);
  step.verify = texts(Phrase::step_verify_people);
  step.undo = texts(Phrase::step_undo_people);
  return step;
}

}  // namespace farol::dingtalk
