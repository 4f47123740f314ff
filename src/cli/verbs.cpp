#include "cli/verbs.h"

#include <algorithm>

#include "base/phrases.h"

namespace farol::cli {
namespace {

struct Row {
  std::string_view form, text;
};
constexpr Row rows[] = {
#define FAROL_OPTION(id, form, text) {form, text},
#include "cli/verbs.def"
};

std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> parts;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find('|', at), text.size());
    parts.push_back(text.substr(at, end - at));
    at = end + 1;
  }
  return parts;
}

std::vector<Verb> make_verbs() {
  using enum OptionId;
  std::vector<Verb> verbs{
#define FAROL_VERB(verb, usage, about, ...) \
  Verb{.name = #verb, .run = cli::verb, .arguments = usage, .summary = about, __VA_ARGS__},
#define FAROL_POLICY_VERB(verb, usage, about, ...) \
  Verb{.name = #verb, .run = cli::verb, .reads_policy = true, .arguments = usage, .summary = about, __VA_ARGS__},
// clang-format off
#include "cli/verbs.def"
      // clang-format on
  };
  for (Verb& verb : verbs) {
    if (verb.name.ends_with('_')) verb.name.remove_suffix(1);
    if (verb.reads_policy) {
      verb.options.insert(verb.options.end(), policy_options().begin(), policy_options().end());
    } else {
      verb.options.emplace_back(help);
    }
  }
  return verbs;
}

}  // namespace

Option::Option(OptionId option)
    : Option(option, rows[static_cast<std::size_t>(option)].form, rows[static_cast<std::size_t>(option)].text) {}

Option::Option(OptionId option, std::string_view shown, std::string_view meaning)
    : id(option), form(shown), text(meaning) {
  constexpr std::string_view several = "...", before_name = "--";
  repeatable = shown.ends_with(several);
  if (repeatable) shown.remove_suffix(several.size());
  const std::size_t blank = shown.find_last_of(' ');
  if (blank != std::string_view::npos && shown[blank - 1] != ',') {
    value = shown.substr(blank + 1);
    shown = shown.substr(0, blank);
  }
  if (const std::size_t dashes = shown.find(before_name); dashes != std::string_view::npos)
    name = shown.substr(dashes + before_name.size());
  if (!shown.starts_with(before_name)) letter = shown.substr(1, 1);
  if (option == OptionId::lang) {
    for (const base::Language language : base::all_languages) choices.push_back(base::tag(language));
  } else if (!value.empty() && value[0] >= 'a') {
    choices = split(value);
  }
}

std::string Option::spellings(std::string_view between) const {
  std::string text_of = letter.empty() ? "" : "-" + std::string(letter);
  if (!name.empty()) text_of.append(text_of.empty() ? "" : between).append("--").append(name);
  return text_of;
}

std::string Option::spelling() const { return name.empty() ? "-" + std::string(letter) : "--" + std::string(name); }

bool Verb::takes_paths() const {
  constexpr std::string_view names[] = {"PATHS", "FILE", "DIR", "OLD"};
  return std::any_of(std::begin(names), std::end(names),
                     [&](std::string_view each) { return arguments.find(each) != std::string_view::npos; });
}

std::vector<std::string_view> Verb::first_words() const {
  return words == nullptr ? std::vector<std::string_view>{} : words();
}

std::string Verb::description(std::string_view of_text) const {
  constexpr std::string_view mark = "{WORDS}";
  std::string result(of_text);
  if (const std::size_t at = result.find(mark); at != std::string::npos)
    result.replace(at, mark.size(), either_of(first_words(), ""));
  return result;
}

const Option* Verb::find_option(std::string_view word) const {
  const auto found = std::find_if(options.begin(), options.end(), [&](const Option& option) {
    return !word.empty() && (word == option.letter || word == option.name);
  });
  return found == options.end() ? nullptr : &*found;
}

const std::vector<Verb>& verbs() {
  static const std::vector<Verb> table = make_verbs();
  return table;
}

const Verb* find_verb(std::string_view name) {
  const auto found = std::find_if(verbs().begin(), verbs().end(), [&](const Verb& verb) { return verb.name == name; });
  return found == verbs().end() ? nullptr : &*found;
}

const std::vector<Option>& policy_options() {
  using enum OptionId;
  static const std::vector<Option> options{lang, as_of, root, directory, error, warn, off, color, quiet, verbose, help};
  return options;
}

std::string either_of(const std::vector<std::string_view>& words, std::string_view quote) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " or " : ", ";
    text.append(quote).append(words[i]).append(quote);
  }
  return text;
}

}  // namespace farol::cli
