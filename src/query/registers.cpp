// What is written down once and kept: processors, incidents, requests of the people concerned, which controls apply,
// and who approved what.
#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "query/paper.h"

namespace farol::query {
namespace {

using check::CheckResult;
using model::Declared;

template <class T>
std::optional<T> value_of(const Declared& declared, std::string_view key) {
  const model::Attribute* attribute = declared.find(key);
  if (attribute == nullptr) return std::nullopt;
  const T* value = std::get_if<T>(&attribute->values.front());
  return value == nullptr ? std::nullopt : std::optional{*value};
}

// The classes of data that somebody processes: those that are given to them, and those in the stores that they run.
std::string given_to(const Paper& paper, Thing processor) {
  std::vector<std::string> names;
  for (const Thing data : paper.say.things().of_kind("data")) {
    const auto all = processors_of(paper, {data});
    if (std::find(all.begin(), all.end(), processor) != all.end()) names.push_back(cell_of(paper, data, ""));
  }
  return paper.say.list(names);
}

// When a request has to be answered: within the time of the `rights` that cover it.
std::string due_of(const Paper& paper, const Declared& request) {
  const auto received = value_of<base::Date>(request, "date");
  auto within = value_of<base::Duration>(request, "within");
  for (const Thing rights : paper.say.things().of_kind("rights")) {
    if (!within) within = value_of<base::Duration>(paper.say.things().declared(rights), "within");
  }
  return received && within ? base::to_string(base::add(*received, *within)) : paper.say(Phrase::not_stated);
}

// Why a control is not kept, in the words of whoever decided so.
std::vector<document::Line> reasons_of(const Paper& paper, const model::Check& check) {
  std::vector<document::Line> lines;
  for (const model::Waiver& waiver : paper.model.waivers) {
    if (waiver.finding != check.id) continue;
    std::string text = paper.say.in(waiver.because);
    if (!waiver.instead.empty()) text = paper.say(Phrase::applies_instead, {text, waiver.instead});
    if (!waiver.by.empty()) text = paper.say(Phrase::pair, {waiver.by, text});
    if (waiver.until)
      text += paper.say(Phrase::list_semicolon) + paper.say(Phrase::until_day, {base::to_string(*waiver.until)});
    lines.emplace_back(text);
  }
  for (const model::SeveritySetting& setting : paper.model.severities) {
    if (setting.finding == check.id && setting.setting == "off") lines.emplace_back(paper.say(Phrase::applies_off));
  }
  for (const model::Parameter& parameter : paper.model.parameters) {
    const bool named = parameter.pack == check.pack &&
                       std::binary_search(check.settings.begin(), check.settings.end(), parameter.name);
    if (named)
      lines.emplace_back(paper.say(Phrase::applies_setting, {parameter.name, parameter.value, parameter.standard,
                                                             paper.say.in(parameter.because)}));
  }
  return lines;
}

}  // namespace

std::string in_words(const Paper& paper, const CheckResult& result) {
  using Standing = CheckResult::Standing;
  switch (result.standing) {
    case Standing::not_run: return paper.say(Phrase::result_not_run);
    case Standing::out_of_force: return paper.say(Phrase::result_out_of_force);
    case Standing::does_not_apply: return paper.say(Phrase::result_does_not_apply);
    case Standing::met: return paper.say(Phrase::result_met, {std::to_string(result.looked_at)});
    case Standing::open:
      return paper.say(Phrase::result_open, {std::to_string(result.looked_at), std::to_string(result.open)});
    case Standing::set_aside:
      return paper.say(Phrase::result_set_aside, {std::to_string(result.looked_at), std::to_string(result.set_aside)});
  }
  return {};
}

// Every check of every pack in use: whether it applies, how it stands, and why where it is not kept.
void write_applicability(Paper& paper) {
  for (const model::UsedLibrary& pack : paper.model.libraries) {
    if (!pack.pack) continue;
    document::Table table{{paper.say(Phrase::control_heading), paper.say(Phrase::source), paper.say(Phrase::result),
                           paper.say(Phrase::reason)},
                          {}};
    for (std::size_t i = 0; i < paper.model.checks.size(); ++i) {
      const model::Check& check = paper.model.checks[i];
      if (check.pack != pack.name) continue;
      document::Cell source;
      for (const model::Citation& citation : check.citations) source.lines.emplace_back(cited(paper, citation));
      table.rows.push_back({std::vector<document::Line>{paper.say.in(check.title), check.id}, std::move(source),
                            in_words(paper, check::result_of(paper.inputs.findings, i)), reasons_of(paper, check)});
    }
    paper.document.add_section(paper.say(Phrase::name_in_brackets, {pack.name, pack.version})).add(std::move(table));
  }
  if (paper.document.sections.empty()) paper.section(Phrase::packs_used).add(paper.say(Phrase::report_no_packs));
}

// Who approves what a role may do, and with which commit each rule came in.
void write_approvals(Paper& paper) {
  document::Table roles{{paper.say(Phrase::role), paper.say(Phrase::duty), paper.say(Phrase::approver)}, {}};
  for (const model::Role& role : paper.model.roles)
    roles.rows.push_back(
        {paper.say.label(role), paper.say.attribute(role, "duty"), paper.say.attribute(role, "approver")});
  paper.section(Phrase::roles).add(std::move(roles));
  document::Table rules{{paper.say(Phrase::rule_heading), paper.say(Phrase::reason), paper.say(Phrase::came_in_with)},
                        {}};
  for (std::size_t i = 0; i < paper.model.rules.size(); ++i) {
    const model::Rule& rule = paper.model.rules[i];
    document::Cell commit;
    if (paper.inputs.approvals != nullptr) {
      const Approval& approval = (*paper.inputs.approvals)[i];
      commit.lines.emplace_back(approval.commit.empty() ? paper.say(Phrase::not_committed) : approval.commit);
      if (!approval.written.empty()) commit.lines.emplace_back(approval.written);
    } else {
      commit.lines.emplace_back(paper.say(Phrase::not_stated));
    }
    const std::string because = rule.because.empty() ? paper.say(Phrase::not_stated) : paper.say.in(rule.because);
    rules.rows.push_back(
        {document::Line().add(paper.say.rule(rule), document::Look::code), because, std::move(commit)});
  }
  document::Section& section = paper.section(Phrase::rules_heading);
  if (rules.rows.empty()) section.add(paper.say(Phrase::word_none));
  section.add(std::move(rules));
}

void write_processors(Paper& paper) {
  const std::vector<Thing>& all = paper.say.things().of_kind("processor");
  document::Table table{{paper.say(Phrase::processors), paper.say(Phrase::service), paper.say(Phrase::region),
                         paper.say(Phrase::data_class), paper.say(Phrase::sub_processors), paper.say(Phrase::contact)},
                        {}};
  for (const Thing each : all)
    table.rows.push_back({cell_of(paper, each, ""), cell_of(paper, each, "service"), cell_of(paper, each, "region"),
                          given_to(paper, each), cell_of(paper, each, "processors"), cell_of(paper, each, "contact")});
  document::Section& section = paper.section(Phrase::report_processors);
  if (table.rows.empty()) section.add(paper.say(Phrase::not_stated));
  section.add(std::move(table));
  add_table(paper, Phrase::contract, all,
            {{Phrase::processors, ""},
             {Phrase::contract, "contract"},
             {Phrase::instructions, "instructions"},
             {Phrase::since, "since"},
             {Phrase::until, "until"},
             {Phrase::looked_at_last, "reviewed"}});
}

// What has happened, and behind it who does what when something does.
void write_incidents(Paper& paper) {
  std::vector<Thing> happened, planned;
  for (const Thing each : paper.say.things().of_kind("incident"))
    (paper.say.things().declared(each).find("date") != nullptr ? happened : planned).push_back(each);
  add_table(paper, Phrase::report_incidents, happened,
            {{Phrase::incident, ""},
             {Phrase::date, "date"},
             {Phrase::data_class, "data"},
             {Phrase::standing, "state"},
             {Phrase::reported_on, "reported"},
             {Phrase::reported_to, "authority"},
             {Phrase::owner, "owner"},
             {Phrase::evidence, "evidence"}});
  add_table(paper, Phrase::incident_plan, planned,
            {{Phrase::incident_plan, "plan"},
             {Phrase::owner, "owner"},
             {Phrase::within, "within"},
             {Phrase::contact, "contact"},
             {Phrase::reported_to, "authority"}});
}

void write_requests(Paper& paper) {
  document::Table table{{paper.say(Phrase::request), paper.say(Phrase::received_on), paper.say(Phrase::due_on),
                         paper.say(Phrase::data_class), paper.say(Phrase::owner), paper.say(Phrase::answered_on),
                         paper.say(Phrase::outcome), paper.say(Phrase::evidence)},
                        {}};
  for (const Thing each : paper.say.things().of_kind("request"))
    table.rows.push_back({cell_of(paper, each, "kind"), cell_of(paper, each, "date"),
                          due_of(paper, paper.say.things().declared(each)), cell_of(paper, each, "data"),
                          cell_of(paper, each, "owner"), cell_of(paper, each, "answered"),
                          cell_of(paper, each, "outcome"), cell_of(paper, each, "evidence")});
  document::Section& section = paper.section(Phrase::report_requests);
  if (table.rows.empty()) section.add(paper.say(Phrase::word_none));
  section.add(std::move(table));
  add_table(paper, Phrase::how_rights, paper.say.things().of_kind("rights"),
            {{Phrase::data_class, "data"},
             {Phrase::owner, "owner"},
             {Phrase::contact, "contact"},
             {Phrase::within, "within"}});
}

}  // namespace farol::query
