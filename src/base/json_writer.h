// Writes JSON as it goes, in the layout of Farol's documents: two-space indent, keys in the order of the calls, and
// what belongs together on one line.
//
// No tree is built first: a policy made from real entitlements has tens of thousands of permissions. Most documents are
// written by tables of fields (base/json_fields.h), which use this class; a document whose members are computed one by
// one is written by calls.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace farol::base {

class JsonWriter {
 public:
  // Reserves room for so many bytes more, so that a long document is not copied as it grows.
  void expect(std::size_t bytes) { out_.reserve(out_.size() + bytes); }

  // Whether each member of an object or array has a line of its own. All that is inside a `line` is on that line.
  enum class Layout : std::uint8_t { lines, line };

  void begin_object(Layout layout = Layout::lines) { begin('{', layout); }
  void end_object() { end('}'); }
  void begin_array(Layout layout = Layout::lines) { begin('[', layout); }
  void end_array() { end(']'); }

  // Writes the key of the value that follows.
  JsonWriter& key(std::string_view name);

  void string(std::string_view text);  // well-formed UTF-8
  void number(std::int64_t value);
  void boolean(bool value);
  void null();
  // Writes an array of texts on one line.
  template <class Texts>
  void strings(const Texts& texts) {
    begin_array(Layout::line);
    for (const auto& text : texts) string(text);
    end_array();
  }

  // Returns the document, with a new line at its end.
  [[nodiscard]] std::string take();

 private:
  struct Level {
    Layout layout = Layout::lines;
    bool empty = true;
  };
  void begin(char bracket, Layout layout);
  void end(char bracket);
  void before_value();
  void separate();
  void new_line(std::string_view before = {});  // nothing or a comma
  void quoted(std::string_view text, std::string_view end);

  std::string out_;
  std::vector<Level> levels_;
  bool after_key_ = false;
};

// Of a JSON document that another library wrote: the same with the escapes that `JsonWriter` has for what a terminal
// obeys or hides, and for what begins a command in the log of a build server.
[[nodiscard]] std::string harmless_json(std::string_view json);

}  // namespace farol::base
