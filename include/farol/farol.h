// Farol as a library: a policy in, findings and documents out. Only types of the standard library appear here, so that
// a program sees nothing of how the compiler is made.
//
//   farol::Policy policy = farol::Policy::from_paths({"clinic"}, {.as_of = "2026-11-23"});
//   for (const farol::Diagnostic& finding : policy.diagnostics()) std::cerr << finding.message << '\n';
//   if (policy.ok()) write("permissions.json", *policy.permissions_json());
//
// It links with `pkg-config --static --cflags --libs farol`.
//
// Nothing here writes to the disk, asks for the time or throws, except for std::bad_alloc. Different objects may be
// used in different threads at once.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace farol {

// A place in a file: lines and columns from 1, columns in Unicode code points, offsets in bytes from 0.
struct Position {
  std::size_t line = 1, column = 1, offset = 0;
};

// From `start` up to, not including, `end`. `file` is the path as it was given, `<stdin>` for text; empty: no place.
struct Range {
  std::string file;
  Position start, end;
};

// A second place that belongs to a finding, and what it has to do with it.
struct Label {
  Range range;
  std::string text;
};

struct Edit {
  Range range;  // what is replaced; empty to insert
  std::string text;
};

// One of several alternatives. `effect` says what it changes in the meaning of the policy, where that is known.
struct Fix {
  std::string title, effect;
  std::vector<Edit> edits;
};

enum class Severity { error, warning, note };

struct Diagnostic {
  std::string code;  // `F3001`; a number never changes its meaning
  std::string name;  // `conflict`
  Severity severity = Severity::error;
  std::string message;
  Range range;
  std::vector<Label> labels;
  std::vector<std::string> details;
  std::string help;
  std::vector<Fix> fixes;
};

struct Options {
  // The day for which the policy is decided, as 2026-11-23. It is asked for, because a result must not depend on when
  // it was made.
  std::string as_of;
  // The files of a policy may lie anywhere in this folder; empty: in the folder of the first path.
  std::string root;
};

// A policy as it was understood. It can always be made: what is wrong, unreadable files and a day that is none
// included, is in its diagnostics.
class Policy {
 public:
  // Files, and folders for all `.farol` files in them.
  [[nodiscard]] static Policy from_paths(const std::vector<std::string>& paths, const Options& options);
  // A policy that is one text in UTF-8. Its includes are read from the current directory.
  [[nodiscard]] static Policy from_text(std::string_view text, const Options& options);

  Policy(Policy&& other) noexcept;
  Policy& operator=(Policy&& other) noexcept;
  ~Policy();

  // Sorted by file and place.
  [[nodiscard]] const std::vector<Diagnostic>& diagnostics() const;
  // No error was found. Documents are made of such policies only.
  [[nodiscard]] bool ok() const;

  // The bytes of permissions.json and of steps.json, in the policy's language; nothing unless `ok`.
  [[nodiscard]] std::optional<std::string> permissions_json() const;
  [[nodiscard]] std::optional<std::string> steps_json() const;
  // The matrix as Markdown, in `en`, `zh-Hant`, `zh-Hans` or `pt`; nothing unless `ok`, and for another language.
  [[nodiscard]] std::optional<std::string> matrix_markdown(std::string_view language = "en") const;

 private:
  struct Content;
  explicit Policy(std::unique_ptr<Content> content);

  std::unique_ptr<Content> content_;
};

// Of the compiler: `1.0.0`.
[[nodiscard]] std::string version();

}  // namespace farol
