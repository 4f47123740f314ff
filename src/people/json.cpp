// Lists of people as JSON, token by token: no tree is made, so a file may be larger than the memory.
#include <charconv>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "base/json_reader.h"
#include "people/readers.h"

namespace farol::people {
namespace {

bool is_one_of(std::string_view word, std::string_view words) {
  return words.find('|' + std::string(word) + '|') != std::string_view::npos;
}
// Returns true for the keys under which an answer of DingTalk, or of another program, has people.
bool holds_people(std::string_view key) {
  return is_one_of(key, "|result|list|userlist|users|people|members|data|items|value|Resources|");
}
bool is_role_id(std::string_view key) { return is_one_of(key, "|role_id|roleId|tagid|"); }
bool is_role_name(std::string_view key) { return is_one_of(key, "|role_name|roleName|tagname|"); }

class People {
 public:
  People(base::Bytes& bytes, const std::function<void(const Line&)>& take)
      : reader_(bytes, base::JsonReader::Values::several), take_(take) {}

  std::optional<std::string> run() {
    for (;;) {
      switch (reader_.next()) {
        case base::JsonToken::object: open(false); break;
        case base::JsonToken::list: open(true); break;
        case base::JsonToken::object_end: end_object(); break;
        case base::JsonToken::list_end: levels_.pop_back(); break;
        case base::JsonToken::key: key_ = reader_.text(); break;
        case base::JsonToken::text:
        case base::JsonToken::number: value(reader_.text()); break;
        case base::JsonToken::boolean: flag(reader_.text() == "true"); break;
        case base::JsonToken::null: value({}); break;
        case base::JsonToken::end:
          return has_more_ || more_at_cursor_ ? std::optional<std::string>(one_page) : missing();
        case base::JsonToken::error: return reader_.problem_with_place();
      }
      if (!problem_.empty()) return problem_;
    }
  }

 private:
  static constexpr std::string_view one_page =
      "it is a page of a longer list (has_more): ask for the other pages, and put them behind it";

  // What a list of SCIM says of itself (RFC 7644, 3.4.2.4, and RFC 9865 for cursors).
  struct Page {
    std::optional<std::uint64_t> total, start;
    std::uint64_t here = 0;   // that the page has
    bool has_list = false;    // directly in this object
    bool says_more = false;   // whether it does, `has_more` says
    bool has_cursor = false;  // of the next page
  };

  // What an answer of the platform says where it refused to answer.
  struct Refusal {
    std::string code, words;
    std::string code_of_message;  // counts beside a message only
    bool has_message = false;
    bool says_no = false;

    // Returns an empty text if it is none.
    [[nodiscard]] std::string told() const {
      const std::string& number = has_message && code.empty() ? code_of_message : code;
      if (number.empty() && !says_no) return {};
      return fmt::format("the platform refused to answer:{}{}", number.empty() ? "" : " " + number,
                         words.empty() ? "" : " " + words);
    }
  };

  enum class Place { people, roles, role, elsewhere };
  struct Level {
    Place place = Place::elsewhere;
    bool array = false;
    bool holds_people = false;  // somewhere below
    bool is_group = false;      // of SCIM: the people below have it as a role
    std::string display;        // `displayName` of SCIM
    Line line;                  // of an object that may be a person
    std::string roles;
    Refusal refusal;
    Page page;
  };

  void open(bool array) {
    Level level;
    level.array = array;
    level.place = place(array);
    if (level.place == Place::people && !levels_.empty()) {
      levels_.back().holds_people = true;
      if (levels_.back().array && levels_.size() > 1) ++levels_[levels_.size() - 2].page.here;
      if (array && !levels_.back().array) levels_.back().page.has_list = true;
    }
    if (array && key_ == "members" && !levels_.empty()) begin_group(levels_.back());
    levels_.push_back(std::move(level));
    key_.clear();
  }

  // What an answer says of itself. A person may have a code, too, but no message beside it.
  void note_refusal(Level& level, const std::string& text) {
    if (key_ == "errcode" && text != "0") level.refusal.code = text;
    if (key_ == "code") level.refusal.code_of_message = text;
    if (key_ == "errmsg" || key_ == "message") level.refusal.words = text;
    if (key_ == "message") level.refusal.has_message = true;
  }

  void flag(bool truth) {
    if (!levels_.empty() && !levels_.back().array) {
      if (key_ == "has_more" || key_ == "hasMore") {
        has_more_ = truth;
        levels_.back().page.says_more = true;
      }
      if (key_ == "success" && !truth) levels_.back().refusal.says_no = true;
    }
    value({});
  }

  // A page begins a list, or goes on where the one before it ended. What is not there is said, for whoever is missing
  // would be taken for somebody who left.
  void end_page(const Page& page) {
    if (page.has_list && !page.says_more) more_at_cursor_ = page.has_cursor;
    if (!page.total) return;
    const bool goes_on = page.start ? *page.start > 1 : was_at_cursor_;
    if (!goes_on) {
      if (const auto problem = missing()) return fail(*problem);
      listed_ = 0;
    }
    if (page.start && goes_on && *page.start != listed_ + 1)
      return fail(fmt::format("it has a page that begins at {}, but only {} before it", *page.start, listed_));
    total_ = *page.total;
    listed_ += page.here;
    was_at_cursor_ = page.has_cursor;
  }
  [[nodiscard]] std::optional<std::string> missing() const {
    if (listed_ >= total_) return std::nullopt;
    return fmt::format("it has {} of {} (totalResults): ask for the other pages, and put them behind it", listed_,
                       total_);
  }

