#include "cli/parse.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/text.h"
#include "diag/messages_cli.h"
#include "diag/snippet.h"

namespace farol::cli {
namespace {

// The option that says in which form a verb writes: of `check` what it writes are findings, which have their own. Null
// where there is nothing to choose.
const Option* option_of_form(const Verb& verb) {
  const Option* format = verb.find_option("format");
  return format != nullptr ? format : verb.find_option("error-format");
}

bool looks_like_option(std::string_view word) { return word.size() > 1 && word[0] == '-'; }

// Finds the word that names the verb: the first that is neither an option nor the value of one. Options before it are
// those that verbs share, as `check` has them.
std::size_t find_verb_word(const std::vector<std::string>& arguments) {
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const std::string_view word = arguments[i];
    if (!looks_like_option(word)) return i;
    const Option* option = verbs().front().find_option(word.substr(std::min(word.find_first_not_of('-'), word.size())));
    if (option != nullptr && option->takes_value()) ++i;
  }
  return arguments.size();
}

diag::Text unknown_verb(const std::string& word) {
  std::vector<std::string_view> names;
  for (const Verb& verb : verbs()) names.push_back(verb.name);
  diag::Text problem = with_suggestion(message::unknown_verb(diag::printable_text(word)), word, names);
  if (word.ends_with(".farol") || word.find('/') != std::string::npos)
    problem = message::to_check_a_policy(std::move(problem), diag::printable_text(word));
  return message::help_lists_verbs(std::move(problem));
}

// "`a`, `b` or `c`"
diag::Text any_of(const std::vector<std::string_view>& words) {
  std::vector<diag::Text> names;
  for (const std::string_view word : words) names.push_back(message::quoted(std::string{word}));
  diag::Text last = std::move(names.back());
  names.pop_back();
  return names.empty() ? last : message::alternatives(std::move(names), std::move(last));
}

// Reads the options of one verb from the words after it.
class OptionReader {
 public:
  OptionReader(const Verb& verb, base::Language language) : language_(language) { request_.verb = &verb; }

  std::variant<Request, UsageError> read(const std::vector<std::string>& words) {
    bool only_arguments = false;
    for (std::size_t i = 0; i < words.size() && !error_; ++i) {
      if (words[i] == "--" && !only_arguments) {
        only_arguments = true;
      } else if (only_arguments || !looks_like_option(words[i])) {
        request_.arguments.push_back(words[i]);
      } else {
        const bool has_next = i + 1 < words.size() && !looks_like_option(words[i + 1]);
        if (read_option(words[i], has_next ? &words[i + 1] : nullptr)) ++i;
      }
    }
    if (!error_) check_form();
    if (error_) return std::move(*error_);
    request_.help = request_.has(OptionId::help);
    return std::move(request_);
  }

 private:
  // Reads `--lang=pt`, `--lang pt`, `-q`, `-qv`, `-o FILE` or `-oFILE`. Returns true if it has taken the next word.
  bool read_option(const std::string& word, const std::string* next) {
    if (word.starts_with("--")) {
      const std::size_t equals = word.find('=');
      const Option* option = find(word.substr(0, equals), word.substr(2, equals - 2));
      if (option == nullptr) return false;
      if (equals == std::string::npos) return take(*option, nullptr, next);
      const std::string value = word.substr(equals + 1);
      return take(*option, &value, nullptr);
    }
    for (std::size_t at = 1; at < word.size(); ++at) {
      const Option* option = find(word, word.substr(at, 1));
      if (option == nullptr) return false;
      if (!option->takes_value()) {
        take(*option, nullptr, nullptr);
        continue;
      }
      const std::string rest = word.substr(at + 1);
      return take(*option, rest.empty() ? nullptr : &rest, next);
    }
    return false;
  }

  // `name` is without its dashes, `word` as it was typed.
  const Option* find(const std::string& word, const std::string& name) {
    const bool is_letter = !word.starts_with("--");
    const Option* option = request_.verb->find_option(name);
    if (option != nullptr && (is_letter ? option->letter : option->name) == name) return option;
    std::vector<std::string> spellings;
    for (const Option& each : request_.verb->options) spellings.push_back(each.spelling());
    const std::vector<std::string_view> candidates(spellings.begin(), spellings.end());
    fail(with_hint(with_suggestion(message::has_no_option(std::string(request_.verb->name), diag::printable_text(word)),
                                   word, candidates)));
    return nullptr;
  }

