#include "cli/help.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include "base/version.h"
#include "cli/help_texts.h"
#include "cli/output.h"
#include "diag/messages_cli.h"
#include "document/text_layout.h"

namespace farol::cli {
namespace {

using Lines = std::vector<std::pair<std::string, std::string>>;

constexpr std::string_view about_paths =
    "A path is a .farol file, a folder of them, or - for standard input; left out, it is this folder.";
constexpr std::string_view about_exit_codes =
    "Exit code: 0 all is well, 1 the answer is no, 2 wrong usage or unreadable input, 3 a fault of farol.";

const std::vector<Example>& first_examples() {
  static const std::vector<Example> examples{
      {"farol init my-policy", "a small policy to start from"},
      {"farol check my-policy", "is anything wrong with it?"},
      {"farol matrix my-policy", "who may do what, as a table"},
      {"farol compile my-policy -o out", "the files for the administrator and the auditor"}};
  return examples;
}

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

std::string said(std::string_view english, base::Language language) {
  return std::string{translated(english, language)};
}

std::string example_lines(const std::vector<Example>& examples, base::Language language) {
  Lines lines;
  for (const Example& example : examples) lines.emplace_back(example.command, translated(example.text, language));
  return said("Examples:", language) + "\n" + in_columns(lines);
}

// ` DIR`, ` text|json`, or empty for a switch.
std::string value_of(const Option& option) {
  if (!option.takes_value()) return "";
  std::string text;
  for (const std::string_view choice : option.choices) text.append(text.empty() ? " " : "|").append(choice);
  return text.empty() ? " " + std::string(option.value) : text;
}

std::string usage_of(const Verb& verb, base::Language language) {
  return "farol " + std::string(verb.name) + (verb.arguments.empty() ? "" : " ") + said(verb.arguments, language);
}

// Text in a manual page: a dash is one that can be copied, and no line begins a command of roff.
std::string in_roff(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == '-' || c == '\\') result += '\\';
    if ((c == '.' || c == '\'') && (result.empty() || result.back() == '\n')) result += "\\&";
    result += c == '\\' ? 'e' : c;
  }
  return result;
}

std::string roff_items(const Lines& lines) {
  std::string text;
  for (const auto& [left, right] : lines) text += ".TP\n.B " + in_roff(left) + "\n" + in_roff(right) + "\n";
  return text;
}

Lines items_of(const std::vector<Option>& options) {
  Lines lines;
  for (const Option& option : options) lines.emplace_back(option.spellings(", ") + value_of(option), option.text);
  return lines;
}

// The options of a verb but for those that all have that read a policy, or `--help` alone.
std::vector<Option> own_options(const Verb& verb) {
  const std::size_t shared = verb.reads_policy ? policy_options().size() : 1;
  return {verb.options.begin(), verb.options.end() - static_cast<std::ptrdiff_t>(shared)};
}

}  // namespace

std::string render_help(base::Language language) {
  Lines lines;
  for (const Verb& verb : verbs()) lines.emplace_back(verb.name, translated(verb.summary, language));
  return said("Farol checks who may do what in your organisation, and writes it down.", language) + "\n\n" +
         example_lines(first_examples(), language) + "\n" + said("Usage:", language) + " farol VERB [PATHS] " +
         said("[options]", language) + "\n\n" + said("Verbs:", language) + "\n" + in_columns(lines) + "\n" +
         said(about_paths, language) + "\n" + said(about_exit_codes, language) + "\n" +
         said("More about a verb: farol VERB --help", language) + "\n";
}

std::string render_help(const Verb& verb, base::Language language) {
  constexpr std::size_t width = 110;
  std::string text = "farol " + std::string(verb.name) + ": " + said(verb.summary, language) + "\n\n" +
                     example_lines(verb.examples, language);
  text += "\n" + said("Usage:", language) + " " + usage_of(verb, language) + " " + said("[options]", language) + "\n";
  if (!verb.text.empty()) {
    text += "\n";
    for (const std::string& line : document::wrap(verb.description(translated(verb.text, language)), width))
      text += line + "\n";
  }
  Lines lines = items_of(verb.options);
  for (auto& [left, right] : lines) {
    if (left.starts_with("--")) left = "    " + left;
    right = said(right, language);
  }
  return text + "\n" + said("Options:", language) + "\n" + in_columns(lines);
}

std::string render_man_page() {
  std::string text = ".TH FAROL 1 \"\" \"farol " + std::string(base::version) +
                     "\"\n.SH NAME\nfarol \\- checks who may do what in an organisation, and writes it down\n"
                     ".SH SYNOPSIS\n.B farol\n.I VERB\n[PATHS] [options]\n.SH DESCRIPTION\n" +
                     in_roff(about_paths) + "\n.PP\n" + in_roff(about_exit_codes) + "\n.SH EXAMPLES\n";
  const auto examples = [](const std::vector<Example>& list) {
    Lines lines;
    for (const Example& example : list) lines.emplace_back(example.command, example.text);
    return roff_items(lines);
  };
  text += examples(first_examples()) + ".SH OPTIONS OF EVERY VERB THAT READS A POLICY\n" +
          roff_items(items_of(policy_options())) + ".SH VERBS\n";
  for (const Verb& verb : verbs()) {
    text += ".SS " + in_roff(usage_of(verb, base::Language::en)) + "\n" + in_roff(verb.summary) + "\n";
    if (!verb.text.empty()) text += ".PP\n" + in_roff(verb.description(verb.text)) + "\n";
    text += roff_items(items_of(own_options(verb))) + ".PP\nExamples:\n" + examples(verb.examples);
  }
  return text;
}

std::string render_options(const std::vector<Option>& options) {
  std::string text = "| option | meaning |\n|---|---|\n";
  for (const Option& option : options) {
    std::string form = "`" + option.spellings("`, `") + value_of(option) + "`";
    for (std::size_t at = 0; (at = form.find('|', at)) != std::string::npos; at += 2) form.insert(at, "\\");
    text += "| " + form + " | " + std::string(option.text) + " |\n";
  }
  return text;
}

std::string render_options(const Verb& verb) {
  const std::vector<Option> own = own_options(verb);
  return own.empty() ? "" : render_options(own);
}

ExitCode help(Context& context) {
  const std::vector<std::string>& arguments = context.request.arguments;
  if (context.request.has(OptionId::man)) return write(context, render_man_page());
  if (arguments.empty()) return write(context, render_help(context.settings.spoken));
  std::vector<std::string_view> names;
  for (const Verb& verb : verbs()) names.push_back(verb.name);
  const Verb* verb = find_verb(arguments.front());
  if (verb == nullptr)
    return usage_error(context, with_suggestion(message::unknown_verb(arguments.front()), arguments.front(), names));
  return write(context, render_help(*verb, context.settings.spoken));
}

}  // namespace farol::cli
