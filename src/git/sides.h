// What `git:` means on a command line that compares two policies.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/file_system.h"

namespace farol::git {

struct Revision {
  std::string name;  // in the words of `git rev-parse`: `main`, `HEAD~1`, `v1.0`, `4f2a91c`
  // Not empty: not NAME is meant but the commit at which it parted from this one, as in `git diff NAME...BRANCH`.
  std::string branch = {};

  friend bool operator==(const Revision&, const Revision&) = default;
};

// One of the two things that are compared.
struct Side {
  std::optional<Revision> revision;  // none: the files as they lie on disk, committed or not
  std::string path;                  // as it was written

  friend bool operator==(const Side&, const Side&) = default;
};

struct Sides {
  Side before;
  Side after;

  friend bool operator==(const Sides&, const Sides&) = default;
};

// Whether a word is `git:…`; a file of such a name is written `./git:…`.
[[nodiscard]] bool names_revision(std::string_view word);

// As a user would write it: `git:main:policies`. What two branches have in common has no such spelling:
// `git:main...topic`.
[[nodiscard]] std::string to_string(const Side& side);

// One word or two, each a path, `git:REV[:PATH]` or, as the first, a range:
//
//   git:main             what has changed since `main`, up to the files on disk, as `git diff main` has it
//   git:main..           the same; an end that is left open is the files on disk, a beginning is `HEAD`
//   git:main..topic      from `main` to `topic`
//   git:main...topic     from where `topic` left `main`; `git:main...` up to the files on disk
//   git:main..:policies  a path behind any of them, of both sides
//   git:main policies    the same
//
// A revision without a path has that of the other side; where neither has one, it is `.`. An error says what is wrong
// with the words.
[[nodiscard]] base::FileResult<Sides> parse_sides(const std::vector<std::string>& words);

}  // namespace farol::git
