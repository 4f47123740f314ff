#include "cli/session.h"

#include <algorithm>
#include <variant>

#include <fmt/format.h>

#include "base/text.h"
#include "base/version.h"
#include "diag/github.h"
#include "diag/render.h"
#include "diag/snippet.h"

namespace farol::cli {

bool Session::prepare() {
  if (const std::string* tag = request_.find(OptionId::lang))
    language_ = base::parse_language(*tag).value_or(base::Language::en);
  as_of_ = environment_.today;
  if (const std::string* days = request_.find(OptionId::as_of); days != nullptr && !read_days(*days)) return false;
  for (const OptionId id : {OptionId::directory, OptionId::root}) {
    const std::string* folder = request_.find(id);
    if (folder == nullptr) continue;
    const std::string path = id == OptionId::directory ? *folder : located(*folder);
    if (!files().is_directory(path)) {
      refuse("`" + *folder + "` is not a folder");
      return false;
    }
  }
  return read_severities();
}

bool Session::read_days(const std::string& days) {
  const std::size_t dots = request_.verb->name == "diff" ? days.find("..") : std::string::npos;
  std::vector<std::string> parts{days};
  if (dots != std::string::npos) parts = {days.substr(0, dots), days.substr(dots + 2)};
  for (const std::string& part : parts) {
    if (base::parse_date(part)) continue;
    refuse("`" + part + "` is not a day; a day is written 2026-11-23");
    return false;
  }
  as_of_ = *base::parse_date(parts.back());
  if (parts.size() == 2) as_of_before_ = base::parse_date(parts.front());
  return true;
}

bool Session::read_severities() {
  std::vector<std::string_view> settable;
  for (const diag::CodeInfo& code : diag::all_codes()) {
    if (can_be_set(code)) settable.push_back(code.name);
  }
  for (const auto& [id, setting] : {std::pair(OptionId::error, diag::Setting::error),
                                    {OptionId::warn, diag::Setting::warning},
                                    {OptionId::off, diag::Setting::off}}) {
    for (const std::string& name : request_.names(id)) {
      const diag::CodeInfo* code = diag::find_code(name);
      std::string problem;
      if (code == nullptr && !diag::is_name_of_check(name)) {
        problem = "there is no finding `" + name + "`" + suggestion(name, settable);
      } else if (code != nullptr && !can_be_set(*code)) {
        problem = "`" + std::string(code->name) + "` stays an error whatever is set";
      } else {
        const std::string kind{code == nullptr ? std::string_view(name) : code->name};
        if (severities_.try_emplace(kind, setting).first->second != setting)
          problem = "`" + kind + "` is set twice, and not to the same";
      }
      if (!problem.empty()) {
        refuse(problem);
        return false;
      }
    }
  }
  return true;
}

std::optional<std::string> Session::output_file() const {
  const std::string* file = request_.find(OptionId::output);
  if (file == nullptr || *file == "-") return std::nullopt;
  return located(*file);
}

std::size_t Session::width() const {
  return environment_.out_is_terminal && !request_.has(OptionId::output) ? environment_.width
                                                                         : Environment::default_width;
}

std::string Session::located(std::string_view path) const {
  const std::string* folder = request_.find(OptionId::directory);
  return base::join_path(folder == nullptr ? "" : *folder, path);
}

std::vector<std::string> Session::policy_paths(const std::vector<std::string>& given) const {
  if (given.empty()) return {located(".")};
  std::vector<std::string> paths;
  for (const std::string& path : given) paths.push_back(path == "-" || path.empty() ? path : located(path));
  return paths;
}

std::string Session::name_of(const std::vector<std::string>& paths) const {
  constexpr std::size_t shown = 3;
  std::string text;
  for (std::size_t i = 0; i < std::min(paths.size(), shown); ++i) {
    std::string name = paths[i] == "-" ? "standard input" : paths[i];
    if (name == ".") {
      const std::string whole = files().canonical(name);
      name = whole.substr(whole.rfind('/') + 1);
      if (name.empty()) name = "policy";
    }
    text += (text.empty() ? "" : ", ") + diag::printable_text(name);
  }
  return paths.size() > shown ? text + " and " + std::to_string(paths.size() - shown) + " more" : text;
}

const std::string& Session::standard_input(std::size_t limit) {
  if (!standard_input_) standard_input_ = environment_.standard_input(limit);
  return *standard_input_;
}

driver::Options Session::options(const std::vector<std::string>& paths) {
  driver::Options options;
  options.as_of = as_of_;
  options.severities = severities_;
  options.language = language_;
  options.load.paths = paths;
  options.allow_undocumented = request_.has(OptionId::allow_undocumented);
  if (const std::string* root = request_.find(OptionId::root)) options.load.root = located(*root);
  if (std::find(paths.begin(), paths.end(), "-") != paths.end())
    options.load.standard_input = standard_input(options.load.limits.file_bytes);
  return options;
}

driver::Compilation Session::compile(const std::vector<std::string>& paths, const std::string& when) {
  driver::Options wanted = options(paths);
  wanted.load.when = when;
  driver::Compilation compilation = driver::compile(environment_.files, wanted);
  if (verbose()) {
    for (std::size_t i = 0; i < compilation.sources.size(); ++i) {
      const source::SourceId id{i};
      if (!compilation.sources.is_library(id) && compilation.sources.name(id) != syntax::when_name)
        note("read " + compilation.sources.name(id));
    }
    for (const model::UsedLibrary& library : compilation.model.libraries)
      note("with " + library.name + " " + library.version);
    note("as of " + base::to_string(as_of_));
  }
  return compilation;
}

std::string Session::error_format() const {
  const std::string* format = request_.find(OptionId::error_format);
  return format == nullptr ? "text" : *format;
}

diag::SarifOptions Session::sarif_options() const { return {base::version, base::home, files().canonical(".")}; }

std::string Session::annotations(const source::SourceMap& sources, const diag::Sink& sink) const {
  const auto least = quiet() ? diag::Severity::error : diag::Severity::note;
  return diag::render_github(sources, sink.at_least(least), files().canonical("."));
}

std::string Session::findings(const source::SourceMap& sources, const diag::Sink& sink, diag::Severity least,
                              bool color) const {
  if (quiet()) least = diag::Severity::error;
  // What does not count is for whoever checks the policy, as notes are.
  const bool checks = least == diag::Severity::note;
  return diag::render_text(sources, sink.at_least(least), {color, checks && verbose(), checks});
}

void Session::report(const source::SourceMap& sources, const diag::Sink& sink, diag::Severity least) {
  environment_.err << findings(sources, sink, least, colors(environment_.err_is_terminal));
}

void Session::note_advice(const diag::Sink& sink) {
  const std::size_t warnings = sink.count(diag::Severity::warning);
  if (warnings > 0) note(fmt::format("{}: see `farol check`", counted(warnings, "warning")));
}

ExitCode Session::report(const driver::Compilation& compilation) {
  report(compilation.sources, compilation.sink, diag::Severity::error);
  note_advice(compilation.sink);
  return exit_code(compilation);
}

ExitCode Session::report_errors(const driver::Compilation& compilation) {
  diag::Sink shown;
  for (diag::Diagnostic& diagnostic : compilation.sink.sorted(compilation.sources)) {
    if (diagnostic.check.empty()) shown.report(std::move(diagnostic));
  }
  for (const auto& [code, count] : compilation.sink.dropped()) shown.report_more(code, count);
  report(compilation.sources, shown, diag::Severity::error);
  note_advice(compilation.sink);
  if (compilation.unreadable) return misused;
  return compilation.may_write() ? done : no;
}

Outcome Session::for_each_policy(const std::function<Outcome(const std::vector<std::string>&)>& run) {
  const std::vector<std::string> paths = policy_paths(request_.arguments);
  if (!request_.has(OptionId::each)) return run(paths);
  Outcome all;
  for (const std::string& path : paths) {
    const Outcome one = run({path});
    all.text += one.text;
    all.code = worse(all.code, one.code);
  }
  return all;
}

base::FileResult<std::string> Session::run_program(const std::vector<std::string>& words,
                                                   const std::string& input) const {
  if (!environment_.run_program) return base::FileError{"no other program can be called here"};
  return environment_.run_program(words, input);
}

base::FileResult<git::OpenRevision> Session::open_revision(const git::Revision& revision) const {
  if (!environment_.open_revision) return base::FileError{"no git repository can be read here"};
  return environment_.open_revision(located("."), revision);
}

ExitCode Session::write(const std::string& document) {
  const auto file = output_file();
  if (file) return write(std::vector<base::OutputFile>{{*file, document}});
  environment_.out << document;
  return done;
}

ExitCode Session::write(const std::vector<base::OutputFile>& outputs) {
  const auto result = environment_.files.write(outputs);
  const auto* error = std::get_if<base::FileError>(&result);
  return error == nullptr ? done : refuse(error->reason);
}

void Session::say(std::string_view line) {
  if (!quiet()) environment_.out << line << '\n';
}

void Session::note(std::string_view line) {
  if (!quiet()) environment_.err << diag::printable_text(line) << '\n';
}

void Session::complain(std::string_view message) {
  const diag::Painter paint(colors(environment_.err_is_terminal));
  environment_.err << paint(diag::Style::error, "error") << ": " << diag::printable_text(message) << '\n';
}

ExitCode Session::refuse(std::string_view message) {
  complain(message);
  return misused;
}

bool Session::colors(bool terminal) const {
  const std::string* when = request_.find(OptionId::color);
  if (when != nullptr && *when != "auto") return *when == "always";
  return terminal && !environment_.no_color;
}

ExitCode exit_code(const driver::Compilation& compilation) {
  if (compilation.unreadable) return misused;
  return compilation.sink.has_errors() ? no : done;
}

std::string counted(std::size_t count, std::string_view noun) {
  return std::to_string(count) + " " + std::string(noun) + (count == 1 ? "" : "s");
}

}  // namespace farol::cli
