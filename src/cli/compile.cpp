#include <set>

#include "cli/ledger.h"
#include "cli/session.h"
#include "diag/render.h"
#include "diag/snippet.h"
#include "driver/documents.h"

namespace farol::cli {
namespace {

// `clients/cafe` and `cafe.farol` write to the folder `cafe`.
std::string folder_name(const Session& session, const std::string& path) {
  std::string name = path == "-" ? "stdin" : session.files().canonical(path);
  name = name.substr(name.rfind('/') + 1);
  constexpr std::string_view ending = ".farol";
  return name.ends_with(ending) ? name.substr(0, name.size() - ending.size()) : name;
}

// `out/a, out/b and out/c`
std::string listed(const std::vector<base::OutputFile>& files) {
  std::string text;
  for (std::size_t i = 0; i < files.size(); ++i) {
    if (i > 0) text += i + 1 == files.size() ? " and " : ", ";
    text += diag::printable_text(files[i].path);
  }
  return text;
}

Outcome compile_policy(Session& session, const std::vector<std::string>& paths, const std::string& folder) {
  const driver::Compilation compilation = session.compile(paths);
  Outcome outcome{"", session.report(compilation)};
  if (!compilation.may_write()) {
    session.note("nothing was written to " + folder + ": the policy has errors");
    return outcome;
  }
  const auto ledger = read_ledger(session, compilation.model, paths);
  if (!ledger) {
    outcome.code = misused;
    return outcome;
  }
  driver::MatrixOptions matrix;
  matrix.language = session.language();
  matrix.format = driver::MatrixFormat::markdown;
  driver::AdminDocuments documents = driver::admin_documents(compilation, session.language(), *ledger);
  std::vector<base::OutputFile> files{
      {base::join_path(folder, "permissions.json"), std::move(documents.permissions_json)},
      {base::join_path(folder, "matrix.md"), driver::render_matrix(compilation, matrix)},
      {base::join_path(folder, "checklist.md"), std::move(documents.checklist_markdown)},
      {base::join_path(folder, "checklist.html"), std::move(documents.checklist_html)}};
  if (session.request().has(OptionId::emit))
    files.push_back({base::join_path(folder, "dws.sh"), std::move(documents.dws_script)});
  outcome.code = session.write(files);
  if (const std::string off = diag::switched_off(compilation.sink); !off.empty()) session.note(off);
  if (outcome.code == done) session.say("wrote " + listed(files));
  return outcome;
}

}  // namespace

int compile(Session& session) {
  const auto folder = session.output_file();
  if (!folder) return session.refuse("`farol compile` writes files and needs a folder for them: farol compile -o out");
  const bool each = session.request().has(OptionId::each);
  std::set<std::string> folders;
  const auto paths = session.policy_paths(session.request().arguments);
  for (const std::string& path : paths) {
    if (each && !folders.insert(folder_name(session, path)).second)
      return session.refuse("two of the policies would be written to `" +
                            base::join_path(*folder, folder_name(session, path)) + "`");
  }
  return session
      .for_each_policy([&](const std::vector<std::string>& policy) {
        return compile_policy(session, policy,
                              each ? base::join_path(*folder, folder_name(session, policy.front())) : *folder);
      })
      .code;
}

}  // namespace farol::cli
