#include "diag/sarif.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <set>
#include <tuple>
#include <utility>

#include <nlohmann/json.hpp>

#include "base/digest.h"
#include "base/json_writer.h"
#include "diag/message_json.h"
#include "diag/pages.h"
#include "diag/render.h"

namespace farol::diag {
namespace {

using Json = nlohmann::ordered_json;

constexpr std::string_view root_name = "SRCROOT";

std::string_view level_of(Severity severity) {
  switch (severity) {
    case Severity::error: return "error";
    case Severity::warning: return "warning";
    case Severity::note: return "note";
  }
  return "none";
}

// `exception-without-reason` as SARIF likes names: ExceptionWithoutReason.
std::string in_pascal_case(std::string_view name) {
  std::string result;
  bool starts = true;
  for (const char c : name) {
    if (c != '-') result += starts ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : c;
    starts = c == '-';
  }
  return result;
}

// "Exception without reason."
std::string as_sentence(std::string_view name) {
  std::string result{name};
  std::replace(result.begin(), result.end(), '-', ' ');
  if (!result.empty()) result.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(result.front())));
  return result + ".";
}

// A path as a URI reference (RFC 3986). A colon is encoded too: it would make a scheme of the first folder.
std::string percent_encoded(std::string_view path) {
  constexpr std::string_view digits = "0123456789ABCDEF";
  std::string uri;
  for (const char c : path) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x80 && (std::isalnum(byte) != 0 || std::string_view("-._~/").find(c) != std::string_view::npos)) {
      uri += c;
    } else {
      uri += {'%', digits[byte >> 4U], digits[byte & 15U]};
    }
  }
  return uri;
}

// Runs of blanks and line ends as one blank, so that a new layout makes no new finding.
std::string without_layout(std::string_view text) {
  std::string result;
  for (const char c : text) {
    const bool blank = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    if (!blank) {
      result += c;
    } else if (!result.empty() && result.back() != ' ') {
      result += ' ';
    }
  }
  return result;
}

// A page of docs for a reader who has no other page of them: links to those keep their text only.
std::string without_links(std::string_view page) {
  std::string result;
  for (std::size_t at = 0; at < page.size();) {
    const std::size_t middle = page[at] == '[' ? page.find("](", at) : std::string_view::npos;
    const std::size_t end = middle == std::string_view::npos ? middle : page.find(')', middle);
    const bool is_link = end != std::string_view::npos &&
                         page.substr(at, end - at).find('\n') == std::string_view::npos &&
                         page.substr(middle + 2, end - middle).find("://") == std::string_view::npos;
    if (is_link) {
      result += page.substr(at + 1, middle - at - 1);
      at = end + 1;
    } else {
      result += page[at++];
    }
  }
  return result;
}

Json suppression_of(const Waiver& waiver) {
  std::string why = waiver.because;
  if (!waiver.by.empty()) why += "\napproved by: " + waiver.by;
  if (!waiver.instead.empty()) why += "\ninstead: " + waiver.instead;
  if (!waiver.until.empty()) why += "\nuntil: " + waiver.until;
  return {{"kind", "inSource"}, {"status", "accepted"}, {"justification", why}};
}

}  // namespace

// A kind of finding: a code, or a check of a pack by its ID. In the order of the registry.
using RuleKey = std::pair<Code, std::string>;

struct SarifLog::Content {
  explicit Content(SarifOptions given) : options(std::move(given)) {}

  SarifOptions options;
  base::Language language = base::Language::en;  // of the policy that is added
  std::vector<Json> artifacts;
  std::map<std::string, std::size_t> artifact_index;  // by URI
  std::map<RuleKey, Severity> used;                   // rules, with the severity of their own
  std::set<std::string> off;
  std::vector<std::pair<RuleKey, Json>> results;
  std::vector<std::pair<Code, std::size_t>> dropped;
  std::map<std::string, std::size_t> alike;  // fingerprints, how often
  bool any_waived = false;
  bool complete = true;

  Json artifact_location(const std::string& name) {
    const std::string path = path_from(options.folder, name);
    const bool absolute = path.starts_with('/');
    Json location = {{"uri", (absolute ? "file://" : "") + percent_encoded(path)}};
    if (!absolute) location["uriBaseId"] = root_name;
    const auto [known, fresh] = artifact_index.try_emplace(location["uri"].get<std::string>(), artifacts.size());
    if (fresh) artifacts.push_back({{"location", location}, {"encoding", "UTF-8"}, {"sourceLanguage", "farol"}});
    location["index"] = known->second;
    return location;
  }

