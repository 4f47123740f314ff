#include "support/golden_case.h"

#include <algorithm>
#include <stdexcept>

#include <fmt/format.h>

#include "base/text.h"
#include "support/text_diff.h"
#include "support/text_escapes.h"

namespace farol::testing {
namespace {

constexpr std::string_view mark = "=== ";

// `=== file clinic.farol (bom, crlf)` and the lines below it.
struct Section {
  std::string kind;
  std::string argument;
  std::vector<std::string> form;
  std::string_view body;     // as it stands in the file
  std::string_view written;  // with its head
};

[[noreturn]] void fail(std::string_view head, std::string_view why) {
  throw std::invalid_argument("`" + std::string(head) + "`: " + std::string(why));
}

std::vector<std::string> take_form(std::string& head) {
  const std::size_t open = head.rfind(" (");
  if (open == std::string::npos || !head.ends_with(')')) return {};
  std::vector<std::string> form;
  std::string_view rest = std::string_view(head).substr(open + 2, head.size() - open - 3);
  while (!rest.empty()) {
    const std::size_t comma = rest.find(", ");
    form.emplace_back(rest.substr(0, comma));
    rest = comma == std::string_view::npos ? "" : rest.substr(comma + 2);
  }
  head.resize(open);
  return form;
}

Section read_head(std::string_view line) {
  std::string head(line.substr(mark.size()));
  const bool has_form = head.starts_with("file ") || head.starts_with("wrote ") || head.starts_with("std");
  Section section;
  if (has_form) section.form = take_form(head);
  const std::size_t blank = head.find(' ');
  section.kind = head.substr(0, blank);
  if (blank != std::string::npos) section.argument = head.substr(blank + 1);
  return section;
}

// The sections, and before them what the case is about.
std::pair<std::string, std::vector<Section>> split(std::string_view text) {
  std::string description;
  std::vector<Section> sections;
  std::size_t head = 0;
  std::size_t body = 0;
  const auto finish = [&](std::size_t end) {
    if (sections.empty()) return;
    sections.back().body = text.substr(body, end - body);
    sections.back().written = text.substr(head, end - head);
  };
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
    const std::string_view line = text.substr(at, end - at);
    if (line.starts_with(mark)) {
      finish(at);
      sections.push_back(read_head(line.substr(0, line.find('\n'))));
      head = at;
      body = end;
    } else if (sections.empty()) {
      description += line;
    }
    at = end;
  }
  finish(text.size());
  return {std::move(description), std::move(sections)};
}

std::string decode(const Section& section) {
  std::string text(section.body);
  for (const std::string& form : section.form) {
    if (form == "no end of line") {
      if (text.ends_with('\n')) text.pop_back();
    } else if (form == "crlf") {
      std::string changed;
      for (const char c : text) changed += c == '\n' ? "\r\n" : std::string(1, c);
      text = std::move(changed);
    } else if (form == "bom") {
      text.insert(0, "\xEF\xBB\xBF");
    } else if (form == "escapes") {
      text = unescape(text);
    } else {
      fail(form, "is none of: escapes, no end of line, crlf, bom");
    }
  }
  return text;
}

bool read_expectation(const Section& section, GoldenStep& step) {
  if (section.kind == "exit") {
    step.expected.exit = std::stoi(section.argument);
  } else if (section.kind == "stdout") {
    step.expected.out = decode(section);
  } else if (section.kind == "stderr") {
    step.expected.err = decode(section);
  } else if (section.kind == "wrote") {
    step.expected.wrote[section.argument] = decode(section);
  } else {
    return false;
  }
  return true;
}

void read_input(const Section& section, GoldenStep& step) {
  step.written += section.written;
  if (section.kind == "file") {
    step.files.emplace_back(section.argument, decode(section));
  } else if (section.kind == "stdin") {
    step.circumstances.standard_input = decode(section);
  } else if (section.kind == "unwritable") {
    step.unwritable.push_back(section.argument);
  } else if (section.kind == "terminal") {
    step.circumstances.terminal = true;
    step.circumstances.no_color = section.argument == "NO_COLOR";
  } else if (section.kind == "run") {
    step.command = section.argument;
  } else {
    fail(section.kind, "is not a kind of section");
  }
}

void write_section(std::string& out, const std::string& head, const std::string& text) {
  const std::vector<std::string_view> lines = lines_of(text);
  const bool looks_like_head =
      std::any_of(lines.begin(), lines.end(), [](std::string_view line) { return line.starts_with(mark); });
  const bool escaped = needs_escapes(text) || looks_like_head;
  const bool open_end = !text.ends_with('\n');
  std::string body = escaped ? escape(text) : text;
  // A line that begins like a head begins with the escape of its first mark instead.
  if (looks_like_head) {
    for (std::size_t at = 0; at != std::string::npos; at = body.find('\n', at)) {
      if (at > 0) ++at;
      if (std::string_view(body).substr(at).starts_with(mark)) body.replace(at, 1, "\\x3d");
    }
  }
  std::string form = open_end ? "no end of line" : "";
  if (escaped) form += form.empty() ? "escapes" : ", escapes";
  out += std::string(mark) + head + (form.empty() ? "" : " (" + form + ")") + "\n" + body + (open_end ? "\n" : "");
}

constexpr std::string_view by_name = "writes by name";
constexpr std::string_view but = " but ";

// `by name`, or `by name but NAME, NAME`.
void read_writes(const Section& section, GoldenCase& golden) {
  std::string_view rest = section.argument;
  const std::string_view start = by_name.substr(by_name.find(' ') + 1);
  if (!rest.starts_with(start)) fail(section.kind, "has no `by name` behind it");
  golden.writes_by_name = true;
  rest.remove_prefix(start.size());
  if (rest.empty()) return;
  if (!rest.starts_with(but)) fail(section.kind, "has neither an end nor `but` behind `by name`");
  for (rest.remove_prefix(but.size()); !rest.empty();) {
    const std::size_t comma = std::min(rest.find(", "), rest.size());
    golden.shown.emplace_back(rest.substr(0, comma));
    rest.remove_prefix(std::min(comma + 2, rest.size()));
  }
}

}  // namespace

