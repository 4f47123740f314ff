// `confirm`: somebody has made a step, and signs for it.
#include <algorithm>

#include "base/digest.h"
#include "base/text.h"
#include "cli/input.h"
#include "cli/output.h"
#include "cli/question.h"
#include "diag/messages_cli.h"
#include "document/words.h"
#include "driver/confirmations.h"

namespace farol::cli {
namespace {

using dingtalk::Confirmation;
using dingtalk::SignedStep;

// What is wrong with the evidence of a confirmation today; nothing: it is what was signed, or there is none.
std::optional<diag::Text> problem_of_evidence(const base::FileSystem& disk, const std::string& ledger,
                                              const Confirmation& signed_by) {
  if (signed_by.evidence.empty() || signed_by.digest.empty()) return std::nullopt;
  auto stream = disk.open(base::join_path(base::folder_of(ledger), signed_by.evidence));
  if (const auto* error = std::get_if<base::FileError>(&stream)) return message::verbatim(error->reason);
  const auto digest = base::sha256_hex(*std::get<std::unique_ptr<base::ByteStream>>(stream));
  if (const auto* error = std::get_if<base::FileError>(&digest)) return message::verbatim(error->reason);
  return std::get<std::string>(digest) == signed_by.digest ? std::nullopt
                                                           : std::optional(message::signed_file_differs());
}

// The steps, one line each, and what is confirmed of them, by whom and when. Evidence that is not what it was is an
// error.
ExitCode list_steps(Context& context, const std::vector<SignedStep>& steps, const std::string& ledger) {
  const auto standing = [&](const SignedStep& step) {
    return std::string(base::text(dingtalk::phrase_of(step.status.standing), context.settings.language));
  };
  std::size_t widest = 0;
  for (const SignedStep& step : steps) widest = std::max(widest, base::display_width(standing(step)));
  std::string text;
  ExitCode code = ExitCode::done;
  for (const SignedStep& step : steps) {
    const std::string word = standing(step);
    text += word + std::string(widest - base::display_width(word) + 2, ' ') + base::one_line(step.id) + "  " +
            base::one_line(step.title) + "\n";
    if (step.status.last == nullptr) continue;
    text += std::string(widest + 2, ' ') + base::one_line(in_words(step.status, context.settings.language)) + "\n";
    auto problem = problem_of_evidence(context.files(), ledger, *step.status.last);
    if (!problem) continue;
    error(context, said(context, message::evidence_is_wrong(step.status.last->evidence, step.id, std::move(*problem))));
    code = ExitCode::failed;
  }
  return worse(write(context, text), code);
}

UsageError unknown_step(const Context& context, const std::string& id, const std::vector<SignedStep>& steps) {
  constexpr std::size_t shown = 20;
  std::vector<std::string_view> ids;
  for (const SignedStep& step : steps) ids.push_back(step.id);
  diag::Text problem = with_suggestion(message::no_such_step(id), id, ids);
  if (steps.empty()) return message::no_steps_at_all(std::move(problem));
  std::string text;
  for (std::size_t i = 0; i < std::min(shown, steps.size()); ++i)
    text += "\n  " + steps[i].id + "  " + base::one_line(steps[i].title);
  if (steps.size() > shown) text += "\n  " + said(context, message::more_steps(steps.size() - shown));
  return message::the_steps_are(std::move(problem), text);
}

// Who signs, and for which day.
std::variant<Confirmation, UsageError> read_signature(const Context& context) {
  Confirmation signature;
  const std::string* by = context.request.find(OptionId::by);
  const std::string* on = context.request.find(OptionId::on);
  if (by == nullptr || by->find_first_not_of(" \t\r\n") == std::string::npos)
    return UsageError{"who has made it? --by NAME, such as --by \"Ana Wong\""};
  // Who says nothing means today, as who says so.
  const bool is_today = on == nullptr || *on == "today" || *on == "hoje" || *on == "今天" || *on == "今日";
  const auto day = is_today ? std::optional(context.settings.as_of) : base::parse_date(*on);
  if (!day) return UsageError{message::is_not_a_day(*on)};
  if (*day > context.settings.as_of) return UsageError{message::day_has_not_come("--on " + *on)};
  if (base::find_invalid_utf8(*by)) return UsageError{"the name after `--by` is not UTF-8"};
  signature.by = *by;
  signature.on = *day;
  return signature;
}

// As the file of confirmations names it: from its own folder, where the evidence lies below it.
std::string seen_from(const base::FileSystem& disk, const std::string& ledger, const std::string& path) {
  const std::string folder = base::folder_of(disk.canonical(ledger)) + "/";
  const std::string whole = disk.canonical(path);
  return whole.starts_with(folder) ? whole.substr(folder.size()) : path;
}

std::optional<UsageError> add_evidence(const Context& context, const std::string& ledger, Confirmation& signature) {
  const std::string* file = context.request.find(OptionId::evidence);
  if (file == nullptr) return std::nullopt;
  const std::string path = located(context, *file);
  const auto problem = [&](const std::string& reason) {
    return UsageError{message::cannot_read_evidence(path, reason)};
  };
  auto stream = context.files().open(path);
  if (const auto* error = std::get_if<base::FileError>(&stream)) return problem(error->reason);
  const auto digest = base::sha256_hex(*std::get<std::unique_ptr<base::ByteStream>>(stream));
  if (const auto* error = std::get_if<base::FileError>(&digest)) return problem(error->reason);
  signature.digest = std::get<std::string>(digest);
  signature.evidence = seen_from(context.files(), ledger, path);
  return std::nullopt;
}

diag::Text how_long(const model::ReviewPeriod& period, base::Date on, base::Date as_of, base::Language language) {
  const base::Date due = base::add(on, period.length);
  const std::string length = document::duration(period.length, language);
  diag::Text why = period.stated ? message::period_of_review(length) : message::period_without_review(length);
  return due < as_of ? message::confirmation_counted(due, std::move(why))
                     : message::confirmation_counts(due, std::move(why));
}

ExitCode sign(Context& context, const std::vector<std::string>& ids, const driver::Compilation& compilation,
              const std::vector<SignedStep>& steps, const std::string& path) {
  auto signature = read_signature(context);
  if (const auto* error = std::get_if<UsageError>(&signature)) return usage_error(context, error->message);
  auto& confirmation = std::get<Confirmation>(signature);
  std::vector<const SignedStep*> wanted;
  for (const std::string& id : ids) {
    const auto found = std::find_if(steps.begin(), steps.end(), [&](const SignedStep& step) { return step.id == id; });
    if (found == steps.end()) return refuse(context, unknown_step(context, id, steps), id);
    if (std::find(wanted.begin(), wanted.end(), &*found) == wanted.end()) wanted.push_back(&*found);
  }
  if (const auto error = add_evidence(context, path, confirmation)) return usage_error(context, error->message);
  model::ReviewPeriod period;
  const ExitCode code = rewrite(context, [&]() -> std::variant<std::vector<base::OutputFile>, ExitCode> {
    auto read = driver::read_ledger(context.files(), path, compilation.model, false);
    if (const auto* problem = std::get_if<std::string>(&read)) return usage_error(context, *problem);
    auto& ledger = std::get<dingtalk::Ledger>(read);
    period = ledger.period;
    for (const SignedStep* step : wanted) {
      confirmation.step = step->id;
      confirmation.target = step->target;
      confirmation.title = step->title;
      confirmation.value = step->value;
      ledger.confirmations.add(confirmation);
    }
    return std::vector<base::OutputFile>{{path, ledger.confirmations.write(), std::move(ledger.original)}};
  });
  if (code != ExitCode::done) return code;
  for (const SignedStep* step : wanted) print(context, said(context, message::confirmed_step(step->id, step->title)));
  print(context, said(context, how_long(period, confirmation.on, context.settings.as_of, context.settings.spoken)));
  print(context, said(context, message::wrote({message::verbatim(path)})));
  return ExitCode::done;
}

}  // namespace

ExitCode confirm(Context& context) {
  const Question question = question_of(context);
  const driver::Compilation compilation = compile_policy(context, question.paths);
  const ExitCode code = report_errors(context, compilation);
  if (!compilation.may_write()) return code;
  const std::string path = ledger_path(context, question.paths);
  auto ledger = driver::read_ledger(context.files(), path, compilation.model, false);
  if (const auto* problem = std::get_if<std::string>(&ledger)) return usage_error(context, *problem);
  auto& read = std::get<dingtalk::Ledger>(ledger);
  const bool lists = question.names.empty();
  const auto steps = driver::signed_steps(compilation, read, context.settings.language, lists);
  if (!lists) return sign(context, question.names, compilation, steps, path);
  for (const OptionId id : {OptionId::by, OptionId::on, OptionId::evidence}) {
    if (context.request.has(id))
      return usage_error(context,
                         "which step? farol confirm STEP --by NAME --on DATE; farol confirm alone lists the steps");
  }
  return list_steps(context, steps, path);
}

}  // namespace farol::cli
