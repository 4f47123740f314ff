// What an authority is told of the processing: drafts of notifications, what has changed since one, and an assessment.
#include <algorithm>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "document/document.h"
#include "query/paper.h"

namespace farol::query {
namespace {

using model::Declared;

// The facts of a kind that are about some of the data.
std::vector<Thing> facts_about(const Paper& paper, std::string_view kind, const std::vector<Thing>& data) {
  std::vector<Thing> facts;
  for (const Thing fact : paper.say.things().of_kind(kind)) {
    if (is_about(paper, fact, data)) facts.push_back(fact);
  }
  return facts;
}

// What is notified together: the classes of one filing; those that no filing covers by their purpose, since one form is
// for one purpose or for several that belong together.
struct Form {
  std::string title;
  std::string name;  // of the filing; empty: there is none yet
  std::vector<Thing> data;
};

std::vector<Form> forms_of(const Paper& paper) {
  const check::CheckedThings& things = paper.say.things();
  std::vector<Form> all;
  std::vector<Thing> left = paper.personal;
  for (const Thing filing : things.of_kind("filing")) {
    std::vector<check::Item> kind;
    things.append(filing, "kind", kind);
    const bool is_exempt = !kind.empty() && kind.front() == check::Item{check::Word{"exemption"}};
    std::vector<Thing> covered;
    for (const Thing data : paper.personal) {
      if (is_about(paper, filing, {data})) covered.push_back(data);
    }
    std::erase_if(left, [&](Thing data) { return std::find(covered.begin(), covered.end(), data) != covered.end(); });
    if (covered.empty() || is_exempt) continue;
    const Declared& declared = things.declared(filing);
    const std::string number = paper.say.stated(declared, "reference");
    const std::string title = paper.say.label(declared);
    all.push_back({number.empty() ? title : paper.say(Phrase::name_in_brackets, {title, number}), declared.name,
                   std::move(covered)});
  }
  for (const Thing data : left) {
    const std::string purpose = cell_of(paper, data, "purpose");
    const auto same = std::find_if(all.begin(), all.end(),
                                   [&](const Form& each) { return each.name.empty() && each.title == purpose; });
    if (same == all.end())
      all.push_back({purpose, "", {data}});
    else
      same->data.push_back(data);
  }
  return all;
}

// One form, on paper of its own, with its place for stamp and signature.
document::Section section_of(Paper& paper, const Form& form, const std::string& heading) {
  document::Section section{heading};
  section.sheet = true;
  std::vector<std::string> names;
  for (const Thing data : form.data) names.push_back(cell_of(paper, data, ""));
  section.add(paper.say.list(names));
  section.sections = article_23(paper, form.data);
  section.add_section(paper.say(Phrase::stamp_and_signature)).add(paper.say(Phrase::stamp_line));
  return section;
}

// What an item says, a line for each of its statements, so that two can be held against each other.
std::vector<document::Line> lines_of(const document::Section& section) {
  std::vector<document::Line> lines;
  const auto text_of = [](const document::Line& line) {
    std::string text;
    for (const document::Run& run : line.runs) text += run.text;
    return text;
  };
  for (const document::Block& block : section.blocks) {
    if (const auto* line = std::get_if<document::Line>(&block)) lines.emplace_back(text_of(*line));
    if (const auto* list = std::get_if<document::List>(&block)) {
      for (const document::Item& item : list->items) lines.emplace_back(text_of(item.line));
    }
    if (const auto* table = std::get_if<document::Table>(&block)) {
      for (const auto& row : table->rows) {
        std::string text;
        for (const document::Cell& cell : row) {
          for (const document::Line& line : cell.lines) text += (text.empty() ? "" : " · ") + text_of(line);
        }
        lines.emplace_back(text);
      }
    }
  }
  return lines;
}

bool are_same(const std::vector<document::Line>& a, const std::vector<document::Line>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const document::Line& one, const document::Line& other) {
    return one.runs.front().text == other.runs.front().text;
  });
}

// A form that was filed, with what each item of it said then and says now.
struct Amended {
  Form form;
  document::Table changes;  // item, then, now; never empty
};

std::vector<Amended> amended(Paper& paper, const Filed& filed) {
  const Inputs nothing;
  Paper before(*filed.model, *filed.decisions, nothing, paper.say.language());
  const std::vector<Form> old_forms = forms_of(before);
  std::vector<Amended> all;
  for (const Form& form : forms_of(paper)) {
    const auto old = std::find_if(old_forms.begin(), old_forms.end(),
                                  [&](const Form& each) { return !form.name.empty() && each.name == form.name; });
    if (old == old_forms.end()) continue;
    const auto then = article_23(before, old->data), now = article_23(paper, form.data);
    Amended each{form,
                 {{paper.say(Phrase::item), paper.say(Phrase::amended_then), paper.say(Phrase::amended_now)}, {}}};
    for (std::size_t i = 0; i < now.size(); ++i) {
      const auto was = lines_of(then[i]), is = lines_of(now[i]);
      if (!are_same(was, is)) each.changes.rows.push_back({now[i].heading, was, is});
    }
    if (!each.changes.rows.empty()) all.push_back(std::move(each));
  }
  return all;
}

