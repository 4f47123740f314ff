// One run of a verb: what the common options mean, how a policy is read, and where text goes.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/date.h"
#include "base/phrases.h"
#include "cli/cli.h"
#include "cli/parse.h"
#include "diag/sarif.h"
#include "driver/driver.h"

namespace farol::cli {

// What a verb has to say about one policy: lines or a document for standard output, and how it went.
struct Outcome {
  std::string text;
  ExitCode code = done;
};

class Session {
 public:
  Session(const Request& request, Environment& environment) : request_(request), environment_(environment) {}

  // To be called first. False: an option cannot be used, which has been said.
  [[nodiscard]] bool prepare();

  [[nodiscard]] const Request& request() const { return request_; }
  [[nodiscard]] base::FileSystem& files() const { return environment_.files; }
  [[nodiscard]] base::Date as_of() const { return as_of_; }
  // Of `--as-of A..B`, which only `diff` takes: A, while `as_of` is B.
  [[nodiscard]] std::optional<base::Date> as_of_before() const { return as_of_before_; }
  [[nodiscard]] base::Language language() const { return language_; }
  [[nodiscard]] bool quiet() const { return request_.has(OptionId::quiet); }
  [[nodiscard]] bool verbose() const { return request_.has(OptionId::verbose); }
  [[nodiscard]] bool colors_output() const { return colors(environment_.out_is_terminal && !output_file()); }
  // Text for a file does not depend on the terminal.
  [[nodiscard]] std::size_t width() const;
  // `-o`, as a path from where the process was started; nothing for `-o -`.
  [[nodiscard]] std::optional<std::string> output_file() const;

  // A path as it was given, seen from where the process was started.
  [[nodiscard]] std::string located(std::string_view path) const;
  // The paths of a policy; without any the folder that farol works in.
  [[nodiscard]] std::vector<std::string> policy_paths(const std::vector<std::string>& given) const;
  // How a line of output names a policy: its paths, for the folder that farol works in its name.
  [[nodiscard]] std::string name_of(const std::vector<std::string>& paths) const;

  // How a policy is read: what the common options say.
  [[nodiscard]] driver::Options options(const std::vector<std::string>& paths);
  // `when` is a condition to be read with the policy, see `syntax::LoadOptions`.
  [[nodiscard]] driver::Compilation compile(const std::vector<std::string>& paths, const std::string& when = {});
  // All of it, read once; more than `limit` bytes are cut one byte later.
  [[nodiscard]] const std::string& standard_input(std::size_t limit);
  // Writes the findings to standard error; what they mean for the exit code. Advice is for whoever checks a policy:
  // other verbs say that there is some, and `--quiet` leaves out that, too.
  ExitCode report(const driver::Compilation& compilation);
  // Without failed checks, which `check` and `compile` tell of.
  ExitCode report_errors(const driver::Compilation& compilation);
  void report(const source::SourceMap& sources, const diag::Sink& sink, diag::Severity least = diag::Severity::warning);
  // How findings are to be written: `text`, or what `--error-format` says.
  [[nodiscard]] std::string error_format() const;
  // For `--error-format sarif` and `github`. Files are named from where the process was started.
  [[nodiscard]] diag::SarifOptions sarif_options() const;
  [[nodiscard]] std::string annotations(const source::SourceMap& sources, const diag::Sink& sink) const;
  [[nodiscard]] std::string findings(const source::SourceMap& sources, const diag::Sink& sink, diag::Severity least,
                                     bool color) const;
  // Once for the policy of all arguments, or with `--each` once for every argument; the worst exit code.
  [[nodiscard]] Outcome for_each_policy(const std::function<Outcome(const std::vector<std::string>& paths)>& run);

  // Calls another program, see base/process.h.
  [[nodiscard]] base::FileResult<std::string> run_program(const std::vector<std::string>& words,
                                                          const std::string& input) const;

  // The files of a revision, in the repository of the folder that farol works in.
  [[nodiscard]] base::FileResult<git::OpenRevision> open_revision(const git::Revision& revision) const;

  // Writes a document to `-o` or to standard output.
  ExitCode write(const std::string& document);
  ExitCode write(const std::vector<base::OutputFile>& files);
  // A line for people on standard output, and one on standard error; neither with `--quiet`.
  void say(std::string_view line);
  void note(std::string_view line);
  // An error that is no finding.
  void complain(std::string_view message);
  // The same, of the usage, an input or an output.
  ExitCode refuse(std::string_view message);

  [[nodiscard]] bool colors(bool terminal) const;

 private:
  // How many warnings there are, for verbs that show none.
  void note_advice(const diag::Sink& sink);

  // `--error`, `--warn` and `--off`. False: one cannot be used, which has been said.
  [[nodiscard]] bool read_severities();

  const Request& request_;
  Environment& environment_;
  // `--as-of`. False: it is no day, which has been said.
  [[nodiscard]] bool read_days(const std::string& days);

  base::Date as_of_;
  std::optional<base::Date> as_of_before_;
  base::Language language_ = base::Language::en;
  driver::Severities severities_;
  std::optional<std::string> standard_input_;  // can be read once only
};

[[nodiscard]] ExitCode exit_code(const driver::Compilation& compilation);
[[nodiscard]] inline ExitCode worse(ExitCode a, ExitCode b) { return a < b ? b : a; }
// "1 rule", "2 rules"
[[nodiscard]] std::string counted(std::size_t count, std::string_view noun);

}  // namespace farol::cli
