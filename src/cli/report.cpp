#include <algorithm>

#include "base/csv.h"
#include "cli/input.h"
#include "cli/output.h"
#include "diag/messages_cli.h"
#include "driver/documents.h"
#include "driver/review.h"
#include "git/sides.h"

namespace farol::cli {
namespace {

using driver::PaperForm;

PaperForm form_of(const Context& context) {
  const std::string_view format = context.request.format(context.request.find(OptionId::output), "md");
  if (format == "csv") return PaperForm::csv;
  return format == "html" ? PaperForm::html : PaperForm::markdown;
}

// Returns what is wrong with options that only a review has; empty if nothing is.
std::string only_of_review(const Context& context) {
  if (context.request.has(OptionId::since)) return "`--since` is for farol report review";
  if (context.request.has(OptionId::read)) return "`--read` is for farol report review";
  return form_of(context) == PaperForm::csv ? "only farol report review is written as CSV" : "";
}

ExitCode read_sheets(Context& context, const driver::Compilation& compilation) {
  std::vector<std::pair<std::string, std::string>> sheets;
  for (const std::string& path : context.request.all(OptionId::read)) {
    auto text = context.files().read(located(context, path), base::max_csv_bytes);
    if (const auto* error = std::get_if<base::FileError>(&text))
      return usage_error(context, message::cannot_read(path, message::verbatim(error->reason)));
    sheets.emplace_back(path, std::move(std::get<std::string>(text)));
  }
  const auto read =
      driver::read_review(compilation, sheets, context.settings.language, form_of(context) == PaperForm::html);
  if (const auto* problem = std::get_if<std::string>(&read)) return usage_error(context, *problem);
  const auto& result = std::get<driver::ReviewResult>(read);
  return worse(write(context, result.document), result.settled ? ExitCode::done : ExitCode::failed);
}

// What `--since` names: a path, or a revision of the policy's own path.
std::variant<driver::EarlierPolicy, ExitCode> earlier(Context& context, const std::string& old, base::Date day) {
  const std::vector<std::string>& arguments = context.request.arguments;
  const auto sides = git::parse_sides({old, arguments.size() > 1 ? arguments[1] : "."});
  if (const auto* error = std::get_if<base::FileError>(&sides)) return usage_error(context, error->reason);
  const git::Side& side = std::get<git::Sides>(sides).before;
  base::FileSystem* files = &context.files();
  std::optional<git::OpenRevision> revision;
  if (side.revision) {
    auto opened = open_revision(context, *side.revision);
    if (const auto* error = std::get_if<base::FileError>(&opened)) return usage_error(context, error->reason);
    revision = std::move(std::get<git::OpenRevision>(opened));
    files = revision->files.get();
  }
  driver::Options options = compile_options(context, {located(context, side.path)});
  options.as_of = day;
  options.is_today = false;
  driver::EarlierPolicy policy{git::to_string(side), driver::compile(*files, options)};
  if (policy.compilation.may_write()) return policy;
  const ExitCode code = report_errors(context, policy.compilation);
  info(context, message::errors_are_in(policy.name));
  return code;
}

ExitCode review(Context& context, const driver::Compilation& compilation) {
  const Request& request = context.request;
  if (request.has(OptionId::read) && request.has(OptionId::since))
    return usage_error(context, "`--since` makes a sheet and `--read` reads one: one of them at a time");
  if (request.has(OptionId::read) && form_of(context) == PaperForm::csv)
    return usage_error(context, "what was decided is written as Markdown or HTML, not as CSV");
  if (request.has(OptionId::read)) return read_sheets(context, compilation);
  const std::string* old = request.find(OptionId::since);
  if (old == nullptr)
    return write(context, driver::render_review(compilation, nullptr, context.settings.language, form_of(context)));
  const auto since = earlier(context, *old, driver::last_review(compilation.model, context.settings.as_of));
  if (const auto* code = std::get_if<ExitCode>(&since)) return *code;
  return write(context, driver::render_review(compilation, &std::get<driver::EarlierPolicy>(since),
                                              context.settings.language, form_of(context)));
}

}  // namespace

std::vector<std::string_view> report_kinds() {
  std::vector<std::string_view> kinds{driver::report_kinds().begin(), driver::report_kinds().end()};
  kinds.emplace_back("checklist");
  std::sort(kinds.begin(), kinds.end());
  return kinds;
}

ExitCode report(Context& context) {
  const std::vector<std::string>& arguments = context.request.arguments;
  const std::vector<std::string_view> kinds = report_kinds();
  if (arguments.empty()) return usage_error(context, message::which_paper(as_names(kinds)));
  const std::string& kind = arguments.front();
  if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end())
    return usage_error(context,
                       message::kind_is(with_suggestion(message::no_such_paper(kind), kind, kinds), as_names(kinds)));
  if (kind != "review") {
    if (const std::string problem = only_of_review(context); !problem.empty()) return usage_error(context, problem);
  }
  const std::vector<std::string> paths = policy_paths(context, {arguments.begin() + 1, arguments.end()});
  const driver::Compilation compilation = compile_policy(context, paths);
  const ExitCode code = report_errors(context, compilation);
  if (!compilation.may_write()) return code;
  if (kind == "review") return review(context, compilation);
  const bool html = form_of(context) == PaperForm::html;
  const auto ledger = read_ledger(context, compilation.model, paths);
  if (!ledger) return ExitCode::usage_error;
  if (kind == "checklist") {
    const driver::AdminDocuments documents = driver::admin_documents(compilation, context.settings.language, *ledger);
    return write(context, html ? documents.checklist_html : documents.checklist_markdown);
  }
  return write(context, driver::render_report(compilation, kind, context.settings.language, html, *ledger));
}

}  // namespace farol::cli