bool GoldenCase::shows(std::string_view path) const {
  const std::string_view name = path.substr(path.rfind('/') + 1);
  return !writes_by_name || std::find(shown.begin(), shown.end(), name) != shown.end();
}

GoldenCase parse_golden(std::string_view text) {
  auto [description, sections] = split(text);
  GoldenCase golden;
  golden.description = std::move(description);
  bool open = false;  // inputs stand after the last command
  for (const Section& section : sections) {
    if (section.kind == "writes" && golden.steps.empty() && !open) {
      read_writes(section, golden);
      continue;
    }
    if (!open && !golden.steps.empty() && read_expectation(section, golden.steps.back())) continue;
    if (!open) golden.steps.emplace_back();
    read_input(section, golden.steps.back());
    open = section.kind != "run";
  }
  if (open || golden.steps.empty())
    throw std::invalid_argument("the last section is no `=== run` and none of its results");
  return golden;
}

std::string print_golden(const GoldenCase& golden) {
  std::string out = golden.description;
  if (golden.writes_by_name) out += std::string(mark) + std::string(by_name);
  if (!golden.shown.empty()) out += fmt::format("{}{}", but, fmt::join(golden.shown, ", "));
  if (golden.writes_by_name) out += "\n";
  for (const GoldenStep& step : golden.steps) {
    out += step.written;
    if (!out.ends_with('\n')) out += '\n';
    out += std::string(mark) + "exit " + std::to_string(step.expected.exit) + "\n";
    if (!step.expected.out.empty()) write_section(out, "stdout", step.expected.out);
    if (!step.expected.err.empty()) write_section(out, "stderr", step.expected.err);
    for (const auto& [path, content] : step.expected.wrote) {
      if (golden.shows(path)) {
        write_section(out, "wrote " + path, content);
      } else {
        out += std::string(mark) + "wrote " + path + "\n";
      }
    }
  }
  return out;
}

std::optional<std::string> find_fault(const GoldenCase& actual) {
  for (const GoldenStep& step : actual.steps) {
    const Outcome& outcome = step.expected;
    const bool is_fault = outcome.exit == 3 && outcome.err.find("This is a fault of farol") != std::string::npos;
    if (outcome.exit < 0 || outcome.exit > 3 || is_fault)
      return fmt::format("`{}` ended with {}\n{}", step.command, outcome.exit, outcome.err);
    std::string said = outcome.out + outcome.err;
    for (const auto& [path, content] : outcome.wrote) said += content;
    if (said.find('\0') != std::string::npos || base::find_invalid_utf8(said))
      return fmt::format("`{}` says what is not text\n{}", step.command, escape(said));
  }
  return std::nullopt;
}

}  // namespace farol::testing
