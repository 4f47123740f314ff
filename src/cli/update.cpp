// `update`: raises the versions of libraries and packs, and shows what that changes.
#include <algorithm>
#include <map>
#include <set>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "cli/input.h"
#include "cli/output.h"
#include "diag/messages_cli.h"
#include "driver/diff.h"
#include "driver/patched_files.h"
#include "driver/repairs.h"
#include "library/library.h"
#include "syntax/library_versions.h"

namespace farol::cli {
namespace {

std::string_view newest_of(const syntax::Library& library) {
  for (const library::Embedded& entry : library.pack ? library::packs() : library::all()) {
    if (entry.name == library.name) return entry.newest;
  }
  return {};
}

struct Raised {
  std::map<std::string, std::string> by_canonical_path;  // whole texts
  std::vector<base::OutputFile> files;                   // of the policy; most stay as they are
  std::vector<diag::Text> said;                          // empty: nothing is older
};

// Every `use` with an older version, in the files of the policy.
Raised raise_versions(const base::FileSystem& disk, const driver::Compilation& compilation) {
  Raised raised;
  std::map<source::SourceId, std::vector<diag::Edit>> edits;
  for (const syntax::Library& library : compilation.program.libraries) {
    const std::string newest(newest_of(library));
    if (library.pin.is_none() || !syntax::is_older(library.version, newest)) continue;
    edits[library.pin.source].push_back({library.pin, newest});
    raised.said.push_back(message::version_raised(library.name, library.version, newest));
  }
  for (const source::SourceId id : compilation.sources.own()) {
    const std::string& name = compilation.sources.name(id);
    const std::string before(compilation.sources.text(id));
    const auto changed = edits.find(id);
    std::string text = changed == edits.end() ? before : driver::apply(before, id, changed->second);
    raised.files.push_back({name, text, base::Original{true, before}});
    if (changed != edits.end()) raised.by_canonical_path[disk.canonical(name)] = std::move(text);
  }
  return raised;
}

// What stops compiling with the newer versions and did not before. What packs find stops nothing.
bool brings_errors(const driver::Compilation& before, const driver::Compilation& after) {
  std::set<std::pair<diag::Code, std::string>> old;
  const auto stops = [](const diag::Diagnostic& each) {
    return each.severity == diag::Severity::error && each.check.empty();
  };
  for (const diag::Diagnostic& each : before.sink.sorted(before.sources)) {
    if (stops(each)) old.emplace(each.code, diag::sentence(each.message, base::Language::en));
  }
  const auto all = after.sink.sorted(after.sources);
  return std::any_of(all.begin(), all.end(), [&](const diag::Diagnostic& each) {
    return stops(each) && !old.contains({each.code, diag::sentence(each.message, base::Language::en)});
  });
}

}  // namespace

ExitCode update(Context& context) {
  const auto paths = policy_paths(context, context.request.arguments);
  const bool writes = !context.request.has(OptionId::diff);
  if (writes && std::find(paths.begin(), paths.end(), "-") != paths.end())
    return usage_error(context, said(context, message::writes_files_only("update")));
  driver::Compilation before = compile_policy(context, paths);
  if (before.unreadable) return report_errors(context, before);
  const Raised raised = raise_versions(context.files(), before);
  if (raised.said.empty()) {
    // All stay as they are; what a killed run has left beside them goes.
    const ExitCode swept = writes ? write(context, raised.files) : ExitCode::done;
    if (swept == ExitCode::done) info(context, message::versions_are_newest());
    return swept;
  }
  const driver::PatchedFileSystem patched(context.files(), raised.by_canonical_path);
  driver::Compilation after = driver::compile(patched, compile_options(context, paths));
  ExitCode code = report_errors(context, after);
  const bool both = before.may_write() && after.may_write();
  const bool breaks = brings_errors(before, after);
  const base::Language language = context.settings.language;
  const auto old_side = driver::diff_side(name_of(context, paths), std::move(before), language);
  const auto new_side = driver::diff_side(name_of(context, paths), std::move(after), language);
  if (both) {
    const auto review = driver::review(old_side, new_side);
    code =
        worse(code, write(context, driver::render(review, driver::DiffFormat::text, language, colors_output(context))));
  }
  if (breaks) {
    info(context, message::update_brings_errors());
    return worse(code, ExitCode::failed);
  }
  if (!writes) return code;
  const ExitCode written = write(context, raised.files);
  if (written != ExitCode::done) return worse(code, written);
  for (const diag::Text& each : raised.said) info(context, each);
  return code;
}

}  // namespace farol::cli
