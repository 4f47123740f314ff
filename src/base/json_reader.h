// Reads JSON (RFC 8259) one token at a time, so that a document may be larger than the memory.
//
// The reader is strict: UTF-8, no comments, no comma behind the last member, no key twice in one object. Nesting and
// the length of a text are bounded. What breaks a rule is an error with its place, and ends the reading.
#pragma once

#include <cstddef>
#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/bytes.h"

namespace farol::base {

inline constexpr std::size_t max_json_depth = 64;
inline constexpr std::size_t max_json_text_bytes = std::size_t{1} << 20;

enum class JsonToken : std::uint8_t {
  object,
  object_end,
  list,
  list_end,
  key,  // the value follows as the next token
  text,
  number,
  boolean,
  null,
  end,    // of the whole input
  error,  // see `problem`; every later call returns this again
};

class JsonReader {
 public:
  // `values` says whether the input is one value or several, one behind the other (JSON lines).
  enum class Values : std::uint8_t { one, several };
  explicit JsonReader(Bytes& bytes, Values values = Values::one) : bytes_(bytes), values_(values) {}

  JsonToken next();

  // Of a key or text what it says; a number as it is written, so that no digit of an id is lost; else `true`, `false`
  // or `null`. The caller may move it away.
  [[nodiscard]] std::string& text() { return text_; }
  // Where the last token begins, in bytes from the start of the input.
  [[nodiscard]] std::size_t offset() const { return begin_; }

  // After an error: what is wrong, at `offset`.
  [[nodiscard]] const std::string& problem() const { return problem_; }
  // The same with its place: `line 3, column 14: expected a value`. Columns count characters.
  [[nodiscard]] std::string problem_with_place() const;

 private:
  // An object keeps its keys to find one that comes twice: a list for the few of a record, a set for many.
  struct Level {
    bool object = false;
    bool empty = true;
    std::vector<std::string> keys{};
    std::size_t key_count = 0;
    std::set<std::string, std::less<>> more_keys{};
  };

  JsonToken value();
  JsonToken key();
  JsonToken open(bool object);
  JsonToken close();
  JsonToken literal(std::string_view word, JsonToken token);
  JsonToken number();
  bool read_text();
  bool read_escape();
  bool read_hexadecimal(std::uint32_t& unit);
  bool take_new_key();
  JsonToken fail(std::string reason);
  JsonToken cut();

  [[nodiscard]] bool at_end() const { return bytes_.ahead().empty(); }
  [[nodiscard]] char peek() const { return bytes_.ahead().front(); }
  void take(std::size_t count);
  void skip_blanks();
  void begin_token();

  Bytes& bytes_;
  Values values_;
  std::vector<Level> levels_;  // those behind `depth_` are kept for their memory
  std::size_t depth_ = 0;
  bool after_key_ = false;
  bool has_value_ = false;
  std::string text_;
  std::string problem_;
  std::size_t offset_ = 0, begin_ = 0;
  std::size_t line_ = 1, column_ = 1, begin_line_ = 1, begin_column_ = 1;
};

}  // namespace farol::base
