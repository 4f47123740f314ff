// `who` and `what`: their arguments are names, and now and then the paths of a policy.
#include <algorithm>
#include <array>

#include "cli/lookup.h"
#include "cli/session.h"
#include "driver/documents.h"

namespace farol::cli {
namespace {

struct Question {
  std::vector<std::string> names;
  std::vector<std::string> paths;
};

// No name has a slash, ends in `.farol` or is made of dots or a dash alone.
bool is_path(const std::string& word) {
  return word.find('/') != std::string::npos || word.ends_with(".farol") || word == "." || word == ".." || word == "-";
}

Question question_of(const Session& session) {
  Question question;
  for (const std::string& word : session.request().arguments)
    (is_path(word) ? question.paths : question.names).push_back(word);
  const auto& more = session.request().all(OptionId::in);
  question.paths.insert(question.paths.end(), more.begin(), more.end());
  question.paths = session.policy_paths(question.paths);
  return question;
}

driver::AnswerOptions options_of(const Session& session) {
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

ExitCode answer_who(Session& session, const driver::Compilation& compilation, const std::vector<std::string>& names) {
  const auto feature = look_up_feature(compilation.model, names.front());
  if (const auto* error = std::get_if<UsageError>(&feature)) return refuse(session, *error, names.front());
  const auto id = std::get<model::FeatureId>(feature);
  std::string object;
  if (names.size() > 1) {
    const auto found = look_up_object(compilation.model, names[1]);
    if (const auto* error = std::get_if<UsageError>(&found)) return refuse(session, *error, names[1]);
    object = compilation.model[std::get<model::ObjectId>(found)].name;
    if (!driver::acts_on(compilation.model, id, object))
      return session.refuse("`" + names.front() + "` is not done to `" + object + "`: it acts on " +
                            std::string(to_string(compilation.model[id].acts_on)));
  }
  return session.write(driver::render_who(compilation, id, object, options_of(session)));
}

ExitCode answer_who_can(Session& session, const driver::Compilation& compilation,
                        const std::vector<std::string>& names) {
  const auto found = look_up_object(compilation.model, names[2]);
  if (const auto* error = std::get_if<UsageError>(&found)) return refuse(session, *error, names[2]);
  const std::string& object = compilation.model[std::get<model::ObjectId>(found)].name;
  return session.write(driver::render_who_can(compilation, names[1], object, options_of(session)));
}

// Nothing is answered from a policy that does not compile.
template <class Answer>
int with_policy(Session& session, const Question& question, Answer answer) {
  const driver::Compilation compilation = session.compile(question.paths);
  const ExitCode code = session.report_errors(compilation);
  return compilation.may_write() ? answer(compilation) : code;
}

}  // namespace

int who(Session& session) {
  static constexpr std::array<std::string_view, 4> classes{"see", "change", "send", "administer"};
  const Question question = question_of(session);
  const std::vector<std::string>& names = question.names;
  if (names.empty())
    return session.refuse("who may do what? farol who FEATURE [OBJECT], such as: farol who meeting.record");
  if (names.front() == "can") {
    const std::vector<std::string_view> words(classes.begin(), classes.end());
    if (names.size() != 3) return session.refuse("farol who can see|change|send|administer OBJECT");
    if (std::find(words.begin(), words.end(), names[1]) == words.end())
      return session.refuse("who can `" + names[1] + "`" + suggestion(names[1], words) + "; what can be asked is " +
                            either_of(words));
    return with_policy(session, question,
                       [&](const auto& compilation) { return answer_who_can(session, compilation, names); });
  }
  if (names.size() > 2)
    return session.refuse("`" + names[2] + "` is one name too many: farol who FEATURE [OBJECT]" +
                          path_hint(session, names[2]));
  return with_policy(session, question,
                     [&](const auto& compilation) { return answer_who(session, compilation, names); });
}

int what(Session& session) {
  const Question question = question_of(session);
  const std::vector<std::string>& names = question.names;
  if (names.empty()) return session.refuse("what may which role do? farol what ROLE");
  if (names.size() > 1)
    return session.refuse("`" + names[1] + "` is one name too many: farol what ROLE" + path_hint(session, names[1]));
  return with_policy(session, question, [&](const driver::Compilation& compilation) {
    model::RoleId role = compilation.model.nobody();
    if (names.front() != "everyone") {
      const auto found = look_up_role(compilation.model, names.front());
      if (const auto* error = std::get_if<UsageError>(&found)) return refuse(session, *error, names.front());
      role = std::get<model::RoleId>(found);
    }
    return session.write(driver::render_what(compilation, role, options_of(session)));
  });
}

}  // namespace farol::cli
