// One table writes a struct, reads it back and describes it.
#include <doctest/doctest.h>
#include <nlohmann/json.hpp>

#include <array>
#include <optional>
#include <string>
#include <vector>

#include "base/json_fields.h"

namespace base_json_fields_test {

using namespace farol;
using Layout = base::JsonWriter::Layout;

namespace {

enum class Colour : std::uint8_t { red, green };
[[maybe_unused]] std::array<std::string_view, 2> json_words(Colour) { return {"red", "green"}; }

struct Point {
  std::int64_t x = 0;
  std::string label;
  bool operator==(const Point&) const = default;
};
constexpr auto json_fields(const Point*) {
  return base::json_object("point", Layout::line, base::field("x", &Point::x),
                           base::field("label", &Point::label, {.empty = base::JsonEmpty::omitted}));
}

struct Round {
  std::size_t radius = 0;
  bool operator==(const Round&) const = default;
};
constexpr auto json_fields(const Round*) {
  return base::json_object("round", Layout::lines, base::field("radius", &Round::radius));
}

enum class Kind : std::uint8_t { round, open };
[[maybe_unused]] std::array<std::string_view, 2> json_words(Kind) { return {"round", "open"}; }

struct Shape {
  Kind kind = Kind::open;
  std::optional<Round> round;
  Colour colour = Colour::red;
  std::vector<Point> points;
  std::vector<std::string> names, notes;
  std::optional<base::Date> day;
  base::JsonMembers<std::vector<std::string>> sets;
  bool operator==(const Shape&) const = default;
};
constexpr auto json_fields(const Shape*) {
  return base::json_object("shape", Layout::lines, base::constant("format", "shape-1"),
                           base::field("kind", &Shape::kind), base::part("kind", "round", &Shape::round),
                           base::field("colour", &Shape::colour), base::field("points", &Shape::points),
                           base::field("names", &Shape::names, {.list = base::JsonList::lines_if_several}),
                           base::field("notes", &Shape::notes, {.empty = base::JsonEmpty::null}),
                           base::field("day", &Shape::day), base::field("sets", &Shape::sets));
}

Shape example() {
  Shape shape;
  shape.kind = Kind::round;
  shape.round = Round{7};
  shape.colour = Colour::green;
  shape.points = {{-1, ""}, {2, "b\"文"}};
  shape.names = {"one", "two"};
  shape.day = base::parse_date("2026-11-29");
  shape.sets = {{"k", {"v", "w"}}};
  return shape;
}

std::string problems_of(const std::string& text, Shape& shape) {
  const auto tree = base::read_json_tree(text);
  base::JsonReading reading;
  base::read_json(std::get<base::JsonNode>(tree), shape, reading);
  std::string all;
  for (const std::string& problem : reading.problems()) all += problem + "\n";
  return all;
}

}  // namespace

TEST_CASE("a table writes a struct, and reads it back") {
  const std::string text = base::to_json(example());
  CHECK(text == R"({
  "format": "shape-1",
  "kind": "round",
  "radius": 7,
  "colour": "green",
  "points": [
    {"x": -1},
    {"x": 2, "label": "b\"文"}
  ],
  "names": [
    "one",
    "two"
  ],
  "notes": null,
  "day": "2026-11-29",
  "sets": {
    "k": ["v", "w"]
  }
}
)");
  Shape read;
  CHECK(problems_of(text, read).empty());
  CHECK(read == example());
}

TEST_CASE("all that is wrong, each at its place") {
  Shape shape;
  CHECK(problems_of(
            R"({"format": "shape-2", "kind": "round", "radius": "7", "colour": "blue", "points": [{"x": 1}, {}, 3],
                       "names": [""], "notes": [1], "day": "2026-02-30", "sets": {"k": true}, "later": 1})",
            shape) ==
        "format: expected `shape-1`\n"
        "radius: expected a whole number, not a text\n"
        "colour: expected one of `red`, `green`\n"
        "points[1].x: it is missing\n"
        "points[2]: expected an object, not a number\n"
        "names[0]: the text is empty\n"
        "notes[0]: expected a text, not a number\n"
        "day: expected a day, written 2026-11-23\n"
        "sets.k: expected a list, not true or false\n");
}

TEST_CASE("a table makes the schema, one definition for each struct") {
  base::JsonSchema schema;
  const auto json = nlohmann::json::parse(schema.document("urn:x", "t", "d", [&](base::JsonWriter& writer) {
    writer.key("type").string("array");
    writer.key("items");
    base::write_schema_object<Shape>(schema, writer, {});
  }));
  CHECK(json["items"]["oneOf"].dump() == R"([{"$ref":"#/$defs/round_shape"},{"$ref":"#/$defs/open_shape"}])");
  const auto& round = json["$defs"]["round_shape"];
  CHECK(round["properties"]["kind"].dump() == R"({"const":"round"})");
  CHECK(round["properties"]["radius"].dump() == R"({"$ref":"#/$defs/count"})");
  CHECK(round["properties"]["colour"].dump() == R"({"enum":["red","green"]})");
  CHECK(round["properties"]["points"].dump() == R"({"items":{"$ref":"#/$defs/point"},"type":"array"})");
  CHECK(round["properties"]["day"].dump() == R"({"anyOf":[{"$ref":"#/$defs/day"},{"type":"null"}]})");
  CHECK(round["additionalProperties"] == false);
  CHECK_FALSE(json["$defs"]["open_shape"]["properties"].contains("radius"));
  CHECK(json["$defs"]["point"]["required"].dump() == R"(["x"])");
}

}  // namespace base_json_fields_test
