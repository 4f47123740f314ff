#include "syntax/loader.h"

#include <algorithm>
#include <deque>
#include <set>
#include <string_view>
#include <utility>
#include <variant>

#include "base/file_errors.h"
#include "diag/messages_syntax.h"
#include "syntax/lexical_checks.h"
#include "syntax/library_loader.h"

namespace farol::syntax {
namespace {

constexpr std::string_view extension = ".farol";
constexpr std::string_view standard_input_name = "<stdin>";

// Not the hidden ones, which editors leave behind.
bool is_policy_file(const std::string& name) { return name.ends_with(extension) && !name.starts_with('.'); }

// The files of a policy: those of the command line and, from file to file, all that they include.
class FileLoader {
 public:
  FileLoader(const base::FileSystem& disk, const LoadOptions& options, source::SourceMap& sources, diag::Sink& sink,
             Program& program)
      : disk_(disk), options_(options), sources_(sources), sink_(sink), program_(program) {}

  void run() {
    const std::vector<std::string> here = {"."};
    const std::vector<std::string>& paths = options_.paths.empty() ? here : options_.paths;
    root_ = disk_.canonical(options_.root.empty() ? folder_of_input(paths.front()) : options_.root);
    for (const std::string& path : paths) load_path(path);
    // A file's includes are followed when it has been read whole, so nothing here is recursive.
    for (std::size_t next = 0; next < program_.files.size(); ++next) follow_includes(next);
    std::sort(program_.files.begin(), program_.files.end(), [this](const File& a, const File& b) {
      return std::pair(sources_.name(a.source), a.source) < std::pair(sources_.name(b.source), b.source);
    });
  }

 private:
  // How a file came to be read.
  enum class By : std::uint8_t { command_line, folder, include };
  struct Origin {
    std::string path;  // as a user would write it
    By by = By::command_line;
    source::Span span;  // of the `include`
  };

  [[nodiscard]] std::string folder_of_input(const std::string& path) const {
    if (path == "-") return ".";
    return disk_.is_directory(path) ? path : base::folder_of(base::normalise_path(path));
  }

  void load_path(const std::string& path) {
    if (path == "-") return load_standard_input();
    if (path.empty()) return report_unreadable({path, By::command_line, {}}, message::no_file_has_empty_name());
    if (!disk_.is_directory(path)) return load_file({base::normalise_path(path), By::command_line, {}});
    const auto listed = disk_.list(path);
    if (const auto* error = std::get_if<base::FileError>(&listed))
      return report_unreadable({path, By::command_line, {}}, message::verbatim(error->reason));
    const auto& names = std::get<std::vector<std::string>>(listed);
    if (std::none_of(names.begin(), names.end(), is_policy_file))
      return report_unreadable({path, By::command_line, {}}, message::no_farol_file_here());
    for (const std::string& name : names) {
      if (is_policy_file(name)) load_file({base::join_path(path, name), By::folder, {}});
    }
  }

  void load_standard_input() {
    if (!loaded_.insert("-").second) return;
    if (options_.standard_input.size() > options_.limits.file_bytes)
      return report_unreadable({std::string(standard_input_name), By::command_line, {}}, message::larger_than_may_be());
    add(std::string(standard_input_name), options_.standard_input);
  }

  void load_file(const Origin& origin) {
    const std::string canonical = disk_.canonical(origin.path);
    if (!may_read(origin, canonical)) return report_outside(origin);
    if (loaded_.contains(canonical)) return;
    // Whoever types a command may name a pipe, and knows who writes to it; a policy may not.
    if (origin.by != By::command_line && disk_.exists(canonical) && !disk_.is_directory(canonical) &&
        !disk_.is_file(canonical))
      return report_unreadable(origin, message::verbatim(base::not_a_file().reason));
    auto content = disk_.read(canonical, options_.limits.file_bytes);
    if (const auto* error = std::get_if<base::FileError>(&content))
      return report_unreadable(origin, message::verbatim(error->reason));
    loaded_.insert(canonical);
    add(origin.path, std::get<std::string>(std::move(content)));
    program_.files.back().included = origin.by == By::include;
  }

