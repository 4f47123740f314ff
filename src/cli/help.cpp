#include "cli/help.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

namespace farol::cli {
namespace {

using Lines = std::vector<std::pair<std::string, std::string>>;

// Two columns. A left side that is too long has its right side on the next line.
std::string in_columns(const Lines& lines) {
  constexpr std::size_t widest = 44;
  std::size_t width = 0;
  for (const auto& [left, right] : lines) {
    if (left.size() <= widest) width = std::max(width, left.size());
  }
  std::string text;
  for (const auto& [left, right] : lines) {
    text += "  " + left;
    if (!right.empty()) {
      text += left.size() > width ? "\n" + std::string(width + 4, ' ') : std::string(width - left.size() + 2, ' ');
      text += right;
    }
    text += '\n';
  }
  return text;
}

std::string joined(const std::vector<std::string_view>& words, std::string_view between) {
  std::string text;
  for (const std::string_view word : words) text.append(text.empty() ? "" : between).append(word);
  return text;
}

std::string example_lines(const std::vector<Example>& examples) {
  Lines lines;
  for (const Example& example : examples) lines.emplace_back(example.command, example.text);
  return "Examples:\n" + in_columns(lines);
}

std::string left_side(const Option& option) {
  std::string text = option.letter.empty() ? "    " : "-" + std::string(option.letter);
  if (!option.name.empty()) text += (option.letter.empty() ? "--" : ", --") + std::string(option.name);
  if (option.takes_value())
    text += " " + (option.choices.empty() ? std::string(option.value) : joined(option.choices, "|"));
  return text;
}

}  // namespace

std::string render_help() {
  Lines lines;
  for (const Verb& verb : verbs()) lines.emplace_back(verb.name, verb.summary);
  return "Farol checks who may do what in your organisation, and writes it down.\n\n" +
         example_lines({{"farol init my-policy", "a small policy to start from"},
                        {"farol check my-policy", "is anything wrong with it?"},
                        {"farol matrix my-policy", "who may do what, as a table"},
                        {"farol compile my-policy -o out", "the files for the administrator and the auditor"}}) +
         "\nUsage: farol VERB [PATHS] [options]\n\nVerbs:\n" + in_columns(lines) +
         "\nA path is a .farol file, a folder of them, or - for standard input; left out, it is this folder.\n"
         "Exit code: 0 all is well, 1 the answer is no, 2 wrong usage or unreadable input, 3 a fault of farol.\n"
         "More about a verb: farol VERB --help\n";
}

std::string render_help(const Verb& verb) {
  std::string text =
      "farol " + std::string(verb.name) + ": " + std::string(verb.summary) + "\n\n" + example_lines(verb.examples);
  text += "\nUsage: farol " + std::string(verb.name) +
          (verb.arguments.empty() ? "" : " " + std::string(verb.arguments)) + " [options]\n";
  if (!verb.text.empty()) text += "\n" + std::string(verb.text) + "\n";
  Lines lines;
  for (const Option& option : verb.options) lines.emplace_back(left_side(option), option.text);
  return text + "\nOptions:\n" + in_columns(lines);
}

}  // namespace farol::cli
