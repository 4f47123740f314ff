#include "cli/history.h"

#include "cli/input.h"

namespace farol::cli {

base::FileResult<git::CommitInfo> History::describe(const std::string& commit) const {
  return describe_commit(context_, {commit}, path_);
}

const driver::DiffSide* History::at(const git::CommitInfo& commit) {
  if (commit.content.empty()) return nullptr;
  const auto [entry, fresh] = known_.try_emplace(commit.content);
  if (fresh) {
    const auto opened = open_revision(context_, {commit.id});
    const auto* revision = std::get_if<git::OpenRevision>(&opened);
    if (revision == nullptr) return nullptr;
    driver::Options options = compile_options(context_, {located(context_, path_)});
    options.repairs = false;
    driver::Compilation compilation = driver::compile(*revision->files, options);
    if (known_.size() == 1) follow_language(context_, compilation);
    driver::DiffSide side = driver::diff_side(path_, std::move(compilation), context_.settings.language);
    if (can_be_compared(side)) entry->second = std::move(side);
  }
  return entry->second ? &*entry->second : nullptr;
}

}  // namespace farol::cli
