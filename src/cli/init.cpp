#include "check/missing_facts.h"
#include "cli/input.h"
#include "cli/output.h"
#include "cli/starters.h"
#include "cli/version_control.h"
#include "diag/messages_cli.h"
#include "diag/snippet.h"

namespace farol::cli {
namespace {

constexpr std::string_view ending = ".farol";

// The files are new: what somebody else puts in their place meanwhile is not overwritten.
std::vector<base::OutputFile> files_of_example(const std::string& example, const std::string& folder) {
  std::vector<base::OutputFile> files;
  for (const Starter& starter : examples()) {
    if (!starter.name.starts_with(example + "/")) continue;
    const std::string name = std::string(starter.name.substr(example.size() + 1)) + std::string(ending);
    files.push_back({base::join_path(folder, name), std::string(starter.text), base::Original{}});
  }
  return files;
}

std::vector<base::OutputFile> first_policy(base::Language language, const std::string& folder) {
  for (const Starter& starter : first_policies()) {
    if (starter.name == base::tag(language))
      return {{base::join_path(folder, "policy.farol"), std::string(starter.text), base::Original{}}};
  }
  return {};
}

// What `--like` and `--lang` ask for.
std::vector<base::OutputFile> first_files(const Context& context, const std::string& folder) {
  const std::string* example = context.request.find(OptionId::like);
  return example != nullptr ? files_of_example(*example, folder) : first_policy(context.settings.language, folder);
}

std::optional<std::string> policy_file_in(const base::FileSystem& disk, const std::string& folder) {
  const auto listed = disk.list(folder);
  if (const auto* names = std::get_if<std::vector<std::string>>(&listed)) {
    for (const std::string& name : *names) {
      if (name.ends_with(ending)) return base::join_path(folder, name);
    }
  }
  return std::nullopt;
}

// A file that is in the way: one that would be overwritten, or one that would become a part of the new policy.
std::optional<std::string> find_obstacle(const base::FileSystem& disk, const std::vector<base::OutputFile>& files) {
  for (const base::OutputFile& file : files) {
    if (disk.exists(file.path)) return file.path;
    if (!file.path.ends_with(ending)) continue;
    if (auto policy = policy_file_in(disk, base::folder_of(file.path))) return policy;
  }
  return std::nullopt;
}

// What to type next; the clients of a base each are a policy that reaches outside its folder.
std::string next_step(const std::vector<base::OutputFile>& files, const std::string& folder) {
  const bool many = base::folder_of(files.front().path) != folder;
  const std::string shown = diag::printable_text(folder);
  return many ? "farol check --each " + shown + "/* --root " + shown : "farol check " + shown;
}

// `farol init --facts`: a file beside a policy.
ExitCode write_facts(Context& context) {
  const std::vector<std::string> paths = policy_paths(context, context.request.arguments);
  const driver::Compilation compilation = compile_policy(context, paths);
  if (!compilation.may_write()) return report_errors(context, compilation);
  const std::string text = check::missing_facts(compilation.model, compilation.checks, context.settings.language);
  if (text.empty()) {
    info(context, "no check misses a statement of its own; `farol check` shows what is open");
    return ExitCode::done;
  }
  const bool is_file = paths.front().ends_with(ending);
  const std::string file = base::join_path(is_file ? base::folder_of(paths.front()) : paths.front(), "facts.farol");
  if (context.files().exists(file)) return usage_error(context, message::is_there_already(file));
  const ExitCode code = write(context, std::vector<base::OutputFile>{{file, text}});
  if (code != ExitCode::done) return code;
  print(context, said(context, message::wrote({message::verbatim(diag::printable_text(file))})));
  const diag::Text next = is_file ? message::include_facts() : message::fill_in_facts();
  print(context, said(context, message::next_is(said(context, next))));
  return ExitCode::done;
}

// `farol init --git`: what a repository of policies needs, and a policy where there is none. The matrix is among it:
// the first commit has to pass what every later one has to.
ExitCode init_repository(Context& context, const std::string& server) {
  const Request& request = context.request;
  const std::string root = located(context, request.arguments.front());
  const std::string folder = base::join_path(root, policy_folder);
  const bool is_new = !policy_file_in(context.files(), folder);
  const std::string* example = request.find(OptionId::like);
  if (example != nullptr && *example == "library")
    return usage_error(context, "the files of `--git` are for one policy, and `--like library` is several");
  std::vector<base::OutputFile> files = version_control_files(server, root);
  if (is_new || example != nullptr) {
    for (base::OutputFile& file : first_files(context, folder)) files.push_back(std::move(file));
  }
  if (auto matrix = first_matrix(context, files, folder)) files.push_back(std::move(*matrix));
  if (const auto obstacle = find_obstacle(context.files(), files))
    return usage_error(context, message::is_there_already(*obstacle));
  const ExitCode code = write(context, files);
  if (code != ExitCode::done) return code;
  if (example != nullptr && request.has(OptionId::lang)) info(context, message::examples_are_english());
  for (const base::OutputFile& file : files)
    print(context, said(context, message::wrote({message::verbatim(diag::printable_text(file.path))})));
  for (const std::string_view command : commands_for_a_clone())
    print(context, said(context, message::next_is(std::string(command))));
  return ExitCode::done;
}

}  // namespace

ExitCode init(Context& context) {
  const Request& request = context.request;
  if (request.has(OptionId::facts)) return write_facts(context);
  if (request.arguments.size() != 1)
    return usage_error(context, "`farol init` needs one folder to write to: farol init my-policy");
  const std::string* server = request.find(OptionId::git);
  if (server != nullptr) return init_repository(context, *server);
  const std::string folder = located(context, request.arguments.front());
  const std::string* example = request.find(OptionId::like);
  const auto files = first_files(context, folder);
  if (const auto obstacle = find_obstacle(context.files(), files))
    return usage_error(context, message::is_there_already(*obstacle));
  const ExitCode code = write(context, files);
  if (code != ExitCode::done) return code;
  if (example != nullptr && request.has(OptionId::lang)) info(context, message::examples_are_english());
  for (const base::OutputFile& file : files)
    print(context, said(context, message::wrote({message::verbatim(diag::printable_text(file.path))})));
  print(context, said(context, message::next_is(next_step(files, folder))));
  return ExitCode::done;
}

}  // namespace farol::cli
