#include "cli/watch.h"

#include <algorithm>
#include <map>
#include <set>
#include <variant>

#include "cli/input.h"
#include "cli/output.h"
#include "diag/messages_cli.h"

namespace farol::cli {
namespace {

constexpr std::size_t most_bytes = std::size_t{64} << 20;

std::set<std::string> folders_of(const Context& context, const std::vector<std::string>& files) {
  std::set<std::string> folders;
  for (const std::string& path : policy_paths(context, context.request.arguments))
    folders.insert(context.files().is_directory(path) ? path : base::folder_of(path));
  for (const std::string& file : files) folders.insert(base::folder_of(file));
  return folders;
}

// The policies in the folders, with what is in them.
std::map<std::string, std::string> what_is_there(const Context& context, const std::set<std::string>& folders) {
  std::map<std::string, std::string> there;
  for (const std::string& folder : folders) {
    const auto names = context.files().list(folder.empty() ? "." : folder);
    if (!std::holds_alternative<std::vector<std::string>>(names)) continue;
    for (const std::string& name : std::get<0>(names)) {
      if (!name.ends_with(".farol")) continue;
      const std::string path = base::join_path(folder, name);
      auto text = context.files().read(path, most_bytes);
      there[path] = std::holds_alternative<std::string>(text) ? std::move(std::get<std::string>(text)) : std::string{};
    }
  }
  return there;
}

// What `--watch` cannot do; null if nothing of it is asked for.
const char* beside_watch(const Context& context) {
  for (const auto& [id, name] : {std::pair(OptionId::fix, "--fix"), std::pair(OptionId::interactive, "--interactive"),
                                 std::pair(OptionId::output, "--output")}) {
    if (context.request.has(id)) return name;
  }
  if (error_format(context) != "text") return "--error-format";
  const auto& paths = context.request.arguments;
  return std::find(paths.begin(), paths.end(), "-") == paths.end() ? nullptr : "-";
}

}  // namespace

ExitCode watch(Context& context, const std::function<ExitCode(std::vector<std::string>& files)>& look) {
  if (const char* other = beside_watch(context)) return usage_error(context, message::watch_alone(other));
  const auto& wait = context.environment.wait_for_change;
  if (!wait) return usage_error(context, message::watch_impossible());
  const Settings given = context.settings;
  std::set<std::string> folders = folders_of(context, {});
  while (true) {
    auto before = what_is_there(context, folders);
    std::vector<std::string> files;
    const ExitCode code = look(files);
    context.environment.out.flush();
    info(context, message::watch_waits());
    if (auto all = folders_of(context, files); all != folders) {
      folders = std::move(all);
      before = what_is_there(context, folders);
    }
    do {
      const auto now = wait({folders.begin(), folders.end()});
      if (!now) return code;
      context.environment.now = *now;
    } while (what_is_there(context, folders) == before);
    // The day may be another one, and so may the language that the policy asks for.
    context.settings = given;
    if (given.is_today && !context.request.has(OptionId::as_of))
      context.settings.as_of = base::day_in_utc(context.environment.now);
    if (context.environment.out_is_terminal) context.environment.out << "\x1b[H\x1b[2J" << std::flush;
  }
}

}  // namespace farol::cli
