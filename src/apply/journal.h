// What a run has done, line by line, each on the disk before the next thing is done: whatever ends a run, the next one
// knows what was sent, and what may have been sent.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "apply/plan.h"
#include "base/file_system.h"
#include "base/write_ahead.h"

namespace farol::apply {

// How far an action has come.
enum class Progress : std::uint8_t {
  waiting,   // it was not sent
  sending,   // it may have been
  answered,  // the platform says that it was done
  seen,      // and a call shows it
  not_seen,  // and no call shows it, or another value
  refused,   // the platform says that it was not done
};
[[nodiscard]] std::string_view to_string(Progress progress);

struct Run {
  std::string id;
  Plan plan;
  std::vector<Progress> progress;           // of each action
  std::vector<std::string> reasons;         // of each that was refused or not seen
  std::map<std::string, std::string> made;  // ids that replies gave, by key
  bool finished = false;
  bool is_cut = false;  // its last line was, by whatever ended it
};

// The ids that look-ups and replies of a run brought, by key.
[[nodiscard]] std::map<std::string, std::string> ids_of(const Run& run);

// Why there is no run: none is open in the folder, or the file of the one that is named cannot be read.
struct NoRun {
  std::string path;
  std::string reason{};  // empty: none is open
};

class Journal {
 public:
  // In a folder of the tenant's runs.
  Journal(const base::FileSystem& files, base::WriteAhead& disk, std::string folder)
      : files_(files), disk_(disk), folder_(std::move(folder)) {}

  // Keeps the tenant for this process. Returns why it cannot.
  [[nodiscard]] std::optional<std::string> hold(const std::string& corp);
  // Begins a run: the plan is written before anything is sent. Returns what is wrong with the disk.
  [[nodiscard]] std::optional<std::string> begin(const Plan& plan, const std::string& id);
  // Goes on with a run, or with the last one that has not finished where the name is empty. Or why there is none.
  [[nodiscard]] std::variant<Run, NoRun> read(const std::string& id) const;
  [[nodiscard]] std::optional<std::string> open(const Run& run);

  // Returns what is wrong with the disk: nothing may be sent then.
  [[nodiscard]] std::optional<std::string> note(std::size_t action, Progress progress, const std::string& reason = {});
  [[nodiscard]] std::optional<std::string> note_id(const std::string& key, const std::string& id);
  [[nodiscard]] std::optional<std::string> finish();
  // What `finish` writes: with it behind what is there, the file is evidence of the run.
  [[nodiscard]] static std::string last_line();

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] const std::string& run() const { return run_; }
  // A name for a run that no run in the folder has.
  [[nodiscard]] std::string new_id(const std::string& moment) const;

 private:
  [[nodiscard]] std::string path_of(const std::string& id) const { return folder_ + "/" + id + ".jsonl"; }
  [[nodiscard]] std::optional<std::string> write(const std::string& line);

  const base::FileSystem& files_;
  base::WriteAhead& disk_;
  std::string folder_, path_, run_;
  std::unique_ptr<base::HeldFile> held_;
};

}  // namespace farol::apply