// What a person decides who reads it: how much is open, and what that means.
std::string conclusion_of(const Paper& paper) {
  if (paper.model.checks.empty()) return paper.say(Phrase::conclusion_unchecked);
  std::set<std::size_t> open_checks;
  for (const check::Finding& finding : paper.inputs.findings.list) open_checks.insert(finding.check);
  std::size_t errors = 0, others = 0;
  for (const std::size_t check : open_checks)
    ++(paper.model.checks[check].severity == model::Check::Severity::error ? errors : others);
  const std::string open[] = {std::to_string(errors), std::to_string(others)};
  if (errors > 0) return paper.say(Phrase::conclusion_open, {open[0], open[1]});
  return others > 0 ? paper.say(Phrase::conclusion_advice, {open[1]}) : paper.say(Phrase::conclusion_clear);
}

}  // namespace

std::vector<document::Section> article_23(Paper& paper, const std::vector<Thing>& data) {
  const Declared& policy = paper.model.policy;
  const check::CheckedThings& things = paper.say.things();
  const auto line = [&](Phrase name, const std::string& text) {
    return document::Item{paper.say(Phrase::pair, {paper.say(name), text})};
  };
  std::vector<document::Section> items;
  const auto add = [&](Phrase heading, const std::vector<Thing>& rows, std::initializer_list<Column> columns) {
    items.push_back(table_section(paper, heading, rows, columns));
  };
  paper.only = &data;
  items.push_back({paper.say(Phrase::controller)});
  items.back().add(document::List{{line(Phrase::controller, controller_of(paper)),
                                   line(Phrase::representative, paper.say.attribute(policy, "representative")),
                                   line(Phrase::address, paper.say.attribute(policy, "address")),
                                   line(Phrase::contact, paper.say.attribute(policy, "contact")),
                                   line(Phrase::registration, paper.say.attribute(policy, "registration"))}});
  add(Phrase::purposes, data, {{Phrase::data_class, ""}, {Phrase::purpose, "purpose"}, {Phrase::ground, "ground"}});
  add(Phrase::people_and_data, data,
      {{Phrase::data_class, ""}, {Phrase::people, "subjects"}, {Phrase::category, "category"}});
  add(Phrase::recipients, facts_about(paper, "notice", data),
      {{Phrase::data_class, "data"}, {Phrase::recipients, "recipients"}});
  add(Phrase::processors, processors_of(paper, data),
      {{Phrase::processors, ""},
       {Phrase::service, "service"},
       {Phrase::region, "region"},
       {Phrase::contract, "contract"}});
  std::vector<Thing> combined;
  for (const Thing each : data) {
    if (things.declared(each).find("combined") != nullptr) combined.push_back(each);
  }
  add(Phrase::combinations, combined, {{Phrase::data_class, ""}, {Phrase::combinations, "combined"}});
  add(Phrase::retention, data,
      {{Phrase::data_class, ""}, {Phrase::retention, "retention"}, {Phrase::counted_from, "after"}});
  add(Phrase::how_rights, things.of_kind("rights"),
      {{Phrase::owner, "owner"}, {Phrase::contact, "contact"}, {Phrase::within, "within"}});
  add(Phrase::transfers, facts_about(paper, "transfer", data),
      {{Phrase::data_class, "data"},
       {Phrase::destination, "to"},
       {Phrase::recipients, "recipient"},
       {Phrase::purpose, "purpose"},
       {Phrase::basis, "basis"},
       {Phrase::filing, "filing"}});
  items.push_back({paper.say(Phrase::measures)});
  add_measures(paper, items.back());
  paper.only = nullptr;
  for (std::size_t i = 0; i < items.size(); ++i) {
    std::string& heading = items[i].heading.runs.front().text;
    heading = std::to_string(i + 1) + ". " + heading;
  }
  return items;
}

