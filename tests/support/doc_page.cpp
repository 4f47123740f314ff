#include "support/doc_page.h"

#include <algorithm>
#include <array>
#include <set>
#include <stdexcept>

#include "support/command_line.h"
#include "support/findings.h"
#include "support/reached_tenant.h"
#include "support/repository.h"
#include "support/text_diff.h"
#include "support/text_escapes.h"
#include "target/dingtalk/calls.h"

namespace farol::testing {
namespace {

// The folder in which the reader of one page sits, and what the page has made them do there so far.
class Reader {
 public:
  explicit Reader(const std::map<std::string, std::string>& examples) {
    for (const auto& [path, content] : examples) files_.files[path] = content;
    tenant_.people = {{"unionOfAna", "ana"}};
    tenant_.state.departments["10001"] = "Human Resources";
    for (const char* node : {"addressBookFolder", "schedulesFolder", "recordingsFolder", "contractsFolder",
                             "payrollFolder", "appointmentFolder"})
      tenant_.state.grants[node]["USER ana"] = {"OWNER"};
    tenant_.state.grants["payrollFolder"]["USER gil"] = {"READER"};
    for (const char* group : {"301", "302", "303"}) tenant_.state.attendance[group] = HttpTenant::Json::object();
  }

  // What is wrong with a policy of the page, or nothing.
  std::optional<std::string> read_policy(const Fence& fence, const std::string& text, PolicyBlock& block);
  void save(const std::string& path, const std::string& text) { files_.files[base::normalise_path(path)] = text; }
  // Whether the app of the organisation has the permission codes.
  void authorise(bool is_authorised) {
    tenant_.lacks = nullptr;
    if (is_authorised) return;
    tenant_.lacks = [](const HttpRequest& request) {
      const auto call = dingtalk::find_read(request.method, request.path);
      return call ? std::string(dingtalk::info(call->call).permission_code) : std::string{};
    };
  }
  // What a terminal shows after the command.
  std::string type(const std::string& command);

 private:
  std::string list(const std::string& folder) const;

