#include "cli/parse.h"

#include <algorithm>

#include <CLI/CLI.hpp>

#include "base/text.h"
#include "diag/snippet.h"

namespace farol::cli {
namespace {

std::string in_ticks(std::string_view word) { return "`" + diag::printable_text(word) + "`"; }

// The word that names the verb: the first that is neither an option nor the value of one.
std::size_t find_verb_word(const std::vector<std::string>& arguments) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string& word = arguments[i];
    if (word.size() < 2 || word[0] != '-') return i;
    for (const Option& option : verbs().front().options) {
      if (option.takes_value() &&
          (word == "--" + std::string(option.name) || word == "-" + std::string(option.letter))) {
        ++i;
        break;
      }
    }
  }
  return arguments.size();
}

UsageError unknown_verb(const std::string& word) {
  std::vector<std::string_view> names;
  for (const Verb& verb : verbs()) names.push_back(verb.name);
  std::string message = "unknown verb " + in_ticks(word) + suggestion(word, names);
  if (word.ends_with(".farol") || word.find('/') != std::string::npos)
    message += "; to check a policy: farol check " + diag::printable_text(word);
  return {message + "\nfarol --help lists the verbs"};
}

std::string help_hint(const Verb& verb) { return "\nfarol " + std::string(verb.name) + " --help lists its options"; }

UsageError unknown_option(const Verb& verb, const std::string& word) {
  const std::string name = word.substr(0, word.find('='));
  std::vector<std::string> spellings;
  for (const Option& option : verb.options) spellings.push_back(spelling(option));
  const std::vector<std::string_view> candidates(spellings.begin(), spellings.end());
  return {"`farol " + std::string(verb.name) + "` has no option " + in_ticks(name) + suggestion(name, candidates) +
          help_hint(verb)};
}

// What CLI11 found, in our words.
UsageError in_our_words(const Verb& verb, const CLI::App& app, const CLI::ParseError& error) {
  const std::string what = error.what();
  const std::string name = what.substr(0, what.find(':'));
  for (const Option& option : verb.options) {
    if (name == spelling(option))
      return {"`" + name + "` needs a value: " + name + " " + std::string(option.value) + help_hint(verb)};
  }
  for (const std::string& word : app.remaining()) {
    if (word.starts_with('-')) return unknown_option(verb, word);
  }
  return {"this command line cannot be understood: " + diag::printable_text(what) + help_hint(verb)};
}

std::optional<UsageError> check_values(const Option& option, const std::vector<std::string>& values) {
  if (values.size() > 1 && !option.repeatable) return UsageError{"`" + spelling(option) + "` is given twice"};
  if (option.choices.empty()) return std::nullopt;
  for (const std::string& value : values) {
    if (std::find(option.choices.begin(), option.choices.end(), value) == option.choices.end())
      return UsageError{"`" + spelling(option) + "` cannot be " + in_ticks(value) + suggestion(value, option.choices) +
                        "; it is " + either_of(option.choices)};
  }
  return std::nullopt;
}

std::string names_for_cli11(const Option& option) {
  std::string names;
  if (!option.letter.empty()) names = "-" + std::string(option.letter);
  if (!option.name.empty()) names += (names.empty() ? "--" : ",--") + std::string(option.name);
  return names;
}

// CLI11 splits the words; what they may be is checked here, so that every message is ours.
std::variant<Request, UsageError> parse_options(const Verb& verb, std::vector<std::string> words) {
  CLI::App app;
  app.set_help_flag();
  std::vector<std::string> arguments;
  std::vector<std::vector<std::string>> values(verb.options.size());
  std::vector<CLI::Option*> options;
  for (std::size_t i = 0; i < verb.options.size(); ++i) {
    const std::string names = names_for_cli11(verb.options[i]);
    options.push_back(verb.options[i].takes_value() ? app.add_option(names, values[i])->allow_extra_args(false)
                                                    : app.add_flag(names));
  }
  app.add_option("arguments", arguments);
  try {
    std::reverse(words.begin(), words.end());  // as CLI11 wants them
    app.parse(std::move(words));
  } catch (const CLI::ParseError& error) {
    return in_our_words(verb, app, error);
  }
  Request request;
  request.verb = &verb;
  request.arguments = std::move(arguments);
  for (std::size_t i = 0; i < options.size(); ++i) {
    if (options[i]->count() == 0) continue;
    if (auto error = check_values(verb.options[i], values[i])) return std::move(*error);
    request.options[verb.options[i].id] = std::move(values[i]);
  }
  request.help = request.has(OptionId::help);
  return request;
}

}  // namespace

const std::string* Request::find(OptionId id) const {
  const auto found = options.find(id);
  return found == options.end() || found->second.empty() ? nullptr : &found->second.back();
}

const std::vector<std::string>& Request::all(OptionId id) const {
  static const std::vector<std::string> none;
  const auto found = options.find(id);
  return found == options.end() ? none : found->second;
}

std::vector<std::string> Request::names(OptionId id) const {
  std::vector<std::string> names;
  for (const std::string& value : all(id)) {
    for (std::size_t at = 0; at <= value.size();) {
      const std::size_t end = std::min(value.find(',', at), value.size());
      names.push_back(value.substr(at, end - at));
      at = end + 1;
    }
  }
  return names;
}

std::string suggestion(std::string_view word, const std::vector<std::string_view>& candidates) {
  const auto nearest = base::find_nearest(word, candidates);
  return nearest ? "; did you mean `" + std::string(*nearest) + "`?" : "";
}

std::string either_of(const std::vector<std::string_view>& words) {
  std::string text;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (i > 0) text += i + 1 == words.size() ? " or " : ", ";
    text += "`" + std::string(words[i]) + "`";
  }
  return text;
}

std::variant<Request, UsageError> parse(const std::vector<std::string>& arguments) {
  const std::size_t at = find_verb_word(arguments);
  if (at == arguments.size()) {
    Request request;
    for (const std::string& word : arguments) {
      if (word == "--help" || word == "-h") request.help = true;
      if (word == "--version") request.verb = find_verb("version");
    }
    if (request.help || request.verb != nullptr) return request;
    if (arguments.empty()) return UsageError{"which verb? For example: farol check\nfarol --help lists the verbs"};
    return UsageError{"a verb is missing in `farol " + diag::printable_text(arguments.front()) +
                      "`\nfarol --help lists the verbs"};
  }
  const Verb* verb = find_verb(arguments[at]);
  if (verb == nullptr) return unknown_verb(arguments[at]);
  std::vector<std::string> words = arguments;
  words.erase(words.begin() + static_cast<std::ptrdiff_t>(at));
  return parse_options(*verb, std::move(words));
}

}  // namespace farol::cli
