// The policies that an editor has open: its buffers on top of the disk, and what was last compiled of each policy.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/date.h"
#include "base/file_system.h"
#include "driver/driver.h"

namespace farol::lsp {

// Files as the editor has them. Nothing can be written.
class Buffers final : public base::FileSystem {
 public:
  explicit Buffers(const base::FileSystem& disk) : disk_(disk) {}

  std::map<std::string, std::string> open;  // by canonical path

  [[nodiscard]] base::FileResult<std::string> read(const std::string& path, std::size_t limit) const override;
  [[nodiscard]] bool is_directory(const std::string& path) const override { return disk_.is_directory(path); }
  [[nodiscard]] bool exists(const std::string& path) const override;
  // A new file that is not saved yet is there too.
  [[nodiscard]] base::FileResult<std::vector<std::string>> list(const std::string& path) const override;
  [[nodiscard]] std::string canonical(const std::string& path) const override { return disk_.canonical(path); }
  [[nodiscard]] std::variant<std::monostate, base::FileError> write(const std::vector<base::OutputFile>&) override {
    return base::FileError{"an editor's buffers are not written here"};
  }

 private:
  const base::FileSystem& disk_;
};

// Files as the last commit has them.
struct Committed {
  std::string commit;
  std::unique_ptr<base::FileSystem> files;
};
// Looks into the repository that a folder lies in; nullopt where there is none, or no commit.
using FindCommitted = std::function<std::optional<Committed>(const std::string& folder)>;

class Workspace {
 public:
  Workspace(const base::FileSystem& disk, base::Date today, base::Language language, FindCommitted find_committed)
      : files_(disk), today_(today), language_(language), find_committed_(std::move(find_committed)) {}

  // The folders that the editor has open; no path is none.
  void add_folder(const std::string& path);
  void remove_folder(const std::string& path);
  void set_language(base::Language language) { language_ = language; }
  void set(const std::string& path, std::string text);
  void close(const std::string& path);
  // Files on the disk have changed.
  void forget() { known_.clear(), decided_.clear(); }
  [[nodiscard]] std::string canonical(const std::string& path) const { return files_.canonical(path); }
  [[nodiscard]] const std::string* text_of(const std::string& path) const;
  // The policy of a file as it is now, compiled again if something has changed.
  [[nodiscard]] const driver::Compilation& compiled(const std::string& path);
  // The same without advice and what keeps each answer, which of a large policy take most of the time.
  [[nodiscard]] const driver::Compilation& decided(const std::string& path);
  [[nodiscard]] bool is_large(const std::string& path) const;
  // The policy of a file as the last commit has it; none where it has none.
  [[nodiscard]] const driver::Compilation* committed(const std::string& path);
  // The policy of a file, if other files of it had these texts, by path.
  [[nodiscard]] driver::Compilation compile_with(const std::string& path,
                                                 const std::map<std::string, std::string>& texts) const;
  // The source of a file in its policy; nullopt if the policy does not read it.
  [[nodiscard]] static std::optional<source::SourceId> find(const driver::Compilation& compilation,
                                                            std::string_view path);
  // One open file of each policy with open files.
  [[nodiscard]] std::vector<std::string> policies() const;

 private:
  [[nodiscard]] std::vector<std::string> paths_of(const std::string& path) const;
  [[nodiscard]] driver::Options options_for(const std::string& path, std::vector<std::string> paths) const;

  Buffers files_;
  base::Date today_;
  base::Language language_;
  std::set<std::string> folders_;
  using Known = std::map<std::vector<std::string>, std::unique_ptr<driver::Compilation>>;
  const driver::Compilation& compiled(Known& known, const std::string& path, bool only_decides);

  Known known_, decided_;                                  // emptied by every change
  std::map<std::vector<std::string>, std::size_t> rules_;  // how many a policy had when it was last compiled
  FindCommitted find_committed_;
  std::map<std::vector<std::string>, std::pair<std::string, driver::Compilation>> committed_;  // with the commit
};

}  // namespace farol::lsp