  // Keeps an option with the value that is written with it, or the next word. Returns true for the latter.
  bool take(const Option& option, const std::string* own, const std::string* next) {
    const std::string shown = option.spelling();
    if (request_.has(option.id) && !option.repeatable && option.takes_value()) {
      fail(message::given_twice(shown));
      return false;
    }
    std::vector<std::string>& values = request_.options[option.id];
    const std::string* value = own != nullptr ? own : next;
    if (!option.takes_value()) {
      if (own != nullptr) fail(with_hint(message::takes_no_value(shown)));
      return false;
    }
    if (value == nullptr) {
      fail(with_hint(message::needs_a_value(shown, std::string(option.value))));
      return false;
    }
    if (!option.choices.empty() &&
        std::find(option.choices.begin(), option.choices.end(), *value) == option.choices.end())
      fail(message::what_can_is(
          with_suggestion(message::cannot_be(shown, diag::printable_text(*value)), *value, option.choices),
          any_of(option.choices)));
    values.push_back(*value);
    return own == nullptr;
  }

  // The name of a file may ask for a form that the verb does not write.
  void check_form() {
    constexpr std::array<std::string_view, 11> forms = {"csv", "docx", "html", "ics", "json", "md",
                                                        "pdf", "png",  "svg",  "xls", "xlsx"};
    const std::string* file = request_.find(OptionId::output);
    if (file == nullptr) return;
    const Option* option = option_of_form(*request_.verb);
    // What has no forms to choose from is text, but for what a verb says of its own file or folder.
    const Option text{OptionId::format, "--format text", ""};
    if (option == nullptr && request_.verb->find_option("output")->text == Option{OptionId::output}.text)
      option = &text;
    if (option == nullptr || request_.has(option->id)) return;
    const std::size_t dot = file->rfind('.');
    if (dot == std::string::npos) return;
    const std::string form = file->substr(dot + 1);
    const auto& choices = option->choices;
    const auto has = [&](std::string_view choice) {
      return std::find(choices.begin(), choices.end(), choice) != choices.end();
    };
    // Mermaid stands in Markdown.
    if (std::find(forms.begin(), forms.end(), form) == forms.end() || has(form) || (form == "md" && has("mermaid")))
      return;
    fail(message::what_can_is(message::cannot_be(option->spelling(), diag::printable_text(form)), any_of(choices)));
  }

  [[nodiscard]] diag::Text with_hint(diag::Text problem) const {
    return message::help_lists_options(std::move(problem), std::string(request_.verb->name));
  }
  void fail(const diag::Text& problem) { error_ = UsageError{sentence(problem, language_)}; }

  base::Language language_;
  Request request_;
  std::optional<UsageError> error_;
};

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

std::string_view Request::format(const std::string* file, std::string_view otherwise) const {
  const Option* option = option_of_form(*verb);
  const std::string* asked = find(option->id);
  if (asked != nullptr) return *asked;
  const auto& choices = option->choices;
  const std::string_view ending =
      file == nullptr ? std::string_view{} : std::string_view(*file).substr(file->rfind('.') + 1);
  const auto found = std::find(choices.begin(), choices.end(), ending);
  return found == choices.end() ? otherwise : *found;
}

UsageError::UsageError(std::string text) : message(message::verbatim(std::move(text))) {}

diag::Text with_suggestion(diag::Text problem, std::string_view word, const std::vector<std::string_view>& candidates) {
  const auto nearest = base::find_nearest(word, candidates);
  return nearest ? message::with_suggestion(std::move(problem), std::string(*nearest)) : problem;
}

base::Language language_among(const std::vector<std::string>& words, base::Language otherwise) {
  constexpr std::string_view option = "--lang", with_value = "--lang=";
  for (std::size_t i = 0; i < words.size(); ++i) {
    std::string_view value;
    if (words[i].starts_with(with_value)) value = std::string_view{words[i]}.substr(with_value.size());
    if (words[i] == option && i + 1 < words.size()) value = words[i + 1];
    if (const auto language = base::parse_language(value)) return *language;
  }
  return otherwise;
}

std::variant<Request, UsageError> parse(const std::vector<std::string>& arguments, base::Language language) {
  const std::size_t at = find_verb_word(arguments);
  if (at == arguments.size()) {
    Request request;
    for (const std::string& word : arguments) {
      if (word == "--help" || word == "-h") request.help = true;
      if (word == "--version") request.verb = find_verb("version");
    }
    if (request.help || request.verb != nullptr) return request;
    diag::Text problem =
        arguments.empty() ? message::which_verb() : message::verb_is_missing(diag::printable_text(arguments.front()));
    return UsageError{sentence(message::help_lists_verbs(std::move(problem)), language)};
  }
  const Verb* verb = find_verb(arguments[at]);
  if (verb == nullptr) return UsageError{sentence(unknown_verb(arguments[at]), language)};
  std::vector<std::string> words = arguments;
  words.erase(words.begin() + static_cast<std::ptrdiff_t>(at));
  return OptionReader{*verb, language}.read(words);
}

}  // namespace farol::cli
