#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "diag/messages_check.h"
#include "diag/render.h"
#include "support/texts.h"

namespace diag_json_test {

using namespace farol::diag;

using farol::testing::operator""_text;
using farol::source::SourceId;
using farol::source::SourceMap;
using Json = nlohmann::ordered_json;

namespace {

std::vector<std::string> keys(const Json& object) {
  std::vector<std::string> found;
  for (const auto& [key, value] : object.items()) found.push_back(key);
  return found;
}
using Keys = std::vector<std::string>;

}  // namespace

TEST_CASE("a run without findings") {
  CHECK(render_json({}, Sink{}, "0.1.0", "2026-11-23", true) == R"({
  "farol": "0.1.0",
  "ok": true,
  "as_of": "2026-11-23",
  "summary": {
    "errors": 0,
    "warnings": 0,
    "notes": 0,
    "waived": 0
  },
  "waived": [],
  "diagnostics": []
}
)");
}

TEST_CASE("a finding with all its parts, keys in order") {
  SourceMap sources;
  const SourceId id = sources.add("x.farol", "蓮花\nab\n");
  Diagnostic diagnostic = make(Code::conflict, {id, 7, 8}, "m"_text);
  diagnostic.labels = {{{id, 0, 6}, "label"_text}};
  diagnostic.details = {"cell"_text};
  diagnostic.help = "h"_text;
  diagnostic.witness = Witness{"r"_text, "f", "o"_text, {{"device", "personal"}, {"network", "office"}}};
  diagnostic.fixes = {{"t"_text, "e"_text, {{{id, 8, 8}, "new"}}}};
  Sink sink;
  sink.report(diagnostic);
  const Json document = Json::parse(render_json(sources, sink, "1", "2026-11-23", false));
  CHECK(document["summary"]["errors"] == 1);
  const Json& found = document["diagnostics"][0];
  CHECK(keys(found) == Keys{"code", "name", "severity", "message", "message_id", "arguments", "file", "range", "labels",
                            "details", "help", "witness", "fixes", "explain"});
  CHECK(found["code"] == "F3001");
  CHECK(found["range"].dump() ==
        R"({"start":{"line":2,"column":1,"offset":7},"end":{"line":2,"column":2,"offset":8}})");
  CHECK(found["labels"][0]["range"]["end"]["column"] == 3);
  CHECK(found["witness"].dump() ==
        R"({"role":"r","feature":"f","object":"o","context":{"device":"personal","network":"office"}})");
  CHECK(keys(found["fixes"][0]) == Keys{"title", "effect", "edits"});
  CHECK(keys(found["fixes"][0]["edits"][0]) == Keys{"file", "range", "text"});
  CHECK(found["explain"] == "farol explain F3001");
}

TEST_CASE("what has no place leaves it out, and a witness without an object says none") {
  Diagnostic diagnostic = make(Code::nobody_left, {}, "m"_text);
  diagnostic.witness = Witness{"r"_text, "f", ""_text, {}};
  Sink sink;
  sink.report(diagnostic);
  const Json found = Json::parse(render_json({}, sink, "1", "", false))["diagnostics"][0];
  CHECK(keys(found) == Keys{"code", "name", "severity", "message", "message_id", "arguments", "labels", "details",
                            "witness", "fixes", "explain"});
  CHECK(found["witness"].dump() == R"({"role":"r","feature":"f","context":{}})");
}

TEST_CASE("the arguments of a message stand beside its words") {
  Sink sink;
  sink.report(make(Code::unused_role, {}, message::role_is_several("r", {"a", "b"}, "s", 1)));
  const Json found = Json::parse(render_json({}, sink, "1", "", false))["diagnostics"][0];
  CHECK(found["message_id"] == "role_is_several");
  CHECK(found["arguments"].dump() == R"({"role":"r","held":["a","b"],"separation":"s","most":1})");
  sink.report(make(Code::expires_soon, {}, message::rule_ends("r", farol::base::Date{0})));
  const Json nested = Json::parse(render_json({}, sink, "1", "", false))["diagnostics"][1];
  CHECK(nested["arguments"].dump() == R"({"rule":"r","day":"1970-01-01"})");
}

TEST_CASE("the document is valid whatever the text") {
  SourceMap sources;
  const SourceId id = sources.add("x\xFF.farol", "\xFF\xFE");
  Diagnostic diagnostic = make(Code::syntax_error, {id, 0, 1}, "bad \xC3 \x1b \" \\ end"_text);
  diagnostic.labels = {{{id, 1, 2}, "\x80"_text}};
  diagnostic.details = {"\xED\xA0\x80"_text};
  Sink sink;
  sink.report(diagnostic);
  const Json document = Json::parse(render_json(sources, sink, "1", "", false));
  CHECK(document["diagnostics"][0]["message"] == "bad \uFFFD \x1b \" \\ end");
}

TEST_CASE("what was dropped is counted in the document") {
  Sink sink(1);
  sink.report(make(Code::conflict, {}, "1"_text));
  sink.report_more(Code::conflict, 7);
  const Json document = Json::parse(render_json({}, sink, "1", "", false));
  CHECK(document["summary"]["errors"] == 8);
  CHECK(document["dropped"].dump() == R"([{"code":"F3001","name":"conflict","count":7}])");
}

}  // namespace diag_json_test