  void end_object() {
    const Level level = std::move(levels_.back());
    levels_.pop_back();
    if (level.page.has_list || level.page.total) end_page(level.page);
    if (!problem_.empty()) return;
    if (const std::string refused = level.refusal.told(); !refused.empty() && level.line.id.empty())
      return fail(refused);
    if (level.place == Place::role) {
      levels_.at(levels_.size() - 2).roles += level.roles + Line::role_end;
    } else if (level.place == Place::people) {
      finish(level);
    }
  }

  // An object that has members is a group, which gives its role to them.
  void begin_group(Level& level) {
    const std::string& id = level.line.id;
    const std::string& name = level.display.empty() ? level.line.name : level.display;
    level.is_group = !id.empty() || !name.empty();
    if (!level.is_group) return;
    level.roles += id + (id.empty() || name.empty() ? "" : std::string(1, Line::other_name)) + name + Line::role_end;
  }

  [[nodiscard]] Place place(bool array) const {
    if (levels_.empty()) return Place::people;
    const Level& outer = levels_.back();
    if (outer.array) {
      if (outer.place == Place::roles) return array ? Place::elsewhere : Place::role;
      return outer.place;
    }
    if (outer.place != Place::people) return Place::elsewhere;
    if (array && (field_named(key_) == Field::roles || key_ == "groups")) return Place::roles;
    return people::holds_people(key_) ? Place::people : Place::elsewhere;
  }

  // Takes a text or a number; other values come as an empty text.
  void value(const std::string& text) {
    if (levels_.empty()) return fail("it is no list of people");
    Level& level = levels_.back();
    if (level.array && level.place == Place::people)
      return fail(fmt::format("person {} is no object with an id and roles", count_ + 1));
    if (text.find_first_of("\x1e\x1f") != std::string::npos) return fail("a text has a control character");
    if (text.empty()) return;
    if (level.place == Place::roles && level.array) {
      levels_.at(levels_.size() - 2).roles += text + Line::role_end;
    } else if (level.place == Place::role) {
      if (key_ == "id" || key_ == "value" || is_role_id(key_)) {
        level.roles = text + (level.roles.empty() ? "" : Line::other_name + level.roles);
      } else if (key_ == "name" || key_ == "display" || is_role_name(key_)) {
        level.roles += (level.roles.empty() ? "" : std::string(1, Line::other_name)) + text;
      }
    } else if (level.place == Place::people && !level.array) {
      note_refusal(level, text);
      note_page(level.page, text);
      set_field(level, text);
    }
  }

  void note_page(Page& page, const std::string& text) const {
    const auto number = [&] {
      std::uint64_t value = 0;
      const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
      return end.ec == std::errc{} && end.ptr == text.data() + text.size() ? std::optional{value} : std::nullopt;
    };
    if (key_ == "totalResults") page.total = number();
    if (key_ == "startIndex") page.start = number();
    // Where there is no other page, WeCom's is empty and others say 0.
    if ((key_ == "nextCursor" || key_ == "next_cursor") && text != "0") page.has_cursor = true;
  }

  void set_field(Level& level, const std::string& text) {
    if (is_role_id(key_) || is_role_name(key_)) {
      level.roles += text + Line::role_end;
      return;
    }
    if (key_ == "displayName" || key_ == "display") level.display = text;
    // A member of a group of SCIM is named by `value`.
    const bool is_member = key_ == "value" && level.line.id.empty();
    const auto field = is_member ? std::optional{Field::id} : field_named(key_);
    if (!field) {
      if (level.line.id.empty() && is_staff_number(key_)) level.line.id = text;
      return;
    }
    switch (*field) {
      case Field::id: level.line.id = text; break;
      case Field::name: level.line.name = text; break;
      case Field::roles: level.roles += text + Line::role_end; break;
      case Field::from:
      case Field::until:
        if (!read_day(text, *field == Field::from ? level.line.from : level.line.until))
          fail(fmt::format("person {}: `{}` is not a day; a day is written 2026-11-23", count_ + 1, text));
        break;
    }
  }

  // Ends an object that is a person, or is around people.
  void finish(const Level& level) {
    if (level.is_group) return;
    if (level.holds_people && !level.display.empty())
      return fail(fmt::format("the members of the group `{}` stand before its name, so that it is not known who has it",
                              level.display));
    if (level.line.id.empty()) {
      if (!level.holds_people) fail(fmt::format("person {} has no id: expected the key `id` or `userid`", count_ + 1));
      return;
    }
    Line line = level.line;
    if (line.name.empty()) line.name = level.display;
    line.number = ++count_;
    // The role that an answer is about is beside its list: `{"role_id": 20000, "result": {"list": [ … ]}}`.
    for (const Level& outer : levels_) line.roles += outer.roles;
    line.roles += level.roles;
    if (line.roles.empty()) line.roles = std::string(1, Line::role_end);
    take_(line);
  }

  void fail(std::string problem) { problem_ = std::move(problem); }

  base::JsonReader reader_;
  const std::function<void(const Line&)>& take_;
  std::vector<Level> levels_;
  std::string key_;
  std::uint64_t count_ = 0;
  std::uint64_t total_ = 0, listed_ = 0;  // of the list of SCIM that is read
  bool was_at_cursor_ = false, more_at_cursor_ = false;
  bool has_more_ = false;  // the answer that was read last says that there is another page
  std::string problem_;
};

}  // namespace

std::optional<std::string> read_json(base::Bytes& bytes, const std::function<void(const Line&)>& take) {
  return People{bytes, take}.run();
}

}  // namespace farol::people
