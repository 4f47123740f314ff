#include <algorithm>

#include "cli/session.h"
#include "driver/documents.h"

namespace farol::cli {

int report(Session& session) {
  const std::vector<std::string>& arguments = session.request().arguments;
  const std::vector<std::string_view>& kinds = session.request().verb->words;
  if (arguments.empty())
    return session.refuse("which report? farol report KIND, where KIND is " + either_of(kinds));
  const std::string& kind = arguments.front();
  if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end())
    return session.refuse("there is no report `" + kind + "`" + suggestion(kind, kinds) + "; what there is: " +
                          either_of(kinds));
  const driver::Compilation compilation =
      session.compile(session.policy_paths({arguments.begin() + 1, arguments.end()}));
  const ExitCode code = session.report(compilation);
  if (!compilation.may_write()) {
    session.note("no report was written: the policy has errors");
    return code;
  }
  const std::string* format = session.request().find(OptionId::format);
  const auto file = session.output_file();
  const bool html = format != nullptr ? *format == "html" : file && file->ends_with(".html");
  const driver::AdminDocuments documents = driver::admin_documents(
      compilation, session.language(), session.request().has(OptionId::allow_undocumented));
  return session.write(html ? documents.checklist_html : documents.checklist_markdown);
}

}  // namespace farol::cli
