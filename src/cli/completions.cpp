#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "cli/output.h"
#include "diag/messages_cli.h"

namespace farol::cli {
namespace {

// In single quotes, for all three shells: the table's texts have no quotes but `'` to mind.
std::string shell_quoted(std::string_view text) {
  std::string result = "'";
  for (const char c : text) result += c == '\'' ? "'\\''" : std::string(1, c);
  return result + "'";
}

std::string words(const std::vector<std::string_view>& list) {
  std::string text;
  for (const std::string_view word : list) text.append(text.empty() ? "" : " ").append(word);
  return text;
}

// What stands for a name in a usage line or in the form of an option, and the kinds of `farol list` that have such
// names; `revisions` are git's.
struct Placeholder {
  std::string_view word, kinds;
};
constexpr Placeholder placeholders[] = {
    {"ROLE", "roles"},
    {"FEATURE", "features"},
    {"OBJECT", "data apps groups places"},
    {"DATA", "data"},
    {"NAME", "roles features data"},
    {"CODE", "findings checks"},
    {"FINDING", "findings checks"},
    {"OLD", "revisions"},
    {"NEW", "revisions"},
};

std::string_view kinds_of(std::string_view word) {
  for (const Placeholder& each : placeholders) {
    if (each.word == word) return each.kinds;
  }
  return {};
}

// The kinds of names that each argument of a verb may be, from the first one on; empty where it is something else.
std::vector<std::string> kinds_of_arguments(const Verb& verb) {
  std::vector<std::string> result;
  const std::string_view usage = verb.arguments;
  std::size_t place = 0;
  for (std::size_t at = 0; at < usage.size();) {
    const std::size_t end = std::min(usage.find_first_of(" ,", at), usage.size());
    std::string_view word = usage.substr(at, end - at);
    while (!word.empty() && word.front() == '[') word.remove_prefix(1);
    word = word.substr(0, word.find_first_of("].\xE2"));
    if (word == "or") {
      place = 0;
    } else if (!word.empty()) {
      if (result.size() <= place) result.resize(place + 1);
      std::string& kinds = result[place++];
      if (const std::string_view more = kinds_of(word); !more.empty())
        kinds.append(kinds.empty() ? "" : " ").append(more);
    }
    at = std::min(usage.find_first_not_of(" ,", end), usage.size());
  }
  while (!result.empty() && result.back().empty()) result.pop_back();
  return result;
}

// The same in each shell: the first column of what is listed. What the policy of this folder calls something can only
// be asked for when the key is pressed.
constexpr std::string_view names_in_bash = R"shell(_farol_names() {
  local kind
  for kind in "$@"; do
    if [[ $kind == revisions ]]; then
      git for-each-ref --format='git:%(refname:short)' refs/heads refs/tags refs/remotes 2>/dev/null
      echo git:HEAD
    else
      farol list "$kind" 2>/dev/null | while read -r name rest; do printf '%s\n' "$name"; done
    fi
  done
}
# A colon divides words for bash: what stands before it in the same word is typed already. Names go through no
# `compgen -W`, which would expand them: they are whatever the files of this folder say.
_farol_complete() {
  local whole=${COMP_LINE:0:COMP_POINT} typed name
  whole=${whole##* }
  typed=${whole%"${whole##*:}"}
  COMPREPLY=()
  while read -r name; do
    if [[ $name == "$whole"* ]]; then COMPREPLY+=("${name#"$typed"}"); fi
  done < <(_farol_names "$@")
}
)shell";
constexpr std::string_view names_in_zsh = R"shell(_farol_names() {
  local kind
  local -a found
  for kind in "$@"; do
    if [[ $kind == revisions ]]; then
      found+=(git:HEAD)
      found+=(${(f)"$(git for-each-ref --format='git:%(refname:short)' refs/heads refs/tags refs/remotes 2>/dev/null)"})
    else
      found+=(${${(f)"$(farol list $kind 2>/dev/null)"}%% *})
    fi
  done
  compadd -a found
}
)shell";
constexpr std::string_view names_in_fish = R"shell(function __farol_names
  for kind in $argv
    if test $kind = revisions
      git for-each-ref --format='git:%(refname:short)' refs/heads refs/tags refs/remotes 2>/dev/null
      echo git:HEAD
    else
      farol list $kind 2>/dev/null | string replace -r ' .*' ''
    end
  end