  static Json region(const source::SourceMap& sources, source::Span span) {
    const source::Position start = sources.position(span.source, span.begin);
    const source::Position end = sources.position(span.source, span.end);
    return {{"startLine", start.line}, {"startColumn", start.column}, {"endLine", end.line}, {"endColumn", end.column}};
  }

  Json physical_location(const source::SourceMap& sources, source::Span span) {
    return {{"artifactLocation", artifact_location(sources.name(span.source))}, {"region", region(sources, span)}};
  }

  // What belongs to no place in a file is about the file, or else about the policy's first one, or the folder: GitHub
  // shows no result without a location and a line.
  Json locations_of(const source::SourceMap& sources, const Diagnostic& finding) {
    if (!finding.span.is_none()) return Json::array({{{"physicalLocation", physical_location(sources, finding.span)}}});
    std::string name = finding.file;
    if (name.empty() && sources.size() > 0) name = sources.name(source::SourceId{std::size_t{0}});
    if (name.empty()) name = ".";
    return Json::array(
        {{{"physicalLocation", {{"artifactLocation", artifact_location(name)}, {"region", {{"startLine", 1}}}}}}});
  }

  Json related_locations(const source::SourceMap& sources, const Diagnostic& finding) {
    Json related = Json::array();
    for (const Label& label : finding.labels) {
      if (label.span.is_none() || related.size() == max_related) continue;
      related.push_back({{"id", related.size()},
                         {"message", {{"text", sentence(label.text, language)}}},
                         {"physicalLocation", physical_location(sources, label.span)}});
    }
    return related;
  }

  Json fix(const source::SourceMap& sources, const Fix& fix) {
    Json changes = Json::array();
    std::vector<source::SourceId> files;
    for (const Edit& edit : fix.edits) {
      if (std::find(files.begin(), files.end(), edit.span.source) == files.end()) files.push_back(edit.span.source);
    }
    for (const source::SourceId file : files) {
      Json replacements = Json::array();
      for (const Edit& edit : fix.edits) {
        if (edit.span.source != file) continue;
        Json replacement = {{"deletedRegion", region(sources, edit.span)}};
        if (!edit.text.empty()) replacement["insertedContent"] = {{"text", edit.text}};
        replacements.push_back(std::move(replacement));
      }
      changes.push_back(
          {{"artifactLocation", artifact_location(sources.name(file))}, {"replacements", std::move(replacements)}});
    }
    return {{"description", {{"text", sentence(title_of(fix), language)}}}, {"artifactChanges", std::move(changes)}};
  }

  std::string fingerprint(const source::SourceMap& sources, const Diagnostic& finding) {
    std::string text = std::string(finding.kind()) + "\n" + sentence(finding.message) + "\n";
    if (!finding.span.is_none()) text += without_layout(sources.text(finding.span));
    const std::string digest = base::sha256_hex(text).substr(0, 16);
    return digest + ":" + std::to_string(++alike[digest]);
  }

  void add(const source::SourceMap& sources, const Diagnostic& finding, const std::vector<Waiver>& waivers) {
    const RuleKey rule{finding.code, finding.check};
    used.try_emplace(rule, info(finding.code).severity);
    Json result = {{"ruleId", code_text(finding)},
                   {"ruleIndex", 0},
                   {"level", level_of(finding.severity)},
                   // GitHub shows nothing else of a result.
                   {"message", {{"text", whole_message(finding, language)}}},
                   {"locations", locations_of(sources, finding)}};
    if (Json related = related_locations(sources, finding); !related.empty())
      result["relatedLocations"] = std::move(related);
    result["properties"] = message_json(finding, language);
    result["partialFingerprints"] = {{"primaryLocationLineHash", fingerprint(sources, finding)}};
    for (const Fix& each : finding.fixes) {
      if (!each.edits.empty()) result["fixes"].push_back(fix(sources, each));
    }
    for (const Waiver& waiver : waivers) {
      Json suppression = suppression_of(waiver);
      if (!waiver.span.is_none())
        suppression["location"] = {{"physicalLocation", physical_location(sources, waiver.span)}};
      result["suppressions"].push_back(std::move(suppression));
    }
    any_waived |= !waivers.empty();
    results.emplace_back(rule, std::move(result));
  }

