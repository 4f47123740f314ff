// Who holds which roles: lists of people of any size, gathered by person in bounded memory.
//
// A person may be on several lines, anywhere in a file, and then holds the roles of all of them. What is kept of
// each person is a digest of their id and the number of a set of roles; where these are more than fit, the files are
// read again for the next range of digests. So the memory depends on the number of different sets of roles, not on that
// of people.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <variant>
#include <vector>

#include "base/date.h"
#include "base/file_system.h"
#include "model/model.h"

namespace farol::people {

// How many people of a group are named, and how many names of a kind are listed.
inline constexpr std::size_t max_named = 10;
inline constexpr std::size_t max_listed = 100;
// Different sets of roles, of people or of changes.
inline constexpr std::size_t max_sets = 100'000;

struct NamedPerson {
  std::uint64_t line = 0;  // see `Line::number`
  std::string id, name;
};

// People who have something in common: how many, and the first ones by their place in the file.
struct Group {
  std::uint64_t count = 0;
  std::vector<NamedPerson> named;  // at most `max_named`, by line
};

struct UnknownRole {
  std::string name;
  std::uint64_t lines = 0;  // on which it occurs
  std::uint64_t first = 0;
};

using Roles = std::vector<model::RoleId>;  // those that count, sorted

struct Census {
  std::uint64_t people = 0, lines = 0;
  std::uint64_t several_lines = 0;   // people who are on more than one
  std::uint64_t undated = 0;         // lines that do not count on this day
  std::map<Roles, Group> by_roles;   // no roles: whoever holds none
  std::vector<UnknownRole> unknown;  // by name; at most `max_listed`
  std::uint64_t more_unknown = 0;    // lines with another name that is unknown
  Group two_names;                   // ids that have different names
  Group left;                        // who is on no line that counts, and whose last day is past
  Group shared;                      // who holds a role that is `shared: yes`, or is called like a role: an account

  // With an earlier list: whose roles differ. Who joined held none before, who left holds none now.
  struct Move {
    std::optional<Roles> before, after;  // nothing: not in that list
    bool operator==(const Move&) const = default;
    bool operator<(const Move& other) const { return std::tie(before, after) < std::tie(other.before, other.after); }
  };
  std::map<Move, Group> moves;
  std::uint64_t people_before = 0;
};

// A list that can be read more than once, such as a file.
struct List {
  std::string name;
  std::function<base::FileResult<std::unique_ptr<base::ByteStream>>()> open;
};

// What is wrong with a list; `name` says with which.
struct BadList {
  std::string name, reason;
};

// `slots` bounds the people that are held at once: see census.cpp; a smaller number is for tests.
inline constexpr std::size_t default_slots = std::size_t{1} << 22;
[[nodiscard]] std::variant<Census, BadList> take_census(const model::Model& model, base::Date as_of, const List& now,
                                                        const List* before, std::size_t slots = default_slots);

}  // namespace farol::people
