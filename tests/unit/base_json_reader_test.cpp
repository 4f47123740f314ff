// The reader of JSON, beside another one: both accept the same texts, and read the same values from them.
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <array>
#include <string>
#include <vector>

#include "base/json_reader.h"
#include "base/json_tree.h"

namespace base_json_reader_test {

using namespace farol::base;
using Json = nlohmann::json;

namespace {

Json as_json(const JsonNode& node) {
  switch (node.kind) {
    case JsonNode::Kind::null: return nullptr;
    case JsonNode::Kind::boolean: return node.text == "true";
    case JsonNode::Kind::number: return Json::parse(node.text);
    case JsonNode::Kind::text: return node.text;
    case JsonNode::Kind::list: {
      Json list = Json::array();
      for (const JsonNode& item : node.items) list.push_back(as_json(item));
      return list;
    }
    case JsonNode::Kind::object: break;
  }
  Json object = Json::object();
  for (const auto& [key, value] : node.members) object[key] = as_json(value);
  return object;
}

std::string problem_of(const std::string& text) {
  const auto stream = stream_of(text);
  Bytes bytes{*stream};
  JsonReader reader{bytes};
  for (;;) {
    switch (reader.next()) {
      case JsonToken::end: return {};
      case JsonToken::error: return reader.problem_with_place();
      case JsonToken::object:
      case JsonToken::object_end:
      case JsonToken::list:
      case JsonToken::list_end:
      case JsonToken::key:
      case JsonToken::text:
      case JsonToken::number:
      case JsonToken::boolean:
      case JsonToken::null: break;
    }
  }
}

const std::vector<std::string> documents = {
    R"({"a": [1, -2.50e+3, 0, 0.5, 1E9], "b": {"c1": null, "d2": true, "e3": false}, "文": "\u6587\ud83d\ude00 \n\"\\\/"})",
    "[]",
    " [ { } , [ [ ] ] ]\r\n",
    R"("a text")",
    "-0",
    "[\"\xE6\x96\x87\", \"a\\u0000b\"]",
};

}  // namespace

TEST_CASE("another reader accepts the same texts and reads the same from them") {
  constexpr std::array replacements = {'"', '\\', '{', '}', '[', ']', ',',  ':',
                                       '0', '.',  '-', 'e', 'u', ' ', '\n', '\xFF'};
  std::size_t accepted = 0, refused = 0;
  for (const std::string& document : documents) {
    std::vector<std::string> texts{document};
    for (std::size_t at = 0; at < document.size(); ++at) {
      texts.push_back(document.substr(0, at));
      texts.push_back(document.substr(0, at) + document.substr(at + 1));
      for (const char c : replacements) texts.push_back(document.substr(0, at) + c + document.substr(at + 1));
    }
    for (const std::string& text : texts) {
      CAPTURE(text);
      const auto read = read_json_tree(text);
      const Json other = Json::parse(text, nullptr, false);
      const auto* node = std::get_if<JsonNode>(&read);
      CHECK((node != nullptr) == !other.is_discarded());
      if (node != nullptr) CHECK(as_json(*node) == other);
      ++(node != nullptr ? accepted : refused);
    }
  }
  CHECK(accepted > 400);
  CHECK(refused > 500);
}

TEST_CASE("what is wrong with a text, at its line and column") {
  CHECK(problem_of("{\n  \"文\": \"字\" x") == "line 2, column 12: expected `,` or `}`");
  CHECK(problem_of("{\"a\": 1,\n \"a\": 2}") == "line 2, column 2: the key `a` comes twice in one object");
  CHECK(problem_of("[1,]") == "line 1, column 4: expected a value: a text in double quotes, a number, `{` or `[`");
  CHECK(problem_of("{\"a\" 1}") == "line 1, column 6: expected `:` and the value of the key");
  CHECK(problem_of("{a: 1}") == "line 1, column 2: expected a key in double quotes");
  CHECK(problem_of("[tru]") == "line 1, column 2: expected `true`");
  CHECK(problem_of("[01]") == "line 1, column 2: a number is not written as JSON has it");
  CHECK(problem_of("[1, \"a\tb\"]") == "line 1, column 5: a control character in a text needs an escape such as `\\n`");
  CHECK(problem_of("[\"\\ud800\"]") == "line 1, column 2: an escape in a text is half of a character");
  CHECK(problem_of("[] []") == "line 1, column 4: expected the end of the file, for the JSON value ends before");
  CHECK(problem_of("[1\n") == "line 2, column 1: the file ends in the middle of a value: a part of it is missing");
}

TEST_CASE("bounds: depth, the length of a text, and keys that come twice among many") {
  CHECK(problem_of(std::string(64, '[') + std::string(64, ']')).empty());
  CHECK(problem_of(std::string(65, '[')) == "line 1, column 65: the values are nested deeper than 64 levels");
  CHECK(problem_of('"' + std::string(max_json_text_bytes, 'x') + '"').empty());
  CHECK(problem_of('"' + std::string(3 * max_json_text_bytes, 'x') + '"') ==
        "line 1, column 1: a text is longer than 1024 KiB, or its quote is not closed");
  std::string many = "{";
  for (int i = 0; i < 1000; ++i) many += "\"" + std::to_string(i) + "\": {\"a\": 1}, ";
  CHECK(problem_of(many + "\"x\": 1}").empty());
  CHECK(problem_of(many + "\"7\": 1}").find("the key `7` comes twice") != std::string::npos);
  CHECK(problem_of(many + "\"700\": 1}").find("the key `700` comes twice") != std::string::npos);
}

}  // namespace base_json_reader_test
