#include "cli/question.h"

#include <algorithm>

namespace farol::cli {
namespace {

// No name has a slash, ends in `.farol` or is made of dots or a dash alone.
bool is_path(const std::string& word) {
  return word.find('/') != std::string::npos || word.ends_with(".farol") || word == "." || word == ".." || word == "-";
}

}  // namespace

Question question_of(const Session& session) {
  Question question;
  for (const std::string& word : session.request().arguments)
    (is_path(word) ? question.paths : question.names).push_back(word);
  const auto& more = session.request().all(OptionId::in);
  question.paths.insert(question.paths.end(), more.begin(), more.end());
  question.in_place = question.paths.empty();
  question.paths = session.policy_paths(question.paths);
  return question;
}

driver::AnswerOptions answer_options(const Session& session) {
  const std::string* format = session.request().find(OptionId::format);
  return {session.language(), format != nullptr && *format == "json", session.colors_output()};
}

// A folder that was taken for a name.
std::string path_hint(const Session& session, const std::string& word) {
  return session.files().exists(session.located(word)) ? "\nif the path is meant: --in " + word : "";
}

ExitCode refuse(Session& session, const UsageError& error, const std::string& word) {
  return session.refuse(error.message + path_hint(session, word));
}

bool has_policy(const base::FileSystem& disk, const std::string& folder) {
  const auto listed = disk.list(folder);
  const auto* names = std::get_if<std::vector<std::string>>(&listed);
  return names != nullptr &&
         std::any_of(names->begin(), names->end(), [](const std::string& name) { return name.ends_with(".farol"); });
}

}  // namespace farol::cli
