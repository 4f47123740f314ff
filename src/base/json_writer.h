// Writes JSON as it goes, in the layout of Farol's documents: two-space indent, keys in the order of the calls, and
// what belongs together on one line.
//
// Documents are written this way and not by building a tree of nlohmann/json first, because a policy made from real
// entitlements has tens of thousands of permissions: the tree takes several times as long as the text, and it cannot
// put a list of names on one line.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace farol::base {

class JsonWriter {
 public:
  // Room for so many bytes more, so that a long document is not copied as it grows.
  void expect(std::size_t bytes) { out_.reserve(out_.size() + bytes); }

  // How the members of an object or array stand. What is inside a `line` is on that line too.
  enum class Layout : std::uint8_t { lines, line };

  void begin_object(Layout layout = Layout::lines) { begin('{', layout); }
  void end_object() { end('}'); }
  void begin_array(Layout layout = Layout::lines) { begin('[', layout); }
  void end_array() { end(']'); }

  // In an object each value follows its key.
  JsonWriter& key(std::string_view name);

  void string(std::string_view text);  // well-formed UTF-8
  void number(std::int64_t value);
  void boolean(bool value);
  void null();
  // An array of texts on one line.
  template <class Texts>
  void strings(const Texts& texts) {
    begin_array(Layout::line);
    for (const auto& text : texts) string(text);
    end_array();
  }

  // The document, with a new line at its end.
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
  void new_line();
  void quoted(std::string_view text);

  std::string out_;
  std::vector<Level> levels_;
  bool after_key_ = false;
};

}  // namespace farol::base
