#include "decide/permission_json.h"

namespace farol::decide {

using Layout = base::JsonWriter::Layout;

void write_text(base::JsonWriter& json, const model::Localized& text, std::string_view otherwise) {
  json.begin_object(Layout::line);
  json.key("default").string(text.text.empty() ? otherwise : text.text);
  for (const auto& [language, translation] : text.by_language) json.key(language).string(translation);
  json.end_object();
}

void write_title(base::JsonWriter& json, const model::Declared& declared) {
  write_text(json, declared.title, declared.name);
}

std::string_view name_in_documents(const Model& model, ObjectId object) {
  const model::Object& it = model[object];
  return it.name.empty() ? other_in_documents(it.kind) : std::string_view(it.name);
}

std::string_view other_in_documents(model::ActsOn kind) {
  switch (kind) {
    case model::ActsOn::data:
    case model::ActsOn::tier: return "any other data";
    case model::ActsOn::app: return "any other app";
    case model::ActsOn::group: return "any other group";
    case model::ActsOn::place: return "any other place";
    case model::ActsOn::department: return "any other department";
    case model::ActsOn::nothing: break;
  }
  return {};
}

void write_objects(base::JsonWriter& json, const Model& model, const std::vector<ObjectId>& objects) {
  json.begin_array(Layout::line);
  for (const ObjectId object : objects) {
    if (model[object].kind != model::ActsOn::nothing) json.string(name_in_documents(model, object));
  }
  json.end_array();
}

void write_when(base::JsonWriter& json, const Model& model, const std::vector<Box>& when) {
  json.begin_array(Layout::line);
  for (const Box& box : when) {
    json.begin_object();
    for (const auto& [id, values] : box) {
      const model::Context& context = model[id];
      json.key(context.name).begin_array();
      for (const std::uint32_t value : values) json.string(context.values[value]);
      json.end_array();
    }
    json.end_object();
  }
  json.end_array();
}

void write_controls(base::JsonWriter& json, const Model& model, const std::vector<ControlId>& controls) {
  json.begin_array(Layout::line);
  for (const ControlId control : controls) json.string(model[control].name);
  json.end_array();
}

void write_json_value(base::JsonWriter& json, model::RoleId role, const JsonNames& names) {
  if (role == names.model.nobody()) return json.null();
  json.string(names.model[role].name);
}
void write_json_value(base::JsonWriter& json, model::FeatureId feature, const JsonNames& names) {
  json.string(names.model[feature].name);
}
void write_json_value(base::JsonWriter& json, model::ControlId control, const JsonNames& names) {
  json.string(names.model[control].name);
}
void write_json_value(base::JsonWriter& json, model::RuleId rule, const JsonNames& names) {
  json.string(names.model[rule].reference());
}
void write_json_value(base::JsonWriter& json, const std::vector<model::ObjectId>& objects, const JsonNames& names) {
  write_objects(json, names.model, objects);
}
void write_json_value(base::JsonWriter& json, const std::vector<Box>& when, const JsonNames& names) {
  write_when(json, names.model, when);
}

void write_day(base::JsonWriter& json, const std::optional<base::Date>& day) {
  if (day) {
    json.string(base::to_string(*day));
  } else {
    json.null();
  }
}

}  // namespace farol::decide