  void add(std::string name, std::string text) {
    const bool whole = !find_unreadable_byte(text);
    program_.unreadable = program_.unreadable || !whole;
    program_.incomplete = program_.incomplete || !whole;
    const source::SourceId id = sources_.add(std::move(name), std::move(text));
    program_.files.push_back(parse(sources_, id, sink_, options_.limits));
  }

  void follow_includes(std::size_t index) {
    std::vector<Origin> included;
    const std::string& name = sources_.name(program_.files[index].source);
    const std::string folder = name == standard_input_name ? "." : base::folder_of(name);
    for (const Statement& statement : program_.files[index].statements) {
      if (const auto* include = std::get_if<Include>(&statement.node))
        included.push_back({base::join_path(folder, include->path.text), By::include, include->path.span});
    }
    for (const Origin& origin : included) load_file(origin);
  }

  // What the command line names is read wherever it lies, and so are the files of a folder that it names, unless a root
  // was asked for. A file of a folder that is a link to somewhere else is not a file of that folder.
  [[nodiscard]] bool may_read(const Origin& origin, const std::string& canonical) const {
    if (lies_in(canonical, root_)) return true;
    if (!options_.root.empty()) return false;
    switch (origin.by) {
      case By::command_line: return true;
      case By::folder: return lies_in(canonical, disk_.canonical(base::folder_of(origin.path)));
      case By::include: return false;
    }
    return false;
  }

  [[nodiscard]] static bool lies_in(const std::string& canonical, const std::string& folder) {
    return folder == "/" || canonical.starts_with(folder + "/");
  }

  void report(const Origin& origin, diag::Code code, diag::Text said, diag::Text help) {
    auto diagnostic = diag::make(code, origin.span, std::move(said));
    if (origin.span.is_none()) diagnostic.file = origin.path;
    diagnostic.help = std::move(help);
    sink_.report(std::move(diagnostic));
  }

  void report_unreadable(const Origin& origin, diag::Text reason) {
    program_.unreadable = true;
    program_.incomplete = true;
    report(origin, diag::Code::unreadable_file, message::cannot_read(origin.path, std::move(reason)), {});
  }

  void report_outside(const Origin& origin) {
    program_.incomplete = true;
    report(origin, diag::Code::outside_directory, message::lies_outside(origin.path),
           message::root_names_a_wider_folder());
  }

  const base::FileSystem& disk_;
  const LoadOptions& options_;
  source::SourceMap& sources_;
  diag::Sink& sink_;
  Program& program_;
  std::string root_;
  std::set<std::string> loaded_;  // canonical paths
};

// The condition is read as a policy's would be, behind the words that make a statement of it.
std::optional<Condition> read_condition(const LoadOptions& options, source::SourceMap& sources, diag::Sink& sink) {
  const source::SourceId id = sources.add(std::string(when_name), "farol 1\ncondition asked = " + options.when + "\n");
  const std::size_t errors = sink.errors();
  File file = parse(sources, id, sink, options.limits);
  if (sink.errors() > errors || file.statements.empty()) return std::nullopt;
  if (file.statements.size() > 1) {
    sink.report(diag::make(diag::Code::syntax_error, file.statements[1].span, message::another_statement_follows()));
    return std::nullopt;
  }
  return std::move(std::get<ConditionDeclaration>(file.statements.front().node).condition);
}

}  // namespace

Program load(const base::FileSystem& disk, const LoadOptions& options, source::SourceMap& sources, diag::Sink& sink) {
  Program program;
  FileLoader(disk, options, sources, sink, program).run();
  program.libraries = load_libraries(program.files, sources, sink);
  if (!options.when.empty()) program.asked = read_condition(options, sources, sink);
  return program;
}

}  // namespace farol::syntax
