#include "query/rule_json.h"

#include "base/text.h"
#include "decide/permission_json.h"

namespace farol::query {

void write_rule_members(base::JsonWriter& json, const model::Model& model, const source::SourceMap& sources,
                        model::RuleId id) {
  const model::Rule& rule = model[id];
  json.key("rule").string(base::shown_name(rule.reference()));
  write_place(json, sources, rule.spans.statement);
  if (!rule.because.empty()) decide::write_text(json.key("because"), rule.because, rule.because.in({}));
}

void write_place(base::JsonWriter& json, const source::SourceMap& sources, source::Span place) {
  if (place.is_none()) return;
  json.key("file").string(sources.name(place.source));
  json.key("line").number(sources.position(place.source, place.begin).line);
}

void write_keepers(base::JsonWriter& json, const std::vector<model::KeptBy>& keepers) {
  json.begin_array();
  for (const model::KeptBy keeper : keepers) json.string(to_string(keeper));
  json.end_array();
}

void write_role(base::JsonWriter& json, const model::Model& model, model::RoleId role) {
  if (role == model.nobody()) {
    json.null();
  } else {
    json.string(model[role].name);
  }
}

}  // namespace farol::query
