#include <set>

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

Outcome compile_policy(Session& session, const std::vector<std::string>& paths, const std::string& folder) {
  const driver::Compilation compilation = session.compile(paths);
  Outcome outcome{"", session.report(compilation)};
  if (!compilation.may_write()) {
    session.note("nothing was written to " + folder + ": the policy has errors");
    return outcome;
  }
  driver::MatrixOptions matrix;
  matrix.language = session.language();
  matrix.format = driver::MatrixFormat::markdown;
  const std::string permissions_path = base::join_path(folder, "permissions.json");
  const std::string matrix_path = base::join_path(folder, "matrix.md");
  outcome.code = session.write({{permissions_path, driver::permissions_json(compilation)},
                                {matrix_path, driver::render_matrix(compilation, matrix)}});
  if (const std::string off = diag::switched_off(compilation.sink); !off.empty()) session.note(off);
  if (outcome.code == done)
    session.say("wrote " + diag::printable_text(permissions_path) + " and " + diag::printable_text(matrix_path));
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