end
function __farol_argument
  set -l words (commandline -opc)
  test (count $words) -eq (math $argv[1] + 1)
end
)shell";

std::string bash_value(const Option& option) {
  const std::string start = "        " + option.spellings("|") + ") ";
  if (!option.choices.empty())
    return start + "COMPREPLY=($(compgen -W '" + words(option.choices) + "' -- \"$word\")); return ;;\n";
  if (const std::string_view kinds = kinds_of(option.value); !kinds.empty())
    return start + "_farol_complete " + std::string(kinds) + "; return ;;\n";
  return start + (option.takes_path() ? "COMPREPLY=($(compgen -f -- \"$word\")); " : "") + "return ;;\n";
}

std::string bash() {
  std::string text = "# bash completion for farol\n" + std::string(names_in_bash) +
                     "_farol() {\n"
                     "  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD-1]} verb=${COMP_WORDS[1]}\n"
                     "  COMPREPLY=()\n"
                     "  if ((COMP_CWORD == 1)); then\n"
                     "    COMPREPLY=($(compgen -W '";
  for (const Verb& verb : verbs()) text += std::string(verb.name) + " ";
  text += "--help --version' -- \"$word\"))\n    return\n  fi\n  case $verb in\n";
  for (const Verb& verb : verbs()) {
    text += "    " + std::string(verb.name) + ")\n      case $before in\n";
    std::string all;
    for (const Option& option : verb.options) {
      all += (all.empty() ? "" : " ") + option.spellings(" ");
      if (option.takes_value()) text += bash_value(option);
    }
    text += "      esac\n      if [[ $word == -* ]]; then COMPREPLY=($(compgen -W '" + all +
            "' -- \"$word\")); return; fi\n";
    if (verb.words != nullptr)
      text += "      if ((COMP_CWORD == 2)); then COMPREPLY=($(compgen -W '" + words(verb.first_words()) +
              "' -- \"$word\")); return; fi\n";
    const std::vector<std::string> kinds = kinds_of_arguments(verb);
    for (std::size_t i = 0; i < kinds.size(); ++i) {
      if (kinds[i].empty()) continue;
      const std::string_view in_word = kinds[i] == "revisions" ? " || [[ $word == : || $before == : ]]" : "";
      text += "      if ((COMP_CWORD == " + std::to_string(i + 2) + "))" + std::string(in_word) +
              "; then _farol_complete " + kinds[i] + "; fi\n";
    }
    if (verb.takes_paths()) text += "      COMPREPLY+=($(compgen -f -- \"$word\"))\n";
    text += "      ;;\n";
  }
  return text + "  esac\n}\ncomplete -o filenames -F _farol farol\n";
}

// In the descriptions of _arguments and _describe, colons and brackets have a meaning.
std::string zsh_text(std::string_view text) {
  std::string result;
  for (const char c : text) {
    if (c == ':' || c == '[' || c == ']') result += '\\';
    result += c;
  }
  return result;
}

std::string zsh_value(const Option& option) {
  if (!option.takes_value()) return "";
  const std::string name = ":" + std::string(option.choices.empty() ? option.value : option.name) + ":";
  if (!option.choices.empty()) return name + "(" + words(option.choices) + ")";
  if (const std::string_view kinds = kinds_of(option.value); !kinds.empty())
    return name + " _farol_names " + std::string(kinds);
  return name + (option.takes_path() ? "_files" : " ");
}

