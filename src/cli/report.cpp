#include <algorithm>

#include "base/csv.h"
#include "cli/ledger.h"
#include "cli/session.h"
#include "driver/documents.h"
#include "driver/review.h"
#include "git/sides.h"

namespace farol::cli {
namespace {

using driver::PaperForm;

PaperForm form_of(const Session& session) {
  const std::string* format = session.request().find(OptionId::format);
  const std::string* file = session.request().find(OptionId::output);
  const auto is = [&](const std::string& name) {
    return format != nullptr ? *format == name : file != nullptr && file->ends_with("." + name);
  };
  return is("csv") ? PaperForm::csv : is("html") ? PaperForm::html : PaperForm::markdown;
}

// What other papers cannot have; nothing: all is well.
std::string only_of_review(const Session& session) {
  if (session.request().has(OptionId::since)) return "`--since` is for farol report review";
  if (session.request().has(OptionId::read)) return "`--read` is for farol report review";
  return form_of(session) == PaperForm::csv ? "only farol report review is written as CSV" : "";
}

int read_sheets(Session& session, const driver::Compilation& compilation) {
  std::vector<std::pair<std::string, std::string>> sheets;
  for (const std::string& path : session.request().all(OptionId::read)) {
    auto text = session.files().read(session.located(path), base::max_csv_bytes);
    if (const auto* error = std::get_if<base::FileError>(&text))
      return session.refuse("cannot read `" + path + "`: " + error->reason);
    sheets.emplace_back(path, std::move(std::get<std::string>(text)));
  }
  const auto read = driver::read_review(compilation, sheets, session.language(), form_of(session) == PaperForm::html);
  if (const auto* problem = std::get_if<std::string>(&read)) return session.refuse(*problem);
  const auto& result = std::get<driver::ReviewResult>(read);
  return worse(session.write(result.document), result.settled ? done : no);
}

// What `--since` names: a path, or a revision of the policy's own path.
std::variant<driver::EarlierPolicy, ExitCode> earlier(Session& session, const std::string& old, base::Date day) {
  const std::vector<std::string>& arguments = session.request().arguments;
  const auto sides = git::parse_sides({old, arguments.size() > 1 ? arguments[1] : "."});
  if (const auto* error = std::get_if<base::FileError>(&sides)) return session.refuse(error->reason);
  const git::Side& side = std::get<git::Sides>(sides).before;
  base::FileSystem* files = &session.files();
  std::optional<git::OpenRevision> revision;
  if (side.revision) {
    auto opened = session.open_revision(*side.revision);
    if (const auto* error = std::get_if<base::FileError>(&opened)) return session.refuse(error->reason);
    revision = std::move(std::get<git::OpenRevision>(opened));
    files = revision->files.get();
  }
  driver::Options options = session.options({session.located(side.path)});
  options.as_of = day;
  driver::EarlierPolicy policy{git::to_string(side), driver::compile(*files, options)};
  if (policy.compilation.may_write()) return policy;
  const ExitCode code = session.report_errors(policy.compilation);
  session.note("these are errors in " + policy.name);
  return code;
}

int review(Session& session, const driver::Compilation& compilation) {
  const Request& request = session.request();
  if (request.has(OptionId::read) && request.has(OptionId::since))
    return session.refuse("`--since` makes a sheet and `--read` reads one: one of them at a time");
  if (request.has(OptionId::read) && form_of(session) == PaperForm::csv)
    return session.refuse("what was decided is written as Markdown or HTML, not as CSV");
  if (request.has(OptionId::read)) return read_sheets(session, compilation);
  const std::string* old = request.find(OptionId::since);
  if (old == nullptr)
    return session.write(driver::render_review(compilation, nullptr, session.language(), form_of(session)));
  const auto since = earlier(session, *old, driver::last_review(compilation.model, session.as_of()));
  if (const auto* code = std::get_if<ExitCode>(&since)) return *code;
  return session.write(driver::render_review(compilation, &std::get<driver::EarlierPolicy>(since), session.language(),
                                             form_of(session)));
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
  if (kind != "review") {
    if (const std::string problem = only_of_review(session); !problem.empty()) return session.refuse(problem);
  }
  const std::vector<std::string> paths = session.policy_paths({arguments.begin() + 1, arguments.end()});
  const driver::Compilation compilation = session.compile(paths);
  const ExitCode code = session.report_errors(compilation);
  if (!compilation.may_write()) return code;
  if (kind == "review") return review(session, compilation);
  const bool html = form_of(session) == PaperForm::html;
  const auto ledger = read_ledger(session, compilation.model, paths);
  if (!ledger) return misused;
  if (kind == "checklist") {
    const driver::AdminDocuments documents = driver::admin_documents(compilation, session.language(), *ledger);
    return session.write(html ? documents.checklist_html : documents.checklist_markdown);
  }
  return session.write(driver::render_report(compilation, kind, session.language(), html, *ledger));
}

}  // namespace farol::cli
