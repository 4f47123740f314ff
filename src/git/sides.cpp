#include "git/sides.h"

#include <utility>
#include <variant>

namespace farol::git {
namespace {

constexpr std::string_view prefix = "git:";
constexpr std::string_view working_folder = ".";

// What stands behind `git:`.
struct Word {
  std::string revisions;  // one, or a range
  std::string path;       // empty: none was written
};

// Not within braces: `HEAD@{2026-11-20 10:00}` and `main^{/a..b}` are one name each.
std::size_t find_outside_braces(std::string_view text, std::string_view what) {
  int depth = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '{') ++depth;
    if (text[at] == '}') --depth;
    if (depth <= 0 && text.substr(at).starts_with(what)) return at;
  }
  return std::string_view::npos;
}

Word split(std::string_view word) {
  word.remove_prefix(prefix.size());
  const std::size_t colon = find_outside_braces(word, ":");
  if (colon == std::string_view::npos) return {std::string(word), ""};
  return {std::string(word.substr(0, colon)), std::string(word.substr(colon + 1))};
}

base::FileError no_revision(const std::string& word) {
  return {"`" + word + "` names no revision; it is written git:main, git:HEAD~1:policies or git:main..topic"};
}

bool is_range(const Word& word) { return find_outside_braces(word.revisions, "..") != std::string_view::npos; }

Sides sides_of_range(const Word& word) {
  const std::size_t dots = find_outside_braces(word.revisions, "..");
  const bool from_parting = word.revisions.compare(dots, 3, "...") == 0;
  const std::string begin = word.revisions.substr(0, dots);
  const std::string end = word.revisions.substr(dots + (from_parting ? 3 : 2));
  Sides sides;
  sides.before.revision = Revision{begin.empty() ? "HEAD" : begin};
  if (from_parting) sides.before.revision->branch = end.empty() ? "HEAD" : end;
  if (!end.empty()) sides.after.revision = Revision{end};
  return sides;
}

// One side of two words.
Side side_of(const std::string& word) {
  if (!names_revision(word)) return {std::nullopt, word};
  Word parts = split(word);
  return {Revision{std::move(parts.revisions)}, std::move(parts.path)};
}

void take_path(Side& side, const std::string& path) {
  if (side.path.empty()) side.path = path.empty() || path == "-" ? std::string(working_folder) : path;
}

}  // namespace

bool names_revision(std::string_view word) { return word.starts_with(prefix); }

std::string to_string(const Side& side) {
  if (!side.revision) return side.path;
  std::string text = std::string(prefix) + side.revision->name;
  if (!side.revision->branch.empty()) text += "..." + side.revision->branch;
  return side.path == working_folder ? text : text + ":" + side.path;
}

base::FileResult<Sides> parse_sides(const std::vector<std::string>& words) {
  if (words.empty() || words.size() > 2)
    return base::FileError{"two things are compared, or the files here with a revision: git:REV"};
  for (const std::string& word : words) {
    if (!names_revision(word)) continue;
    const Word parts = split(word);
    if (parts.revisions.find_first_not_of('.') == std::string::npos) return no_revision(word);
  }
  Sides sides;
  const bool range = names_revision(words.front()) && is_range(split(words.front()));
  if (range) {
    sides = sides_of_range(split(words.front()));
    std::string path = split(words.front()).path;
    if (words.size() == 2) {
      if (names_revision(words.back()))
        return base::FileError{"`" + words.front() + "` has both sides already, and `" + words.back() + "` is a third"};
      if (!path.empty())
        return base::FileError{"`" + words.front() + "` has a path already, and `" + words.back() + "` is another"};
      path = words.back();
    }
    sides.before.path = path;
    sides.after.path = std::move(path);
  } else {
    sides.before = side_of(words.front());
    if (words.size() == 1 && !sides.before.revision)
      return base::FileError{"with what is `" + words.front() +
                             "` to be compared? farol diff OLD NEW, or farol diff git:REV"};
    if (words.size() == 2) {
      if (names_revision(words.back()) && is_range(split(words.back())))
        return base::FileError{"`" + words.back() + "` has two sides; a range stands alone or before a path"};
      sides.after = side_of(words.back());
    }
  }
  const std::string before = sides.before.path;
  take_path(sides.before, sides.after.path);
  take_path(sides.after, before);
  return sides;
}

}  // namespace farol::git
