// JSON by the events of nlohmann/json: no tree is made, so a file may be larger than the memory.
#include <algorithm>
#include <array>
#include <iterator>

#include <fmt/format.h>
#include <nlohmann/json.hpp>

#include "base/text.h"
#include "people/readers.h"

namespace farol::people {
namespace {

constexpr std::size_t max_depth = 64;

// What the parser reads from. A text that does not end for too long ends the input.
class Feed {
 public:
  explicit Feed(Bytes& bytes) : bytes_(bytes) {}

  [[nodiscard]] bool at_end() const { return too_long() || bytes_.ahead().empty(); }
  [[nodiscard]] bool too_long() const { return since_quote_ > max_cell_bytes; }
  [[nodiscard]] char current() const { return bytes_.ahead().front(); }
  void advance() {
    since_quote_ = current() == '"' ? 0 : since_quote_ + 1;
    bytes_.take(1);
  }
  void skip_blanks() {
    while (!at_end() && std::string_view(" \t\r\n").find(current()) != std::string_view::npos) advance();
    since_quote_ = 0;
  }

 private:
  Bytes& bytes_;
  std::size_t since_quote_ = 0;
};

// An input iterator over a feed; all that are not at the end are one.
class FeedIterator {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = char;

  FeedIterator() = default;
  explicit FeedIterator(Feed& feed) : feed_(&feed) {}

  char operator*() const { return feed_->current(); }
  FeedIterator& operator++() {
    feed_->advance();
    return *this;
  }
  friend bool operator==(const FeedIterator& a, const FeedIterator& b) { return a.at_end() == b.at_end(); }
  friend bool operator!=(const FeedIterator& a, const FeedIterator& b) { return !(a == b); }

 private:
  [[nodiscard]] bool at_end() const { return feed_ == nullptr || feed_->at_end(); }
  Feed* feed_ = nullptr;
};

bool is_one_of(std::string_view word, std::string_view words) {
  return words.find('|' + std::string(word) + '|') != std::string_view::npos;
}
// Under these keys of an answer of DingTalk, or of another program, people are found.
bool holds_people(std::string_view key) {
  return is_one_of(key, "|result|list|userlist|users|people|members|data|items|value|");
}
bool is_role_id(std::string_view key) { return is_one_of(key, "|role_id|roleId|"); }
bool is_role_name(std::string_view key) { return is_one_of(key, "|role_name|roleName|"); }

class Events : public nlohmann::json_sax<nlohmann::json> {
 public:
  explicit Events(const std::function<void(const Line&)>& take) : take_(take) {}

  std::string problem;

  bool null() override { return value({}); }
  bool boolean(bool) override { return value({}); }
  bool number_integer(number_integer_t number) override { return value(std::to_string(number)); }
  bool number_unsigned(number_unsigned_t number) override { return value(std::to_string(number)); }
  bool number_float(number_float_t, const string_t& text) override { return value(text); }
  bool string(string_t& text) override { return value(text); }
  bool binary(binary_t&) override { return false; }
  bool key(string_t& text) override {
    key_ = text;
    return true;
  }

  bool start_object(std::size_t) override { return open(false); }
  bool start_array(std::size_t) override { return open(true); }
  bool end_array() override {
    levels_.pop_back();
    return true;
  }
  bool end_object() override {
    const Level level = std::move(levels_.back());
    levels_.pop_back();
    if (level.place == Place::role) {
      levels_.at(levels_.size() - 2).roles += level.roles + Line::role_end;
      return true;
    }
    return level.place != Place::people || finish(level);
  }

  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception& exception) override {
    // `[json.exception.parse_error.101] parse error at line 1, column 5: …`
    const std::string_view what = exception.what();
    problem = what.substr(std::min(what.size(), what.find("] ") + 2));
    return false;
  }

 private:
  enum class Place { people, roles, role, elsewhere };
  struct Level {
    Place place = Place::elsewhere;
    bool array = false;
    bool holds_people = false;  // somewhere below
    Line line;                  // of an object that may be a person
    std::string roles;
  };

