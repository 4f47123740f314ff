#include "cli/question.h"
#include "cli/input.h"
#include "cli/output.h"
#include "diag/messages_cli.h"

#include <algorithm>

namespace farol::cli {
namespace {

// No name has a slash, ends in `.farol` or is made of dots or a dash alone.
bool is_path(const std::string& word) {
  return word.find('/') != std::string::npos || word.ends_with(".farol") || word == "." || word == ".." || word == "-";
}

}  // namespace

Question question_of(const Context& context) {
  Question question;
  for (const std::string& word : context.request.arguments)
    (is_path(word) ? question.paths : question.names).push_back(word);
  const auto& more = context.request.all(OptionId::in);
  question.paths.insert(question.paths.end(), more.begin(), more.end());
  question.in_place = question.paths.empty();
  question.paths = policy_paths(context, question.paths);
  return question;
}

AnswerOptions answer_options(const Context& context) {
  return {context.settings.language, context.request.format(context.request.find(OptionId::output), "text") == "json",
          colors_output(context)};
}

// A folder that was taken for a name.
diag::Text with_path_hint(const Context& context, diag::Text problem, const std::string& word) {
  return context.files().exists(located(context, word)) ? message::path_is_meant(std::move(problem), word) : problem;
}

ExitCode refuse(Context& context, const UsageError& error, const std::string& word) {
  return usage_error(context, with_path_hint(context, error.message, word));
}

bool has_policy(const base::FileSystem& disk, const std::string& folder) {
  const auto listed = disk.list(folder);
  const auto* names = std::get_if<std::vector<std::string>>(&listed);
  return names != nullptr &&
         std::any_of(names->begin(), names->end(), [](const std::string& name) { return name.ends_with(".farol"); });
}

}  // namespace farol::cli
