#include <nlohmann/json.hpp>

#include "base/json_writer.h"
#include "diag/message_json.h"
#include "diag/pages.h"
#include "diag/render.h"

namespace farol::diag {
namespace {

using Json = nlohmann::ordered_json;

Json position_json(const source::SourceMap& sources, source::SourceId id, std::uint32_t offset) {
  const source::Position position = sources.position(id, offset);
  return {{"line", position.line}, {"column", position.column}, {"offset", position.offset}};
}

// Adds the file and the range; what belongs to no place says at most which file it is about.
void add_place(Json& json, const source::SourceMap& sources, source::Span span, const std::string& file = {}) {
  if (span.is_none()) {
    if (!file.empty()) json["file"] = file;
    return;
  }
  json["file"] = sources.name(span.source);
  json["range"] = {{"start", position_json(sources, span.source, span.begin)},
                   {"end", position_json(sources, span.source, span.end)}};
}

Json witness_json(const Witness& witness, base::Language language) {
  Json json = {{"role", sentence(witness.role, language)}, {"feature", witness.feature}};
  if (!witness.object.empty()) json["object"] = sentence(witness.object, language);
  json["context"] = Json::object();
  for (const auto& [context, value] : witness.context) json["context"][context] = value;
  return json;
}

Json fix_json(const source::SourceMap& sources, const Fix& fix, base::Language language) {
  Json edits = Json::array();
  for (const Edit& edit : fix.edits) {
    Json json = Json::object();
    add_place(json, sources, edit.span);
    json["text"] = edit.text;
    edits.push_back(std::move(json));
  }
  return {{"title", sentence(fix.title, language)},
          {"effect", sentence(fix.effect, language)},
          {"edits", std::move(edits)}};
}

Json diagnostic_json(const source::SourceMap& sources, const Diagnostic& diagnostic, base::Language language) {
  const CodeInfo& code = info(diagnostic.code);
  Json json = {{"code", code_text(diagnostic)},
               {"name", code.name},
               {"severity", to_string(diagnostic.severity)},
               {"message", sentence(diagnostic.message, language)}};
  json.update(message_json(diagnostic, language));
  if (diagnostic.from) json["from"] = base::to_string(*diagnostic.from);
  add_place(json, sources, diagnostic.span, diagnostic.file);
  json["labels"] = Json::array();
  for (const Label& label : diagnostic.labels) {
    Json entry = Json::object();
    add_place(entry, sources, label.span);
    entry["text"] = sentence(label.text, language);
    json["labels"].push_back(std::move(entry));
  }
  json["details"] = sentences(diagnostic.details, language);
  for (std::string& ground : sentences(diagnostic.grounds, language)) json["details"].push_back(std::move(ground));
  if (!diagnostic.help.empty()) json["help"] = sentence(diagnostic.help, language);
  if (diagnostic.witness) json["witness"] = witness_json(*diagnostic.witness, language);
  json["fixes"] = Json::array();
  for (const Fix& fix : diagnostic.fixes) json["fixes"].push_back(fix_json(sources, fix, language));
  json["explain"] = explained_by(code_text(diagnostic));
  return json;
}

Json waived_json(const source::SourceMap& sources, const Waived& waived, base::Language language) {
  Json json = diagnostic_json(sources, waived.finding, language);
  json["waivers"] = Json::array();
  for (const Waiver& waiver : waived.waivers) {
    Json entry = {{"because", waiver.because}, {"until", waiver.until}};
    if (!waiver.by.empty()) entry["by"] = waiver.by;
    if (!waiver.instead.empty()) entry["instead"] = waiver.instead;
    add_place(entry, sources, waiver.span);
    json["waivers"].push_back(std::move(entry));
  }
  return json;
}

}  // namespace

std::string render_json(const source::SourceMap& sources, const Sink& sink, std::string_view version,
                        std::string_view as_of, bool ok, base::Language language) {
  Json json = {{"farol", version},
               {"ok", ok},
               {"as_of", as_of},
               {"summary",
                {{"errors", sink.count(Severity::error)},
                 {"warnings", sink.count(Severity::warning)},
                 {"notes", sink.count(Severity::note)},
                 {"waived", sink.count_waived()}}},
               {"waived", Json::array()},
               {"diagnostics", Json::array()}};
  for (const Waived& waived : sink.waived(sources)) json["waived"].push_back(waived_json(sources, waived, language));
  for (const Diagnostic& diagnostic : sink.sorted(sources))
    json["diagnostics"].push_back(diagnostic_json(sources, diagnostic, language));
  // The summary counts these, so a reader must learn why they are not listed.
  for (const auto& [code, count] : sink.dropped())
    json["dropped"].push_back({{"code", info(code).number}, {"name", info(code).name}, {"count", count}});
  for (const auto& [kind, count] : sink.off()) json["off"].push_back({{"name", kind}, {"count", count}});
  return base::harmless_json(json.dump(2, ' ', false, Json::error_handler_t::replace)) + "\n";
}

}  // namespace farol::diag
