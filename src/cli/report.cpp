#include <algorithm>
#include <memory>
#include <optional>
#include <utility>
#include <variant>

#include "base/csv.h"
#include "cli/approvals.h"
#include "cli/input.h"
#include "cli/output.h"
#include "diag/messages_cli.h"
#include "driver/documents.h"
#include "driver/review.h"
#include "git/sides.h"
#include "people/holders.h"

namespace farol::cli {
namespace {

using driver::PaperForm;

PaperForm form_of(const Context& context) {
  const std::string_view format = context.request.format(context.request.find(OptionId::output), "md");
  if (format == "csv") return PaperForm::csv;
  return format == "html" ? PaperForm::html : PaperForm::markdown;
}

// Returns what is wrong with options that only some papers have; empty if nothing is.
std::string misplaced(const Context& context, std::string_view kind) {
  const Request& request = context.request;
  const bool review = kind == "review", notification = kind == "notification";
  if (request.has(OptionId::since) && !review && !notification)
    return "`--since` is for farol report review and farol report notification";
  if (request.has(OptionId::read) && !review && kind != "evidence")
    return "`--read` is for farol report review and farol report evidence";
  if (request.has(OptionId::users) && !review) return "`--users` is for farol report review";
  if (request.has(OptionId::live) && !request.has(OptionId::read))
    return "`--live` shows what became of a review: give the sheets with `--read`";
  if (request.has(OptionId::mixed) && !notification) return "`--mixed` is for farol report notification";
  if (request.has(OptionId::read) && request.has(OptionId::since))
    return "`--since` makes a sheet and `--read` reads one: one of them at a time";
  if (form_of(context) != PaperForm::csv) return "";
  if (!review) return "only farol report review is written as CSV";
  return request.has(OptionId::read) ? "what was decided is written as Markdown or HTML, not as CSV" : "";
}

// What `--read` names, held against what `--live` names; null where nothing is given.
std::variant<std::unique_ptr<driver::ReadReview>, ExitCode> read_sheets(Context& context,
                                                                        const driver::Compilation& compilation,
                                                                        const query::RoleHolders* holders,
                                                                        const dingtalk::Ledger& ledger) {
  std::vector<std::pair<std::string, std::string>> sheets;
  for (const std::string& path : context.request.all(OptionId::read)) {
    auto text = context.files().read(located(context, path), base::max_csv_bytes);
    if (const auto* error = std::get_if<base::FileError>(&text))
      return usage_error(context, message::cannot_read(path, message::verbatim(error->reason)));
    sheets.emplace_back(path, std::move(std::get<std::string>(text)));
  }
  if (sheets.empty()) return nullptr;
  auto read = driver::read_review(compilation, sheets, holders, context.settings.language);
  if (const auto* problem = std::get_if<std::string>(&read)) return usage_error(context, *problem);
  auto review = std::move(std::get<std::unique_ptr<driver::ReadReview>>(read));
  if (const std::string* live = context.request.find(OptionId::live)) {
    auto seen = read_export(context, *live);
    if (!seen) return ExitCode::usage_error;
    if (const auto bad = driver::look_at_tenant(*review, compilation, seen->name, std::move(seen->text), ledger)) {
      for (const diag::Text& fault : bad->faults) error(context, fault);
      return ExitCode::usage_error;
    }
  }
  return review;
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

// What has no translation is listed before a paper is written. Returns false if the paper is not to be written so.
bool accepts(Context& context, const driver::Rendered& rendered, std::string_view kind) {
  if (rendered.untranslated.empty()) return true;
  const std::string language(base::tag(context.settings.language));
  const bool refused = kind == "notification" && !context.request.has(OptionId::mixed);
  const diag::Text head = message::texts_untranslated(rendered.untranslated.size());
  refused ? error(context, head) : info(context, head);
  if (refused || !is_quiet(context)) {
    for (const std::string& text : rendered.untranslated) info(context, "  " + text);
  }
  if (refused) error(context, message::notification_is_mixed(language));
  return !refused;
}

ExitCode review(Context& context, const driver::Compilation& compilation, const std::vector<std::string>& paths) {
  const Request& request = context.request;
  std::optional<query::RoleHolders> holders;
  if (const std::string* users = request.find(OptionId::users)) {
    const people::List list = people_list(context, *users);
    const auto found = people::find_holders(compilation.model, compilation.decisions.as_of, list);
    if (const auto* bad = std::get_if<people::BadList>(&found))
      return usage_error(context, message::cannot_read(bad->name, message::verbatim(bad->reason)));
    holders = driver::holders_of(std::get<people::Holders>(found));
  }
  const query::RoleHolders* held = holders ? &*holders : nullptr;
  const base::Language language = context.settings.language;
  if (request.has(OptionId::read)) {
    const auto ledger = read_ledger(context, compilation.model, paths);
    if (!ledger) return ExitCode::usage_error;
    const auto read = read_sheets(context, compilation, held, *ledger);
    if (const auto* code = std::get_if<ExitCode>(&read)) return *code;
    const driver::ReadReview& sheets = *std::get<std::unique_ptr<driver::ReadReview>>(read);
    const std::string paper =
        driver::render_review_result(compilation, sheets, language, form_of(context) == PaperForm::html);
    return worse(write(context, paper), sheets.result.complete() ? ExitCode::done : ExitCode::failed);
  }
  driver::ReviewOf made_of{nullptr, held};
  std::optional<driver::EarlierPolicy> since;
  if (const std::string* old = request.find(OptionId::since)) {
    auto found = earlier(context, *old, driver::last_review(compilation.model, context.settings.as_of));
    if (const auto* code = std::get_if<ExitCode>(&found)) return *code;
    since = std::move(std::get<driver::EarlierPolicy>(found));
    made_of.since = &*since;
  }
  const driver::Rendered rendered = driver::render_review(compilation, made_of, language, form_of(context));
  static_cast<void>(accepts(context, rendered, "review"));
  return write(context, rendered.text);
}

ExitCode paper(Context& context, const driver::Compilation& compilation, const std::string& kind,
               const std::vector<std::string>& paths) {
  const bool html = form_of(context) == PaperForm::html;
  const auto ledger = read_ledger(context, compilation.model, paths);
  if (!ledger) return ExitCode::usage_error;
  if (kind == "checklist") {
    const driver::AdminDocuments documents = driver::admin_documents(compilation, context.settings.language, *ledger);
    return write(context, html ? documents.checklist_html : documents.checklist_markdown);
  }
  driver::ReportOf made_from{&*ledger};
  const auto read = read_sheets(context, compilation, nullptr, *ledger);
  if (const auto* code = std::get_if<ExitCode>(&read)) return *code;
  made_from.review = std::get<std::unique_ptr<driver::ReadReview>>(read).get();
  std::optional<driver::EarlierPolicy> since;
  if (const std::string* old = context.request.find(OptionId::since)) {
    auto found = earlier(context, *old, context.settings.as_of);
    if (const auto* code = std::get_if<ExitCode>(&found)) return *code;
    since = std::move(std::get<driver::EarlierPolicy>(found));
    made_from.since = &*since;
  }
  std::optional<std::vector<query::Approval>> approvals;
  if (kind == "approvals") {
    auto found = find_approvals(context, compilation.model);
    if (const auto* missing = std::get_if<base::FileError>(&found))
      info(context, message::commits_unknown(message::verbatim(missing->reason)));
    else
      approvals = std::move(std::get<std::vector<query::Approval>>(found));
    made_from.approvals = approvals ? &*approvals : nullptr;
  }
  const driver::Rendered rendered =
      driver::render_report(compilation, kind, made_from, context.settings.language, html);
  if (!accepts(context, rendered, kind)) return ExitCode::failed;
  return write(context, rendered.text);
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
  if (const std::string problem = misplaced(context, kind); !problem.empty()) return usage_error(context, problem);
  const std::vector<std::string> paths = policy_paths(context, {arguments.begin() + 1, arguments.end()});
  if (const auto refused = refuse_shared_input(
          context, paths, {context.request.find(OptionId::users), context.request.find(OptionId::live)}))
    return *refused;
  const driver::Compilation compilation = compile_policy(context, paths);
  const ExitCode code = report_errors(context, compilation);
  if (!compilation.may_write()) return code;
  return kind == "review" ? review(context, compilation, paths) : paper(context, compilation, kind, paths);
}

}  // namespace farol::cli
