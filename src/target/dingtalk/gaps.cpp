#include "target/dingtalk/gaps.h"

#include <algorithm>
#include <array>

#include "decide/permission_json.h"

namespace farol::dingtalk {
namespace {

using base::JsonWriter;

constexpr std::array<std::string_view, 3> severities = {"error", "warning", "note"};

void write_optional(JsonWriter& json, std::string_view text) {
  if (text.empty()) {
    json.null();
  } else {
    json.string(text);
  }
}

// In every language that the check speaks.
void write_rendered(JsonWriter& json, const model::Model& model, const check::Finding& finding,
                    const model::Localized& text) {
  if (text.empty()) return json.null();
  model::Localized rendered;
  rendered.text = check::render(model, finding, text, {});
  for (const auto& [language, translation] : text.by_language)
    rendered.by_language.emplace_back(language, check::render(model, finding, text, language));
  decide::write_text(json, rendered);
}

void write_citation(JsonWriter& json, const model::Citation& citation) {
  json.begin_object();
  write_optional(json.key("law"), citation.law.text);
  write_optional(json.key("article"), citation.article);
  write_optional(json.key("url"), citation.url);
  decide::write_day(json.key("checked"), citation.checked);
  json.end_object();
}

}  // namespace

void write_gaps(JsonWriter& json, const model::Model& model, const check::CheckFindings& findings) {
  const check::CheckedThings things(model);
  json.key("gaps").begin_array();
  for (const check::Finding& finding : findings.list) {
    const model::Check& check = model.checks[finding.check];
    json.begin_object();
    json.key("check").string(check.id);
    write_optional(json.key("pack"), check.pack);
    json.key("severity").string(severities[static_cast<std::size_t>(check.severity)]);
    write_optional(json.key("basis"), check.basis);
    write_optional(json.key("confidence"), check.confidence);
    json.key("things").begin_array(JsonWriter::Layout::line);
    for (const check::Thing thing : finding.things) {
      const std::string& name = things.declared(thing).name;
      if (!name.empty()) json.string(name);
    }
    json.end_array();
    write_rendered(json.key("message"), model, finding, check.message);
    write_rendered(json.key("remedy"), model, finding, check.remedy);
    json.key("citations").begin_array();
    for (const model::Citation& citation : check.citations) write_citation(json, citation);
    json.end_array();
    json.end_object();
  }
  json.end_array();
}

}  // namespace farol::dingtalk
