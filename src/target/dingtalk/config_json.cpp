#include "target/dingtalk/config_json.h"

#include <map>

#include "decide/permission_json.h"

namespace farol::dingtalk {

using base::JsonWriter;
using base::Phrase;
using Layout = JsonWriter::Layout;

namespace {

void write_texts(JsonWriter& json, const Texts& texts) {
  if (texts.front().empty()) return json.null();
  json.begin_object();
  for (std::size_t i = 0; i < texts.size(); ++i) json.key(base::tag(base::all_languages[i])).string(texts[i]);
  json.end_object();
}

void write_or_null(JsonWriter& json, std::string_view text) {
  if (text.empty()) {
    json.null();
  } else {
    json.string(text);
  }
}

void write_request(JsonWriter& json, const std::optional<Request>& request) {
  if (!request) return json.null();
  const CallInfo& call = info(request->call);
  json.begin_object();
  json.key("method").string(call.method);
  json.key("host").string(to_string(call.host));
  json.key("path").string(path_of(*request));
  write(json.key("path_parameters"), object(request->path));
  write(json.key("query"), object(request->query));
  if (request->body.empty()) {
    json.key("body").null();
  } else {
    write(json.key("body"), object(request->body));
  }
  write_or_null(json.key("permission_code"), call.permission_code);
  json.key("client");
  if (call.client.empty()) {
    json.null();
  } else {
    json.begin_object(Layout::line);
    json.key("package").string(call.package());
    json.key("method").string(call.function());
    json.end_object();
  }
  json.key("documented").boolean(call.tier == Tier::A);
  json.end_object();
}

Phrase evidence_of(StepKind kind) {
  switch (kind) {
    case StepKind::api: return Phrase::evidence_api;
    case StepKind::console: return Phrase::evidence_console;
    case StepKind::people: break;
  }
  return Phrase::evidence_people;
}

void write_step(JsonWriter& json, const model::Model& model, const Step& step) {
  json.begin_object();
  json.key("id").string(step.id);
  json.key("target").string(step.target);
  json.key("kind").string(to_string(step.kind));
  json.key("after").strings(step.after);
  write_texts(json.key("title"), step.title);
  write_texts(json.key("value"), step.value);
  write_texts(json.key("note"), step.note);
  json.key("why").begin_array(step.rules.size() > 1 ? Layout::lines : Layout::line);
  for (const model::RuleId rule : step.rules) json.string(model[rule].reference());
  json.end_array();
  json.key("features").begin_array(Layout::line);
  for (const model::FeatureId feature : step.features) json.string(model[feature].name);
  json.end_array();
  json.key("controls").begin_array(Layout::line);
  for (const model::ControlId control : step.controls) json.string(model[control].name);
  json.end_array();
  if (step.kind == StepKind::api) {
    write_request(json.key("request"), step.request);
    write_or_null(json.key("for_each"), step.for_each);
    json.key("only_reads").boolean(step.only_reads);
    write_request(json.key("check"), step.check);
    write_request(json.key("undo_request"), step.undo_request);
  }
  if (step.kind == StepKind::console) {
    write_or_null(json.key("menu"), step.menu);
    json.key("menu_confidence").string(step.menu_documented ? "documented" : "low");
    write_or_null(json.key("setting"), step.setting);
  }
  write_texts(json.key("verify"), step.verify);
  write_texts(json.key("undo"), step.undo);
  write_texts(json.key("evidence"), texts(evidence_of(step.kind)));
  write_or_null(json.key("edition"), step.edition);
  write_or_null(json.key("source"), step.source);
  json.end_object();
}

}  // namespace

void write_steps(JsonWriter& json, const model::Model& model, const AdminConfig& config) {
  json.begin_array();
  for (const Step& step : config.steps) write_step(json, model, step);
  json.end_array();
}

void write_bindings(JsonWriter& json, const AdminConfig& config) {
  json.begin_array();
  for (const NeededId& needed : config.ids) {
    json.begin_object();
    json.key("key").string(needed.key);
    write_texts(json.key("title"), needed.title);
    json.key("list").boolean(needed.is_list);
    json.key("value");
    if (needed.ids.empty()) {
      json.null();
    } else if (needed.is_list) {
      json.strings(needed.ids);
    } else {
      json.string(needed.ids.front());
    }
    write_or_null(json.key("lookup"), needed.lookup);
    json.key("bind").string(needed.bind);
    json.end_object();
  }
  json.end_array();
}

void write_unsupported(JsonWriter& json, const model::Model& model, const AdminConfig& config) {
  std::map<std::pair<model::FeatureId, Reason>, std::vector<const KeptPermission*>> grouped;
  for (const KeptPermission& kept : config.permissions) {
    if (kept.unsupported) grouped[{kept.permission.feature, *kept.unsupported}].push_back(&kept);
  }
  json.begin_array();
  for (const auto& [what, permissions] : grouped) {
    json.begin_object();
    json.key("feature").string(model[what.first].name);
    json.key("reason").string(to_string(what.second));
    write_texts(json.key("why"), texts(phrase_of(what.second)));
    json.key("permissions").begin_array();
    for (const KeptPermission* kept : permissions) {
      const decide::Permission& permission = kept->permission;
      json.begin_object(Layout::line);
      write_or_null(json.key("role"),
                    permission.role == model.nobody() ? std::string_view{} : model[permission.role].name);
      decide::write_objects(json.key("objects"), model, permission.objects);
      json.key("effect").string(permission.effect == decide::Effect::allow ? "allow" : "deny");
      decide::write_when(json.key("when"), model, permission.when);
      json.key("kept_by").string(to_string(kept->kept_by));
      json.end_object();
    }
    json.end_array();
    json.end_object();
  }
  json.end_array();
}

void write_requirements(JsonWriter& json, const AdminConfig& config) {
  const Requirements& requirements = config.requirements;
  json.begin_object();
  // The only kind of app whose permission codes these are.
  json.key("app_type").string("企业内部应用");
  json.key("permission_codes").begin_array();
  for (const std::string& code : requirements.permission_codes) json.string(code);
  json.end_array();
  json.key("sensitive_permission_codes").strings(requirements.sensitive_permission_codes);
  json.key("editions").strings(requirements.editions);
  json.key("requests").number(static_cast<std::int64_t>(requirements.requests));
  json.key("counted_requests").number(static_cast<std::int64_t>(requirements.counted));
  json.key("counted_requests_a_month").number(limits::calls_a_month);
  json.end_object();
}

}  // namespace farol::dingtalk
