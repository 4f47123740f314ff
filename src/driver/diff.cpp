#include "driver/diff.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <utility>

#include "base/digest.h"
#include "base/language_texts.h"
#include "base/phrases.h"
#include "base/version.h"
#include "compare/edit_cards.h"
#include "compare/later_words.h"
#include "diag/messages_driver.h"
#include "model/digest.h"
#include "source/place.h"
#include "target/dingtalk/permissions_as_policy.h"
#include "target/dingtalk/permissions_file.h"

namespace farol::driver {
namespace {

compare::Step in_language(const dingtalk::Step& step, base::Language language) {
  const auto in = [&](const base::LanguageTexts& texts) { return texts[static_cast<std::size_t>(language)]; };
  compare::Step result;
  result.id = step.id;
  result.target = step.target;
  result.keeper = to_string(step.kind);
  result.title = in(step.title);
  result.value = in(step.value);
  result.undo = in(step.undo);
  result.only_reads = step.only_reads;
  return result;
}

std::string content_of(const dingtalk::Value::Object& path, const dingtalk::Value::Object& query,
                       const dingtalk::Value::Object& body) {
  std::string content;
  for (const auto* part : {&path, &query, &body}) {
    if (!part->empty()) content += (content.empty() ? "" : "\n") + to_json(dingtalk::object(*part));
  }
  // A description ends with the step's own id, which says nothing of what is sent.
  constexpr std::string_view own_id = "farol s-";
  constexpr std::size_t digits = 12;
  if (const std::size_t at = content.find(own_id); at != std::string::npos) content.erase(at + own_id.size(), digits);
  return content;
}

std::vector<compare::Step> steps_of(const Compilation& compilation, base::Language language) {
  std::vector<compare::Step> steps;
  for (const dingtalk::Step& step : compilation.config.steps) {
    steps.push_back(in_language(step, language));
    if (const auto& request = step.request)
      steps.back().content = content_of(request->path, request->query, request->body);
    if (step.kind == dingtalk::StepKind::console) steps.back().content = step.menu + "\n" + step.setting;
  }
  return steps;
}

compare::Step step_of(const dingtalk::StepsDocument::Step& from) {
  compare::Step step;
  step.id = from.id;
  step.target = from.target;
  step.keeper = to_string(from.kind);
  step.title = from.title;
  step.value = from.value;
  step.undo = from.undo;
  step.only_reads = from.api && from.api->only_reads;
  if (from.api) step.content = content_of(from.api->request.path, from.api->request.query, from.api->request.body);
  if (from.console) step.content = from.console->menu + "\n" + from.console->setting;
  return step;
}

// Names in a list are in the order of their text, which another name changes.
diag::Text with_sorted_names(diag::Text text) {
  for (diag::Argument& argument : text.arguments) {
    if (auto* names = std::get_if<std::vector<std::string>>(&argument.value)) std::sort(names->begin(), names->end());
    if (auto* inner = std::get_if<diag::Text>(&argument.value)) *inner = with_sorted_names(std::move(*inner));
  }
  return text;
}

diag::Text in_later_words(const diag::Text& message, const std::vector<compare::Rename>& renames) {
  return with_sorted_names(
      diag::with_names(message, [&](const std::string& text) { return compare::in_later_words(text, renames); }));
}

// Where a finding stands whose statement is gone: at the policy.
source::Span place_of_policy(const DiffSide& side) {
  const source::Span span = side.compilation.model.policy.span;
  if (span.is_none() && side.compilation.sources.size() > 0) return {source::SourceId{0}, 0, 0};
  return span;
}

// Returns the findings that one side has and the other has not. Findings are the same if message and arguments are the
// same after renaming; their places change with every line above.
std::vector<diag::Diagnostic> findings_only_of(const DiffSide& side, const DiffSide& other,
                                               const std::vector<compare::Rename>& renames) {
  std::set<std::pair<std::string, diag::Text>> known;
  const auto key = [&](const diag::Diagnostic& finding) {
    return std::pair{std::string{finding.kind()}, in_later_words(finding.message, renames)};
  };
  for (const diag::Diagnostic& finding : other.compilation.sink.reported()) known.insert(key(finding));
  std::vector<diag::Diagnostic> result = side.compilation.sink.sorted(side.compilation.sources);
  std::erase_if(result, [&](const diag::Diagnostic& finding) {
    return finding.severity == diag::Severity::note || known.contains(key(finding));
  });
  std::stable_sort(result.begin(), result.end(), [](const auto& a, const auto& b) { return a.severity < b.severity; });
  return result;
}

compare::FindingChange finding_change(const DiffSide& side, const diag::Diagnostic& finding,
                                      compare::FindingChange::Kind kind) {
  return {kind,
          std::string{code_text(finding)},
          std::string{finding.kind()},
          finding.severity,
          sentence(finding.message, side.language),
          source::place_of(side.compilation.sources, finding.span),
          {},
          {}};
}

// Of a kind of feature that the policy no longer governs.
std::vector<diag::Diagnostic> last_allows_gone(const compare::Review& review, const DiffSide& after) {
  std::vector<diag::Diagnostic> found;
  for (const compare::GovernedChange& change : review.difference.governed) {
    if (change.now) continue;
    const std::string& feature = review.difference.vocabulary.model[change.feature].name;
    found.push_back(diag::make(diag::Code::last_allow_gone, place_of_policy(after),
                               message::no_rule_allows_it_any_longer(feature)));
  }
  return found;
}

void add_new_findings(const DiffSide& before, const DiffSide& after, compare::Review& review) {
  using Kind = compare::FindingChange::Kind;
  for (const diag::Diagnostic& finding : findings_only_of(after, before, review.difference.vocabulary.renames))
    review.findings.push_back(finding_change(after, finding, Kind::added));
}

// What is no longer reported is solved only if it is still looked for, and neither waived nor switched off.
void add_gone_findings(const DiffSide& before, const DiffSide& after, compare::Review& review) {
  using Kind = compare::FindingChange::Kind;
  const Compilation& now = after.compilation;
  const auto& renames = review.difference.vocabulary.renames;
  std::map<std::pair<std::string, diag::Text>, diag::Waiver> waived;
  for (diag::Waived& each : now.sink.waived(now.sources))
    waived.try_emplace({std::string{each.finding.kind()}, with_sorted_names(each.finding.message)},
                       std::move(each.waivers.front()));
  for (const diag::Diagnostic& finding : findings_only_of(before, after, renames)) {
    auto change = finding_change(before, finding, Kind::solved);
    const auto found = waived.find({change.name, in_later_words(finding.message, renames)});
    const auto severity = now.severities.find(change.name);
    const bool of_check = diag::find_code(change.name) == nullptr;
    if (found != waived.end()) {
      change.kind = Kind::waived;
      change.by = found->second.by;
      change.until = found->second.until;
    } else if (severity != now.severities.end() && severity->second == diag::Setting::off) {
      change.kind = Kind::switched_off;
    } else if (of_check && std::none_of(now.model.checks.begin(), now.model.checks.end(),
                                        [&](const model::Check& check) { return check.id == change.name; })) {
      change.kind = Kind::unasked;
    }
    review.findings.push_back(std::move(change));
  }
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
  if (finding.span.is_none()) finding.span = place_of_policy(after);
  return finding;
}

// Of a safeguard that is weaker, or may be.
diag::Diagnostic as_finding(const compare::Edit& edit, const DiffSide& after) {
  const bool gone = edit.kind == compare::Edit::Kind::removed;
  const std::string& text = gone ? edit.before : edit.after;
  diag::Text message = gone                                         ? message::safeguard_is_gone(text)
                       : edit.guard == compare::Edit::Guard::weaker ? message::safeguard_is_weaker(text)
                                                                    : message::safeguard_may_be_weaker(text);
  auto finding =
      diag::make(diag::Code::safeguard_weaker, gone ? place_of_policy(after) : edit.after_span, std::move(message));
  if (finding.span.is_none()) finding.span = place_of_policy(after);
  if (edit.kind == compare::Edit::Kind::edited) finding.details.push_back(message::it_was(edit.before));
  return finding;
}

// A role that is bound to one id on both sides, and has another title.
struct Retitled {
  std::string id, was, is;  // as the tenant calls it
};
std::vector<Retitled> retitled_roles(const DiffSide& before, const DiffSide& after, const compare::Vocabulary& both) {
  const auto id_of = [](const model::Model& model, const std::string& name) -> std::string {
    for (const model::Binding& binding : model.bindings) {
      if (binding.kind == "role" && binding.name == name) return binding.id;
    }
    return {};
  };
  const model::Model& old = before.compilation.model;
  const model::Model& now = after.compilation.model;
  std::vector<Retitled> found;
  for (std::size_t i = 0; i < both.model.roles.size(); ++i) {
    const model::RoleId was = both.before.own_roles[i], is = both.after.own_roles[i];
    if (was.is_none() || is.is_none()) continue;
    const std::string id = id_of(now, now[is].name);
    const std::string &from = old[was].label({}), &to = now[is].label({});
    if (!id.empty() && id == id_of(old, old[was].name) && from != to) found.push_back({id, from, to});
  }
  return found;
}

// The one step that tells the tenant. No step of the later policy by itself says so, since it does not know what the
// tenant calls the role.
compare::StepChange step_of(const Retitled& role, base::Language language) {
  constexpr std::size_t digits = 12;
  const std::string request = "POST /role/update_role\nroleId: " + role.id + "\nroleName: " + role.is;
  return {compare::StepChange::Kind::altered,
          "s-" + base::sha256_hex(request).substr(0, digits),
          "api",
          base::fill(base::Phrase::diff_rename_step, language, {role.was}),
          request,
          role.was};
}

compare::Source source_of(const DiffSide& side) {
  compare::Source source;
  source.name = side.name;
  source.as_of = side.compilation.decisions.as_of;
  source.sources = side.document ? nullptr : &side.compilation.sources;
  if (side.revision) {
    source.revision = side.revision->name;
    source.branch = side.revision->branch;
    source.commit = side.revision->commit;
  }
  return source;
}

}  // namespace

DiffSide diff_side(std::string name, Compilation compilation, base::Language language) {
  DiffSide side;
  side.name = std::move(name);
  side.compilation = std::move(compilation);
  side.language = language;
  if (side.compilation.may_write()) side.steps = steps_of(side.compilation, language);
  return side;
}

std::variant<DiffSide, std::vector<std::string>> diff_side(std::string name, std::string_view document,
                                                           std::optional<std::string_view> steps,
                                                           base::Language language) {
  auto read = dingtalk::read_permissions_file(document, language);
  if (auto* wrong = std::get_if<dingtalk::NotPermissions>(&read)) return std::move(wrong->problems);
  auto& file = std::get<dingtalk::PermissionsFile>(read);
  auto policy = dingtalk::as_policy(file.permissions);
  if (auto* wrong = std::get_if<dingtalk::NotPermissions>(&policy)) return std::move(wrong->problems);
  auto& decided = std::get<dingtalk::PermissionsAsPolicy>(policy);
  if (!file.steps && steps) {
    auto beside = dingtalk::read_steps(*steps);
    if (auto* wrong = std::get_if<dingtalk::NotPermissions>(&beside)) {
      for (std::string& problem : wrong->problems) problem.insert(0, "steps.json: ");
      return std::move(wrong->problems);
    }
    auto& of_file = std::get<dingtalk::StepsDocument>(beside);
    const bool same =
        of_file.policy.digest == file.permissions.policy.digest && of_file.as_of == file.permissions.as_of;
    if (same) file.steps = std::move(of_file);
  }
  DiffSide side;
  side.name = std::move(name);
  side.document = true;
  side.digest = file.permissions.policy.digest;
  side.compilation.model = std::move(decided.model);
  side.compilation.decisions = std::move(decided.decisions);
  side.no_steps = !file.steps;
  if (!file.steps) return side;
  for (const auto& step : file.steps->steps) side.steps.push_back(step_of(step));
  return side;
}

bool can_be_compared(const DiffSide& side) {
  if (side.compilation.unreadable) return false;
  const auto& findings = side.compilation.sink.reported();
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
  const bool documents = before.document || after.document;
  const auto digest = [&](const DiffSide& side) {
    return !documents ? std::string{} : side.document ? side.digest : model::digest_of(side.compilation.model);
  };
  result.difference = compare::compare({old.model, old.decisions, before.document, digest(before)},
                                       {now.model, now.decisions, after.document, digest(after)});
  for (const diag::Diagnostic& finding : last_allows_gone(result, after))
    result.findings.push_back(finding_change(after, finding, compare::FindingChange::Kind::added));
  result.findings_compared = !documents;
  if (result.findings_compared) {
    result.notified = query::amendments({&old.model, &old.decisions}, {&now.model, &now.decisions}, after.language);
    add_new_findings(before, after, result);
    add_gone_findings(before, after, result);
  }
  // A side with a conflict has no steps to compare.
  result.steps_compared = (before.document || old.may_write()) && (after.document || now.may_write());
  if (before.no_steps || after.no_steps) {
    result.steps_compared = false;
    result.why_no_steps = text(base::Phrase::lines_no_steps_file, now.language);
  }
  if (!result.steps_compared) return result;
  const compare::Vocabulary& both = result.difference.vocabulary;
  const auto retitled = documents ? std::vector<Retitled>{} : retitled_roles(before, after, both);
  compare::Titles titles;
  for (const Retitled& role : retitled) {
    titles.emplace_back(role.was, role.is);
    result.steps.push_back(step_of(role, now.language));
  }
  auto steps = compare::compare(before.steps, after.steps, both.renames, titles);
  std::move(steps.begin(), steps.end(), std::back_inserter(result.steps));
  return result;
}

diag::Sink as_findings(const compare::Review& review, const DiffSide& before, const DiffSide& after,
                       base::Language language) {
  diag::Sink sink;
  for (const compare::Change& change : review.difference.changes)
    sink.report(as_finding(review, change, after, language));
  for (const compare::Edit& edit : review.difference.edits) {
    if (edit.guard == compare::Edit::Guard::weaker || edit.guard == compare::Edit::Guard::unclear)
      sink.report(as_finding(edit, after));
  }
  for (diag::Diagnostic& finding : last_allows_gone(review, after)) sink.report(std::move(finding));
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
    case DiffFormat::chat:
    case DiffFormat::markdown: return document::render_markdown(document, {2});
    case DiffFormat::html: return document::render_html(document);
  }
  return {};
}

}  // namespace

std::string render(const compare::Review& review, DiffFormat format, base::Language language, bool color) {
  switch (format) {
    case DiffFormat::json: return compare::render_json(review, language, base::version);
    case DiffFormat::markdown: return compare::comment_of(review, language);
    case DiffFormat::chat:
      return document::render_markdown(compare::document_of(review, language, compare::Extent::chat), {3});
    case DiffFormat::html: {
      document::Page page;
      const document::Document document = compare::web_document_of(review, language, page);
      return document::render_html(document, page);
    }
    case DiffFormat::text: break;
  }
  return render(compare::document_of(review, language), format, color);
}

std::string render(const std::vector<compare::TableRow>& rows, DiffFormat format, base::Language language,
                   std::vector<document::Document> pages) {
  if (format == DiffFormat::html) return document::render_html(compare::page_of(rows, std::move(pages), language));
  if (format == DiffFormat::json) return compare::render_json(rows, base::version);
  return render(compare::document_of(rows, language), format, false);
}

}  // namespace farol::driver
