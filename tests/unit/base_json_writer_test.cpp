#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include "base/json_writer.h"

namespace base_json_writer_test {

using farol::base::JsonWriter;
using Layout = JsonWriter::Layout;

TEST_CASE("one member a line, what belongs together on one") {
  JsonWriter json;
  json.begin_object();
  json.key("name").string("hr");
  json.key("tiers").strings(std::vector<std::string>{"public", "internal"});
  json.key("boxes").begin_array(Layout::line);
  json.begin_object();
  json.key("device").begin_array();
  json.string("managed");
  json.end_array();
  json.end_object();
  json.end_array();
  json.key("list").begin_array();
  json.number(-1);
  json.boolean(true);
  json.null();
  json.end_array();
  json.end_object();
  CHECK(json.take() == R"({
  "name": "hr",
  "tiers": ["public", "internal"],
  "boxes": [{"device": ["managed"]}],
  "list": [
    -1,
    true,
    null
  ]
}
)");
}

TEST_CASE("empty ones are short") {
  JsonWriter json;
  json.begin_array();
  json.begin_object();
  json.end_object();
  json.begin_array();
  json.end_array();
  json.end_array();
  CHECK(json.take() == "[\n  {},\n  []\n]\n");
}

TEST_CASE("what a terminal or a build server would obey is escaped, and reads the same") {
  JsonWriter json;
  json.string("a\u202Eb\u009b\x7f##vso[\u200B\U000E0041###、é😀");
  CHECK(json.take() == "\"a\\u202eb\\u009b\\u007f#\\u0023vso[\\u200b\\udb40\\udc41#\\u0023\\u0023、é😀\"\n");
  CHECK(farol::base::harmless_json("{\"##[\": \"\u2028、\"}") == "{\"#\\u0023[\": \"\\u2028、\"}");
}

TEST_CASE("every byte that JSON reserves is escaped, in keys too") {
  std::string text = "quote\" back\\slash / 蓮花 \x7f";
  for (char c = 0; c < 0x20; ++c) text += c;
  JsonWriter json;
  json.begin_object();
  json.key(text).string(text);
  json.end_object();
  const std::string written = json.take();
  CHECK(written.find("蓮花") != std::string::npos);
  CHECK(written.find("\\u001f") != std::string::npos);
  const auto parsed = nlohmann::json::parse(written);
  CHECK(parsed.size() == 1);
  CHECK(parsed.begin().key() == text);
  CHECK(parsed[text] == text);
}

}  // namespace base_json_writer_test
