// Lists of people as LDIF (RFC 2849), which directories export: entries of people with the groups that they are in
// (`memberOf`), or entries of groups with their members. Line by line, in constant memory.
#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include <fmt/format.h>
#include <nettle/base64.h>

#include "base/text.h"
#include "people/readers.h"

namespace farol::people {
namespace {

// Far above what a directory writes on one line, and above what an entry has.
constexpr std::size_t max_line = std::size_t{1} << 20;
constexpr std::size_t max_values = 1'000'000;

std::string lower(std::string_view word) {
  std::string result(word);
  for (char& c : result) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return result;
}

std::optional<std::string> from_base64(std::string_view text) {
  base64_decode_ctx context{};
  base64_decode_init(&context);
  std::string bytes(BASE64_DECODE_LENGTH(text.size()), '\0');
  std::size_t size = bytes.size();
  if (base64_decode_update(&context, &size, reinterpret_cast<std::uint8_t*>(bytes.data()), text.size(), text.data()) !=
          1 ||
      base64_decode_final(&context) != 1)
    return std::nullopt;
  bytes.resize(size);
  return bytes;
}

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

// The value of the first part of a distinguished name (RFC 4514): `hr` of `cn=hr,ou=groups,o=lotus`. A text that is no
// distinguished name stands for itself.
std::string first_value(std::string_view name) {
  const std::size_t equals = name.find('=');
  if (equals == std::string_view::npos) return std::string(name);
  std::string value;
  for (std::size_t i = equals + 1; i < name.size() && name[i] != ',' && name[i] != '+'; ++i) {
    if (name[i] != '\\' || i + 1 == name.size()) {
      value += name[i];
    } else if (i + 2 < name.size() && hex_digit(name[i + 1]) >= 0 && hex_digit(name[i + 2]) >= 0) {
      value += static_cast<char>(hex_digit(name[i + 1]) * 16 + hex_digit(name[i + 2]));
      i += 2;
    } else {
      value += name[++i];
    }
  }
  while (!value.empty() && value.back() == ' ') value.pop_back();
  return value;
}

class Directory {
 public:
  Directory(base::Bytes& bytes, const std::function<void(const Line&)>& take) : bytes_(bytes), take_(take) {}

  std::optional<std::string> run() {
    std::string line, next;
    bool more = read_line(line);
    while (more && problem_.empty()) {
      // A line that begins with a blank continues the one before.
      while ((more = read_line(next)) && next.starts_with(' ')) {
        line += std::string_view(next).substr(1);
        if (line.size() > max_line) fail("a value is longer than 1 MiB");
        if (!problem_.empty()) break;
      }
      if (problem_.empty()) read(line);
      line.swap(next);
    }
    if (problem_.empty()) end_entry();
    if (!problem_.empty()) return problem_;
    return std::nullopt;
  }

 private:
  bool read_line(std::string& line) {
    line.clear();
    ++number_;
    bool any = false;
    while (!bytes_.ahead().empty()) {
      any = true;
      const std::string_view ahead = bytes_.ahead();
      const std::size_t end = ahead.find('\n');
      line += ahead.substr(0, end);
      bytes_.take(end == std::string_view::npos ? ahead.size() : end + 1);
      if (line.size() > max_line) return fail("a line is longer than 1 MiB"), false;
      if (end != std::string_view::npos) break;
    }
    if (line.ends_with('\r')) line.pop_back();
    return any;
  }

  void read(std::string_view line) {
    if (line.empty()) return end_entry();
    if (line.starts_with('#')) return;
    const std::size_t colon = line.find(':');
    if (colon == std::string_view::npos) return fail("expected `name: value`");
    const std::string key = lower(line.substr(0, std::min(colon, line.find(';'))));
    std::string_view rest = line.substr(colon + 1);
    const bool encoded = rest.starts_with(':');
    if (encoded) rest.remove_prefix(1);
    if (rest.starts_with('<')) return fail("a value is in another file, which is not read");
    while (rest.starts_with(' ')) rest.remove_prefix(1);
    std::string value(rest);
    if (encoded) {
      auto decoded = from_base64(rest);
      if (!decoded) return fail("the value is no base64");
      value = std::move(*decoded);
    }
    if (key == "changetype") return fail("it is a list of changes, not of people");
    if (is_wanted(key)) take_value(key, std::move(value));
  }

