#include "cli/input.h"

#include <algorithm>
#include <set>
#include <utility>
#include <variant>

#include "base/file_errors.h"
#include "cli/output.h"
#include "diag/messages_cli.h"
#include "diag/snippet.h"
#include "driver/confirmations.h"
#include "driver/today.h"

namespace farol::cli {

std::string located(const Request& request, std::string_view path) {
  const std::string* folder = request.find(OptionId::directory);
  return base::join_path(folder == nullptr ? "" : *folder, path);
}

std::string located(const Context& context, std::string_view path) { return located(context.request, path); }

std::vector<std::string> policy_paths(const Context& context, const std::vector<std::string>& given) {
  if (given.empty()) return {located(context, ".")};
  std::vector<std::string> paths;
  for (const std::string& path : given) paths.push_back(path == "-" || path.empty() ? path : located(context, path));
  return paths;
}

std::string name_of(const Context& context, const std::vector<std::string>& paths) {
  constexpr std::size_t shown = 3;
  std::string text;
  for (std::size_t i = 0; i < std::min(paths.size(), shown); ++i) {
    std::string name = paths[i] == "-" ? "standard input" : paths[i];
    if (name == ".") {
      const std::string whole = context.files().canonical(name);
      name = whole.substr(whole.rfind('/') + 1);
      if (name.empty()) name = "policy";
    }
    text += (text.empty() ? "" : ", ") + diag::printable_text(name);
  }
  return paths.size() > shown ? text + " and " + std::to_string(paths.size() - shown) + " more" : text;
}

driver::Options compile_options(Context& context, const std::vector<std::string>& paths) {
  driver::Options options;
  options.as_of = context.settings.as_of;
  options.is_today = context.settings.is_today;
  options.today_in = [&environment = context.environment](std::string_view zone) {
    return base::day_in(environment.files, zone, environment.now);
  };
  options.severities = context.settings.severities;
  options.language = context.settings.spoken;
  options.language_is_given = context.request.has(OptionId::lang);
  options.allow_undocumented = context.request.has(OptionId::allow_undocumented);
  options.plans = options.keeps_rules = !context.settings.only_findings;
  options.load.paths = paths;
  if (const std::string* root = context.request.find(OptionId::root)) options.load.root = located(context, *root);
  if (std::find(paths.begin(), paths.end(), "-") != paths.end())
    options.load.standard_input = standard_input(context, options.load.limits.file_bytes);
  return options;
}

driver::Compilation compile_policy(Context& context, const std::vector<std::string>& paths, const std::string& when) {
  driver::Options options = compile_options(context, paths);
  options.load.when = when;
  driver::Compilation compilation = driver::compile(context.files(), options);
  context.settings.as_of = compilation.decisions.as_of;
  follow_language(context, compilation);
  if (!is_verbose(context)) return compilation;
  for (const source::SourceId id : compilation.sources.own()) {
    if (compilation.sources.name(id) != syntax::when_name)
      info(context, message::has_read(compilation.sources.name(id)));
  }
  for (const model::UsedLibrary& library : compilation.model.libraries)
    info(context, message::with_library(library.name, library.version));
  info(context, options.is_today ? message::as_of_today(context.settings.as_of, driver::time_zone_of(compilation.model))
                                 : message::as_of_day(context.settings.as_of));
  return compilation;
}

void follow_language(Context& context, const driver::Compilation& compilation) {
  if (context.request.has(OptionId::lang)) return;
  if (const auto wish = driver::wished_language(compilation.model))
    context.settings.language = context.settings.spoken = *wish;
}

void follow_language(Context& context, const std::vector<std::string>& paths) {
  if (context.request.has(OptionId::lang)) return;
  driver::Options options = compile_options(context, paths);
  options.only_decide();
  follow_language(context, driver::compile(context.files(), options));
}

const std::string& standard_input(Context& context, std::size_t limit) {
  if (!context.input) context.input = context.environment.standard_input(limit);
  return *context.input;
}

base::FileResult<std::string> read_input(Context& context, const std::string& path, std::size_t limit) {
  if (path != "-") return context.files().read(located(context, path), limit);
  const std::string& text = standard_input(context, limit);
  if (text.size() > limit) return base::too_large(limit);
  return text;
}

base::FileResult<git::OpenRevision> open_revision(const Context& context, const git::Revision& revision) {
  if (!context.environment.open_revision) return base::FileError{"no git repository can be read here"};
  return context.environment.open_revision(located(context, "."), revision);
}

base::FileResult<git::CommitInfo> describe_commit(const Context& context, const git::Revision& revision,
                                                  const std::string& path) {
  if (!context.environment.describe_commit) return base::FileError{"no git repository can be read here"};
  return context.environment.describe_commit(located(context, "."), revision, path);
}

compare::Commit commit_of(const git::CommitInfo& info) {
  constexpr std::size_t digits = 7;
  return {info.id.substr(0, digits), info.date, diag::printable_text(info.author)};
}

std::string beside_policy(const Context& context, const std::vector<std::string>& policy_paths, std::string_view name) {
  const std::string& first = policy_paths.front();
  return base::path_beside(context.files(), first == "-" ? located(context, ".") : first, name);
}

std::string ledger_path(const Context& context, const std::vector<std::string>& policy_paths) {
  const std::string* file = context.request.find(OptionId::confirmations);
  return file != nullptr ? located(context, *file) : beside_policy(context, policy_paths, dingtalk::confirmations_file);
}

std::optional<dingtalk::Ledger> read_ledger(Context& context, const model::Model& model,
                                            const std::vector<std::string>& policy_paths) {
  const bool is_named = context.request.has(OptionId::confirmations);
  auto ledger = driver::read_ledger(context.files(), ledger_path(context, policy_paths), model, is_named);
  if (const auto* problem = std::get_if<std::string>(&ledger)) {
    usage_error(context, *problem);
    return std::nullopt;
  }
  return std::move(std::get<dingtalk::Ledger>(ledger));
}

namespace {

// What standard input may hold of a list of people: it has to be read more than once.
constexpr std::size_t max_listed_input = std::size_t{64} << 20;

}  // namespace

std::optional<Export> read_export(Context& context, const std::string& path) {
  constexpr std::size_t limit = std::size_t{64} << 20;
  auto text = read_input(context, path, limit);
  if (const auto* failure = std::get_if<base::FileError>(&text)) {
    error(context, message::cannot_read(path, message::verbatim(failure->reason)));
    return std::nullopt;
  }
  return Export{path == "-" ? said(context, message::standard_input()) : path, std::move(std::get<std::string>(text))};
}

people::List people_list(Context& context, const std::string& path) {
  if (path == "-") {
    const std::string& text = standard_input(context, max_listed_input);
    return {said(context, message::standard_input()), [&text]() -> base::FileResult<std::unique_ptr<base::ByteStream>> {
              if (text.size() > max_listed_input) return base::FileError{"larger than 64 MiB; save it as a file first"};
              return base::stream_of(text);
            }};
  }
  const std::string file = located(context, path);
  return {path, [&context, file] { return context.files().open(file); }};
}

std::string folder_name(const Context& context, const std::string& path) {
  std::string name = path == "-" ? "stdin" : context.files().canonical(path);
  name = name.substr(name.rfind('/') + 1);
  constexpr std::string_view ending = ".farol";
  return name.ends_with(ending) ? name.substr(0, name.size() - ending.size()) : name;
}

std::optional<std::string> name_of_two(const Context& context, const std::vector<std::string>& paths) {
  std::set<std::string> names;
  for (const std::string& path : paths) {
    std::string name = folder_name(context, path);
    if (!names.insert(name).second) return name;
  }
  return std::nullopt;
}

std::optional<ExitCode> refuse_shared_input(Context& context, const std::vector<std::string>& paths,
                                            std::initializer_list<const std::string*> lists) {
  std::size_t inputs = 0;
  for (const std::string& path : paths) inputs += path == "-" ? 1U : 0U;
  for (const std::string* list : lists) inputs += list != nullptr && *list == "-" ? 1U : 0U;
  if (inputs <= 1) return std::nullopt;
  return usage_error(context, "standard input can be one of the policy and the lists of people only");
}

}  // namespace farol::cli
