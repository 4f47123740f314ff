#include "driver/diff.h"

#include <algorithm>
#include <set>
#include <utility>

#include "base/language_texts.h"
#include "base/version.h"
#include "compare/later_words.h"
#include "diag/messages_driver.h"
#include "source/place.h"
#include "target/dingtalk/permissions_as_policy.h"
#include "target/dingtalk/permissions_document.h"

namespace farol::driver {
namespace {

// Of a step of the configuration or of a document.
template <class Step>
compare::Step in_language(const Step& step, bool only_reads, base::Language language) {
  const auto in = [&](const base::LanguageTexts& texts) { return texts[static_cast<std::size_t>(language)]; };
  compare::Step result;
  result.id = step.id;
  result.target = step.target;
  result.keeper = to_string(step.kind);
  result.title = in(step.title);
  result.value = in(step.value);
  result.undo = in(step.undo);
  result.only_reads = only_reads;
  return result;
}

std::vector<compare::Step> steps_of(const Compilation& compilation, base::Language language) {
  std::vector<compare::Step> steps;
  for (const dingtalk::Step& step : compilation.config.steps)
    steps.push_back(in_language(step, step.only_reads, language));
  return steps;
}

// Returns the findings that one side has and the other has not. Findings are the same if message and arguments are the
// same after renaming; their places change with every line above.
std::vector<diag::Diagnostic> findings_only_of(const DiffSide& side, const DiffSide& other,
                                               const std::vector<compare::Rename>& renames) {
  std::set<std::pair<std::string, diag::Text>> known;
  const auto key = [&](const diag::Diagnostic& finding) {
    return std::pair{std::string{finding.kind()}, diag::with_names(finding.message, [&](const std::string& text) {
                       return compare::in_later_words(text, renames);
                     })};
  };
  for (const diag::Diagnostic& finding : other.compilation.sink.sorted(other.compilation.sources))
    known.insert(key(finding));
  std::vector<diag::Diagnostic> result = side.compilation.sink.sorted(side.compilation.sources);
  std::erase_if(result, [&](const diag::Diagnostic& finding) {
    return finding.severity == diag::Severity::note || known.contains(key(finding));
  });
  std::stable_sort(result.begin(), result.end(), [](const auto& a, const auto& b) { return a.severity < b.severity; });
  return result;
}

void add_findings(const DiffSide& side, const DiffSide& other, bool solved, compare::Review& review) {
  for (const diag::Diagnostic& finding : findings_only_of(side, other, review.difference.vocabulary.renames))
    review.findings.push_back({solved, std::string{code_text(finding)}, std::string{finding.kind()}, finding.severity,
                               sentence(finding.message), source::place_of(side.compilation.sources, finding.span)});
}

diag::Diagnostic as_finding(const compare::Review& review, const compare::Change& change, const DiffSide& after,
                            base::Language language) {
  diag::Code code = diag::Code::permission_changed;
  if (change.direction == compare::Direction::widening) code = diag::Code::permission_widened;
  if (change.direction == compare::Direction::narrowing) code = diag::Code::permission_narrowed;
  auto finding = diag::make(code, {}, message::verbatim(sentence_of(review.difference, change, language)));
  for (const compare::Cause& cause : change.causes) {
    if (cause.later && !cause.span.is_none() && finding.span.is_none()) {
      finding.span = cause.span;
    } else if (cause.later && !cause.span.is_none()) {
      finding.labels.push_back({cause.span, message::verbatim(sentence_of(review, cause, language))});
    }
    finding.details.push_back(message::verbatim(sentence_of(review, cause, language)));
  }
  // The statement that caused the change was removed, so report at the policy.
  if (finding.span.is_none()) finding.span = after.compilation.model.policy.span;
  if (finding.span.is_none() && after.compilation.sources.size() > 0) finding.span = {source::SourceId{0}, 0, 0};
  return finding;
}

compare::Source source_of(const DiffSide& side) {
  return {side.name, side.compilation.decisions.as_of, side.document ? nullptr : &side.compilation.sources};
}

}  // namespace

DiffSide diff_side(std::string name, Compilation compilation, base::Language language) {
  DiffSide side{std::move(name), std::move(compilation), {}, false};
  if (side.compilation.may_write()) side.steps = steps_of(side.compilation, language);
  return side;
}

std::variant<DiffSide, std::vector<std::string>> diff_side(std::string name, std::string_view document,
                                                           base::Language language) {
  auto read = dingtalk::read_permissions(document);
  if (auto* wrong = std::get_if<dingtalk::NotPermissions>(&read)) return std::move(wrong->problems);
  const auto& permissions = std::get<dingtalk::PermissionsDocument>(read);
  auto policy = dingtalk::as_policy(permissions);
  if (auto* wrong = std::get_if<dingtalk::NotPermissions>(&policy)) return std::move(wrong->problems);
  auto& decided = std::get<dingtalk::PermissionsAsPolicy>(policy);
  DiffSide side;
  side.name = std::move(name);
  side.document = true;
  side.compilation.model = std::move(decided.model);
  side.compilation.decisions = std::move(decided.decisions);
  for (const auto& step : permissions.steps) {
    const bool only_reads = step.api && step.api->only_reads;
    side.steps.push_back(in_language(step, only_reads, language));
  }
  return side;
}

bool can_be_compared(const DiffSide& side) {
  if (side.compilation.unreadable) return false;
  const auto findings = side.compilation.sink.sorted(side.compilation.sources);
  return std::none_of(findings.begin(), findings.end(), [](const diag::Diagnostic& finding) {
    const std::string_view number = info(finding.code).number;
    return finding.severity == diag::Severity::error && number[1] <= '2';  // the input, the syntax, the names
  });
}

compare::Review review(const DiffSide& before, const DiffSide& after) {
  compare::Review result;
  const Compilation& old = before.compilation;
  const Compilation& now = after.compilation;
  result.before = source_of(before);
  result.after = source_of(after);
  result.difference =
      compare::compare({old.model, old.decisions, before.document}, {now.model, now.decisions, after.document});
  result.findings_compared = !before.document && !after.document;
  if (result.findings_compared) {
    add_findings(after, before, false, result);
    add_findings(before, after, true, result);
  }
  // A side with a conflict has no steps to compare.
  result.steps_compared = (before.document || old.may_write()) && (after.document || now.may_write());
  if (result.steps_compared)
    result.steps = compare::compare(before.steps, after.steps, result.difference.vocabulary.renames);
  return result;
}

diag::Sink as_findings(const compare::Review& review, const DiffSide& before, const DiffSide& after,
                       base::Language language) {
  diag::Sink sink;
  for (const compare::Change& change : review.difference.changes)
    sink.report(as_finding(review, change, after, language));
  if (review.findings_compared) {
    for (diag::Diagnostic& finding : findings_only_of(after, before, review.difference.vocabulary.renames))
      sink.report(std::move(finding));
  }
  return sink;
}

namespace {

std::string render(const document::Document& document, DiffFormat format, bool color) {
  switch (format) {
    case DiffFormat::json:
    case DiffFormat::text: return document::render_text(document, {color});
    case DiffFormat::markdown: return document::render_markdown(document, {2});
    case DiffFormat::html: return document::render_html(document);
  }
  return {};
}

}  // namespace

std::string render(const compare::Review& review, DiffFormat format, base::Language language, bool color) {
  if (format == DiffFormat::json) return compare::render_json(review, language, base::version);
  return render(compare::document_of(review, language), format, color);
}

std::string render(const std::vector<compare::TableRow>& rows, DiffFormat format, base::Language language) {
  if (format == DiffFormat::json) return compare::render_json(rows, base::version);
  return render(compare::document_of(rows, language), format, false);
}

}  // namespace farol::driver
