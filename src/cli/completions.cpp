#include <string>

#include "cli/help.h"
#include "cli/session.h"

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

bool takes_path(const Option& option) {
  return option.value == "DIR" || option.value == "FILE" || option.value == "PATH";
}
bool takes_paths(const Verb& verb) { return verb.kind == Arguments::paths || verb.name == "list"; }

std::string spellings(const Option& option, std::string_view between) {
  std::string text = option.letter.empty() ? "" : "-" + std::string(option.letter);
  if (!option.name.empty()) text.append(text.empty() ? "" : between).append("--").append(option.name);
  return text;
}

std::string bash() {
  std::string text =
      "# bash completion for farol\n"
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
      all += (all.empty() ? "" : " ") + spellings(option, " ");
      if (!option.choices.empty())
        text += "        " + spellings(option, "|") + ") COMPREPLY=($(compgen -W '" + words(option.choices) +
                "' -- \"$word\")); return ;;\n";
      else if (option.takes_value())
        text += "        " + spellings(option, "|") + ") " +
                (takes_path(option) ? "COMPREPLY=($(compgen -f -- \"$word\")); " : "") + "return ;;\n";
    }
    text += "      esac\n      if [[ $word == -* ]]; then COMPREPLY=($(compgen -W '" + all +
            "' -- \"$word\")); return; fi\n";
    if (!verb.words.empty())
      text += "      if ((COMP_CWORD == 2)); then COMPREPLY=($(compgen -W '" + words(verb.words) +
              "' -- \"$word\")); return; fi\n";
    if (takes_paths(verb)) text += "      COMPREPLY=($(compgen -f -- \"$word\"))\n";
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
  const std::string name = ":" + std::string(option.value) + ":";
  if (!option.choices.empty()) return name + "(" + words(option.choices) + ")";
  return name + (takes_path(option) ? "_files" : " ");
}

std::string zsh() {
  std::string text =
      "#compdef farol\n"
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
    if (!verb.words.empty())
      text += " \\\n      " + shell_quoted("1:" + std::string(verb.name) + ":(" + words(verb.words) + ")");
    if (takes_paths(verb)) text += " \\\n      '*:path:_files'";
    text += " ;;\n";
  }
  return text + "  esac\n}\nif [[ $funcstack[1] == _farol ]]; then _farol \"$@\"; else compdef _farol farol; fi\n";
}

std::string fish() {
  std::string text = "# fish completion for farol\ncomplete -c farol -f\n";
  for (const Verb& verb : verbs())
    text += "complete -c farol -n __fish_use_subcommand -a " + std::string(verb.name) + " -d " +
            shell_quoted(verb.summary) + "\n";
  for (const Verb& verb : verbs()) {
    const std::string start = "complete -c farol -n '__fish_seen_subcommand_from " + std::string(verb.name) + "'";
    for (const Option& option : verb.options) {
      text += start + (option.letter.empty() ? "" : " -s " + std::string(option.letter)) +
              (option.name.empty() ? "" : " -l " + std::string(option.name));
      if (option.takes_value()) text += takes_path(option) ? " -r -F" : " -x";
      if (!option.choices.empty()) text += " -a " + shell_quoted(words(option.choices));
      text += " -d " + shell_quoted(option.text) + "\n";
    }
    if (!verb.words.empty()) text += start + " -a " + shell_quoted(words(verb.words)) + "\n";
    if (takes_paths(verb)) text += start + " -F\n";
  }
  return text;
}

}  // namespace

std::string render_completions(std::string_view shell) {
  if (shell == "bash") return bash();
  if (shell == "zsh") return zsh();
  if (shell == "fish") return fish();
  return "";
}

int completions(Session& session) {
  const std::vector<std::string>& arguments = session.request().arguments;
  const std::vector<std::string_view>& shells = session.request().verb->words;
  if (arguments.size() != 1) return session.refuse("for which shell? farol completions " + words(shells));
  const std::string text = render_completions(arguments.front());
  if (text.empty())
    return session.refuse("there are no completions for `" + arguments.front() + "`" +
                          suggestion(arguments.front(), shells) + "; there are for " + either_of(shells));
  return session.write(text);
}

}  // namespace farol::cli
