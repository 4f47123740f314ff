#include <algorithm>

#include "cli/ledger.h"
#include "cli/session.h"
#include "driver/documents.h"

namespace farol::cli {
namespace {

bool wants_html(const Session& session) {
  if (const std::string* format = session.request().find(OptionId::format)) return *format == "html";
  const std::string* file = session.request().find(OptionId::output);
  return file != nullptr && file->ends_with(".html");
}

}  // namespace

int report(Session& session) {
  const std::vector<std::string>& arguments = session.request().arguments;
  const std::vector<std::string_view>& kinds = session.request().verb->words;
  if (arguments.empty()) return session.refuse("which paper? farol report KIND, where KIND is " + either_of(kinds));
  const std::string& kind = arguments.front();
  if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end())
    return session.refuse("there is no paper `" + kind + "`" + suggestion(kind, kinds) + "; KIND is " +
                          either_of(kinds));
  const std::vector<std::string> paths = session.policy_paths({arguments.begin() + 1, arguments.end()});
  const driver::Compilation compilation = session.compile(paths);
  const ExitCode code = session.report_errors(compilation);
  if (!compilation.may_write()) return code;
  const auto ledger = read_ledger(session, compilation.model, paths);
  if (!ledger) return misused;
  if (kind == "checklist") {
    const driver::AdminDocuments documents = driver::admin_documents(
        compilation, session.language(), session.request().has(OptionId::allow_undocumented), *ledger);
    return session.write(wants_html(session) ? documents.checklist_html : documents.checklist_markdown);
  }
  return session.write(driver::render_report(compilation, kind, session.language(), wants_html(session), *ledger));
}

}  // namespace farol::cli
