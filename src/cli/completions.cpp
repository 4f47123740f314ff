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
      all += (all.empty() ? "" : " ") + option.spellings(" ");
      if (!option.choices.empty())
        text += "        " + option.spellings("|") + ") COMPREPLY=($(compgen -W '" + words(option.choices) +
                "' -- \"$word\")); return ;;\n";
      else if (option.takes_value())
        text += "        " + option.spellings("|") + ") " +
                (option.takes_path() ? "COMPREPLY=($(compgen -f -- \"$word\")); " : "") + "return ;;\n";
    }
    text += "      esac\n      if [[ $word == -* ]]; then COMPREPLY=($(compgen -W '" + all +
            "' -- \"$word\")); return; fi\n";
    if (verb.words != nullptr)
      text += "      if ((COMP_CWORD == 2)); then COMPREPLY=($(compgen -W '" + words(verb.first_words()) +
              "' -- \"$word\")); return; fi\n";
    if (verb.takes_paths()) text += "      COMPREPLY=($(compgen -f -- \"$word\"))\n";
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
  return name + (option.takes_path() ? "_files" : " ");
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
    if (verb.words != nullptr)
      text += " \\\n      " + shell_quoted("1:" + std::string(verb.name) + ":(" + words(verb.first_words()) + ")");
    if (verb.takes_paths()) text += " \\\n      '*:path:_files'";
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
      if (option.takes_value()) text += option.takes_path() ? " -r -F" : " -x";
      if (!option.choices.empty()) text += " -a " + shell_quoted(words(option.choices));
      text += " -d " + shell_quoted(option.text) + "\n";
    }
    if (verb.words != nullptr) text += start + " -a " + shell_quoted(words(verb.first_words())) + "\n";
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