  bool open(bool array) {
    if (levels_.size() == max_depth) return fail("it is nested too deeply");
    Level level;
    level.array = array;
    level.place = place(array);
    if (level.place == Place::people && !levels_.empty()) levels_.back().holds_people = true;
    levels_.push_back(std::move(level));
    key_.clear();
    return true;
  }

  [[nodiscard]] Place place(bool array) const {
    if (levels_.empty()) return Place::people;
    const Level& outer = levels_.back();
    if (outer.array) {
      if (outer.place == Place::roles) return array ? Place::elsewhere : Place::role;
      return outer.place;
    }
    if (outer.place != Place::people) return Place::elsewhere;
    if (array && field_named(key_) == Field::roles) return Place::roles;
    return people::holds_people(key_) ? Place::people : Place::elsewhere;
  }

  // A text or a number; of other values nothing.
  bool value(std::string text) {
    if (levels_.empty()) return fail("it is no list of people");
    Level& level = levels_.back();
    if (level.array && level.place == Place::people)
      return fail(fmt::format("person {} is no object with an id and roles", count_ + 1));
    const bool is_separator = text.find_first_of("\x1e\x1f") != std::string::npos;
    if (text.empty() || is_separator) return !is_separator || fail("a text has a control character");
    if (level.place == Place::roles && level.array) {
      levels_.at(levels_.size() - 2).roles += text + Line::role_end;
    } else if (level.place == Place::role) {
      if (key_ == "id" || is_role_id(key_)) {
        level.roles = text + (level.roles.empty() ? "" : Line::other_name + level.roles);
      } else if (key_ == "name" || is_role_name(key_)) {
        level.roles += (level.roles.empty() ? "" : std::string(1, Line::other_name)) + text;
      }
    } else if (level.place == Place::people && !level.array) {
      return set_field(level, std::move(text));
    }
    return true;
  }

  bool set_field(Level& level, std::string text) {
    if (is_role_id(key_) || is_role_name(key_)) {
      level.roles += text + Line::role_end;
      return true;
    }
    const auto field = field_named(key_);
    if (!field) return true;
    switch (*field) {
      case Field::id: level.line.id = std::move(text); break;
      case Field::name: level.line.name = std::move(text); break;
      case Field::roles: level.roles += text + Line::role_end; break;
      case Field::from:
      case Field::until:
        if (!read_day(text, *field == Field::from ? level.line.from : level.line.until))
          return fail(fmt::format("person {}: `{}` is not a day; a day is written 2026-11-23", count_ + 1, text));
        break;
    }
    return true;
  }

  // The end of an object that is a person, or around people.
  bool finish(const Level& level) {
    if (level.line.id.empty()) {
      if (level.holds_people) return true;
      return fail(fmt::format("person {} has no id; it stands under `id` or `userid`", count_ + 1));
    }
    Line line = level.line;
    line.number = ++count_;
    // A role that an answer is about stands beside its list: `{"role_id": 20000, "result": {"list": [ … ]}}`.
    for (const Level& outer : levels_) line.roles += outer.roles;
    line.roles += level.roles;
    if (line.roles.empty()) line.roles = std::string(1, Line::role_end);
    take_(line);
    return true;
  }

  bool fail(std::string_view what) {
    problem = what;
    return false;
  }

  const std::function<void(const Line&)>& take_;
  std::vector<Level> levels_;
  std::string key_;
  std::uint64_t count_ = 0;
};

}  // namespace

std::optional<std::string> read_json(Bytes& bytes, const std::function<void(const Line&)>& take) {
  Feed feed{bytes};
  Events events{take};
  for (feed.skip_blanks(); !feed.at_end(); feed.skip_blanks()) {
    const bool whole = nlohmann::json::sax_parse(FeedIterator{feed}, FeedIterator{}, &events,
                                                 nlohmann::json::input_format_t::json, false);
    if (feed.too_long()) return fmt::format("a text is longer than {} KiB", max_cell_bytes >> 10);
    if (!whole) return events.problem.empty() ? "it is no list of people" : events.problem;
  }
  return std::nullopt;
}

}  // namespace farol::people