  static bool is_wanted(std::string_view key) {
    constexpr std::array<std::string_view, 11> keys{"dn",           "uid",       "samaccountname", "employeenumber",
                                                    "displayname",  "cn",        "memberof",       "member",
                                                    "uniquemember", "memberuid", "objectclass"};
    return std::find(keys.begin(), keys.end(), key) != keys.end();
  }

  void take_value(const std::string& key, std::string value) {
    if (!is_text(value)) return;
    if (key == "dn") {
      if (!dn_.empty()) return fail("the entry before has no blank line behind it");
      dn_ = std::move(value);
    } else if (key == "memberof") {
      add_name(value, groups_);
    } else if (key == "member" || key == "uniquemember" || key == "memberuid") {
      add_name(value, members_);
    } else if (key == "displayname" || (key == "cn" && name_.empty())) {
      name_ = value;
      if (key == "cn") common_name_ = std::move(value);
    } else if (key == "cn") {
      common_name_ = std::move(value);
    } else if (key == "objectclass") {
      is_group_ = is_group_ || lower(value).find("group") != std::string::npos;
    } else if (id_.empty() || key == "uid") {
      id_ = std::move(value);
    }
    if (groups_.size() > max_values || members_.size() > max_values) fail("an entry has more than 1,000,000 values");
  }

  bool is_text(const std::string& value) {
    if (base::find_invalid_utf8(value)) return fail("the value is no UTF-8"), false;
    if (value.find_first_of("\x1e\x1f") != std::string::npos) return fail("the value has a control character"), false;
    return true;
  }

  // A group that must have members and has none has one without a name in many directories.
  void add_name(const std::string& distinguished, std::vector<std::string>& names) {
    std::string name = first_value(distinguished);
    // What was escaped may be anything.
    if (is_text(name) && !name.empty()) names.push_back(std::move(name));
  }

  // A group gives its role to its members, an entry of a person has the roles of the groups that it is in. What is
  // neither, such as the folder of both, is passed over.
  void end_entry() {
    const bool is_group = is_group_ || !members_.empty();
    if (dn_.empty() || (!is_group && id_.empty() && groups_.empty())) return clear();
    const std::string name_of_entry = first_value(dn_);
    if (!is_text(name_of_entry)) return;
    Line line;
    if (is_group) {
      const std::string& group = common_name_.empty() ? name_of_entry : common_name_;
      if (group.empty() && !members_.empty()) return fail("the group before has no name");
      for (const std::string& member : members_) {
        line.number = ++count_;
        line.id = member;
        line.roles = group + Line::role_end;
        take_(line);
      }
    } else {
      line.number = ++count_;
      line.id = id_.empty() ? name_of_entry : id_;
      if (line.id.empty()) return fail("the person before has no id");
      line.name = name_;
      for (const std::string& group : groups_) line.roles += group + Line::role_end;
      if (groups_.empty()) line.roles = std::string(1, Line::role_end);
      take_(line);
    }
    clear();
  }

  void clear() {
    for (std::string* text : {&dn_, &id_, &name_, &common_name_}) text->clear();
    groups_.clear();
    members_.clear();
    is_group_ = false;
  }

  void fail(std::string_view problem) {
    if (problem_.empty()) problem_ = fmt::format("line {}: {}", number_ - 1, problem);
  }

  base::Bytes& bytes_;
  const std::function<void(const Line&)>& take_;
  std::uint64_t number_ = 0, count_ = 0;
  std::string problem_;
  std::string dn_, id_, name_, common_name_;
  std::vector<std::string> groups_, members_;
  bool is_group_ = false;
};

}  // namespace

std::optional<std::string> read_ldif(base::Bytes& bytes, const std::function<void(const Line&)>& take) {
  return Directory{bytes, take}.run();
}

}  // namespace farol::people
