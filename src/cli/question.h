// Verbs that are asked about names: `who`, `what`, `explain`. Among the names may stand the paths of a policy.
#pragma once

#include <string>
#include <vector>

#include "base/phrases.h"
#include "cli/context.h"
#include "cli/input.h"
#include "cli/output.h"
#include "cli/parse.h"

namespace farol::cli {

struct Question {
  std::vector<std::string> names;
  std::vector<std::string> paths;
  bool in_place = false;  // no path was given: the policy is in the folder that farol works in
};
[[nodiscard]] Question question_of(const Context& context);

// How an answer is written.
struct AnswerOptions {
  base::Language language = base::Language::en;
  bool json = false;
  bool color = false;
};
[[nodiscard]] AnswerOptions answer_options(const Context& context);
// ` --in WORD`, where a path was taken for a name.
[[nodiscard]] diag::Text with_path_hint(const Context& context, diag::Text problem, const std::string& word);
ExitCode refuse(Context& context, const UsageError& error, const std::string& word);
// Whether there is a `.farol` file in a folder.
[[nodiscard]] bool has_policy(const base::FileSystem& disk, const std::string& folder);

// Nothing is answered from a policy that does not compile.
template <class Answer>
ExitCode with_policy(Context& context, const Question& question, Answer answer) {
  const driver::Compilation compilation = compile_policy(context, question.paths);
  const ExitCode code = report_errors(context, compilation);
  return compilation.may_write() ? answer(compilation) : code;
}

}  // namespace farol::cli
