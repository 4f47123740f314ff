#include <algorithm>
#include <iterator>

#include "base/text.h"

#include "diag/messages_sema.h"
#include "sema/area.h"
#include "sema/blocks.h"
#include "sema/in_text_order.h"
#include "sema/phases.h"

namespace farol::sema {
namespace {

// From a day that comes after the last one: no day at all.
bool check_dates(Resolution& resolution, const syntax::RuleBody& body) {
  if (!body.from || !body.until || body.from->date <= body.until->date) return true;
  const std::string from = base::to_string(body.from->date);
  const std::string until = base::to_string(body.until->date);
  auto finding = diag::make(diag::Code::bad_attribute, cover(body.from->span, body.until->span),
                            message::no_day_at_all(body.from->date, body.until->date));
  finding.fixes.push_back({message::swap_the_days(), {}, {{body.from->span, until}, {body.until->span, from}}});
  resolution.sink.report(std::move(finding));
  return false;
}

model::Verb verb_of(syntax::Rule::Verb verb) {
  switch (verb) {
    case syntax::Rule::Verb::allow: return model::Verb::allow;
    case syntax::Rule::Verb::deny: return model::Verb::deny;
    case syntax::Rule::Verb::forbid: return model::Verb::forbid;
    case syntax::Rule::Verb::only: break;
  }
  return model::Verb::only;
}

// Only what is allowed can require anything.
bool check_requiring(Resolution& resolution, const syntax::Rule& rule) {
  if (rule.verb == syntax::Rule::Verb::allow || rule.body.controls.empty()) return true;
  auto finding =
      diag::make(diag::Code::bad_attribute, cover(rule.body.controls.front().span, rule.body.controls.back().span),
                 message::grants_nothing(std::string{to_string(verb_of(rule.verb))}));
  finding.help = message::requiring_help();
  resolution.sink.report(std::move(finding));
  return false;
}

// `allow nobody to …`
bool says_nobody(Resolution& resolution, const syntax::Rule& rule) {
  const auto& terms = rule.body.subjects.terms;
  if (rule.verb != syntax::Rule::Verb::allow || terms.size() != 1 || !rule.body.subjects.except.empty()) return false;
  const syntax::Term& term = terms.front();
  static constexpr std::string_view words[] = {"nobody", "noone", "no_one", "沒有人",
                                               "没有人", "無人",  "无人",   "ninguem"};
  const std::string word = base::fold_loosely(term.name.text);
  const bool known = term.form != syntax::Term::Form::name ||
                     std::find(std::begin(words), std::end(words), word) == std::end(words) ||
                     resolution.names.find(term.name.text) != nullptr;
  if (known) return false;
  auto finding = diag::make(diag::Code::unknown_name, term.span, message::unknown_thing("role", term.name.text));
  finding.help = message::nobody_is_said_by_forbid();
  finding.fixes.push_back(
      {message::write_name("forbid everyone"), {}, {{rule.verb_span, "forbid"}, {term.span, "everyone"}}});
  resolution.sink.report(std::move(finding));
  return true;
}

void read_rule(Resolution& resolution, Areas& areas, const WithText<syntax::Rule>& written) {
  const syntax::Statement& statement = *written.entry.statement;
  const syntax::Rule& node = *written.entry.node;
  if (says_nobody(resolution, node)) return areas.leave_out(node.body);
  const bool right = check_dates(resolution, node.body) & check_requiring(resolution, node);
  auto body = areas.read(node.body, statement.span, node.verb == syntax::Rule::Verb::allow);
  model::Localized because = read_reasons(resolution, node.body.because);
  if (!right || !body) return areas.leave_out(node.body);

  model::Rule& rule = resolution.model.rules.emplace_back();
  rule.verb = verb_of(node.verb);
  rule.area = std::move(body->area);
  rule.controls = std::move(body->controls);
  if (node.body.from) rule.from = node.body.from->date;
  if (node.body.until) rule.until = node.body.until->date;
  rule.because = std::move(because);
  if (node.body.kept_by) rule.kept_by = node.body.kept_by->text;
  if (statement.label) rule.label = statement.label->text;
  rule.final = statement.final;
  rule.text = written.text;
  rule.spans = body->spans;
  rule.verb_span = node.verb_span;
}

}  // namespace

void read_rules(Resolution& resolution, Areas& areas, const InTextOrder<syntax::Rule>& rules) {
  resolution.model.rules.reserve(rules.size());
  for (const auto& rule : rules) read_rule(resolution, areas, rule);
}

}  // namespace farol::sema