  [[nodiscard]] std::size_t rule_index(const RuleKey& rule) const {
    return static_cast<std::size_t>(std::distance(used.begin(), used.find(rule)));
  }

  [[nodiscard]] Json rules() const {
    Json all = Json::array();
    for (const auto& [each, severity] : used) {
      const auto& [number, check] = each;
      const CodeInfo& code = info(number);
      const std::string_view id = check.empty() ? code.number : std::string_view(check);
      Json rule = {
          {"id", id}, {"name", in_pascal_case(code.name)}, {"shortDescription", {{"text", as_sentence(code.name)}}}};
      const std::string text = description(number);
      rule["fullDescription"] = {{"text", text}};
      rule["help"] = {{"text", text + "\n\n" + explained_by(id)}, {"markdown", without_links(page_of(number))}};
      if (!options.home.empty())
        rule["helpUri"] = std::string(options.home) + "/docs/diagnostics/" + std::string(code.number) + ".md";
      rule["defaultConfiguration"] = {{"level", level_of(severity)}};
      all.push_back(std::move(rule));
    }
    return all;
  }

  [[nodiscard]] Json invocation() const {
    Json json = {{"executionSuccessful", complete}};
    for (const std::string& kind : off) {
      const CodeInfo* code = find_code(kind);
      if (code == nullptr) continue;
      json["ruleConfigurationOverrides"].push_back(
          {{"configuration", {{"enabled", false}}},
           {"descriptor", {{"id", code->number}, {"index", rule_index({code->code, ""})}}}});
    }
    for (const auto& [code, count] : dropped) {
      const CodeInfo& kind = info(code);
      json["toolExecutionNotifications"].push_back(
          {{"associatedRule", {{"id", kind.number}, {"index", rule_index({code, ""})}}},
           {"level", "warning"},
           {"message",
            {{"text", std::to_string(count) + " more of `" + std::string(kind.name) + "` are not listed."}}}});
    }
    return json;
  }
};

SarifLog::SarifLog(SarifOptions options) : content_(std::make_unique<Content>(std::move(options))) {}
SarifLog::~SarifLog() = default;

void SarifLog::add(const source::SourceMap& sources, const Sink& sink, bool complete, base::Language language) {
  content_->language = language;
  content_->complete &= complete;
  for (const source::SourceId id : sources.own()) (void)content_->artifact_location(sources.name(id));
  for (const Diagnostic& finding : sink.sorted(sources)) content_->add(sources, finding, {});
  for (const Waived& waived : sink.waived(sources)) content_->add(sources, waived.finding, waived.waivers);
  for (const auto& [kind, count] : sink.off()) {
    content_->off.insert(kind);
    if (const CodeInfo* code = find_code(kind)) content_->used.try_emplace({code->code, ""}, code->severity);
  }
  for (const auto& entry : sink.dropped()) {
    content_->used.try_emplace({entry.first, ""}, info(entry.first).severity);
    content_->dropped.push_back(entry);
  }
}

std::string SarifLog::document() const {
  Json driver = {{"name", "farol"}, {"semanticVersion", content_->options.version}};
  if (!content_->options.home.empty()) driver["informationUri"] = content_->options.home;
  driver["rules"] = content_->rules();

  Json results = Json::array();
  for (const auto& [rule, result] : content_->results) {
    Json& placed = results.emplace_back(result);
    placed["ruleIndex"] = content_->rule_index(rule);
    // SARIF wants them in all results of a run or in none.
    if (content_->any_waived && !placed.contains("suppressions")) placed["suppressions"] = Json::array();
  }
  Json run = {
      {"tool", {{"driver", std::move(driver)}}},
      {"invocations", Json::array({content_->invocation()})},
      {"columnKind", "unicodeCodePoints"},
      {"originalUriBaseIds", {{root_name, {{"description", {{"text", "The folder in which farol was started."}}}}}}},
      {"artifacts", content_->artifacts},
      {"results", std::move(results)}};
  const Json document = {
      {"$schema", "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"},
      {"version", "2.1.0"},
      {"runs", Json::array({std::move(run)})}};
  return base::harmless_json(document.dump(2, ' ', false, Json::error_handler_t::replace)) + "\n";
}

}  // namespace farol::diag
