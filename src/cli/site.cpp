#include "driver/site.h"

#include "cli/input.h"
#include "cli/output.h"
#include "diag/messages_cli.h"

namespace farol::cli {
namespace {

// The pages of one policy, in `files` under `folder`; what is wrong has been said if the exit code is not `done`.
ExitCode add_pages(Context& context, const std::vector<std::string>& paths, const std::string& folder,
                   std::vector<base::OutputFile>& files, std::vector<driver::SiteEntry>& entries) {
  const driver::Compilation compilation = compile_policy(context, paths);
  const ExitCode code = report_errors(context, compilation);
  if (!compilation.may_write()) return code;
  const auto ledger = read_ledger(context, compilation.model, paths);
  if (!ledger) return ExitCode::usage_error;
  driver::Site site = driver::site_of(compilation, context.settings.language, *ledger);
  for (base::OutputFile& file : site.files) {
    // No page is empty.
    if (file.content.empty()) return usage_error(context, no_workbook);
    file.path = base::join_path(folder, file.path);
    files.push_back(std::move(file));
  }
  site.entry.folder = folder.substr(folder.rfind('/') + 1);
  entries.push_back(std::move(site.entry));
  return code;
}

}  // namespace

ExitCode site(Context& context) {
  const auto folder = output_file(context);
  if (!folder) return usage_error(context, "`farol site` writes files and needs a folder for them: farol site -o site");
  const auto paths = policy_paths(context, context.request.arguments);
  std::vector<base::OutputFile> files;
  std::vector<driver::SiteEntry> entries;
  ExitCode worst = ExitCode::done;
  if (!context.request.has(OptionId::each)) {
    worst = add_pages(context, paths, *folder, files, entries);
  } else {
    if (const auto name = name_of_two(context, paths))
      return usage_error(context, "two of the policies would be written to `" + base::join_path(*folder, *name) + "`");
    const Settings given = context.settings;
    for (const std::string& path : paths) {
      context.settings.language = given.language;
      context.settings.spoken = given.spoken;
      worst = worse(worst,
                    add_pages(context, {path}, base::join_path(*folder, folder_name(context, path)), files, entries));
    }
    context.settings.language = given.language;
    files.insert(files.begin(), {base::join_path(*folder, "index.html"), driver::site_index(entries, given.language)});
  }
  // An index that leaves a policy out would be taken for one of all.
  if (worst != ExitCode::done) {
    info(context, message::nothing_written(*folder));
    return worst;
  }
  worst = write(context, files);
  if (worst == ExitCode::done) print(context, said(context, message::wrote({message::verbatim(files.front().path)})));
  return worst;
}

}  // namespace farol::cli
