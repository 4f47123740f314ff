#include "lsp/workspace.h"

#include <algorithm>
#include <set>

namespace farol::lsp {
namespace {

constexpr std::string_view ending = ".farol";
constexpr std::size_t max_file = syntax::Limits{}.file_bytes;

// Returns true if some line begins with the statement, whatever stands before it on the line.
bool has_policy_statement(std::string_view text) {
  for (std::size_t at = text.find("policy"); at != std::string_view::npos; at = text.find("policy", at + 1)) {
    std::size_t start = at;
    while (start > 0 && (text[start - 1] == ' ' || text[start - 1] == '\t')) --start;
    const std::size_t after = text.find_first_not_of(" \t", at + 6);
    if ((start == 0 || text[start - 1] == '\n') && after != std::string_view::npos && text[after] == '"') return true;
  }
  return false;
}

}  // namespace

base::FileResult<std::string> Buffers::read(const std::string& path, std::size_t limit) const {
  const auto found = open.find(canonical(path));
  if (found == open.end()) return disk_.read(path, limit);
  if (found->second.size() > limit) return base::FileError{"larger than a policy may be"};
  return found->second;
}

bool Buffers::exists(const std::string& path) const { return open.contains(canonical(path)) || disk_.exists(path); }

base::FileResult<std::vector<std::string>> Buffers::list(const std::string& path) const {
  auto names = disk_.list(path);
  auto* list = std::get_if<std::vector<std::string>>(&names);
  if (list == nullptr) return names;
  const std::string folder = canonical(path);
  for (const auto& [file, text] : open) {
    if (base::folder_of(file) == folder) list->push_back(file.substr(file.rfind('/') + 1));
  }
  std::sort(list->begin(), list->end());
  list->erase(std::unique(list->begin(), list->end()), list->end());
  return names;
}

void Workspace::set(const std::string& path, std::string text) {
  files_.open[files_.canonical(path)] = std::move(text);
  forget();
}

void Workspace::close(const std::string& path) {
  files_.open.erase(files_.canonical(path));
  forget();
}

const std::string* Workspace::text_of(const std::string& path) const {
  const auto found = files_.open.find(files_.canonical(path));
  return found == files_.open.end() ? nullptr : &found->second;
}

// A folder is one policy, as for `farol check FOLDER`; with several `policy` statements its files are policies of their
// own.
std::vector<std::string> Workspace::paths_of(const std::string& path) const {
  const std::string file = files_.canonical(path);
  const std::string folder = base::folder_of(file);
  const auto names = files_.list(folder);
  const auto* list = std::get_if<std::vector<std::string>>(&names);
  if (list == nullptr || !file.ends_with(ending)) return {file};
  std::size_t policies = 0;
  for (const std::string& name : *list) {
    if (!name.ends_with(ending)) continue;
    const auto text = files_.read(base::join_path(folder, name), max_file);
    if (const auto* content = std::get_if<std::string>(&text); content != nullptr && has_policy_statement(*content))
      ++policies;
  }
  return {policies > 1 ? file : folder};
}

void Workspace::add_folder(const std::string& path) {
  if (!path.empty()) folders_.insert(files_.canonical(path));
  forget();
}

void Workspace::remove_folder(const std::string& path) {
  folders_.erase(files_.canonical(path));
  forget();
}

driver::Options Workspace::options_for(const std::string& path, std::vector<std::string> paths) const {
  driver::Options options;
  options.load.paths = std::move(paths);
  // Files of the policy may lie anywhere in the folder that the editor has open: of several the outermost.
  const std::string file = files_.canonical(path);
  const auto root = std::find_if(folders_.begin(), folders_.end(),
                                 [&](const std::string& folder) { return file.starts_with(folder + "/"); });
  if (root != folders_.end()) options.load.root = *root;
  options.as_of = today_;
  options.language = language_;
  return options;
}

const driver::Compilation& Workspace::compiled(Known& known, const std::string& path, bool only_decides) {
  const auto paths = paths_of(path);
  auto& compilation = known[paths];
  if (compilation != nullptr) return *compilation;
  driver::Options options = options_for(path, paths);
  options.plans = false;
  // What checks say are errors, not advice.
  if (only_decides) options.advice = options.repairs = options.lowers = false;
  compilation = std::make_unique<driver::Compilation>(driver::compile(files_, options));
  rules_[paths] = compilation->model.rules.size();
  return *compilation;
}

const driver::Compilation& Workspace::compiled(const std::string& path) { return compiled(known_, path, false); }

const driver::Compilation& Workspace::decided(const std::string& path) {
  const bool is_whole = known_.contains(paths_of(path));
  return compiled(is_whole ? known_ : decided_, path, !is_whole);
}

bool Workspace::is_large(const std::string& path) const {
  constexpr std::size_t many = 500;
  const auto found = rules_.find(paths_of(path));
  return found != rules_.end() && found->second > many;
}

const driver::Compilation* Workspace::committed(const std::string& path) {
  auto found = find_committed_ ? find_committed_(base::folder_of(files_.canonical(path))) : std::nullopt;
  if (!found) return nullptr;
  auto paths = paths_of(path);
  const bool was_there =
      std::any_of(paths.begin(), paths.end(), [&](const std::string& each) { return found->files->exists(each); });
  if (!was_there) return nullptr;
  const auto known = committed_.find(paths);
  if (known != committed_.end() && known->second.first == found->commit) return &known->second.second;
  driver::Options options = options_for(path, paths);
  options.only_decide();
  auto& kept = committed_[std::move(paths)];
  kept = {found->commit, driver::compile(*found->files, options)};
  return &kept.second;
}

driver::Compilation Workspace::compile_with(const std::string& path,
                                            const std::map<std::string, std::string>& texts) const {
  Buffers changed{files_};
  changed.open = texts;
  driver::Options options = options_for(path, paths_of(path));
  options.only_decide();
  return driver::compile(changed, options);
}

std::optional<source::SourceId> Workspace::find(const driver::Compilation& compilation, std::string_view path) {
  for (const source::SourceId id : compilation.sources.own()) {
    if (compilation.sources.name(id) == path) return id;
  }
  return std::nullopt;
}

std::vector<std::string> Workspace::policies() const {
  std::set<std::vector<std::string>> seen;
  std::vector<std::string> result;
  for (const auto& [path, text] : files_.open) {
    if (seen.insert(paths_of(path)).second) result.push_back(path);
  }
  return result;
}

}  // namespace farol::lsp