void add_measures(const Paper& paper, document::Section& section) {
  document::List list;
  const auto add = [&](Phrase phrase, std::initializer_list<std::string_view> arguments) {
    list.items.push_back({paper.say(phrase, arguments)});
  };
  const model::Model& model = paper.model;
  const check::CheckedThings& things = paper.say.things();
  add(Phrase::access_measure, {});
  std::set<std::uint32_t> required;
  for (const model::Rule& rule : model.rules) {
    for (const model::ControlId control : rule.controls) required.insert(control.value);
  }
  for (const model::Guardrail& guardrail : model.guardrails) {
    for (const model::ControlId control : guardrail.controls) required.insert(control.value);
  }
  std::vector<std::string> controls, stores;
  for (const std::uint32_t control : required) controls.push_back(paper.say.label(model.controls[control]));
  add(Phrase::control_measure, {paper.say.list(controls)});
  for (const Thing store : things.of_kind("store")) {
    std::vector<check::Item> encrypted;
    things.append(store, "encryption", encrypted);
    if (!encrypted.empty() && encrypted.front() == check::Item{true})
      stores.push_back(paper.say.label(things.declared(store)));
  }
  add(Phrase::encryption_measure, {paper.say.list(stores)});
  for (const Thing review : things.of_kind("review"))
    add(Phrase::review_measure, {paper.say.attribute(things.declared(review), "every")});
  for (const Thing training : things.of_kind("training"))
    add(Phrase::training_measure, {paper.say.attribute(things.declared(training), "topic")});
  section.add(std::move(list));
}

// One form for each filing, and for each purpose that none covers. Where it is known what was filed, only what has
// changed since is written, then and now.
void write_notification(Paper& paper) {
  document::Document& document = paper.document;
  document.lead.push_back(paper.say(Phrase::filing_language));
  if (paper.inputs.filed != nullptr) {
    const Filed& filed = *paper.inputs.filed;
    document.lead.push_back(paper.say(Phrase::review_compared, {filed.name, base::to_string(filed.decisions->as_of)}));
    const auto all = amended(paper, filed);
    if (all.empty()) document.add_section().add(paper.say(Phrase::amended_nothing));
    for (std::size_t i = 0; i < all.size(); ++i) {
      document.sections.push_back(section_of(
          paper, all[i].form,
          paper.say(Phrase::amendment_of, {std::to_string(i + 1), std::to_string(all.size()), all[i].form.title})));
      document.sections.back().add(all[i].changes);
    }
    return;
  }
  const std::vector<Form> all = forms_of(paper);
  if (all.empty()) document.sections = article_23(paper, {});
  for (std::size_t i = 0; i < all.size(); ++i)
    document.sections.push_back(section_of(
        paper, all[i],
        paper.say(Phrase::notification_of, {std::to_string(i + 1), std::to_string(all.size()), all[i].title})));
}

std::vector<Amendment> amendments(const Filed& before, const Filed& now, base::Language language) {
  const Inputs nothing;
  Paper paper(*now.model, *now.decisions, nothing, language);
  std::vector<Amendment> all;
  for (const Amended& each : amended(paper, before)) {
    Amendment amendment{each.form.title, {}};
    for (const auto& row : each.changes.rows) amendment.items.push_back(row.front().lines.front().runs.front().text);
    all.push_back(std::move(amendment));
  }
  return all;
}

// Handed in as it is: it says what is open, and nothing of how the policy is written.
void write_assessment(Paper& paper) {
  document::Document& document = paper.document;
  document.sections = article_23(paper, paper.personal);
  document::Section& conclusion = paper.section(Phrase::conclusion);
  conclusion.add(conclusion_of(paper));
  document::Table open{{paper.say(Phrase::report_gaps), paper.say(Phrase::severity), paper.say(Phrase::source)}, {}};
  const std::string_view language = base::tag(paper.say.language());
  std::set<std::size_t> seen;  // checks: each is one point, with all that it met
  const auto& findings = paper.inputs.findings.list;
  for (const check::Finding& finding : findings) {
    if (!seen.insert(finding.check).second) continue;
    const model::Check& check = paper.model.checks[finding.check];
    document::Cell source;
    for (const model::Citation& citation : check.citations) source.lines.emplace_back(cited(paper, citation));
    open.rows.push_back({check.title.in(language), paper.say.word(severities[static_cast<std::size_t>(check.severity)]),
                         std::move(source)});
    const check::CheckedThings& things = paper.say.things();
    std::vector<std::string> names;
    for (const check::Finding& each : findings) {
      if (each.check != finding.check || each.things.empty()) continue;
      std::string name = paper.say.label(things.declared(each.things.front()));
      if (std::find(names.begin(), names.end(), name) == names.end()) names.push_back(std::move(name));
    }
    if (!names.empty()) open.rows.back().front().lines.emplace_back(paper.say.list(names));
  }
  conclusion.add(std::move(open));
  conclusion.add(paper.say(Phrase::conclusion_by));
}

}  // namespace farol::query