  base::MemoryFileSystem files_;
  // What `apply` reaches: an organisation of which nobody has set anything but who has its folders.
  HttpTenant tenant_{"ding9f20ab"};
  int last_exit_ = 0;
};

// What `check` finds, and where that is no error what `test` finds.
void find_findings(base::MemoryFileSystem& files, const std::string& path, PolicyBlock& block) {
  for (const Finding& finding : read_findings(run_farol(files, {"check", path, "--error-format", "json"}).out))
    block.findings[finding.name] = finding.severity;
  block.said = run_farol(files, {"check", path}).err;
  const Outcome tested = run_farol(files, {"test", path});
  const std::string_view failed = "[F3007] failed-expectation: ";  // "error" in whatever language
  if (tested.err.find(failed) == std::string::npos) return;
  block.findings["failed-expectation"] = "error";
  block.said += tested.err;
}

std::optional<std::string> Reader::read_policy(const Fence& fence, const std::string& text, PolicyBlock& block) {
  const auto option = [&](const char* key) {
    const auto found = fence.options.find(key);
    return found == fence.options.end() ? std::string{} : found->second;
  };
  for (const auto& [key, value] : fence.options) {
    if ((key != "file" && key != "fails" && key != "escapes") || value.empty())
      return "`" + key + "` is not `file=NAME`, `fails=FINDING` or `escapes=yes`";
  }
  base::MemoryFileSystem beside = files_;
  const std::string file = option("file");
  const std::string path = file.empty() ? "policy.farol" : file;
  base::MemoryFileSystem& files = file.empty() ? beside : files_;
  files.files[path] = option("escapes").empty() ? text : unescape(text);
  // A file of a folder of its own is read with the others there, a file of the reader's folder alone.
  const std::string folder = base::folder_of(path);
  block.fails = option("fails");
  find_findings(files, folder == "." ? path : folder, block);
  // A policy that shows a warning or a note has no error.
  std::set<std::string> errors;
  for (const auto& [name, severity] : block.findings) {
    if (severity == "error" || name == block.fails) errors.insert(name);
  }
  const std::set<std::string> wanted = block.fails.empty() ? std::set<std::string>{} : std::set{block.fails};
  if (errors == wanted) return std::nullopt;
  return (wanted.empty() ? "should compile, and its tests should hold"
                         : "should fail with just `" + block.fails + "`") +
         "\n" + block.said;
}

std::string Reader::list(const std::string& folder) const {
  const std::string prefix = folder == "." ? "" : folder + "/";
  std::set<std::string> names;
  for (const auto& [path, content] : files_.files) {
    if (path.starts_with(prefix))
      names.insert(path.substr(prefix.size(), path.find('/', prefix.size()) - prefix.size()));
  }
  std::string out;
  for (const std::string& name : names) out += name + "\n";
  return out;
}

std::string Reader::type(const std::string& command) {
  std::vector<std::string> words = split_command(command);
  const std::string program = words.empty() ? "" : words.front();
  if (program == "farol") {
    words.erase(words.begin());
    reach_tenant(&tenant_);
    const Outcome outcome = run_farol(files_, words);
    reach_tenant(nullptr);
    last_exit_ = outcome.exit;
    std::string out = outcome.out + outcome.err;
    if (!out.empty() && !out.ends_with('\n')) out += '\n';
    return out;
  }
  if (command == "echo $?") return std::to_string(std::exchange(last_exit_, 0)) + "\n";
  // Files in memory are nobody else's.
  if (program == "chmod" && words.size() == 3 && files_.exists(base::normalise_path(words[2]))) return {};
  if (program == "ls" && words.size() <= 2) return list(words.size() == 2 ? base::normalise_path(words[1]) : ".");
  if (program == "cat" && words.size() == 2) {
    const auto found = files_.files.find(base::normalise_path(words[1]));
    if (found != files_.files.end()) return found->second;
  }
  throw std::invalid_argument("`" + command + "` cannot be run here");
}

// The block with the output that really comes.
std::string run_console(Reader& reader, std::string_view block, std::size_t& commands) {
  std::string out;
  for (const std::string_view line : lines_of(block)) {
    if (line.starts_with("$ ")) {
      out += std::string(line) + "\n" + reader.type(std::string(line.substr(2)));
      ++commands;
    } else if (out.empty()) {
      throw std::invalid_argument("a console block starts with `$ `");
    }
  }
  return out;
}

bool is_preset(const std::string& name) {
  return read_repository("CMakePresets.json").find("\"name\": \"" + name + "\"") != std::string::npos;
}

// Commands of a shell are not run, only looked at: what they name must be there.
std::optional<std::string> check_shell_line(std::string_view line) {
  std::vector<std::string> words = split_command(line.substr(0, line.find(" #")));
  while (!words.empty() && words.front().find('=') != std::string::npos) words.erase(words.begin());
  if (words.empty() || words.front().starts_with('#')) return std::nullopt;
  const std::string& program = words.front();
  // What `sh` runs is a script that farol has written.
  static constexpr std::array harmless = {"cd", "git", "export", "source", "mkdir", "sh"};
  if (std::find(harmless.begin(), harmless.end(), program) != harmless.end()) return std::nullopt;
  if (program == "cmake" || program == "ctest") {
    const auto preset = std::find(words.begin(), words.end(), "--preset");
    if (preset == words.end() || preset + 1 == words.end() || is_preset(preset[1])) return std::nullopt;
    return "there is no preset `" + preset[1] + "`";
  }
  if (program == "farol") {
    base::MemoryFileSystem nothing;
    if (words.size() > 1 && run_farol(nothing, {words[1], "--help"}).exit == 0) return std::nullopt;
    return "`" + std::string(line) + "` has no verb of farol";
  }
  if (program.starts_with("build/")) return std::nullopt;
  if (program.find('/') == std::string::npos) return "`" + program + "` is not a command that the test knows";
  const std::size_t name = program.rfind('/');
  const auto found = list_repository(program.substr(0, name), program.substr(name));
  if (std::find(found.begin(), found.end(), program) != found.end()) return std::nullopt;
  return "there is no `" + program + "`";
}

std::optional<std::string> check_shell(std::string_view block) {
  for (const std::string_view line : lines_of(block)) {
    if (const auto problem = check_shell_line(line)) return problem;
  }
  return std::nullopt;
}

bool is_shown_only(const std::string& language) {
  static constexpr std::array shown = {"text", "json", "diff", "yaml"};
  return std::find(shown.begin(), shown.end(), language) != shown.end();
}

}  // namespace

DocPage run_doc_page(const std::string& text, const std::map<std::string, std::string>& examples) {
  DocPage page;
  Reader reader(examples);
  std::size_t copied = 0;
  for (const Fence& fence : find_fences(text)) {
    const std::string block = text.substr(fence.begin, fence.end - fence.begin);
    page.text += text.substr(copied, fence.begin - copied);
    copied = fence.begin;
    if (fence.options.contains("repository")) continue;  // the business of tests/vcs/review
    std::optional<std::string> problem;
    try {
      if (fence.language == "farol") {
        page.policy_blocks.push_back({fence.line, {}, {}, {}});
        problem = reader.read_policy(fence, block, page.policy_blocks.back());
      } else if (fence.language == "console") {
        if (const auto app = fence.options.find("app"); app != fence.options.end())
          reader.authorise(app->second == "authorised");
        const std::string now = run_console(reader, block, page.commands);
        if (now != block) problem = "shows something else\n" + unified_diff(block, now, "the block");
        page.text += now;
        copied = fence.end;
      } else if ((fence.language == "csv" || fence.language == "text") && fence.options.contains("file")) {
        reader.save(fence.options.at("file"), block);
      } else if (fence.language == "sh") {
        problem = check_shell(block);
      } else if (!is_shown_only(fence.language)) {
        problem = "a block of `" + fence.language +
                  "` is none of farol, console, csv with a file, sh, text, json, diff, yaml";
      }
    } catch (const std::exception& exception) {
      problem = exception.what();
    }
    if (problem) page.failures.push_back("line " + std::to_string(fence.line) + ": " + *problem);
  }
  page.text += text.substr(copied);
  return page;
}

}  // namespace farol::testing