std::string zsh() {
  std::string text = "#compdef farol\n" + std::string(names_in_zsh) +
                     "_farol() {\n"
                     "  local -a verbs\n"
                     "  verbs=(\n";
  for (const Verb& verb : verbs())
    text += "    " + shell_quoted(std::string(verb.name) + ":" + zsh_text(verb.summary)) + "\n";
  text +=
      "  )\n"
      "  if ((CURRENT == 2)); then\n"
      "    _describe verb verbs\n"
      "    return\n"
      "  fi\n"
      "  local verb=$words[2]\n"
      "  shift words\n"
      "  ((CURRENT--))\n"
      "  case $verb in\n";
  for (const Verb& verb : verbs()) {
    text += "    " + std::string(verb.name) + ") _arguments -s";
    for (const Option& option : verb.options) {
      for (const std::string& name : {option.letter.empty() ? "" : "-" + std::string(option.letter),
                                      option.name.empty() ? "" : "--" + std::string(option.name)}) {
        if (name.empty()) continue;
        text += " \\\n      " + shell_quoted((option.repeatable ? "*" : "") + name + "[" + zsh_text(option.text) + "]" +
                                             zsh_value(option));
      }
    }
    if (verb.words != nullptr)
      text += " \\\n      " + shell_quoted("1:" + std::string(verb.name) + ":(" + words(verb.first_words()) + ")");
    const std::vector<std::string> kinds = kinds_of_arguments(verb);
    for (std::size_t i = 0; i < kinds.size(); ++i) {
      if (!kinds[i].empty()) text += " \\\n      '" + std::to_string(i + 1) + ":name: _farol_names " + kinds[i] + "'";
    }
    if (verb.takes_paths()) text += " \\\n      '*:path:_files'";
    text += " ;;\n";
  }
  return text + "  esac\n}\nif [[ $funcstack[1] == _farol ]]; then _farol \"$@\"; else compdef _farol farol; fi\n";
}

std::string fish() {
  std::string text = "# fish completion for farol\n" + std::string(names_in_fish) + "complete -c farol -f\n";
  for (const Verb& verb : verbs())
    text += "complete -c farol -n __fish_use_subcommand -a " + std::string(verb.name) + " -d " +
            shell_quoted(verb.summary) + "\n";
  for (const Verb& verb : verbs()) {
    const std::string start = "complete -c farol -n '__fish_seen_subcommand_from " + std::string(verb.name) + "'";
    for (const Option& option : verb.options) {
      text += start + (option.letter.empty() ? "" : " -s " + std::string(option.letter)) +
              (option.name.empty() ? "" : " -l " + std::string(option.name));
      if (option.takes_value()) text += option.takes_path() ? " -r -F" : " -x";
      if (const std::string_view kinds = kinds_of(option.value); !kinds.empty())
        text += " -a '(__farol_names " + std::string(kinds) + ")'";
      if (!option.choices.empty()) text += " -a " + shell_quoted(words(option.choices));
      text += " -d " + shell_quoted(option.text) + "\n";
    }
    if (verb.words != nullptr) text += start + " -a " + shell_quoted(words(verb.first_words())) + "\n";
    const std::vector<std::string> kinds = kinds_of_arguments(verb);
    for (std::size_t i = 0; i < kinds.size(); ++i) {
      if (!kinds[i].empty())
        text += "complete -c farol -n '__fish_seen_subcommand_from " + std::string(verb.name) +
                "; and __farol_argument " + std::to_string(i + 1) + "' -a '(__farol_names " + kinds[i] + ")'\n";
    }
    if (verb.takes_paths()) text += start + " -F\n";
  }
  return text;
}

}  // namespace

std::vector<std::string_view> shells() { return {"bash", "zsh", "fish"}; }

ExitCode completions(Context& context) {
  const std::vector<std::string>& arguments = context.request.arguments;
  if (arguments.size() != 1) return usage_error(context, message::which_shell(as_names(shells())));
  const std::string& shell = arguments.front();
  if (shell == "bash") return write(context, bash());
  if (shell == "zsh") return write(context, zsh());
  if (shell == "fish") return write(context, fish());
  return usage_error(
      context,
      message::there_is_only(with_suggestion(message::no_completions_for(shell), shell, shells()), as_names(shells())));
}

}  // namespace farol::cli
